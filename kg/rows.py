"""What every view of the ledger is made of: node rows and edge rows, each with a hash of its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | float | int | bool | list[str]


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
