"""Claims in the store: writing those of one document, reading those of one id, and uniting them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from kg.ledger import union
from kg.ledger.naming import names_of
from ontology.deals.tellings import subjects
from ontology.records import Deal, Document, Entity, Extraction, Fact, Mention, Metric, Record, Rejected

R = TypeVar("R", bound=Record)
CHUNK = 500


@dataclass(frozen=True)
class Kind(Generic[R]):
    """One kind of claim: its record and how claims of one id become one."""

    name: str
    record: type[R]
    unite: Callable[[Sequence[R]], R]


ENTITY: Kind[Entity] = Kind("entity", Entity, union.unite_entities)
FACT: Kind[Fact] = Kind("fact", Fact, union.unite_facts)
DEAL: Kind[Deal] = Kind("deal", Deal, union.newest_deal)
METRIC: Kind[Metric] = Kind("metric", Metric, union.unite_metrics)
KINDS: tuple[Kind[Entity] | Kind[Fact] | Kind[Deal] | Kind[Metric], ...] = (ENTITY, FACT, DEAL, METRIC)

SAID: dict[str, tuple[type[Record], str]] = {
    "entity": (Entity, "entities"),
    "fact": (Fact, "facts"),
    "loop": (Fact, "facts"),
    "deal": (Deal, "deals"),
    "loop_deal": (Deal, "deals"),
    "metric": (Metric, "metrics"),
    "rejected": (Rejected, "rejected"),
}
Called = tuple[str, int, int, str, str | None]
Row = tuple[str, str, str | None, str | None, str | None, str, str | None]
"""A row of the claims table but for its document: kind, id, subject, predicate, object, body, and what was said."""


def insert_claims(
    connection: sqlite3.Connection, document: str, rows: Iterable[Row], mentions: Iterable[Called]
) -> None:
    """Write all that one document says; the document itself stands in the store already."""
    rows = list(rows)
    entities = (Entity.model_validate_json(row[5]) for row in rows if row[0] == "entity")
    names = sorted({(name, entity.id) for entity in entities for name in names_of(entity)})
    connection.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ((document, *row) for row in rows))
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", ((document, *pair) for pair in names))
    connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)", ((document, *row) for row in mentions))


def delete_claims(connection: sqlite3.Connection, document: str) -> None:
    """Remove all that one document says, but not the document."""
    for table in ("claims", "names", "mentions"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def claim_row(kind: str, record: Entity | Fact | Deal | Metric | Rejected, said: Record) -> Row:
    """The row of a claim; what the document itself said is kept where it differs."""
    key = record.reason if isinstance(record, Rejected) else record.id
    ends: tuple[str | None, str | None, str | None] = (None, None, None)
    if isinstance(record, Fact):
        ends = record.subject, record.predicate, record.object
    elif isinstance(record, Metric):
        ends = record.entity, record.name, record.period
    elif isinstance(record, Deal):
        first, second = (*subjects(record), None, None)[:2]
        ends = first, record.type, second
    return kind, key, *ends, body(record), None if record is said else body(said)


def read_said(connection: sqlite3.Connection, document: Document) -> Extraction:
    """What a document said, with the ids it used itself."""
    said: dict[str, list[Any]] = defaultdict(list)
    query = "SELECT kind, coalesce(said, body) FROM claims WHERE document = ? ORDER BY rowid"
    for kind, text in connection.execute(query, (document.id,)):
        record, group = SAID[kind]
        said[group].append(record.model_validate_json(text))
    query = "SELECT coalesce(said, entity), start, stop, text FROM mentions WHERE document = ? ORDER BY rowid"
    said["mentions"] = [
        Mention(document=document.id, entity=entity, start=start, end=stop, text=text)
        for entity, start, stop, text in connection.execute(query, (document.id,))
    ]
    return Extraction.model_validate({"document": document, **said})


def body(record: Record) -> str:
    """The record as canonical JSON."""
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


def read_claims(
    connection: sqlite3.Connection, kind: Kind[R], where: str = "1", values: Sequence[str] = ()
) -> Iterator[tuple[str, list[R]]]:
    """Yield each id with its claims, newest document first, sorted by id."""
    few = "" if where == "1" else "+"  # sorted after the search: SQLite else walks all ids to have their order
    query = (
        "SELECT c.id, c.body FROM claims c JOIN documents d ON d.id = c.document"
        f" WHERE c.kind = '{kind.name}' AND {where} ORDER BY {few}c.id, d.date DESC, d.id, c.body"
    )
    rows, parse = connection.execute(query, values), kind.record.model_validate_json
    for key, group in groupby(rows, key=itemgetter(0)):
        known: dict[str, R] = {}  # documents often say the very same
        yield key, [known.get(text) or known.setdefault(text, parse(text)) for _, text in group]


def read_unions(
    connection: sqlite3.Connection, kind: Kind[R], where: str = "1", values: Sequence[str] = ()
) -> Iterator[R]:
    """Yield the union of the claims of each id, sorted by id."""
    for _, claims in read_claims(connection, kind, where, values):
        yield kind.unite(claims)


def read_unions_of(connection: sqlite3.Connection, kind: Kind[R], ids: Collection[str]) -> dict[str, R]:
    """The unions of the given ids; those nobody claims are left out."""
    wanted = sorted(ids)
    found: dict[str, R] = {}
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        where = f"c.id IN ({', '.join('?' * len(some))})"
        found |= {key: kind.unite(claims) for key, claims in read_claims(connection, kind, where, some)}
    return found


def read_rejected(connection: sqlite3.Connection) -> Iterator[Rejected]:
    """Yield what validation refused, sorted by reason and document."""
    rows = connection.execute("SELECT body FROM claims WHERE kind = 'rejected' ORDER BY id, document, body")
    yield from (Rejected.model_validate_json(text) for (text,) in rows)
