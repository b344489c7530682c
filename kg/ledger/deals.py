"""Deals over all documents: which claims tell one deal is worked out from the set of claims whenever it is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kg.ledger import claims, union
from kg.ledger.claims import DEAL, FACT
from ontology.deals import kind_of, named, resolve, telling
from ontology.deals.tellings import TALK, is_more_than_edges, subjects
from ontology.records import Deal, Extraction, Fact
from ontology.schema import load_ontology

IN_DOCUMENTS_NAMING = (
    "c.document IN (SELECT document FROM claims WHERE kind = 'entity' AND id = ?) AND instr(c.body, ?) > 0"
)


def deals(connection: sqlite3.Connection) -> list[Deal]:
    """All deals, sorted by id."""
    return told(connection, stated(connection, None), edges(connection, None), None)


def deals_about(connection: sqlite3.Connection, entities: Collection[str]) -> list[Deal]:
    """The deals that are about some entities, whoever else takes part, sorted by id."""
    if not entities:
        return []
    return told(connection, stated(connection, entities), edges(connection, entities), entities)


def deals_with(connection: sqlite3.Connection, entity: str) -> list[Deal]:
    """The deals in which an entity takes part, sorted by id."""
    tellings = (*stated(connection, [entity]), *(telling(f, {}) for f in edges(connection, [entity]) if kind_of(f)))
    wide = {end for deal in tellings for end in subjects(deal)} | {entity}
    found = deals_about(connection, wide)
    return [deal for deal in found if any(party.entity == entity for party in deal.parties)]


def ends_told(extraction: Extraction) -> set[str]:
    """The entities about which a document may tell a deal."""
    return {end for deal in extraction.deals for end in subjects(deal)} | ends_of(extraction.facts)


def ends_told_before(connection: sqlite3.Connection, document: str) -> set[str]:
    """The same of a document in the ledger."""
    where = "c.document = ?"
    before = one_by_one(claims.read_claims(connection, DEAL, where, [document]))
    told = f"{where} AND c.predicate IN ({marks()})"
    facts = one_by_one(claims.read_claims(connection, FACT, told, [document, *predicates()]))
    return {end for deal in before for end in subjects(deal)} | ends_of(facts)


def ends_of(facts: Iterable[Fact]) -> set[str]:
    """The entities that facts tell deals about."""
    return {
        end for fact in facts if fact.predicate in predicates() and kind_of(fact) for end in subjects(telling(fact, {}))
    }


def told(
    connection: sqlite3.Connection, said: list[Deal], facts: Iterable[Fact], about: Collection[str] | None
) -> list[Deal]:
    """The deals that documents state, joined by edges of the same transaction that no statement holds."""
    held = {(piece.document, fact) for deal in said for fact in deal.facts for piece in deal.evidence}
    plain = [telling(f, {}) for f in facts if kind_of(f) and (f.evidence[0].document, f.id) not in held]
    tellings = [deal for deal in (*said, *plain) if deal.evidence]
    days = dict(connection.execute("SELECT id, date FROM documents"))
    found = resolve(tellings, days, is_more_than_edges, about)
    return named(found, names_of(connection, {party.entity for deal in found for party in deal.parties}))


def names_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The names that `union.unite_entities` gives, read without all the rest of the entities."""
    query = (
        "SELECT json_extract(c.body, '$.name') FROM claims c JOIN documents d ON d.id = c.document"
        " WHERE c.kind = 'entity' AND c.id = ? ORDER BY d.date DESC, d.id, c.body"
    )
    found = {key: [str(name) for (name,) in connection.execute(query, (key,))] for key in ids}
    return {key: union.most_common(names) for key, names in found.items() if names}


def stated(connection: sqlite3.Connection, entities: Collection[str] | None) -> list[Deal]:
    """What documents state as deals, all or those with some of these parties."""
    if entities is None:
        return list(one_by_one(claims.read_claims(connection, DEAL)))
    found: dict[str, Deal] = {}
    for key in sorted(entities):
        values = (key, json.dumps(key, ensure_ascii=False))
        rows = one_by_one(claims.read_claims(connection, DEAL, IN_DOCUMENTS_NAMING, values))
        found |= {deal.model_dump_json(): deal for deal in rows if any(p.entity == key for p in deal.parties)}
    return list(found.values())


def edges(connection: sqlite3.Connection, entities: Collection[str] | None) -> list[Fact]:
    """Edges that tell a purchase or a listing, document by document, all or those with some of these ends."""
    kinds = f"c.predicate IN ({marks()})"
    if entities is None:
        return list(one_by_one(claims.read_claims(connection, FACT, kinds, predicates())))
    found: dict[str, Fact] = {}
    for key in sorted(entities):
        for end in ("subject", "object"):
            where = f"{kinds} AND c.id IN (SELECT id FROM claims WHERE {end} = ?)"
            rows = one_by_one(claims.read_claims(connection, FACT, where, [*predicates(), key]))
            found |= {fact.model_dump_json(): fact for fact in rows}
    return list(found.values())


def one_by_one(groups: Iterable[tuple[str, list[claims.R]]]) -> Iterator[claims.R]:
    """Claims without their groups."""
    return (claim for _, group in groups for claim in group)


@cache
def predicates() -> tuple[str, ...]:
    """The types whose edges may tell of a deal without a term: those that are planned and done, and talks."""
    relations = load_ontology().relations.values()
    return tuple(sorted({r.name for r in relations if r.deal and (r.pending or r.done)} | TALK))


def marks() -> str:
    """A placeholder for each of them."""
    return ", ".join("?" * len(predicates()))
