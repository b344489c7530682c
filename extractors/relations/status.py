"""Whether a thing has happened: cues with scope, pseudo-cues, and who says so.

After ConText (Harkema et al. 2009): a cue has a direction and a scope, and pseudo-cues block it.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractors.entities.vocabulary import SHARED
from extractors.relations.symbols import Line
from ontology.schema import parse_yaml


class Cue(BaseModel):
    """A phrase that sets the status of what stands in its scope."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str
    scope: Literal["before", "after", "sentence"]
    cue: str


class StatusCues(BaseModel):
    """`rules/shared/status.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: tuple[Cue, ...]
    pseudo: str
    done: str
    attribution: str


@functools.cache
def _cues() -> tuple[tuple[tuple[str, str, re.Pattern[str]], ...], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = parse_yaml(StatusCues, (SHARED / "status.yml").read_text(encoding="utf-8"), "status.yml")
    compiled = tuple((cue.status, cue.scope, re.compile(cue.cue)) for cue in data.cues)
    return compiled, re.compile(data.pseudo), re.compile(data.done), re.compile(data.attribution)


def clause_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause or clauses that `start:end` lies in."""
    left = max(text.rfind(mark, 0, start) for mark in "，；。：∥") + 1
    rights = [at for mark in "，；。∥" if (at := text.find(mark, end)) >= 0]
    return left, min(rights, default=len(text))


def read_status(line: Line, start: int, trigger: int, end: int) -> str:
    """Status of a match `start:end` whose predicate word begins at `trigger`; empty where the text says nothing."""
    cues, pseudo, done, _ = _cues()
    text = pseudo.sub(lambda m: "※" * len(m.group()), line.text)
    left, right = clause_bounds(text, min(start, trigger), end)
    scopes = {"before": text[left:trigger], "after": text[end:right], "sentence": text}
    for status, scope, cue in cues:
        if status in ("agreed", "completed") and scope == "before" and _carried_plan(text, left, trigger, done):
            return "planned"
        found = cue.match(scopes[scope]) if scope == "after" else cue.search(scopes[scope])
        if found:
            return status
    return ""


def _carried_plan(text: str, left: int, trigger: int, done: re.Pattern[str]) -> bool:
    """Whether the clause only continues a plan: it has no subject of its own and no word that shows it done."""
    if done.search(text[left:trigger]) or left == 0:
        return False
    before = text[max(text.rfind(mark, 0, left - 1) for mark in "，；。：") + 1 : left]
    plans = next(cue for status, scope, cue in _cues()[0] if status == "planned")
    starts = re.match(r"[^，；。]?(?:并|以|来|用于|用以|从而|届时|由|且|进而|同时|交易|并由|同步)", text[left:trigger])
    return bool(starts and plans.search(before) and not done.search(before))


def read_attribution(line: Line) -> str:
    """Who says so, where the sentence says it is not the author; empty otherwise."""
    match = _cues()[3].search(line.text)
    if not match:
        return ""
    who = next((g for g in match.groups() if g), "")
    return "".join(c if c not in line.symbols else "" for c in who).strip("《》“”") or "据报道"
