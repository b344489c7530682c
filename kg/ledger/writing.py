"""Writing claims: those of a document, and of all whose ids moved with them, and the log of what that changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.ledger import changes, claims, deals, log
from kg.ledger.changes import Change, State
from kg.ledger.claims import Called, Row
from kg.ledger.dealt import Dealt
from kg.ledger.resolver import Resolver
from kg.ledger.restate import restated
from ontology.deals.groups import Asked
from ontology.records import Document, Extraction

Rows = tuple[list[Row], list[Called]]
"""Of one document: the rows of its claims, and those of its mentions."""


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
        rows = self.rows(said)
        facts, about = self.touched({key: found for key, (found, _) in rows.items()}, gone)
        before = changes.standing(self.connection, facts, about)
        formerly = deals.names_in(self.connection, (*said, *gone))
        self.write(rows, gone, heads)
        after = changes.standing(self.connection, facts, about)
        states = changes.between(self.connection, before, after, formerly)
        differences = changes.compare(*states, self.now, self.cause)
        log.write_log(self.connection, differences)
        return tuple(differences)

    def rows(self, said: Mapping[str, Extraction]) -> dict[str, Rows]:
        """The rows of claims and mentions of each document, with the ids that now hold."""
        found = ((key, extraction, self.resolver.ids(key)) for key, extraction in said.items())
        return {key: (list(restated(one, ids)), list(called(one, ids))) for key, one, ids in found}

    def write(self, rows: Mapping[str, Rows], gone: Collection[str], heads: Callable[[], None]) -> None:
        """Put these rows in the place of those of their documents, `heads` in between."""
        for key in (*rows, *gone):
            claims.delete_claims(self.connection, key)
        heads()
        for key, found in rows.items():
            claims.insert_claims(self.connection, key, *found)

    def touched(self, rows: Mapping[str, Iterable[Row]], gone: Iterable[str]) -> tuple[set[str], Asked]:
        """The edges, and what deals are about, of all claims of the document itself and of others' that will differ."""
        touched: set[tuple[str, str, str]] = set()
        for key, new in (*rows.items(), *((key, ()) for key in gone)):
            before, after = set(self.standing(key)), {(row[0], row[1], row[5]) for row in new}
            touched |= before | after if key == self.cause else before ^ after
        facts = {claim for kind, claim, _ in touched if kind == "fact"}
        return facts, deals.touched(self.connection, ((kind, body) for kind, _, body in touched))

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
        writing = Writing(connection, resolver, "", key)
        writing.write(writing.rows(said), (), lambda: None)


def catch_up(connection: sqlite3.Connection) -> None:
    """Log what another version of this program saw otherwise, without a date, since no document changed it."""
    logged = {change.id: change.after for change in log.net_since(connection, "") if change.after}
    stands: dict[str, State] = {fact.id: fact for fact in claims.read_unions(connection, claims.FACT)}
    stands |= {deal.id: deal for deal in Dealt(connection)}
    log.write_log(connection, changes.compare(logged, stands, "", ""))
