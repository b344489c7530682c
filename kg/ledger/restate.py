"""What a document says, said anew with the ids that its things have across all documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kg.ledger.claims import Row, claim_row
from ontology.deals.fold import fold, united
from ontology.deals.tellings import takers
from ontology.records import Deal, Entity, Extraction, Fact, Metric, Party, Record, content_id
from ontology.schema import load_ontology
from ontology.validate import edge_id

Ids = Mapping[str, str]
R = TypeVar("R", bound=Record)
LOOP, LOOP_DEAL = "loop", "loop_deal"
"""The kinds of a fact or deal whose ends have become one: kept for the day they are told apart, and read by nobody."""


def restated(extraction: Extraction, ids: Ids) -> Iterator[Row]:
    """The rows of all claims; `ids` maps those of the document to those of the ledger."""
    facts = {fact.id: restated_fact(fact, ids) for fact in extraction.facts}
    edges = {key: fact.id for key, fact in facts.items() if fact.subject != fact.object}
    for entity in extraction.entities:
        yield claim_row("entity", restated_entity(entity, ids), entity)
    for said in extraction.facts:
        fact = facts[said.id]
        yield claim_row(LOOP if fact.subject == fact.object else "fact", fact, said)
    for told in extraction.deals:
        deal = restated_deal(told, ids, edges)
        yield claim_row(LOOP_DEAL if len(deal.parties) < min(2, len(told.parties)) else "deal", deal, told)
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


def restated_deal(deal: Deal, ids: Ids, edges: Ids) -> Deal:
    """The deal between the ids of its parties; who would deal with itself is left out, as are edges that are none."""
    moved = changed(
        deal,
        parties=others(deal.type, united(changed(p, entity=ids.get(p.entity, p.entity)) for p in deal.parties)),
        claims=tuple(changed(claim, party=ids.get(claim.party, claim.party)) for claim in deal.claims),
        facts=tuple(dict.fromkeys(edges[fact] for fact in deal.facts if fact in edges)),
    )
    if len(moved.parties) == len(deal.parties) or not deal.evidence:
        return moved
    return fold([moved.model_copy(update={"id": ""})], {}).model_copy(update={"id": deal.id})


def others(kind: str, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties without those who act on themselves."""
    about = {party.entity for party in parties if party.role in takers(kind)}
    return tuple(party for party in parties if party.role in takers(kind) or party.entity not in about)


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
