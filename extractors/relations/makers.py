"""Whose product a name is, where the lists know its maker and the text speaks of that maker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.subjects import acting
from extractors.relations.symbols import CLASSES, Line, Symbol

_MARKS = re.compile("[，；：。！？∥]| -(?= )")
_DENIES = re.compile("没有(?:与|和|同|跟|对|向|采|使|任何)|并未|从未|未(?:与|和|同|跟)|不存在")
_TELLS = re.compile("(?:(?:根据|按照|据|从)[^，；。：]{0,4}|由)$")


def known_maker(thing: Symbol | None, line: Line, recent: Iterable[Referent] = ()) -> tuple[Referent, ...]:
    """The first firm the sentence names, else of `recent`, that the lists give as maker of all of `thing`."""
    members = thing.members if thing else ()
    if not members or not all(member.makers for member in members):
        return ()
    named = (*(firm for _, symbol in line.of(CLASSES["company"]) for firm in symbol.members), *recent)
    return next(((firm,) for firm in named if all(makes(firm, member) for member in members)), ())


def tied_maker(at: int, line: Line, told: Iterable[Referent]) -> tuple[Referent, ...]:
    """The firm that the lists give as maker of the thing at `at` and that the sentence ties to it, the nearest first.

    It stands in the same clause, its name begins the thing's, or it is `told` of; elsewhere it has to act, no other
    firm in between. A unit of the maker counts only in the same clause, where the maker itself is not named.
    """
    things = line.symbols[line.text[at]].members
    begin, end = _clause(line, at)
    if not all(thing.makers for thing in things) or _DENIES.search(line.text, begin, end):
        return ()
    firms = sorted(line.of(CLASSES["company"]), key=lambda found: abs(found[0] - at))
    here = [firm for place, symbol in firms if begin <= place < end for firm in symbol.members]
    known = set(told)
    named = [firm for _, symbol in firms for firm in symbol.members if firm in known or _bears_name(things, firm)]
    for firm in (*here, *named, *_acting_elsewhere(line, begin, end)):
        if all(not thing.makers.isdisjoint(_own_names(firm)) for thing in things):
            return (firm,)
    return next(((firm,) for firm in here if all(makes(firm, thing) for thing in things)), ())


def _bears_name(things: Iterable[Referent], firm: Referent) -> bool:
    """Whether the things are named after a firm: 甲一号 of 甲."""
    return all(thing.name.startswith(tuple(_own_names(firm))) for thing in things)


def _clause(line: Line, at: int) -> tuple[int, int]:
    """Where the clause around `at` begins and ends."""
    after = _MARKS.search(line.text, at)
    return _begin(line, at), after.start() if after else len(line.text)


def _begin(line: Line, at: int) -> int:
    return max((mark.end() for mark in _MARKS.finditer(line.text, 0, at)), default=0)


def _acting_elsewhere(line: Line, begin: int, end: int) -> Iterator[Referent]:
    """The firms that act in the nearest clause before `begin:end` where any does, then in the one after it."""
    while begin > 0:
        last, begin = begin - 1, _begin(line, begin - 1)
        if found := list(_firms_of(line, begin, last)):
            yield from found
            break
    if end < len(line.text):
        yield from _firms_of(line, *_clause(line, end + 1))


def _firms_of(line: Line, begin: int, end: int) -> Iterator[Referent]:
    """The firms that act in a clause: as its subject, behind 由, or as the source it names."""
    if _DENIES.search(line.text, begin, end):
        return
    acts = acting(line, begin, end).names
    for place, symbol in line.within(begin, end):
        told = _TELLS.search(line.text[begin:place])
        if symbol.kind in CLASSES["company"] and (told or any(symbol is other for other in acts)):
            yield from symbol.members


def makes(firm: Referent, thing: Referent) -> bool:
    """Whether the lists give `firm`, by any of its names or its parent's, as maker of `thing`."""
    return not thing.makers.isdisjoint({*_own_names(firm), firm.parent})


def _own_names(firm: Referent) -> set[str]:
    return {firm.name, *firm.names, *(firm.entry.names if firm.entry else ())}
