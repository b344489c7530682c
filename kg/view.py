"""The ledger as a NetworkX graph, and ways through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

import networkx as nx

from kg.ledger import Ledger
from kg.rows import edges, nodes
from ontology.records import Fact

PAIRS = 2_000
"""Pairs of entities that are asked one by one whether an edge ties them."""


def to_networkx(ledger: Ledger) -> nx.MultiDiGraph[str]:
    """Every entity, deal, figure, relation and role; nodes and edge keys are ids, attributes those of the rows."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes(ledger):
        graph.add_node(node.id, labels=list(node.labels), **node.properties)
    for edge in edges(ledger):
        graph.add_edge(edge.source, edge.target, key=edge.id, type=edge.type, **edge.properties)
    return graph


def shortest_path(ledger: Ledger, start: str, goal: str) -> list[Fact]:
    """The fewest relations that tie two entity ids, either direction, the surest of parallel ones; empty if none.

    It goes out from both ends, from the one with fewer entities at its rim first, and reads no other edge. Where the
    rims are small it first asks whether an edge ties them, so that the edges of a hub beside the way are not read.
    """
    if start == goal:
        return []
    steps = {start: {start: ""}, goal: {goal: ""}}
    rims = {start: [start], goal: [goal]}
    while all(rims.values()):
        end, other = sorted(rims, key=lambda key: len(rims[key]))
        few = len(rims[end]) * len(rims[other]) <= PAIRS
        if few and (pair := ledger.tied(rims[end], rims[other])):
            steps[end].setdefault(pair[1], pair[0])
        else:
            rims[end] = widen(ledger, rims[end], steps[end])
        if met := steps[start].keys() & steps[goal].keys():
            return along(ledger, min(met), steps[start], steps[goal])
    return []


def widen(ledger: Ledger, rim: Iterable[str], steps: dict[str, str]) -> list[str]:
    """The entities one relation beyond the rim, sorted; `steps` learns whence each was reached."""
    found: list[str] = []
    for key in rim:
        new = [other for other in ledger.neighbours(key) if other not in steps]
        steps |= dict.fromkeys(new, key)
        found += new
    return sorted(found)


def along(ledger: Ledger, met: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[Fact]:
    """The surest relation of each step, from where the steps `before` began to where those `after` did."""
    way = [*reversed([*back(met, before)]), *islice(back(met, after), 1, None)]
    return [surest(ledger, a, b) for a, b in pairwise(way)]


def back(met: str, steps: Mapping[str, str]) -> Iterator[str]:
    """Yield the entities from `met` to the one where the steps began."""
    while met:
        yield met
        met = steps[met]


def surest(ledger: Ledger, a: str, b: str) -> Fact:
    """The relation of highest confidence between two entities, the first by id of several."""
    facts = [*ledger.facts_where(subject=a, object=b), *ledger.facts_where(subject=b, object=a)]
    return min(facts, key=lambda fact: (-fact.confidence, fact.id))
