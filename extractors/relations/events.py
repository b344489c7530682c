"""Events whose parties are named later: a round of financing, a tender, an alliance that takes members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse, Event
from extractors.relations.figures import dates_told
from extractors.relations.lines import values_in
from extractors.relations.rules import Compiled, Opening, RuleSet
from extractors.relations.status import StatusCues, read_status
from extractors.relations.strangers import after_figures, begins_with_another
from extractors.relations.symbols import KIND_OF_TYPE, Line, Symbol

_TOLD_BY = {"FOUNDED": "INVESTED_IN"}
EVENTS = frozenset({"@event", "@opened"})


def event_of(relation: str, discourse: Discourse, side: str = "object", *, here: bool = False) -> Event | None:
    """The event being told that facts of a relation belong to, where who it is about stands on that side of them.

    `here` asks for one that opened in the same sentence.
    """
    event = discourse.events.get((_TOLD_BY.get(relation, relation), side))
    return None if event and here and event.since else event


def open_events(rules: RuleSet, line: Line, discourse: Discourse, cues: StatusCues) -> None:
    """Set the events of the discourse that the line opens; end one where the line tells of somebody unnamed."""
    unnamed: set[tuple[str, Literal["subject", "object"]]] = set()
    for compiled, match in _openings(rules, line):
        rule = compiled.rule
        assert isinstance(rule, Opening)
        key = compiled.relation, rule.side
        symbol = line.symbols.get(match.groupdict().get(rule.company) or "")
        if symbol is None or _of_another(symbol, match):
            unnamed.add(key)
            continue
        members = tuple(m for m in _told_of(symbol, compiled, rule.company) if _may_be(m, rule))
        if members and not (rule.anew and key in discourse.events):
            discourse.events[key] = _event(compiled, rule, match, members, line, cues)
    for key in unnamed:
        if key in discourse.events and discourse.events[key].since:
            del discourse.events[key]


def _openings(rules: RuleSet, line: Line) -> Iterator[tuple[Compiled, re.Match[str]]]:
    """Where openings match, in the order of the rules."""
    for compiled in rules.sift(line.text):
        if isinstance(compiled.rule, Opening) and compiled.trigger.search(line.text):
            for match in compiled.patterns[0].finditer(line.text):
                yield compiled, match


def _may_be(member: Referent, rule: Opening) -> bool:
    return not member.is_voice and bool(re.search(f"(?:{rule.named})$", member.name))


def _event(
    compiled: Compiled,
    rule: Opening,
    match: re.Match[str],
    members: tuple[Referent, ...],
    line: Line,
    cues: StatusCues,
) -> Event:
    """The event a match tells, with the first figure of each kind and the dates of its sentence."""
    length = len(line.text)
    placed = list(values_in(line, 0, length))
    births = [v for at, v in placed if _BORN.search(line.text[max(0, at - 4) : at]) or _BORN.match(line.text, at + 1)]
    values = {v.kind: v for _, v in reversed(placed) if v.kind != "date"}
    values |= {v.kind: v for v in reversed(dates_told(line, 0, length, length)) if v not in births}
    trigger = compiled.trigger.search(line.text, match.start())
    at = trigger.start() if trigger else match.end()
    status = rule.status or read_status(cues, line, match.start(), at, match.end())
    return Event(members, values, status or "completed")


def _of_another(symbol: Symbol, match: re.Match[str]) -> bool:
    """Whether a clause taken to have dropped its subject begins with a firm no list holds: 某某科技完成A轮融资."""
    begin = after_figures(match.string, match.start() + 1)
    head = _HEAD.match(match.string, begin) if symbol.kind == "empty" else None
    return head is not None and begins_with_another(head["name"])


_BORN = re.compile("(?:成立|创立|创办|诞生|注册|起步|始建)(?:于$)?")
_HEAD = re.compile(r"(?P<name>[一-鿿]{2,10}?)(?:已|近日|日前|今日|正式)?(?:完成|获|宣布|官宣|拿[到下]|收获|斩获|迎来)")


def _told_of(symbol: Symbol, opening: Compiled, slot: str) -> tuple[Referent, ...]:
    """Whom an opening tells of; a dropped subject is the nearest of those so far that the opening takes."""
    for members in (symbol.members, *symbol.instead):
        if all(opening.takes(slot, KIND_OF_TYPE[member.type]) for member in members):
            return members
    return ()
