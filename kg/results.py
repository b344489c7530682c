"""Documents that were read before, on Spark: what they say is found again by id and content."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterator
from pathlib import Path

from ontology import stream
from ontology.errors import YanbaoError
from ontology.records import Document, Extraction

TABLE = """
CREATE TABLE places (id TEXT, content TEXT, file TEXT NOT NULL, start INTEGER NOT NULL, PRIMARY KEY (id, content))
WITHOUT ROWID
"""


class Results:
    """The results in a folder that were read by the rules of a fingerprint; where each document stands is on disk.

    Raises YanbaoError where there are none.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        files = sorted(folder.glob(f"*-{fingerprint}.jsonl"))
        if not files:
            remedy = "name the folder of `kg extract --engine spark --results`, read by the rules installed here"
            raise YanbaoError("no results of these rules", str(folder), remedy)
        self._disk = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._disk.close)
        with self._disk:
            self._disk.execute("BEGIN")
            self._disk.execute(TABLE)
            for file in files:
                self._disk.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?)", places(file))

    def of(self, document: Document) -> Extraction | None:
        """What a document says; None where it was not read, or could not be."""
        query = "SELECT file, start FROM places WHERE id = ? AND content = ?"
        found = self._disk.execute(query, (document.id, document.content_hash)).fetchone()
        if found is None:
            return None
        with open(found[0], "rb") as lines:
            lines.seek(found[1])
            *_, said = json.loads(lines.readline())
        return stream.read_back(said.split("\n"), document)


def places(file: Path) -> Iterator[tuple[str, str, str, int]]:
    """Yield id and content of every document of a result that was read, the file, and where its line begins."""
    with file.open("rb") as lines:
        start = len(lines.readline())  # the errors of the file
        for line in lines:
            key, content, said = json.loads(line)
            if isinstance(said, str):
                yield key, content, str(file), start
            start += len(line)
