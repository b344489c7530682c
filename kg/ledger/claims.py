"""Claims in the store: writing those of one document, reading those of one id, and uniting them."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from kg.ledger import union
from ontology.records import Deal, Entity, Extraction, Fact, Metric, Record, Rejected

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

Row = tuple[str, str, str | None, str | None, str | None, str]


def insert_claims(connection: sqlite3.Connection, extraction: Extraction) -> None:
    """Write all that one document says; the document itself stands in the store already."""
    document = extraction.document.id
    connection.executemany(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?)", ((document, *row) for row in claim_rows(extraction))
    )
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?)",
        ((document, name, entity.id) for entity in extraction.entities for name in sorted(names_of(entity))),
    )
    connection.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?)",
        ((document, m.entity, m.start, m.end, m.text) for m in extraction.mentions),
    )


def claim_rows(extraction: Extraction) -> Iterator[Row]:
    """The rows of the claims table: kind, id, subject, predicate, object, body."""
    for entity in extraction.entities:
        yield "entity", entity.id, None, None, None, body(entity)
    for fact in extraction.facts:
        yield "fact", fact.id, fact.subject, fact.predicate, fact.object, body(fact)
    for deal in extraction.deals:
        yield "deal", deal.id, None, None, None, body(deal)
    for metric in extraction.metrics:
        yield "metric", metric.id, metric.entity, metric.name, metric.period, body(metric)
    for refused in extraction.rejected:
        yield "rejected", refused.reason, None, None, None, body(refused)


def body(record: Record) -> str:
    """The record as canonical JSON."""
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


def fold(name: str) -> str:
    """A name as it is looked up: NFKC, no white space, no case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def names_of(entity: Entity) -> set[str]:
    """Every folded name an entity can be looked up by, its stock code with and without the market."""
    code = entity.attributes.get("code", "")
    names = (entity.name, *entity.aliases, code, code.partition(".")[0])
    return {fold(name) for name in names} - {""}


def read_claims(
    connection: sqlite3.Connection, kind: Kind[R], where: str = "1", values: Sequence[str] = ()
) -> Iterator[tuple[str, list[R]]]:
    """Yield each id with its claims, newest document first, sorted by id."""
    query = (
        "SELECT c.id, c.body FROM claims c JOIN documents d ON d.id = c.document"
        f" WHERE c.kind = ? AND {where} ORDER BY c.id, d.date DESC, d.id, c.body"
    )
    rows = connection.execute(query, (kind.name, *values))
    for key, group in groupby(rows, key=itemgetter(0)):
        yield key, [kind.record.model_validate_json(text) for _, text in group]


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
