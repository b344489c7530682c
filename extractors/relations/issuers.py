"""Whose shares are meant where a clause names their holder alone: 甲持股5%, 甲减持200万股, 甲与乙签署股份转让协议."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.entities.registry import Referent
from extractors.relations.discourse import Discourse
from extractors.relations.symbols import CLASSES, ENTITY_CHARS, Line, Symbol, characters

HOLDINGS = frozenset({"HOLDS_STAKE_IN", "CONTROLS", "FOUNDED", "INCREASED_STAKE_IN", "REDUCED_STAKE_IN"})
_ISSUERS = ("Company", "Investor", "Organization")
_FIRM = f"[{characters(CLASSES['company'])}]"
_ANNOUNCES = re.compile(
    rf"(?P<firm>{_FIRM})[^，；。{ENTITY_CHARS}]{{0,12}}(?:公告|披露|公布|：|招股书|递表|过会|上市|IPO|收到|接到|获悉)"
)


def note_holder(relation: str, holder: Referent, firm: Referent, discourse: Discourse) -> None:
    """Keep in mind whose shares somebody holds; a chief is known by his firm until he is told as a holder."""
    if relation in HOLDINGS:
        discourse.holdings[holder] = discourse.issuer = firm
        discourse.since_issuer = 0
    elif relation == "HOLDS_POSITION" and firm.type == "Company":
        discourse.holdings.setdefault(holder, firm)


def issuer(holder: Symbol | None, at: int, line: Line, discourse: Discourse, *, certain: bool = False) -> Symbol | None:
    """The firm whose shares `holder`, named at `at`, holds: what was told of it, else the announcer, else the topic.

    Where it must be `certain`, only what was told of the holder and the announcer of the sentence count.
    """
    members = holder.members if holder else ()
    for near, found in _candidates(members, at, line, discourse):
        if found.type in _ISSUERS and found not in members and not found.is_voice and (near or not certain):
            return Symbol("empty", 0, 0, (found,), carried=True, near=near)
    return None


def _candidates(
    members: tuple[Referent, ...], at: int, line: Line, discourse: Discourse
) -> Iterator[tuple[bool, Referent]]:
    """Firms whose shares may be meant, the likeliest first, and whether the text ties them to the holder.

    The subject of the sentence so far comes before what was spoken of earlier, unless it is itself known as a holder.
    """
    yield from ((True, discourse.holdings[member]) for member in members if member in discourse.holdings)
    for announced in _ANNOUNCES.finditer(line.text, 0, at):
        yield True, line.symbols[announced["firm"]].members[0]
    before = [symbol for _, symbol in line.within(0, at) if symbol.kind == "empty"][-1:]
    told = [member for symbol in before for group in (symbol.members, *symbol.instead) for member in group[:1]]
    yield from ((False, member) for member in told if before[0].near and member not in discourse.holdings)
    if discourse.issuer:
        yield False, discourse.issuer
    yield from ((False, member) for member in (*told, *discourse.firm()[:1]))
