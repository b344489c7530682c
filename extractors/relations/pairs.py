"""Which members of two ends make a pair, and how far an end was carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.symbols import Line, Symbol, characters
from ontology.schema import RelationType


def distance(symbol: Symbol) -> int:
    """How far an end was carried: 0 named here, 1 by pronoun or within the sentence, 2 from a sentence before."""
    return 2 if symbol.split == -1 else int(symbol.carried)


def pairs_of(
    subject: Symbol, object_: Symbol, symmetric: bool, match: re.Match[str]
) -> list[tuple[Referent, Referent]]:
    """Each with each, the first with the first where two lists are dealt out (分别).

    Nobody where one stands on both sides, or where two lists meet that are too long to be meant so.
    """
    if subject is object_:
        return _pairs_within(subject)
    if not symmetric and len({*subject.members, *object_.members}) < len(subject.members) + len(object_.members):
        return []
    if len(subject.members) > 1 and len(object_.members) > 1:
        if _DEALT.search(match.string, max(0, match.start() - 4), match.end() + 4):
            even = len(subject.members) == len(object_.members)
            return list(zip(subject.members, object_.members, strict=True)) if even else []
        if len(subject.members) * len(object_.members) > (8 if symmetric else _MEANT):
            return []
    return [(a, b) for a in subject.members for b in object_.members if a is not b]


_MEANT = 24
_DEALT = re.compile("分别|各自|依次|逐一")


def _pairs_within(group: Symbol) -> list[tuple[Referent, Referent]]:
    """Pairs over the 与 of a list; in a list without one everybody with everybody, up to four."""
    if group.split > 0:
        return [(a, b) for a in group.members[: group.split] for b in group.members[group.split :]]
    return list(combinations(group.members, 2)) if len(group.members) <= 4 else []


def all_different(ends: Iterable[Symbol | None]) -> bool:
    """Whether nobody stands at two ends: a firm that hands on its own shares is read wrongly."""
    members = [member for symbol in ends if symbol for member in symbol.members]
    return len({*members}) == len(members)


def apart_from(subject: Symbol, object_: Symbol, relation: RelationType, match: re.Match[str], line: Line) -> Symbol:
    """A dropped subject that is not the object itself: whoever was talked of before, 乙侵权，将乙告上法庭.

    Else whom the clause before brings up: 乙的大股东为甲，持有该公司30%的股份.
    """
    if subject.kind != "empty" or not object_.carried or not set(subject.members) & set(object_.members):
        return subject
    for members in subject.instead:
        if members[0].type in relation.subject and not set(members) & set(object_.members):
            return replace(subject, members=members, near=False)
    brought = _BROUGHT_UP.search(line.text, 0, match.start())
    other = line.symbols[brought["name"]] if brought else None
    fits = other and other.members[0].type in relation.subject and not set(other.members) & set(object_.members)
    return replace(subject, members=other.members, near=False) if other and fits else subject


_BROUGHT_UP = re.compile(f"(?:为|是|系)(?P<name>[{characters(('firm', 'investor', 'person'))}])，$")
