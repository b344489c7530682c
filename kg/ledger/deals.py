"""Deals over all documents: which claims tell one deal is worked out from the set of claims whenever it is asked."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from kg.ledger import union
from ontology.deals import kind_of, named, telling
from ontology.deals.groups import About, Asked, Mark, gather, marks_of, unite
from ontology.deals.tellings import BOTH_ALIKE, PARTY, TALK, actors, is_more_than_edges, subjects, takers
from ontology.records import Deal, Fact
from ontology.schema import load_ontology

Gathered = dict[str, tuple[tuple[Deal, str], ...]]
"""By id of a deal: its tellings, each with the date of its document."""
Said = tuple[str, str, str, str, str]
"""A claim as it is read: kind, id, document, date of the document, body."""

SAID = "SELECT c.kind, c.id, c.document, d.date, c.body FROM claims c JOIN documents d ON d.id = c.document WHERE "
NAME = "json_extract(c.body, '$.name', '$.none')"
"""The name of a claimed entity as JSON, which a second path makes it: as mere text it would end where a NUL stands."""
IN_DOCUMENTS_NAMING = (
    "+c.kind = 'deal' AND c.document IN (SELECT document FROM claims WHERE kind = 'entity' AND id = ?)"
    " AND instr(c.body, ?) > 0"
)


def tellings_about(connection: sqlite3.Connection, about: Asked) -> Gathered:
    """What tells the deals of some kinds about some entities, whoever else takes part."""
    said = {row for kind, entity in about for row in said_about(connection, kind, entity)}
    ends = {(d.type, *subjects(d)) for d in map(as_telling, said) if d and is_between_alike(d)}
    said |= {
        row for kind, a, b in ends for one, other in ((a, b), (b, a)) for row in acted(connection, kind, one, other)
    }
    return gathered(said, about)


def deals_with(connection: sqlite3.Connection, entity: str) -> list[Deal]:
    """The deals in which an entity takes part, sorted by id."""
    facts = f"c.kind = 'fact' AND c.predicate IN ({marks(predicates())})"
    said = {*read(connection, IN_DOCUMENTS_NAMING, entity, json.dumps(entity, ensure_ascii=False))}
    for end in ("subject", "object"):
        said |= {*read(connection, f"c.{end} = ? AND {facts}", entity, *predicates())}
    tellings = [deal for deal in map(as_telling, said) if deal]
    about: Asked = {(deal.type, end): () for deal in tellings for end in (*subjects(deal), entity)}
    found = united(connection, tellings_about(connection, about), {})
    return [deal for _, deal in sorted(found.items()) if any(party.entity == entity for party in deal.parties)]


def touched(connection: sqlite3.Connection, claims: Iterable[tuple[str, str]]) -> dict[About, set[Mark]]:
    """What deals are about that some claims (kind and body) may tell of, or let one of two alike be seen anew."""
    found: dict[About, set[Mark]] = defaultdict(set)
    for deal in (parsed(kind, body) for kind, body in claims):
        for each in (deal, *told_alike(connection, deal)) if deal else ():
            for end in subjects(each):
                found[each.type, end] |= marks_of(each)
    return found


def told_alike(connection: sqlite3.Connection, deal: Deal) -> Iterator[Deal]:
    """Yield the tellings between one who acts and one a deal is about that do not say who acts."""
    for a, b in {(min(pair), max(pair)) for pair in product(actors(deal), subjects(deal)) if len({*pair}) == 2}:
        types = alike(deal.type)
        facts = f"c.subject = ? AND c.object = ? AND c.kind = 'fact' AND c.predicate IN ({marks(types)})"
        stated = "c.subject = ? AND c.object = ? AND c.kind = 'deal' AND c.predicate = ?"
        said = (*read(connection, facts, a, b, *types), *read(connection, stated, a, b, deal.type))
        yield from (found for found in map(as_telling, said) if found and found.type == deal.type)


def gathered(said: Collection[Said], about: Asked | None) -> Gathered:
    """Claims by the deal they tell: what documents state, and edges of the same transaction that no statement holds."""
    days = {document: date for _, _, document, date, _ in said}
    stated = [parsed(*row) for row in sorted((kind, body) for kind, _, _, _, body in said if kind == "deal")]
    held = {(piece.document, fact) for deal in stated if deal for fact in deal.facts for piece in deal.evidence}
    plain = [as_telling(row) for row in sorted(said) if row[0] == "fact" and (row[2], row[1]) not in held]
    tellings = [deal for deal in (*stated, *plain) if deal and deal.evidence]
    found = gather(tellings, days, about)
    return {key: tuple((one, days[one.evidence[0].document]) for one in group) for key, group in found}


def united(connection: sqlite3.Connection, found: Gathered, formerly: Mapping[str, str]) -> dict[str, Deal]:
    """The deals of tellings by id; `formerly` names entities that nobody shows any more."""
    kept = list(worth_telling(found))
    parties = {party.entity for deal in kept for party in deal.parties}
    return {deal.id: deal for deal in named(kept, {**formerly, **names_of(connection, parties)})}


def worth_telling(found: Gathered) -> Iterator[Deal]:
    """Yield the deals of tellings, without names, but for what a single edge says as well."""
    for key, told in found.items():
        days = {one.evidence[0].document: day for one, day in told}
        deal = unite(key, [one for one, _ in told], days, is_more_than_edges)
        if deal:
            yield deal


def names_in(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, str]:
    """Entities that some documents show, each with a name it has there."""
    query = "SELECT id, json_extract(body, '$.name') FROM claims WHERE kind = 'entity' AND document = ? ORDER BY +id"
    return {str(key): str(name) for each in documents for key, name in connection.execute(query, (each,))}


def names_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The names that `union.unite_entities` gives, read without all the rest of the entities."""
    found = ((key, name_of(connection, key)) for key in ids)
    return {key: name for key, name in found if name}


def name_of(connection: sqlite3.Connection, key: str) -> str:
    """The name most documents use, of several such the newest; empty where none names the entity."""
    count = f"SELECT {NAME}, count(*) FROM claims c WHERE c.kind = 'entity' AND c.id = ? GROUP BY 1 ORDER BY 2 DESC"
    counted = connection.execute(f"{count} LIMIT 2", (key,)).fetchall()
    if len(counted) < 2 or counted[0][1] > counted[1][1]:
        return str(json.loads(counted[0][0])[0]) if counted else ""
    query = (
        f"SELECT {NAME} FROM claims c JOIN documents d ON d.id = c.document"
        " WHERE c.kind = 'entity' AND c.id = ? ORDER BY d.date DESC, d.id, c.body"
    )
    return str(json.loads(union.most_common(name for (name,) in connection.execute(query, (key,))))[0])


def said_about(connection: sqlite3.Connection, kind: str, entity: str) -> Iterator[Said]:
    """Yield the claims that tell deals of a kind about an entity."""
    for end in ("subject", "object"):
        yield from read(connection, f"c.{end} = ? AND c.kind = 'deal' AND c.predicate = ?", entity, kind)
        types = telling_about(kind, end)
        yield from read(
            connection, f"c.{end} = ? AND c.kind = 'fact' AND c.predicate IN ({marks(types)})", entity, *types
        )


def acted(connection: sqlite3.Connection, kind: str, actor: str, about: str) -> Iterator[Said]:
    """Yield the claims that tell deals of a kind in which one acts on another."""
    naming = json.dumps(actor, ensure_ascii=False)
    deals = "c.subject = ? AND c.kind = 'deal' AND c.predicate = ? AND instr(c.body, ?) > 0"
    yield from read(connection, deals, about, kind, naming)
    types = predicates()
    facts = f"c.subject = ? AND c.object = ? AND c.kind = 'fact' AND c.predicate IN ({marks(types)})"
    yield from read(connection, facts, actor, about, *types)


def read(connection: sqlite3.Connection, where: str, *values: str) -> Iterator[Said]:
    """Yield the claims of a condition."""
    yield from connection.execute(SAID + where, values)


def as_telling(said: Said) -> Deal | None:
    """What a claim tells of a deal, if it does."""
    return parsed(said[0], said[4])


@lru_cache(1024)
def parsed(kind: str, body: str) -> Deal | None:
    """The same from the kind and body of a claim, read once for the many writes that look at it."""
    if kind == "deal":
        return Deal.model_validate_json(body)
    fact = Fact.model_validate_json(body) if kind == "fact" else None
    return telling(fact, {}) if fact and fact.predicate in predicates() and kind_of(fact) else None


def is_between_alike(deal: Deal) -> bool:
    """Whether it is told of two parties without saying who acts."""
    return len(subjects(deal)) == 2 and all(party.role == PARTY for party in deal.parties)


@cache
def predicates() -> tuple[str, ...]:
    """The types whose edges may tell of a deal without a term: those that are planned and done, and talks."""
    relations = load_ontology().relations.values()
    return tuple(sorted({r.name for r in relations if r.deal and (r.pending or r.done)} | TALK))


@cache
def telling_about(kind: str, end: str) -> tuple[str, ...]:
    """Those of them by which the subject or object may be what a deal of a kind is about."""
    relations = load_ontology().relations
    roles = {name: relations[name].roles or BOTH_ALIKE for name in predicates() if may_tell(name, kind)}
    return tuple(name for name, ends in roles.items() if getattr(ends, end) in takers(kind) | {PARTY})


@cache
def alike(kind: str) -> tuple[str, ...]:
    """Those of them that do not say who acts in a deal of a kind."""
    relations = load_ontology().relations
    return tuple(n for n in predicates() if may_tell(n, kind) and (relations[n].roles or BOTH_ALIKE) == BOTH_ALIKE)


def may_tell(predicate: str, kind: str) -> bool:
    """Whether edges of a type may tell a deal of a kind."""
    return predicate in TALK or load_ontology().relations[predicate].deal == kind


def marks(values: Sequence[str]) -> str:
    """A placeholder for each value."""
    return ", ".join("?" * len(values))
