"""The graph as pandas tables; pandas is asked for only here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kg import present
from kg.answers import Deal, Entity, Metric, Relation
from kg.errors import LookupFailed, suggestion
from ontology.errors import YanbaoError

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph import KnowledgeGraph

Row = dict[str, Any]
NUMBERS = ("amount", "percent", "shares", "price", "value")


def frame(graph: KnowledgeGraph, table: str) -> pd.DataFrame:
    """A table by name, one row for each id; amounts, shares, prices, percentages and figures are numbers."""
    rows = TABLES.get(table)
    if rows is None:
        raise LookupFailed(f"no table {table!r}", remedy=suggestion(table, TABLES, f"known: {', '.join(TABLES)}"))
    pandas = load_pandas()
    found = pandas.DataFrame(rows(graph))
    for column in found.columns.intersection(NUMBERS):
        found[column] = pandas.to_numeric(found[column])
    return found


def load_pandas() -> Any:
    """The package; raises YanbaoError with the line that installs it."""
    try:
        import pandas
    except ImportError:
        raise YanbaoError("to_pandas needs the package pandas", remedy="pip install 'yanbao-kg[pandas]'") from None
    return pandas


def relation_row(relation: Relation) -> Row:
    """A relation with its qualifiers as columns and its newest words."""
    ends = {"subject": relation.subject.name, "predicate": relation.predicate, "object": relation.object.name}
    ids = {"subject_id": relation.subject.id, "object_id": relation.object.id, "id": relation.id}
    source = {"rule": relation.rule, "documents": list(relation.documents), "text": relation.evidence[0].text}
    known = {"label_zh": relation.label_zh, "status": relation.status, "confidence": relation.confidence}
    return {**ends, **known, **relation.qualifiers, **ids, **source}


def entity_row(entity: Entity) -> Row:
    """An entity with its attributes as columns."""
    names = {"id": entity.id, "name": entity.name, "type": entity.type, "labels": list(entity.labels)}
    return {**names, **entity.attributes, "aliases": list(entity.aliases), "documents": list(entity.documents)}


def deal_row(deal: Deal) -> Row:
    """A deal with its terms as columns."""
    head = {"id": deal.id, "name": deal.name, "kind": deal.kind, "status": deal.status}
    parties = [f"{role.role} {role.party.name}" for role in deal.parties]
    return {**head, **without(deal.qualifiers, head), "parties": parties, "documents": list(deal.documents)}


def metric_row(metric: Metric) -> Row:
    """A figure with whose it is."""
    plain = metric.model_dump(mode="json", exclude={"evidence", "entity"})
    return {"entity": metric.entity.name, "entity_id": metric.entity.id, **plain}


def without(qualifiers: Mapping[str, str], head: Row) -> dict[str, str]:
    """The qualifiers that do not stand in the head already."""
    return {key: value for key, value in qualifiers.items() if key not in head}


TABLES: Mapping[str, Callable[[KnowledgeGraph], list[Row]]] = {
    "relations": lambda graph: [relation_row(relation) for relation in graph.relations()],
    "entities": lambda graph: [entity_row(present.entity(graph.ledger, one)) for one in graph.ledger.entities()],
    "deals": lambda graph: [deal_row(deal) for deal in graph.deals()],
    "metrics": lambda graph: [metric_row(metric) for metric in graph.metrics()],
}
