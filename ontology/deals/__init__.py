"""Which statements tell one deal, within a document and across all: a pure function of what is told."""

from ontology.deals.groups import resolve
from ontology.deals.names import named
from ontology.deals.tellings import kind_of, telling

__all__ = ["kind_of", "named", "resolve", "telling"]
