"""Whether Neo4j holds what the ledger says, node by node and edge by edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.neo4j import cypher
from kg.neo4j.content import labels, properties
from kg.neo4j.database import Database
from kg.rows import EdgeRow, NodeRow

if TYPE_CHECKING:
    from neo4j import Driver

Content = tuple[Any, dict[str, Any]]
Kind = Literal["node", "edge"]
Problem = Literal["missing", "outdated", "altered", "surplus"]


@dataclass(frozen=True)
class Difference:
    """One thing the two sides do not agree on.

    `missing`: only the ledger has it; `surplus`: only Neo4j; `outdated`: the hashes differ; `altered`: the hashes
    agree and the content does not, so somebody changed it in Neo4j.
    """

    kind: Kind
    id: str
    problem: Problem


def check(driver: Driver, database: str, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> list[Difference]:
    """All differences of ids, hashes and content, sorted; empty when the view is what the ledger says."""
    source = Database(driver, database)
    held_nodes = {key: (frozenset(names), held) for key, names, held in source.read(cypher.READ_NODE_CONTENTS)}
    wanted_nodes = ((row.id, (frozenset(labels(row)), properties(row))) for row in nodes)
    found = [*_differences("node", wanted_nodes, held_nodes)]
    held_edges = {key: (tuple(ends), held) for key, *ends, held in source.read(cypher.READ_EDGE_CONTENTS)}
    wanted_edges = ((row.id, ((row.type, row.source, row.target), properties(row))) for row in edges)
    found += _differences("edge", wanted_edges, held_edges)
    return sorted(found, key=lambda difference: (difference.kind, difference.problem, difference.id))


def _differences(
    kind: Kind, wanted: Iterable[tuple[str, Content]], held: MutableMapping[str, Content]
) -> Iterator[Difference]:
    for key, content in wanted:
        found = held.pop(key, None)
        if found is None:
            yield Difference(kind, key, "missing")
        elif found[1].get("kg_hash") != content[1]["kg_hash"]:
            yield Difference(kind, key, "outdated")
        elif found != content:
            yield Difference(kind, key, "altered")
    yield from (Difference(kind, key, "surplus") for key in held)
