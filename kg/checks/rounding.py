"""Rounded figures: what a written number may stand for, and what follows for sums, differences and ratios."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

_NUMBER = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")
_ENDLESS = Decimal("1E+30")


@dataclass(frozen=True)
class Between:
    """All values a rounded figure may stand for."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The value in the middle."""
        return (self.low + self.high) / 2

    def meets(self, other: Between) -> bool:
        """Whether some value is in both."""
        return self.low <= other.high and other.low <= self.high

    def times(self, factor: Decimal | int) -> Between:
        """The values times a positive factor."""
        return Between(self.low * factor, self.high * factor)

    def __add__(self, other: Between) -> Between:
        return Between(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Between) -> Between:
        return Between(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Between) -> Between:
        if other.low <= 0 <= other.high:
            return Between(-_ENDLESS, _ENDLESS)
        corners = [a / b for a, b in product((self.low, self.high), (other.low, other.high))]
        return Between(min(corners), max(corners))

    def __abs__(self) -> Between:
        if self.low <= 0 <= self.high:
            return Between(Decimal(0), max(-self.low, self.high))
        return Between(*sorted((abs(self.low), abs(self.high))))


def growth(now: Between, before: Between) -> Between:
    """The change in percent; of a loss, by its size."""
    return ((now - before) / abs(before)).times(100)


def rounded(value: Decimal, written: str) -> Between:
    """What `value`, written with so many decimals, may stand for; 7.43亿 is anything from 7.425 to 7.435."""
    number = _NUMBER.search(written)
    if not number:
        return Between(value, value)
    said = Decimal(number.group().replace(",", ""))
    scale = abs(value / said) if said else Decimal(1)
    half = scale * Decimal(10) ** -len(number["decimals"] or "") / 2
    return Between(value - half, value + half)
