"""One figure over many documents: what each source said when, and where it changed its mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.sayings import SEPARATOR, Dated
from ontology.records import Metric


@dataclass(frozen=True)
class Reported:
    """A value as one document gives it; `date` and `source` are those of the document."""

    date: str
    source: str
    document: str
    value: str
    unit: str


@dataclass(frozen=True)
class Moved:
    """Two values that one source gave one after the other."""

    before: Reported
    after: Reported

    @property
    def direction(self) -> str:
        """`raised` or `lowered`."""
        return "raised" if Decimal(self.after.value) > Decimal(self.before.value) else "lowered"

    def __str__(self) -> str:
        return SEPARATOR.join((self.after.date, self.after.source, self.before.value, self.after.value))


def reported(claims: Sequence[Metric], documents: Dated) -> list[Reported]:
    """The values in the order of their documents; of several in one document the first. `claims` newest first."""
    first: dict[str, Metric] = {}
    for claim in claims:
        first.setdefault(claim.evidence[0].document, claim)
    said = ((key, documents[key], claim) for key, claim in first.items())
    values = [Reported(date, source, key, claim.value, claim.unit) for key, (date, source), claim in said]
    return sorted(values, key=lambda one: (one.date, one.document))


def moves(values: Sequence[Reported]) -> Iterator[Moved]:
    """Yield where a source gives another value, in the same unit, than the time before."""
    for source in sorted({one.source for one in values}):
        own = [one for one in values if one.source == source]
        for before, after in pairwise(own):
            if before.unit == after.unit and Decimal(before.value) != Decimal(after.value):
                yield Moved(before, after)
