"""The graph: ledger, views, queries and the command line."""

from kg.answers import Deal, Difference, Entity, Metric, Quote, Relation
from kg.errors import LookupFailed
from kg.graph import KnowledgeGraph
from kg.ledger import Contradiction, Judgement
from kg.reports import BuildReport, FactCounts

__all__ = [
    "BuildReport",
    "Contradiction",
    "Deal",
    "Difference",
    "Entity",
    "FactCounts",
    "Judgement",
    "KnowledgeGraph",
    "LookupFailed",
    "Metric",
    "Quote",
    "Relation",
]
