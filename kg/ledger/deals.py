"""Deals over all documents: which claims tell one deal is worked out from the set of claims whenever it is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kg.ledger import claims
from kg.ledger.claims import DEAL, ENTITY, FACT
from ontology.deals import kind_of, resolve, telling
from ontology.deals.tellings import TALK, actors, is_more_than_edges
from ontology.records import Deal, Extraction, Fact
from ontology.schema import load_ontology

IN_DOCUMENTS_NAMING = (
    "c.document IN (SELECT document FROM claims WHERE kind = 'entity' AND id = ?) AND instr(c.body, ?) > 0"
)


def deals(connection: sqlite3.Connection) -> list[Deal]:
    """All deals, sorted by id."""
    return told(connection, stated(connection, None), edges(connection, None))


def deals_about(connection: sqlite3.Connection, entities: Collection[str]) -> list[Deal]:
    """The deals that are about some entities, whoever else takes part: all that is told of these is read, no more."""
    found = told(connection, stated(connection, entities), edges(connection, entities))
    return [deal for deal in found if about(deal) & set(entities)]


def deals_with(connection: sqlite3.Connection, entity: str) -> list[Deal]:
    """The deals in which an entity takes part, sorted by id."""
    tellings = (*stated(connection, [entity]), *(telling(fact, {}) for fact in edges(connection, [entity])))
    wide = {end for deal in tellings for end in about(deal)} | {entity}
    found = deals_about(connection, wide)
    return [deal for deal in found if any(party.entity == entity for party in deal.parties)]


def about(deal: Deal) -> set[str]:
    """The entities a deal is about: both parties where they are alike."""
    ends = {party.entity for party in deal.parties}
    return ends - actors(deal) or ends


def ends_told(extraction: Extraction) -> set[str]:
    """The entities about which a document may tell a deal."""
    return {end for deal in extraction.deals for end in about(deal)} | ends_of(extraction.facts)


def ends_told_before(connection: sqlite3.Connection, document: str) -> set[str]:
    """The same of a document in the ledger."""
    where = "c.document = ?"
    before = one_by_one(claims.read_claims(connection, DEAL, where, [document]))
    told = f"{where} AND c.predicate IN ({marks()})"
    facts = one_by_one(claims.read_claims(connection, FACT, told, [document, *predicates()]))
    return {end for deal in before for end in about(deal)} | ends_of(facts)


def ends_of(facts: Iterable[Fact]) -> set[str]:
    """The entities that facts tell deals about."""
    return {
        end for fact in facts if fact.predicate in predicates() and kind_of(fact) for end in about(telling(fact, {}))
    }


def told(connection: sqlite3.Connection, said: Iterable[Deal], facts: Iterable[Fact]) -> list[Deal]:
    """The deals that documents state, joined by edges of the same transaction that no statement holds."""
    stated = list(said)
    held = {(piece.document, fact) for deal in stated for fact in deal.facts for piece in deal.evidence}
    plain = [telling(f, {}) for f in facts if kind_of(f) and (f.evidence[0].document, f.id) not in held]
    tellings = [deal for deal in (*stated, *plain) if deal.evidence]
    ends = {party.entity for deal in tellings for party in deal.parties}
    names = {key: entity.name for key, entity in claims.read_unions_of(connection, ENTITY, ends).items()}
    days = dict(connection.execute("SELECT id, date FROM documents"))
    return resolve(tellings, days, names, is_more_than_edges)


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
