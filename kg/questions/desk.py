"""What answers are made of: the rows of the ledger by type and end, and the names of what they tie."""

from __future__ import annotations

from collections.abc import Sequence

from kg import rows
from kg.ledger import Ledger
from kg.rows import EdgeRow, NodeRow
from kg.sayings import dated
from ontology.records import Deal

Cell = str | int | list[str]
Cells = tuple[Cell, ...]

# Subqueries, since SQLite would read all relations in the order of their ids rather than look an end up.
BY_SUBJECT = "c.id IN (SELECT id FROM claims WHERE subject = ?)"
BY_OBJECT = "c.id IN (SELECT id FROM claims WHERE object = ?)"


class Desk:
    """The ledger as one question reads it; names are kept while the question lasts."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.known: dict[str, str] = {}

    def edges(self, types: Sequence[str] = (), source: str = "", target: str = "") -> list[EdgeRow]:
        """Relations of some types, or of all, by their ends."""
        named = f"c.predicate IN ({', '.join('?' * len(types))})"
        asked = ((named, types), (BY_SUBJECT, (source,)), (BY_OBJECT, (target,)))
        conditions = [(text, values) for text, values in asked if any(values)]
        where = " AND ".join(text for text, _ in conditions) or "1"
        found = list(rows.relations(self.ledger, where, [value for _, values in conditions for value in values]))
        self.learn({end for edge in found for end in (edge.source, edge.target)})
        return found

    def deals(self) -> list[NodeRow]:
        """All deals."""
        return list(rows.deals(self.ledger))

    def deals_of(self, company: str = "") -> list[tuple[Deal, NodeRow]]:
        """Deals with their rows, of one party or all; their parties are learned."""
        documents = dated(self.ledger)
        found = self.ledger.deals(company or None)
        self.learn({party.entity for deal in found for party in deal.parties})
        return [(deal, rows.deal_node(deal, documents)) for deal in found]

    def learn(self, ids: set[str]) -> None:
        """Look up the names of some entities."""
        missing = ids - self.known.keys()
        self.known |= self.ledger.names_of(missing)

    def name(self, key: str) -> str:
        """The name of an end of an edge that was read."""
        return self.known[key]


def text(row: EdgeRow | NodeRow, key: str) -> str:
    """A property as text; empty where there is none."""
    return str(row.properties.get(key, ""))


def lines(row: EdgeRow | NodeRow, key: str) -> list[str]:
    """A property that is a list; empty where there is none."""
    value = row.properties.get(key, [])
    return value if isinstance(value, list) else [str(value)]


def texts(row: EdgeRow | NodeRow, *keys: str) -> tuple[str, ...]:
    """Several properties as text."""
    return tuple(text(row, key) for key in keys)
