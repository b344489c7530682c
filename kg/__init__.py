"""The graph: ledger, views, queries and the command line."""

from kg.answers import Conflict, Deal, DealClaim, Difference, Entity, Metric, Quote, Relation, Revision, Role, Statement
from kg.errors import LookupFailed, RefreshStopped
from kg.graph import KnowledgeGraph
from kg.reports import BuildReport, FactCounts

__all__ = [
    "BuildReport",
    "Conflict",
    "Deal",
    "DealClaim",
    "Difference",
    "Entity",
    "FactCounts",
    "KnowledgeGraph",
    "LookupFailed",
    "Metric",
    "Quote",
    "RefreshStopped",
    "Relation",
    "Revision",
    "Role",
    "Statement",
]
