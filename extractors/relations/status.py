"""Whether a thing has happened: cues with scope, pseudo-cues, and who says so.

After ConText (Harkema et al. 2009): a cue has a direction and a scope, and pseudo-cues block it.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractors.relations.symbols import ENTITY_CHARS, Line, characters


class Cue(BaseModel):
    """A phrase that sets the status of what stands in its scope; `example` has a fact of this status, names marked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str
    scope: Literal["before", "after", "sentence"]
    cue: re.Pattern[str]
    example: str = ""


class StatusCues(BaseModel):
    """`shared/status.yml` of a folder of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: tuple[Cue, ...]
    pseudo: re.Pattern[str]
    done: re.Pattern[str]
    closing: re.Pattern[str]
    attribution: re.Pattern[str]


def clause_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause or clauses that `start:end` lies in."""
    left = max(text.rfind(mark, 0, start) for mark in "，；。：∥") + 1
    rights = [at for mark in "，；。∥" if (at := text.find(mark, end)) >= 0]
    return left, min(rights, default=len(text))


def read_status(cues: StatusCues, line: Line, start: int, trigger: int, end: int) -> str:
    """Status of a match `start:end` whose predicate word begins at `trigger`; empty where the text says nothing.

    The clause speaks first. A clause without a subject of its own goes on with the plan, talk or condition of the one
    before it, unless a word shows it done.
    """
    text = cues.pseudo.sub(lambda m: "※" * len(m.group()), line.text)
    left, right = clause_bounds(text, min(start, trigger), end)
    found = _own_status(cues, text, left, trigger, end, right)
    if found in ("", "agreed", "completed") and not cues.done.search(text[left:trigger]) and left:
        found = _carried_status(cues, line, text, left, trigger) or found
    if found == "planned" and _signed_before(text, left):
        return "agreed"
    if found in ("", "completed") and _waits_for_closing(cues, text, left, trigger):
        return "planned"
    return found


_SIGNED = re.compile(r"(?:达成|签署|签订|签)(?:了|最终|正式|《)?[^，；。]{0,16}?(?:协议|合同)")
_ONLY_INTENDED = re.compile("意向|框架|备忘录|尚未|未能|拟|计划|意图|谅解")


def _signed_before(text: str, left: int) -> bool:
    """Whether the clause before tells that the deal is signed: 甲已与乙达成最终协议，将以10亿元收购乙."""
    begin, _ = clause_bounds(text, left - 1, left - 1)
    before = text[begin : max(left - 1, 0)]
    return bool(_SIGNED.search(before)) and not _ONLY_INTENDED.search(before)


def _waits_for_closing(cues: StatusCues, text: str, left: int, trigger: int) -> bool:
    """Whether the clause tells what comes once a deal is closed: 交易完成后，甲持有乙51%股权."""
    closing = cues.closing.search(text, 0, trigger)
    if not closing:
        return False
    begin, _ = clause_bounds(text, closing.start(), closing.end())
    return not _PAST.search(text, begin, closing.end()) and not _PAST.search(text, left, trigger)


def _own_status(cues: StatusCues, text: str, left: int, trigger: int, end: int, right: int) -> str:
    begin = {"before": left, "after": end, "sentence": 0}
    stop = {"before": trigger, "after": right, "sentence": len(text)}
    for row in cues.cues:
        found = row.cue.match(text, end) if row.scope == "after" else row.cue.search(text, begin[row.scope])
        if found and found.end() <= stop[row.scope]:
            return row.status
    return ""


_PAST = re.compile(f"[{characters(('date',))}]|[已曾现]|目前|当前|[前上]次|了")
_GOVERN = ("对", "向", "将", "把", "以", "通过", "为")
_OPEN = ("denied", "terminated", "negotiating", "conditional", "planned")


def _carried_status(cues: StatusCues, line: Line, text: str, left: int, trigger: int) -> str:
    """Status that goes on from the clause before `left`: a condition always, a plan into a clause without subject."""
    begin, _ = clause_bounds(text, left - 1, left - 1)
    before = text[begin : left - 1]
    head = line.symbols.get(text[left : left + 1])
    unnamed = not _NAMES.search(text, left + 1, trigger) or text.startswith(_GOVERN, left + 1)
    dropped = head is not None and head.kind == "empty" and unnamed
    for row in cues.cues:
        goes_on = row.scope == "before" and row.status in _OPEN and (dropped or row.status == "conditional")
        if goes_on and row.cue.search(before):
            return "" if cues.done.search(before) else row.status
    return ""


_NAMES = re.compile(f"[{ENTITY_CHARS}]")


def read_attribution(cues: StatusCues, line: Line) -> str:
    """Who says so, where the sentence says it is not the author; empty otherwise."""
    match = cues.attribution.search(line.text)
    if not match:
        return ""
    who = next((g for g in match.groups() if g), "")
    return "".join(c if c not in line.symbols else "" for c in who).strip("《》“”") or "据报道"
