"""Who makes, sells, buys and uses what, and who competes and moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import networkx as nx

from kg.questions.desk import Cells, Desk, text, texts
from kg.rows import EdgeRow

SALES = ("SUPPLIES", "WON_BID_FROM")
LONGEST = 8


def customers(desk: Desk, company: str) -> Iterator[Cells]:
    """Customer, relation, product, status, amount, date, id."""
    for edge in desk.edges(SALES, source=company):
        yield sale_cells(edge, desk.name(edge.target))


def suppliers(desk: Desk, company: str) -> Iterator[Cells]:
    """Supplier, relation, product, status, amount, date, id."""
    for edge in desk.edges(SALES, target=company):
        yield sale_cells(edge, desk.name(edge.source))


def sale_cells(edge: EdgeRow, other: str) -> Cells:
    """A sale seen from one of its ends."""
    return other, *texts(edge, "label_zh", "product", "status", "amount_text", "date"), edge.id


def supply_path(desk: Desk, start: str, goal: str) -> Iterator[Cells]:
    """Steps and names from supplier to customer: every shortest chain from `start` to `goal`, and back."""
    chain: nx.DiGraph[str] = nx.DiGraph((edge.source, edge.target) for edge in desk.edges(SALES))
    if start == goal or start not in chain or goal not in chain:
        return
    for a, b in ((start, goal), (goal, start)):
        if nx.has_path(chain, a, b):
            for way in nx.all_shortest_paths(chain, a, b):
                if len(way) <= LONGEST + 1:
                    yield len(way) - 1, [desk.name(key) for key in way]


def chips_of(desk: Desk, company: str) -> Iterator[Cells]:
    """Chip, status, date, id."""
    made = desk.edges(("DEVELOPS",), source=company)
    things = desk.ledger.entities({edge.target for edge in made})
    chips = {thing.id for thing in things if "Chip" in thing.labels}
    for edge in made:
        if edge.target in chips:
            yield desk.name(edge.target), *texts(edge, "status", "date"), edge.id


def users_of(desk: Desk, chip: str) -> Iterator[Cells]:
    """User, status, date, id."""
    for edge in desk.edges(("USES",), target=chip):
        yield desk.name(edge.source), *texts(edge, "status", "date"), edge.id


def rivals(desk: Desk, company: str) -> Iterator[Cells]:
    """Rival, status, date it was last said, id."""
    both = desk.edges(("COMPETES_WITH",), source=company) + desk.edges(("COMPETES_WITH",), target=company)
    for edge in {edge.id: edge for edge in both}.values():
        other = edge.target if edge.source == company else edge.source
        yield desk.name(other), *texts(edge, "status", "last_said"), edge.id


def movers(desk: Desk) -> Iterator[Cells]:
    """Person, where they were, as what, where they are now, as what, ids of both posts."""
    posts: dict[str, list[EdgeRow]] = {}
    for edge in desk.edges(("HOLDS_POSITION",)):
        posts.setdefault(edge.source, []).append(edge)
    for person, held in posts.items():
        for past, present in product(held, held):
            if past.properties.get("former") and not present.properties.get("former") and past.target != present.target:
                was = desk.name(past.target), text(past, "title")
                yield desk.name(person), *was, desk.name(present.target), text(present, "title"), past.id, present.id
