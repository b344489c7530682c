"""The ledger as a NetworkX graph, and ways through it."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx

from kg.ledger import Ledger
from kg.rows import edges, nodes
from ontology.records import Fact


def to_networkx(ledger: Ledger) -> nx.MultiDiGraph[str]:
    """Every entity, deal, figure, relation and role; nodes and edge keys are ids, attributes those of the rows."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes(ledger):
        graph.add_node(node.id, labels=list(node.labels), **node.properties)
    for edge in edges(ledger):
        graph.add_edge(edge.source, edge.target, key=edge.id, type=edge.type, **edge.properties)
    return graph


def shortest_path(ledger: Ledger, start: str, goal: str) -> list[Fact]:
    """The fewest relations that tie two entity ids, either direction, the surest of parallel ones; empty if none."""
    graph: nx.Graph[str] = nx.Graph()
    for fact in ledger.facts():
        known = graph.get_edge_data(fact.subject, fact.object)
        if not known or known["fact"].confidence < fact.confidence:
            graph.add_edge(fact.subject, fact.object, fact=fact)
    if start not in graph or goal not in graph or not nx.has_path(graph, start, goal):
        return []
    way = nx.shortest_path(graph, start, goal)
    return [graph.edges[a, b]["fact"] for a, b in pairwise(way)]
