"""Answers with the words that carry them, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

from kg import present
from kg.answers import Entity, Quote, Relation
from kg.errors import LookupFailed
from kg.graph import KnowledgeGraph
from ontology.records import Evidence, Record

MOST_QUOTES = 3
MOST_MENTIONS = "SELECT document, start, stop, text FROM mentions WHERE entity = ? ORDER BY document, start LIMIT 3"

Answer = dict[str, Any]
Cells = Mapping[str, str | int | list[str]]


def listed(graph: KnowledgeGraph, what: str, found: Sequence[Record], limit: int) -> Answer:
    """The first records with their quotes under the name `what`, and how many there are in `total`."""
    return {what: [with_quotes(graph, record) for record in found[:limit]], "total": len(found)}


def with_quotes(graph: KnowledgeGraph, record: Record) -> Answer:
    """A record that has an id, with its quotes in place of its evidence."""
    plain = record.model_dump(mode="json", exclude={"evidence", "claims", "documents", "facts"})
    return plain | quoted(graph.evidence(plain["id"]))


def quoted(quotes: Sequence[Quote]) -> Answer:
    """The first few quotes, and how many more there are."""
    more = {"more_quotes": len(quotes) - MOST_QUOTES} if len(quotes) > MOST_QUOTES else {}
    return {"quotes": [quote.model_dump(mode="json", exclude_none=True) for quote in quotes[:MOST_QUOTES]], **more}


def mentions(graph: KnowledgeGraph, entity: str) -> list[Quote]:
    """Some sentences that name an entity."""
    rows = graph.ledger.select(MOST_MENTIONS, entity)
    pieces = [Evidence(document=key, section="", start=start, end=stop, text=text) for key, start, stop, text in rows]
    return [present.quote(document, p) for p in pieces if (document := graph.ledger.document(p.document))]


def row_with_quotes(graph: KnowledgeGraph, row: Cells, about: Iterable[str]) -> Answer:
    """A row of a question with quotes: of the ids in it, or else of what ties the names in it and those it is about."""
    ids = [str(value) for column, value in row.items() if column.split("_")[-1] == "id"]
    keys = ids or [relation.id for relation in among(graph, [*names_in(row), *about])]
    return {**row, **quoted([quote for key in dict.fromkeys(keys) for quote in graph.evidence(key)])}


def names_in(row: Cells) -> Iterator[str]:
    """Yield every text of a row."""
    for value in row.values():
        yield from value if isinstance(value, list) else [str(value)]


def among(graph: KnowledgeGraph, texts: Iterable[str]) -> Iterator[Relation]:
    """Yield the relations between those of some texts that are the ids or names of entities."""
    known = (entity for text in dict.fromkeys(texts) for entity in named(graph, text))
    ids = {entity.id for entity in known}
    for subject, object in permutations(sorted(ids), 2):
        yield from graph.relations(subject=subject, object=object)


def named(graph: KnowledgeGraph, text: str) -> list[Entity]:
    """The entity with this id or name, where there is one."""
    try:
        return [graph.entity(text)] if text else []
    except LookupFailed:
        return []
