"""Rows as the database holds them: labels with `Entity`, properties with `id` and `kg_hash`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from kg.passages import STRUCTURE
from kg.rows import HAS_METRIC, EdgeRow, NodeRow, Value
from ontology.errors import SchemaError
from ontology.schema import load_ontology

Stored = Value | date

BASE_LABEL = "Entity"
QUANTITIES = frozenset({"amount", "percent", "shares", "price", "value"})
LARGEST = 2**63 - 1
DATES = frozenset({"date", "as_of"})
EXACT = re.compile(r"\d{4}-\d{2}-\d{2}")


def labels(row: NodeRow) -> list[str]:
    """The labels of a node, the common one first."""
    return [BASE_LABEL, *(label for label in row.labels if label != BASE_LABEL)]


def properties(row: NodeRow | EdgeRow) -> dict[str, Stored]:
    """The properties of a node or an edge; the hash also marks it as ours. Import files can hold no empty list."""
    held = {key: stored(key, value) for key, value in row.properties.items() if value != []}
    return {**held, "id": row.id, "kg_hash": row.hash}


def stored(key: str, value: Value) -> Stored:
    """A value as Neo4j reckons with it: quantities as numbers, a date that is exact to the day as a date."""
    if not isinstance(value, str):
        return value
    if key in QUANTITIES:
        return number(value)
    return day(value) if key in DATES and EXACT.fullmatch(value) else value


def day(text: str) -> date | str:
    """A date of the calendar; what is none stays as it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def number(text: str) -> int | float | str:
    """A decimal string as a number; what is none stays as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    return int(value) if value == value.to_integral_value() and abs(value) <= LARGEST else float(value)


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
    """All types an edge may have: relations, roles of deals, and what leads to figures and from documents."""
    relations = load_ontology().relations
    roles = {role for relation in relations.values() if relation.roles for role in relation.roles.model_dump().values()}
    return frozenset({*relations, *roles, *STRUCTURE, HAS_METRIC})
