"""Ids and hashes of what a database holds, in a temporary file, so that memory does not grow with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any

Known = tuple[str | None, str]
"""The hash of what is held, None where it is somebody else's, and its type."""

TABLE = "CREATE TABLE held (id TEXT PRIMARY KEY, hash TEXT, type TEXT NOT NULL) WITHOUT ROWID"
ASKED = "WHERE id IN (SELECT value FROM json_each(?))"


class Shelf:
    """What is held by id; whatever is taken out is gone, so that in the end what nobody asked for is left."""

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.execute(TABLE)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._disk.close()

    def fill(self, records: Iterable[Sequence[Any]]) -> None:
        """Hold these ids, hashes and types and nothing else; an id that is no text can be none of ours."""
        with self._disk:
            self._disk.execute("BEGIN")
            self._disk.execute("DELETE FROM held")
            ours = (record for record in records if isinstance(record[0], str))
            self._disk.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", map(tuple, ours))

    def take(self, ids: Iterable[str]) -> dict[str, Known]:
        """Take out what is held under some ids."""
        asked = (json.dumps([*ids]),)
        rows = self._disk.execute(f"SELECT id, hash, type FROM held {ASKED}", asked)
        found: dict[str, Known] = {key: (value, kind) for key, value, kind in rows}
        self._disk.execute(f"DELETE FROM held {ASKED}", asked)
        return found

    def types(self) -> list[str]:
        """The types of all that is held, sorted."""
        return [str(kind) for (kind,) in self._disk.execute("SELECT DISTINCT type FROM held ORDER BY type")]

    def left(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield the ids that nobody took, those of others left out, by type."""
        rows = self._disk.execute("SELECT type, id FROM held WHERE hash IS NOT NULL ORDER BY type, id")
        for kind, group in groupby(rows, key=itemgetter(0)):
            yield kind, (key for _, key in group)
