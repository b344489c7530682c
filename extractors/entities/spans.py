"""Typed spans: what a detector claims about a stretch of text, and which claims stand where they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.entities.gazetteer import Entry

ACTORS = frozenset({"Company", "Investor", "Organization", "Exchange"})
THINGS = frozenset({"Chip", "Product"})


@dataclass(frozen=True, slots=True)
class Span:
    """A name at `start:end` of a flow; `strength` 3 proves it all over the document, 2 here, 1 with a second cue."""

    start: int
    end: int
    name: str
    type: str
    strength: int
    entry: Entry | None = None


def settle(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlaps in reading order: the longer wins, then the stronger."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.strength, s.entry is None, s.start, s.type)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
