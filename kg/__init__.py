"""The graph: ledger, views, queries and the command line."""

from kg.answers import Conflict, Deal, DealClaim, Difference, Entity, Metric, Quote, Relation, Revision, Role, Statement
from kg.errors import LookupFailed, RefreshStopped
from kg.graph import KnowledgeGraph
from kg.ledger import Contradiction, Judgement
from kg.newsletter import News, Newsletter
from kg.reports import BuildReport, FactCounts

__all__ = [
    "BuildReport",
    "Conflict",
    "Contradiction",
    "Deal",
    "DealClaim",
    "Difference",
    "Entity",
    "FactCounts",
    "Judgement",
    "KnowledgeGraph",
    "LookupFailed",
    "Metric",
    "News",
    "Newsletter",
    "Quote",
    "RefreshStopped",
    "Relation",
    "Revision",
    "Role",
    "Statement",
]
