"""What of a deal tells it from another: who, which round, how much, when."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ontology.deals.tellings import actors, subjects
from ontology.records import Deal
from ontology.values import PartialDate, Round

Span = tuple[date, date]
Place = tuple[str, int, int]
Said = tuple[object, ...]
AGAIN_AND_AGAIN = frozenset(
    {"bid", "contract", "loan_or_guarantee", "stake_increase", "stake_reduction", "stake_transfer"}
)
"""Kinds that the same parties do often, so that figures and dates must agree."""
CORRECTION = re.compile("更正|勘误|有误|更改为")
INFINITY = Decimal("Infinity")
STEP = {"negotiating": 0, "planned": 0, "conditional": 0, "agreed": 1, "completed": 2, "terminated": 3, "denied": 3}


@dataclass(frozen=True)
class Traits:
    """A telling as it is compared with others; `day` is that of its document, `span` what it states itself."""

    kind: str
    about: tuple[str, ...]
    actors: frozenset[str]
    round: str
    is_series: bool
    money: tuple[Decimal, Decimal] | None
    terms: Mapping[str, str]
    status: str
    span: Span | None
    day: date | None
    places: frozenset[Place]
    corrects: bool

    @property
    def said(self) -> Said:
        """All of it but where it stands."""
        whole = (self.kind, self.about, self.actors, self.round, self.is_series, self.money, self.status)
        return *whole, self.span, self.day, self.corrects, *sorted(self.terms.items())

    @property
    def step(self) -> int:
        """How far it has come: open, agreed, completed, off."""
        return STEP.get(self.status, 0)

    @property
    def is_vague(self) -> bool:
        """Whether nothing but its parties tells it from another deal."""
        return not (self.round or self.money or self.span or "percent" in self.terms or "shares" in self.terms)

    @property
    def time(self) -> Span | None:
        """When it was so: what is done, at the date it states or some time before; what is open, as of its document."""
        if self.step == STEP["completed"] and (self.span or self.kind not in AGAIN_AND_AGAIN):
            return self.span or (date.min, self.day or date.max)
        return (self.day, self.day) if self.day else self.span


def traits(deal: Deal, day: str) -> Traits:
    """The traits of a deal that one document of this date tells."""
    told = normal_round(deal.qualifiers.get("round", ""))
    return Traits(
        kind=deal.type,
        about=subjects(deal),
        actors=actors(deal),
        round=told,
        is_series=bool(told) and is_series(told),
        money=money(deal.qualifiers),
        terms=deal.qualifiers,
        status=deal.status,
        span=span(deal.qualifiers.get("date", "")),
        day=last_day(day),
        places=frozenset((e.document, e.start, e.end) for e in deal.evidence),
        corrects=any(CORRECTION.search(piece.text) for piece in deal.evidence),
    )


def normal_round(name: str) -> str:
    """A round in one spelling: `pre A轮` is `Pre-A轮`."""
    plain = "".join(name.split()).upper().replace("-", "").replace("＋", "+")
    return plain.replace("PRE", "Pre-")


def is_series(name: str) -> bool:
    """Whether a round is of the series that a company goes through once."""
    try:
        return Round.parse(name).stage is not None
    except ValueError:
        return False


def money(terms: Mapping[str, str]) -> tuple[Decimal, Decimal] | None:
    """The least and the most an amount can be; about is within a tenth."""
    try:
        amount = Decimal(terms["amount"])
    except (KeyError, InvalidOperation):
        return None
    bounds = {
        ">": (amount, INFINITY),
        ">=": (amount, INFINITY),
        "<": (Decimal(0), amount),
        "<=": (Decimal(0), amount),
        "~": (amount * Decimal("0.9"), amount * Decimal("1.1")),
    }
    return bounds.get(terms.get("amount_op", "="), (amount, amount))


@lru_cache(4096)
def span(text: str) -> Span | None:
    """The days a date may mean; None for what is no date."""
    try:
        told = PartialDate.parse(text)
    except ValueError:
        return None
    first = date(told.year, told.month or 1, told.day or 1)
    month = told.month or 12
    return first, date(told.year, month, told.day or calendar.monthrange(told.year, month)[1])


def last_day(text: str) -> date | None:
    """The last day a document's date may mean."""
    days = span(text[:10])
    return days[1] if days else None
