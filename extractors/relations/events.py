"""Events whose parties are named later: a round of financing, a tender, an alliance that takes members."""

from __future__ import annotations

import re

from extractors.entities.registry import Referent
from extractors.relations.discourse import Discourse, Event
from extractors.relations.figures import dates_told
from extractors.relations.lines import values_in
from extractors.relations.rules import Compiled, Opening, RuleSet
from extractors.relations.status import StatusCues, read_status
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
    """Set the events of the discourse that the line opens."""
    for compiled in rules.sift(line.text):
        rule = compiled.rule
        if isinstance(rule, Opening) and compiled.trigger.search(line.text):
            _open(compiled, rule, line, discourse, cues)


def _open(compiled: Compiled, rule: Opening, line: Line, discourse: Discourse, cues: StatusCues) -> None:
    for match in compiled.patterns[0].finditer(line.text):
        told_of = _told_of(line.symbols[match.group(rule.company)], compiled, rule.company)
        members = tuple(m for m in told_of if not m.is_voice and re.search(f"(?:{rule.named})$", m.name))
        if not members:
            continue
        length = len(line.text)
        values = {v.kind: v for _, v in reversed(list(values_in(line, 0, length))) if v.kind != "date"}
        values |= {v.kind: v for v in reversed(dates_told(line, 0, length, length))}
        trigger = compiled.trigger.search(line.text, match.start())
        at = trigger.start() if trigger else match.end()
        status = rule.status or read_status(cues, line, match.start(), at, match.end())
        discourse.events[compiled.relation, rule.side] = Event(members, values, status or "completed")


def _told_of(symbol: Symbol, opening: Compiled, slot: str) -> tuple[Referent, ...]:
    """Whom an opening tells of; a dropped subject is the nearest of those so far that the opening takes."""
    for members in (symbol.members, *symbol.instead):
        if all(opening.takes(slot, KIND_OF_TYPE[member.type]) for member in members):
            return members
    return ()
