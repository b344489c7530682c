"""Writing claims: those of a document, and of all whose ids moved with them, and the log of what that changed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.ledger import changes, claims
from kg.ledger.changes import Change
from kg.ledger.claims import Called, Row
from kg.ledger.resolver import Resolver
from kg.ledger.restate import restated
from ontology.records import Document, Extraction

Touched = dict[str, set[str]]


@dataclass(frozen=True)
class Writing:
    """One write within a transaction; `cause` is the document or judgement it is for."""

    connection: sqlite3.Connection
    resolver: Resolver
    now: str
    cause: str

    def replace(self, said: Mapping[str, Extraction], gone: Collection[str] = ()) -> tuple[Change, ...]:
        """Write what documents say with the ids that now hold, remove the claims of those gone, log what changed."""
        return self.replace_with(said, gone, lambda: None)

    def replace_with(
        self, said: Mapping[str, Extraction], gone: Collection[str], heads: Callable[[], None]
    ) -> tuple[Change, ...]:
        """The same; `heads` writes the rows of documents once their old claims are gone."""
        ids = {key: self.resolver.ids(key) for key in said}
        rows = {key: list(restated(extraction, ids[key])) for key, extraction in said.items()}
        touched = self.touched(rows, gone)
        before = changes.snapshot(self.connection, touched)
        for key in (*said, *gone):
            claims.delete_claims(self.connection, key)
        heads()
        for key, extraction in said.items():
            claims.insert_claims(self.connection, key, rows[key], called(extraction, ids[key]))
        after = changes.snapshot(self.connection, touched)
        differences = changes.compare(before, after, self.now, self.cause)
        changes.write_log(self.connection, differences)
        return tuple(differences)

    def touched(self, rows: Mapping[str, Iterable[Row]], gone: Iterable[str]) -> Touched:
        """By kind the ids of all claims of the document itself, and of those of others that will differ."""
        touched: Touched = defaultdict(set)
        for key, new in (*rows.items(), *((key, ()) for key in gone)):
            before, after = set(self.standing(key)), {(row[0], row[1], row[5]) for row in new}
            for kind, claim, _ in before | after if key == self.cause else before ^ after:
                touched[kind].add(claim)
        return touched

    def standing(self, document: str) -> Iterator[tuple[str, str, str]]:
        """Yield kind, id and body of the claims of a document."""
        yield from self.connection.execute("SELECT kind, id, body FROM claims WHERE document = ?", (document,))


def called(extraction: Extraction, ids: Mapping[str, str]) -> Iterator[Called]:
    """The rows of mentions."""
    for mention in extraction.mentions:
        entity = ids.get(mention.entity, mention.entity)
        yield entity, mention.start, mention.end, mention.text, None if entity == mention.entity else mention.entity


def resolve_anew(connection: sqlite3.Connection) -> None:
    """Give all that stands in a store the ids that hold across documents."""
    for (key,) in connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
        resolver = Resolver(connection)
        said = resolver.settle({key: claims.read_said(connection, Document(id=key, text=""))})
        Writing(connection, resolver, "", key).replace(said)
