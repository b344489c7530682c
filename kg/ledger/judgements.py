"""What people have judged: that two things are one, or that one is two; each with a reason, each to be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Literal

from ontology.records import Record, content_id

Verdict = Literal["merge", "split"]


class Judgement(Record):
    """`a` and `b` are one (merge) or two (split); a split may name `documents` in which `a` is another thing, `b`."""

    id: str
    verdict: Verdict
    a: str
    b: str
    documents: tuple[str, ...] = ()
    why: str
    by: str = ""
    at: str = ""


def judgement(verdict: Verdict, a: str, b: str, documents: Iterable[str] = (), **said: str) -> Judgement:
    """A judgement under the id that follows from what it is about; its two ends are sorted."""
    first, second = (a, b) if documents else sorted((a, b))
    named = tuple(sorted(documents))
    key = content_id(verdict, first, second, *named)
    return Judgement(id=key, verdict=verdict, a=first, b=second, documents=named, **said)


def write(connection: sqlite3.Connection, judged: Judgement) -> None:
    """Note a judgement; the same one again is noted with its newer reason."""
    row = (
        judged.id,
        judged.verdict,
        judged.a,
        judged.b,
        json.dumps(judged.documents),
        judged.why,
        judged.by,
        judged.at,
    )
    connection.execute("INSERT OR REPLACE INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def erase(connection: sqlite3.Connection, key: str) -> None:
    """Forget a judgement."""
    connection.execute("DELETE FROM judgements WHERE id = ?", (key,))


def read(connection: sqlite3.Connection) -> Iterator[Judgement]:
    """Yield all judgements sorted by id."""
    columns = ("id", "verdict", "a", "b", "documents", "why", "by", "at")
    for row in connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM judgements ORDER BY id"):
        values = dict(zip(columns, row, strict=True))
        yield Judgement(**{**values, "documents": json.loads(values["documents"])})


def quoted(column: str) -> str:
    """A column name that is also a word of SQL."""
    return f'"{column}"'
