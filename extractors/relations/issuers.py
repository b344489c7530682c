"""Whose shares are meant where a clause names their holder alone: 甲持股5%, 甲减持200万股, 甲与乙签署股份转让协议."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse
from extractors.relations.symbols import CLASSES, ENTITY_CHARS, Line, Symbol, characters

HOLDINGS = frozenset({"HOLDS_STAKE_IN", "CONTROLS", "FOUNDED", "INCREASED_STAKE_IN", "REDUCED_STAKE_IN"})
_FIRM = f"[{characters(CLASSES['company'])}]"
_ANNOUNCES = re.compile(
    rf"(?P<firm>{_FIRM})[^，；。{ENTITY_CHARS}]{{0,12}}(?:公告|披露|公布|：|招股书|递表|过会|上市|IPO|收到|接到|获悉)"
)

_SHARES = f"(?:股|权益|[{characters(('percent', 'shares'))}])"
_HELD_HERE = re.compile(
    rf"(?:(?:持有|所持|拥有|持股|增持|减持|受让|认购)了?(?P<firm>{_FIRM})(?=的?[^，；。{ENTITY_CHARS}]{{0,8}}?{_SHARES})"
    rf"|举牌了?(?P<raised>{_FIRM}))"
)


def note_holder(relation: str, holder: Referent, firm: Referent, discourse: Discourse) -> None:
    """Keep in mind whose shares somebody holds, whose unit a firm is; a chief is known by his firm till he holds."""
    if relation in HOLDINGS:
        discourse.holdings[holder] = discourse.issuer = firm
        discourse.since_issuer = 0
    elif relation == "SUBSIDIARY_OF":
        discourse.parents[holder] = firm
    elif relation == "HOLDS_POSITION" and firm.type == "Company":
        discourse.holdings.setdefault(holder, firm)


def issuer(
    holder: Symbol | None, at: int, line: Line, discourse: Discourse, *, certain: bool = False, lax: bool = False
) -> Symbol | None:
    """The firm whose shares `holder`, named at `at`, holds: the announcer, else what was told of it, else the topic.

    Where it must be `certain`, only what was told of the holder and the announcer of the sentence count; where it is
    `lax`, whatever firm the text talks about does.
    """
    members = holder.members if holder else ()
    announcers = [line.symbols[match["firm"]].members[0] for match in _ANNOUNCES.finditer(line.text, 0, at)]
    if {*announcers} & {*members}:
        return None
    talked_of = [(False, firm) for firm in (*_subjects(at, line), *discourse.firm()[:1])] if lax else []
    for near, found in (*_candidates(members, announcers, at, line, discourse), *talked_of):
        if _has_shares(found) and found not in members and not found.is_voice and (near or not certain):
            return Symbol("empty", 0, 0, (found,), carried=True, near=near)
    return None


def _subjects(at: int, line: Line, *, near: bool = False) -> Iterator[Referent]:
    """Whom the dropped subject last before a place stands for, the likeliest first."""
    dropped = [symbol for _, symbol in line.within(0, at) if symbol.kind == "empty"][-1:]
    for symbol in dropped if not near or all(symbol.near for symbol in dropped) else ():
        yield from (group[0] for group in (symbol.members, *symbol.instead))


def _has_shares(firm: Referent) -> bool:
    return firm.type in ("Company", "Investor") or firm.name.endswith("公司")


def _candidates(
    members: tuple[Referent, ...], announcers: list[Referent], at: int, line: Line, discourse: Discourse
) -> Iterator[tuple[bool, Referent]]:
    """Firms whose shares may be meant, the likeliest first, and whether the text ties them to the holder.

    Whose shares somebody else of the sentence was just told to hold comes first: 甲持有丙40%，乙持有10%. The subject
    of the sentence so far comes before what was spoken of earlier, unless it is itself known as a holder.
    """
    told = _HELD_HERE.finditer(line.text, 0, at)
    held = [line.symbols[match["firm"] or match["raised"]].members[0] for match in told]
    yield from ((True, firm) for firm in (*held[-1:], *announcers))
    yield from ((True, discourse.holdings[member]) for member in members if member in discourse.holdings)
    subjects = list(_subjects(at, line, near=True))
    yield from ((False, member) for member in subjects if member not in discourse.holdings)
    if discourse.issuer:
        yield False, discourse.issuer
    if discourse.company:
        yield False, discourse.company


def parent(relation: str, unit_of: Symbol, discourse: Discourse) -> Symbol:
    """Whose unit is told of where the clause names none and the subject so far is itself a unit: 另一家子公司乙."""
    known = discourse.parents.get(unit_of.members[0]) if unit_of.kind == "empty" and unit_of.members else None
    return replace(unit_of, members=(known,)) if known and relation == "SUBSIDIARY_OF" else unit_of


def issuer_of(wanted: str, match: re.Match[str], line: Line, discourse: Discourse) -> Symbol | None:
    """What `@issuer` stands for beside the subject of a match: with `!` only a certain one, with `?` whatever fits."""
    holder, at = _slot(match, line, "S")
    return issuer(holder, at, line, discourse, certain=wanted.endswith("!"), lax=wanted.endswith("?"))


def target_of(wanted: str, taker: Symbol, match: re.Match[str], line: Line, discourse: Discourse) -> Symbol | None:
    """The firm whose shares move, for a rule that wants a target: named in the match, else the one the giver holds."""
    if named := line.symbols.get(match.groupdict().get("T") or ""):
        return named
    if wanted == "@target" and discourse.target:
        return Symbol("empty", 0, 0, (discourse.target,), carried=True)
    found = issuer_of("@issuer" if wanted == "@issuer" else "@issuer!", match, line, discourse) if wanted else None
    return found if found and found.members[0] not in taker.members else None


def _slot(match: re.Match[str], line: Line, slot: str) -> tuple[Symbol | None, int]:
    """The symbol of a slot and its place."""
    char = match.groupdict().get(slot)
    return (line.symbols.get(char), match.start(slot)) if char else (None, match.start())
