"""Events a sentence opens: a deal whose other parties are named later."""

from __future__ import annotations

from extractors.entities.registry import Referent
from extractors.relations.discourse import Event
from extractors.relations.figures import dates_told
from extractors.relations.lines import values_in
from extractors.relations.match import Context
from extractors.relations.rules import Compiled, Opening, RuleSet
from extractors.relations.status import read_status
from extractors.relations.symbols import KIND_OF_TYPE, Line, Symbol


def open_events(rules: RuleSet, line: Line, context: Context) -> None:
    """Set the event of the discourse where the line opens one."""
    for compiled in rules.sift(line.text):
        rule = compiled.rule
        if not isinstance(rule, Opening) or not compiled.trigger.search(line.text):
            continue
        for match in compiled.patterns[0].finditer(line.text):
            told = _financed(line.symbols[match.group(rule.company)], compiled)
            members = tuple(m for m in told if not m.is_voice)
            if not members:
                continue
            length = len(line.text)
            values = {v.kind: v for _, v in reversed(list(values_in(line, 0, length))) if v.kind != "date"}
            values |= {v.kind: v for v in reversed(dates_told(line, 0, length, length))}
            trigger = compiled.trigger.search(line.text, match.start())
            at = trigger.start() if trigger else match.end()
            status = read_status(context.cues, line, match.start(), at, match.end())
            context.discourse.since_event = 0
            context.discourse.event = Event(members, values, status or "completed")


def _financed(symbol: Symbol, opening: Compiled) -> tuple[Referent, ...]:
    """Whom an opening tells of; a dropped subject is the nearest of those so far that the opening takes."""
    assert isinstance(opening.rule, Opening)
    for members in (symbol.members, *symbol.instead):
        if all(opening.takes(opening.rule.company, KIND_OF_TYPE[member.type]) for member in members):
            return members
    return ()
