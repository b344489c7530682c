"""What a document says, said anew with the ids that its things have across all documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kg.ledger.claims import Row, claim_row
from ontology.records import Deal, Entity, Extraction, Fact, Metric, Record, content_id
from ontology.schema import load_ontology
from ontology.validate import edge_id

Ids = Mapping[str, str]
R = TypeVar("R", bound=Record)
LOOP = "loop"
"""The kind of a fact whose ends have become one: kept for the day they are told apart, and read by nobody."""


def restated(extraction: Extraction, ids: Ids) -> Iterator[Row]:
    """The rows of all claims; `ids` maps those of the document to those of the ledger."""
    facts = {fact.id: restated_fact(fact, ids) for fact in extraction.facts}
    edges = {key: fact.id for key, fact in facts.items()}
    for entity in extraction.entities:
        yield claim_row("entity", restated_entity(entity, ids), entity)
    for said in extraction.facts:
        fact = facts[said.id]
        yield claim_row(LOOP if fact.subject == fact.object else "fact", fact, said)
    for deal in extraction.deals:
        yield claim_row("deal", restated_deal(deal, ids, facts, edges), deal)
    for metric in extraction.metrics:
        yield claim_row("metric", restated_metric(metric, ids), metric)
    for refused in extraction.rejected:
        yield claim_row("rejected", refused, refused)


def restated_entity(entity: Entity, ids: Ids) -> Entity:
    """The entity under its id across documents."""
    return changed(entity, id=ids.get(entity.id, entity.id))


def restated_fact(fact: Fact, ids: Ids) -> Fact:
    """The edge between the ids of its ends, with the edge id that follows from them."""
    subject, object_ = (ids.get(end, end) for end in (fact.subject, fact.object))
    if (subject, object_) == (fact.subject, fact.object):
        return fact
    relation = load_ontology().relations[fact.predicate]
    first, second = sorted((subject, object_)) if relation.symmetric else (subject, object_)
    return changed(fact, id=edge_id(relation, first, second, fact.qualifiers), subject=first, object=second)


def restated_deal(deal: Deal, ids: Ids, facts: Mapping[str, Fact], edges: Ids) -> Deal:
    """The deal between the ids of its parties; its own id follows from the first of its facts."""
    moved = (changed(party, entity=ids.get(party.entity, party.entity)) for party in deal.parties)
    parties = {(party.role, party.entity): party for party in moved}
    first = facts.get(deal.facts[0]) if deal.facts else None
    return changed(
        deal,
        id=deal_id(deal.type, first) if first and first.id != deal.facts[0] else deal.id,
        parties=tuple(parties[key] for key in sorted(parties)),
        facts=tuple(edges.get(fact, fact) for fact in deal.facts),
    )


def deal_id(kind: str, fact: Fact) -> str:
    """The id of the deal that a fact tells of: its kind, target and round, or its ends."""
    if kind == "investment":
        return content_id("deal", kind, fact.object, fact.qualifiers.get("round") or f"{fact.evidence[0].start}")
    return content_id("deal", kind, fact.subject, fact.object, fact.qualifiers.get("target", ""))


def restated_metric(metric: Metric, ids: Ids) -> Metric:
    """The figure of the id its entity has."""
    entity = ids.get(metric.entity, metric.entity)
    if entity == metric.entity:
        return metric
    return changed(metric, id=content_id("metric", entity, metric.name, metric.period), entity=entity)


def changed(record: R, **values: object) -> R:
    """The record with other values; the very same where none differs."""
    differing = {key: value for key, value in values.items() if getattr(record, key) != value}
    return record.model_copy(update=differing) if differing else record
