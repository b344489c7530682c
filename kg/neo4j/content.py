"""Rows as the database holds them: labels with `Entity`, properties with `id` and `kg_hash`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.rows import HAS_METRIC, EdgeRow, NodeRow, Value
from ontology.errors import SchemaError
from ontology.schema import load_ontology

BASE_LABEL = "Entity"


def labels(row: NodeRow) -> list[str]:
    """The labels of a node, the common one first."""
    return [BASE_LABEL, *(label for label in row.labels if label != BASE_LABEL)]


def properties(row: NodeRow | EdgeRow) -> dict[str, Value]:
    """The properties of a node or an edge; the hash also marks it as ours. Import files can hold no empty list."""
    told = {name: value for name, value in row.properties.items() if value != []}
    return {**told, "id": row.id, "kg_hash": row.hash}


def node_parameters(row: NodeRow) -> Mapping[str, object]:
    """A node as `$rows` takes it."""
    return {"id": row.id, "labels": labels(row), "properties": properties(row)}


def edge_parameters(row: EdgeRow) -> Mapping[str, object]:
    """An edge as `$rows` takes it."""
    ends = {"source": row.source, "target": row.target}
    return {"id": row.id, "type": row.type, **ends, "properties": properties(row)}


def known_type(row: EdgeRow) -> str:
    """The relationship type of an edge; raises SchemaError where the ontology does not know it."""
    if row.type not in edge_types():
        raise SchemaError(f"unknown relationship type {row.type!r}", row.id, "add it to ontology/schema/relations")
    return row.type


@cache
def edge_types() -> frozenset[str]:
    """All types an edge may have: relations, roles of deals, and the one from an entity to its figures."""
    relations = load_ontology().relations
    roles = {role for relation in relations.values() if relation.roles for role in relation.roles.model_dump().values()}
    return frozenset({*relations, *roles, HAS_METRIC})
