"""Which files were read before: what has the same bytes, by the same rules, is not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.ledger import store
from kg.ledger.ledger import Ledger
from ontology.errors import InputError
from ontology.records import Document

COLUMNS = "path, digest, rules, documents, failures"


class Rereading(Protocol):
    """Which documents and files would be read the same by the rules of now."""

    def stands(self, key: str, read_by: str) -> bool:
        """Whether a recorded document says what it said by the rules of then."""

    def reads_alike(self, read_by: str) -> bool:
        """Whether files hold the documents that they held."""


@dataclass(frozen=True)
class Standing:
    """A document of a file that has not changed since it was read."""

    id: str
    content_hash: str


@dataclass(frozen=True)
class File:
    """A file as it was read: the hash of its bytes, the rules, its documents, and what, where and remedy of errors."""

    digest: str
    rules: str
    documents: tuple[str, ...]
    failures: tuple[tuple[str, str, str], ...] = ()


class Files:
    """The files of a ledger as they stood when a run began."""

    def __init__(self, ledger: Ledger, rereading: Rereading) -> None:
        self.ledger, self._rereading = ledger, rereading
        self.before = {
            str(path): File(str(digest), str(read_by), tuple(json.loads(documents)), failures_of(str(failures)))
            for path, digest, read_by, documents, failures in ledger.select(f"SELECT {COLUMNS} FROM files")
        }
        self.recorded = {
            str(key): (str(origin), str(read_by), str(content_hash))
            for key, origin, read_by, content_hash in ledger.select(
                "SELECT id, origin, rules, content_hash FROM documents"
            )
        }

    def standing(self, path: str, digest: str) -> list[Standing | InputError] | None:
        """What is in a file if it need not be read, each document as recorded from it; None if it must be read."""
        known = self.before.get(path)
        if not known or known.digest != digest or not self._rereading.reads_alike(known.rules):
            return None
        documents = [Standing(key, self.recorded[key][2]) for key in known.documents if self._stands(key, path)]
        if len(documents) < len(known.documents):
            return None
        return [*documents, *(InputError(*failure) for failure in known.failures)]

    def _stands(self, key: str, path: str) -> bool:
        """Whether a document is recorded from this file, and would be read the same."""
        origin, read_by, _ = self.recorded.get(key, ("", "", ""))
        return origin == path and self._rereading.stands(key, read_by)

    def holds(self, document: Document) -> bool:
        """Whether this very document stands in the ledger, and would be read the same."""
        _, read_by, content_hash = self.recorded.get(document.id, ("", "", ""))
        return content_hash == document.content_hash and self._rereading.stands(document.id, read_by)

    def remember(self, read: Mapping[str, File], gone: Collection[str]) -> None:
        """Note the files read and forget those gone; writes nothing where nothing differs."""
        fresh = {path: file for path, file in read.items() if self.before.get(path) != file}
        if not fresh and not gone:
            return
        rows = [
            (path, file.digest, file.rules, json.dumps(file.documents), json.dumps(file.failures))
            for path, file in sorted(fresh.items())
        ]
        with store.explained(self.ledger.path), store.transaction(self.ledger.connection):
            self.ledger.connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", rows)
            self.ledger.connection.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in sorted(gone)))


def failures_of(text: str) -> tuple[tuple[str, str, str], ...]:
    """The failures as they stand in the store."""
    return tuple((str(what), str(where), str(remedy)) for what, where, remedy in json.loads(text))


def digest_of(path: Path) -> str:
    """Hash of the bytes of a file; empty where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def facts_of(ledger: Ledger) -> dict[str, int]:
    """How many facts each document claims; documents without one are left out."""
    rows = ledger.select("SELECT document, count(*) FROM claims WHERE kind = 'fact' GROUP BY document")
    return {str(document): int(count) for document, count in rows}
