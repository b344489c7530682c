"""What every view of the ledger is made of: node rows and edge rows, each with a hash of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.ledger import Ledger, store
from kg.ledger.claims import FACT, METRIC, read_claims
from kg.sayings import Dated, course, course_of_deal, dated
from kg.series import moves, reported
from kg.wording import amount_in_words, role_in_words
from ontology.records import Deal, Entity, Evidence, Fact, Metric, Party, content_id
from ontology.schema import load_ontology

Value = str | float | int | bool | list[str]
FORM = "2"
"""Goes into every hash; another one once views write the same content otherwise, so that they write it anew."""
FLAGS = frozenset({"lead", "former"})
HAS_METRIC = "HAS_METRIC"


@dataclass(frozen=True)
class NodeRow:
    """A node: `labels` holds its type first, `properties` are flat and carry `name`."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Value]
    hash: str


@dataclass(frozen=True)
class EdgeRow:
    """A directed edge between two node ids; `type` is a relation type or a role of a deal."""

    id: str
    type: str
    source: str
    target: str
    properties: Mapping[str, Value]
    hash: str


def nodes(ledger: Ledger) -> Iterator[NodeRow]:
    """Yield entities, then deals, then figures, each sorted by id."""
    for entity in ledger.entities():
        yield entity_node(entity, *ledger.counts(entity.id))
    yield from deals(ledger)
    yield from metrics(ledger)


def edges(ledger: Ledger) -> Iterator[EdgeRow]:
    """Yield relations, roles of deals, and whose each figure is, sorted by id; both ends are always in `nodes`."""
    yield from relations(ledger)
    for deal in ledger.each_deal():
        for party in deal.parties:
            yield role_edge(deal, party)
    for metric in ledger.metrics():
        yield edge_row(content_id("has", metric.id), HAS_METRIC, (metric.entity, metric.id), {"label_zh": "指标"})


def deals(ledger: Ledger) -> Iterator[NodeRow]:
    """Yield deals sorted by id."""
    documents = dated(ledger)
    yield from (deal_node(deal, documents) for deal in ledger.each_deal())


def metrics(ledger: Ledger, entity: str = "", name: str = "", period: str = "") -> Iterator[NodeRow]:
    """Yield figures sorted by id."""
    documents = dated(ledger)
    for _, claims in ledger.metric_claims(entity, name, period):
        yield metric_node(claims, documents)


def relations(ledger: Ledger, where: str = "1", values: Sequence[str] = ()) -> Iterator[EdgeRow]:
    """Yield relations sorted by id; `where` is a condition on `c.subject`, `c.predicate` and `c.object`."""
    documents = dated(ledger)
    with store.explained(ledger.path):
        for _, claims in read_claims(ledger.connection, FACT, where, values):
            yield fact_edge(claims, documents)


def entity_node(entity: Entity, documents: int, mentions: int) -> NodeRow:
    """An entity with its names and attributes, and how many documents and mentions it has."""
    properties: dict[str, Value] = {
        **entity.attributes,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "document_count": documents,
        "mention_count": mentions,
    }
    return node_row(entity.id, entity.labels, properties)


def deal_node(deal: Deal, documents: Dated) -> NodeRow:
    """A deal with its terms, its first quote and how it went on."""
    properties: dict[str, Value] = {
        **terms(deal.qualifiers),
        "name": deal.name,
        "kind": deal.type,
        "status": deal.status,
        **provenance(deal.evidence),
        **course_of_deal(deal, documents),
    }
    return node_row(deal.id, ("Deal",), properties)


def metric_node(claims: Sequence[Metric], documents: Dated) -> NodeRow:
    """A figure with its first quote and its `revisions`, lines `date | source | before | after`; newest claim first."""
    metric = METRIC.unite(claims)
    values = reported(claims, documents)
    dates = [one.date for one in values if one.date]
    properties: dict[str, Value] = {
        **metric.model_dump(include={"period", "value", "unit", "op", "as_of", "written"}),
        "name": f"{metric.name} {metric.period}".strip(),
        "metric": metric.name,
        **provenance(metric.evidence),
        **({"first_said": dates[0], "last_said": dates[-1]} if dates else {}),
    }
    lines = [str(move) for move in moves(values)]
    return node_row(metric.id, ("Metric",), properties | ({"revisions": lines} if lines else {}))


def fact_edge(claims: Sequence[Fact], documents: Dated) -> EdgeRow:
    """A relation with its qualifiers, its first quote, who says it and how it went on; `claims` newest first."""
    fact = FACT.unite(claims)
    properties: dict[str, Value] = {
        **terms(fact.qualifiers),
        "label_zh": load_ontology().relations[fact.predicate].label_zh,
        "rule": fact.rule,
        "confidence": fact.confidence,
        **provenance(fact.evidence),
        **course(claims, documents),
    }
    return edge_row(fact.id, fact.predicate, (fact.subject, fact.object), properties)


def role_edge(deal: Deal, party: Party) -> EdgeRow:
    """The edge from a deal to one of its parties, with the share it is said to have."""
    key = content_id("role", deal.id, party.role, party.entity)
    named = {"deal": deal.name, "status": deal.status, "label_zh": role_in_words(party.role)}
    return edge_row(key, party.role, (deal.id, party.entity), {**terms(party.qualifiers), **named})


def terms(qualifiers: Mapping[str, str]) -> dict[str, Value]:
    """Qualifiers as flat properties, flags as booleans, with the amount in words."""
    flat: dict[str, Value] = {key: value == "true" if key in FLAGS else value for key, value in qualifiers.items()}
    words = amount_in_words(qualifiers)
    return flat | {"amount_text": words} if words else flat


def provenance(evidence: tuple[Evidence, ...]) -> dict[str, Value]:
    """Where it is said: the newest document's words, and all documents."""
    if not evidence:
        return {}
    first = evidence[0]
    documents = list(dict.fromkeys(piece.document for piece in evidence))
    return {"quote": first.text, "document": first.document, "section": first.section, "documents": documents}


def node_row(key: str, labels: tuple[str, ...], properties: dict[str, Value]) -> NodeRow:
    """A node row with its hash."""
    return NodeRow(key, labels, properties, content_hash(key, labels, properties))


def edge_row(key: str, kind: str, ends: tuple[str, str], properties: dict[str, Value]) -> EdgeRow:
    """An edge row with its hash."""
    return EdgeRow(key, kind, *ends, properties, content_hash(key, kind, ends, properties))


def content_hash(*content: object) -> str:
    """The first 16 hex digits of a SHA-256 over the content as canonical JSON."""
    text = json.dumps((FORM, *content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
