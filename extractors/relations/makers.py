"""Whose product a name is, where the lists know its maker and the text speaks of that maker."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.entities.registry import Referent
from extractors.relations.symbols import CLASSES, Line, Symbol


def known_maker(thing: Symbol | None, line: Line, recent: Iterable[Referent] = ()) -> tuple[Referent, ...]:
    """The first firm the sentence names, else of `recent`, that the lists give as maker of all of `thing`."""
    members = thing.members if thing else ()
    if not members or not all(member.makers for member in members):
        return ()
    named = (*(firm for _, symbol in line.of(CLASSES["company"]) for firm in symbol.members), *recent)
    return next(((firm,) for firm in named if all(makes(firm, member) for member in members)), ())


def makes(firm: Referent, thing: Referent) -> bool:
    """Whether the lists give `firm`, by any of its names or its parent's, as maker of `thing`."""
    return not thing.makers.isdisjoint(_names(firm))


def _names(firm: Referent) -> Iterable[str]:
    return {firm.name, *firm.names, firm.parent, *(firm.entry.names if firm.entry else ())}
