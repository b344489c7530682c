"""Who put money into whom: investments, co-investors, rounds, shareholders, and money that comes back as orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from kg.questions.desk import Cells, Desk, lines, text, texts
from kg.rows import EdgeRow, NodeRow
from kg.sayings import SEPARATOR

DONE = ("INVESTED_IN",)
INVESTMENT = ("INVESTED_IN", "PLANS_TO_INVEST_IN")
HOLDING = ("HOLDS_STAKE_IN", "CONTROLS")


def investments(desk: Desk) -> Iterator[Cells]:
    """Date, investor, relation, company, round, status, amount, id."""
    for edge in desk.edges(INVESTMENT):
        date, relation, *rest = texts(edge, "date", "label_zh", "round", "status", "amount_text")
        yield date, desk.name(edge.source), relation, desk.name(edge.target), *rest, edge.id


def investments_of(desk: Desk, company: str) -> Iterator[Cells]:
    """Date, company, relation, round, status, amount, id."""
    for edge in desk.edges(INVESTMENT, source=company):
        yield investment_cells(edge, desk.name(edge.target))


def investors_in(desk: Desk, company: str) -> Iterator[Cells]:
    """Date, investor, relation, round, status, amount, id."""
    for edge in desk.edges(INVESTMENT, target=company):
        yield investment_cells(edge, desk.name(edge.source))


def investment_cells(edge: EdgeRow, other: str) -> Cells:
    """An investment seen from one of its ends."""
    date, *rest = texts(edge, "date", "label_zh", "round", "status", "amount_text")
    return date, other, *rest, edge.id


def co_investors(desk: Desk, company: str) -> Iterator[Cells]:
    """Company, round, investor, co-investor: of rounds the entity took part in, then of those into it."""
    for own in desk.edges(DONE, source=company):
        for other in desk.edges(DONE, target=own.target):
            if other.source != company and same_round(own, other):
                yield pair_cells(desk, own, other)
    into = desk.edges(DONE, target=company)
    for first, second in product(into, into):
        if first.source < second.source and same_round(first, second):
            yield pair_cells(desk, first, second)


def same_round(one: EdgeRow, other: EdgeRow) -> bool:
    """Whether two investments name the same round, or neither names one."""
    return text(one, "round") == text(other, "round")


def pair_cells(desk: Desk, one: EdgeRow, other: EdgeRow) -> Cells:
    """Two investments of one round."""
    return desk.name(one.target), text(one, "round"), desk.name(one.source), desk.name(other.source)


@dataclass
class Round:
    """What is known of one round; an amount or status may have several values."""

    dates: set[str] = field(default_factory=set)
    investors: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    amounts: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)

    def add(self, row: EdgeRow | NodeRow) -> None:
        """Take in what an investment or a deal says."""
        for values, key in ((self.dates, "date"), (self.amounts, "amount_text"), (self.statuses, "status")):
            values.update({text(row, key)} - {""})

    def cells(self, name: str) -> Cells:
        """The first date, the name of the round, and what is known of it."""
        groups = (self.investors, self.leads, self.amounts, self.statuses)
        return min(self.dates, default=""), name, *(sorted(group) for group in groups)


def rounds(desk: Desk, company: str) -> Iterator[Cells]:
    """Date, round, investors, lead investors, amounts, statuses."""
    found: dict[str, Round] = defaultdict(Round)
    for edge in desk.edges(INVESTMENT, target=company):
        investment, name = found[text(edge, "round")], desk.name(edge.source)
        investment.add(edge)
        investment.investors.add(name)
        if edge.properties.get("lead"):
            investment.leads.add(name)
    for deal in deals_into(desk, company):
        found[text(deal, "round")].add(deal)
    yield from (known.cells(name) for name, known in found.items())


def deals_into(desk: Desk, company: str) -> Iterator[NodeRow]:
    """The deals in which a company gets the money."""
    for deal, row in desk.deals_of(company):
        if any((party.role, party.entity) == ("INVESTEE", company) for party in deal.parties):
            yield row


def shareholders(desk: Desk, company: str) -> Iterator[Cells]:
    """Date it was said, holder, relation, percentage, shares, status, id: a row for each percentage ever said."""
    for edge in desk.edges(HOLDING, target=company):
        for percent, said in percentages(edge):
            holder = desk.name(edge.source), text(edge, "label_zh")
            yield said, *holder, percent, *texts(edge, "shares", "status"), edge.id


def percentages(edge: EdgeRow) -> Iterable[tuple[str, str]]:
    """Each percentage with the date of its document; the only one where it never changed."""
    told = [line.split(SEPARATOR) for line in lines(edge, "versions") if line.startswith(f"percent{SEPARATOR}")]
    return [(parts[1], parts[2]) for parts in told] or [(text(edge, "percent"), text(edge, "last_said"))]


def circular_deals(desk: Desk) -> Iterator[Cells]:
    """Investor, company, investment, its status, chip or product, status and amount of the purchase, ids of both."""
    supplies, makers = by_ends(desk.edges(("SUPPLIES",))), by_ends(desk.edges(("DEVELOPS",)))
    uses = by_ends(desk.edges(("USES",)))
    made: dict[str, list[str]] = defaultdict(list)
    for maker, thing in makers:
        made[maker].append(thing)
    for edge in desk.edges(INVESTMENT):
        for sale in supplies.get((edge.source, edge.target), ()):
            yield circle_cells(desk, edge, "", sale)
        for thing in made[edge.source]:
            for use in uses.get((edge.target, thing), ()):
                yield circle_cells(desk, edge, desk.name(thing), use)


def by_ends(edges: Sequence[EdgeRow]) -> dict[tuple[str, str], list[EdgeRow]]:
    """Edges by source and target."""
    found: dict[tuple[str, str], list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        found[edge.source, edge.target].append(edge)
    return found


def circle_cells(desk: Desk, investment: EdgeRow, thing: str, purchase: EdgeRow) -> Cells:
    """An investment and the purchase that brings the money back."""
    ends = desk.name(investment.source), desk.name(investment.target)
    money = texts(investment, "label_zh", "status")
    return *ends, *money, thing, *texts(purchase, "status", "amount_text"), investment.id, purchase.id
