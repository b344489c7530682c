"""The graph: ledger, views, queries and the command line."""

from kg.answers import Deal, Difference, Entity, Metric, Quote, Relation, Revision
from kg.errors import LookupFailed
from kg.graph import KnowledgeGraph
from kg.reports import BuildReport, FactCounts

__all__ = [
    "BuildReport",
    "Deal",
    "Difference",
    "Entity",
    "FactCounts",
    "KnowledgeGraph",
    "LookupFailed",
    "Metric",
    "Quote",
    "Relation",
    "Revision",
]
