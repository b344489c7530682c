"""Whether a thing has happened: cues with scope, pseudo-cues, and who says so.

After ConText (Harkema et al. 2009): a cue has a direction and a scope, and pseudo-cues block it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from extractors.expressions import ready as re
from extractors.expressions.compiled import compiled
from extractors.relations.subjects import acting
from extractors.relations.symbols import ENTITY_CHARS, Line, characters


def _ready(expression: object) -> object:
    """The expression compiled; one that is wrong is left to the model to refuse."""
    try:
        return compiled(expression) if isinstance(expression, str) else expression
    except re.error:
        return expression


Expression = Annotated[re.Pattern[str], BeforeValidator(_ready)]


class Cue(BaseModel):
    """A phrase that sets the status of what stands in its scope.

    One that `closes` counts only for what is closed apart from its signature. `example` has a fact of this status,
    `counter` facts and none of this status; names are marked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str
    scope: Literal["before", "after", "following", "sentence"]
    cue: Expression
    closes: bool = False
    example: str = ""
    counter: str = ""


class StatusCues(BaseModel):
    """`shared/status.yml` of a folder of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: tuple[Cue, ...]
    pseudo: Expression
    done: Expression
    closing: Expression
    attribution: Expression


def clause_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause or clauses that `start:end` lies in."""
    left = max(text.rfind(mark, 0, start) for mark in "，；。：∥") + 1
    rights = [at for mark in "，；。∥" if (at := text.find(mark, end)) >= 0]
    return left, min(rights, default=len(text))


def read_status(cues: StatusCues, line: Line, start: int, trigger: int, end: int, closes: bool = False) -> str:
    """Status of a match `start:end` whose predicate word begins at `trigger`; empty where the text says nothing.

    The clause speaks first. A clause without a subject of its own goes on with the plan, talk or condition of those
    before it, unless a word shows it done. What `closes` apart from its signature is agreed after a clause that tells
    the signature.
    """
    text = cues.pseudo.sub(lambda m: "※" * len(m.group()), line.text)
    left, right = clause_bounds(text, min(start, trigger), end)
    done = cues.done.search(text, left, trigger)
    found = _own_status(cues, text, left, trigger, end, right, closes)
    if found in ("", "agreed", "completed") and not done:
        found = _carried_status(cues, line, text, left, trigger) or found
    if found == "planned" or (found == "" and closes and not done and not _CLOSED.search(text, right)):
        found = _after_signature(text, left) or found
    if found == "" and closes and not done and _closes_later(cues, text, trigger, end):
        return "planned"
    if found in ("", "completed") and _LETTER.match(text, trigger):
        return "agreed"
    if found in ("", "completed") and _waits_for_closing(cues, text, left, trigger):
        return "planned"
    return found


def is_still_ahead(cues: StatusCues, line: Line, start: int, trigger: int) -> bool:
    """Whether a state is told of the time after a deal that has still to close: 若能成交，甲将成为乙的参股公司."""
    text = cues.pseudo.sub(lambda m: "※" * len(m.group()), line.text)
    left, _ = clause_bounds(text, min(start, trigger), trigger)
    supposed = left > 0 and _open_status(
        cues, text[clause_bounds(text, left - 1, left - 1)[0] : left - 1], ("conditional",)
    )
    becomes = _BECOMES.search(text, left, trigger + 1)
    return bool(supposed or (becomes and not cues.done.search(text, left, becomes.start()))) or _waits_for_closing(
        cues, text, left, trigger
    )


_BECOMES = re.compile(
    "(?:将|有望|即将|可望|预计将|或将)[^，；。]{0,8}?"
    "(?:成为|变更|变为|变成|升为|(?:持有|持股|拥有)(?![^，；。]{0,36}(?:转让|质押|减持|出售|划转|注入|委托))|纳入|控股)"
)

_LETTER = re.compile("(?:签|订)[^，；。]{0,16}?意向书")
_SIGNED = re.compile(r"(?:达成|签署|签订|签)(?:了|最终|正式|《)?[^，；。]{0,16}?(?:协议|合同|意向书|备忘录)")
_CLOSED = re.compile(
    "(?<!将)(?<!拟)(?<!计)(?:已|并)[^，；。将拟]{0,12}?(?:完成|办理完毕|办妥)[^，；。]{0,8}(?:变更|过户|交割|登记|收购)"
)
_ONLY_INTENDED = re.compile("意向|框架|备忘录|尚未|未能|拟|计划|意图|谅解")


def _after_signature(text: str, left: int) -> str:
    """What the clauses before make of a deal: agreed where they tell a signature, planned where only an intention.

    甲已与乙达成最终协议，将以10亿元收购乙; 甲与乙签署意向书，以10亿元收购乙.
    """
    begin = max(text.rfind(mark, 0, max(left - 1, 0)) for mark in "；。∥") + 1
    signed = _SIGNED.search(text, begin, max(left - 1, 0))
    if not signed:
        return ""
    clause, stop = clause_bounds(text, signed.start(), signed.end())
    return "planned" if _ONLY_INTENDED.search(text, clause, stop) else "agreed"


_TO_COME = re.compile("[^，；。]{0,24}?(?:将(?!其)|预计|有望|拟)")


def _closes_later(cues: StatusCues, text: str, trigger: int, end: int) -> bool:
    """Whether a clause after tells what the deal will make of them: 甲对乙增资，增资完成后甲将持有乙20%股权."""
    stop = min((at for mark in "；。∥" if (at := text.find(mark, end)) >= 0), default=len(text))
    closing = cues.closing.search(text, end, stop)
    happened = "了" in text[trigger:end] or _PAST.search(text, end, closing.start() if closing else end)
    return bool(closing and not happened and _TO_COME.match(text, closing.end()))


def _waits_for_closing(cues: StatusCues, text: str, left: int, trigger: int) -> bool:
    """Whether the clause tells what comes once a deal is closed: 交易完成后，甲持有乙51%股权."""
    closing = cues.closing.search(text, 0, trigger)
    if not closing:
        return False
    begin, _ = clause_bounds(text, closing.start(), closing.end())
    return not _PAST.search(text, begin, closing.end()) and not _PAST.search(text, left, trigger)


def _own_status(cues: StatusCues, text: str, left: int, trigger: int, end: int, right: int, closes: bool) -> str:
    begin = {"before": left, "after": end, "following": end, "sentence": 0}
    stop = {"before": trigger, "after": right, "following": len(text), "sentence": len(text)}
    described = _RELATIVE.match(text, trigger, end)
    for row in cues.cues:
        anchored = row.scope in ("after", "following")
        told = anchored and (described or (row.status == "planned" and "了" in text[trigger:end]))
        if told or (row.closes and not closes):
            continue
        found = row.cue.match(text, end) if anchored else row.cue.search(text, begin[row.scope])
        if found and found.end() <= stop[row.scope] and not _only_describes(row, text, found.end(), trigger):
            return row.status
    return ""


_RELATIVE = re.compile("[一-鿿]{2,4}的")


def _only_describes(row: Cue, text: str, after: int, trigger: int) -> bool:
    """Whether a plan is only told of the subject, of which the clause tells something past: 计划上市的甲曾获乙投资."""
    return row.status == "planned" and row.scope == "before" and bool(_DESCRIBED.search(text, after, trigger))


_DESCRIBED = re.compile(f"的[{ENTITY_CHARS}][^，；。]{{0,4}}?(?:已|曾|此前)")
_PAST = re.compile(f"[{characters(('date',))}]|[已曾现]|目前|当[前年]|[早近]年|[前上]次|了")
_DATED = re.compile(f"[{characters(('date',))}]|[已曾]")
_GOVERN = ("对", "向", "将", "把", "以", "通过", "为")
_OPEN = ("denied", "terminated", "negotiating", "conditional", "planned")


def _carried_status(cues: StatusCues, line: Line, text: str, left: int, trigger: int) -> str:
    """Status that goes on from the clauses before `left`: a condition from the last, a plan over those without subject.

    A condition goes on into any clause. Beyond the last clause only a row of clauses that name no subject and tell
    nothing past leads back to the plan: 甲将以5亿元现金，或等值股份，收购乙; 甲将出售工厂，收购乙，并购买丙.
    """
    goes_on = _drops_subject(line, text, left, trigger)
    at, nearest = left, True
    while at and (nearest or text[at - 1] == "，"):
        begin, _ = clause_bounds(text, at - 1, at - 1)
        told = _open_status(cues, text[begin : at - 1], () if goes_on else ("conditional",))
        if told == "conditional" and _DATED.search(text, left, trigger):
            return ""
        if told is not None:
            return told
        goes_on = goes_on and _has_no_actor(line, begin, at - 1) and not _PAST.search(text, begin, at - 1)
        if not goes_on:
            return ""
        at, nearest = begin, False
    return ""


def _open_status(cues: StatusCues, clause: str, only: tuple[str, ...]) -> str | None:
    """The open status a clause gives to those after it, empty where it is done; None where it says nothing of it."""
    for row in cues.cues:
        if row.scope == "before" and row.status in (only or _OPEN) and row.cue.search(clause):
            return "" if cues.done.search(clause) and row.status != "conditional" else row.status
    return None


def _drops_subject(line: Line, text: str, left: int, end: int) -> bool:
    """Whether a clause goes on with the subject so far: nobody is named before `end`, or a preposition comes first."""
    head = line.symbols.get(text[left : left + 1])
    unnamed = not _NAMES.search(text, left + 1, end) or text.startswith(_GOVERN, left + 1)
    return head is not None and head.kind == "empty" and unnamed


def _has_no_actor(line: Line, begin: int, end: int) -> bool:
    """Whether a clause goes on with the subject so far: whoever it names is only taken, told or held by it."""
    head = line.symbols.get(line.text[begin : begin + 1])
    return head is not None and head.kind == "empty" and not acting(line, begin + 1, end).names


_NAMES = re.compile(f"[{ENTITY_CHARS}]")


_NOT_THE_SOURCE = re.compile(
    "(?:此前|日前|近日|今日|昨日|最新|独家|晚间|早间|午间|当地时间|发布|公布|援引|的|于|在)+$|^(?:多家|一些)"
)


def read_attribution(cues: StatusCues, line: Line, text: str) -> str:
    """Who says so, as `text` has it, where the sentence says it is not the author; empty otherwise."""
    match = cues.attribution.search(line.text)
    if not match:
        return ""
    who = "".join(_spoken(line, char, text) for char in next((g for g in match.groups() if g), ""))
    return _NOT_THE_SOURCE.sub("", who.strip("《》“”")) or "据报道"


def _spoken(line: Line, char: str, text: str) -> str:
    """A character as it is read: a name for its symbol, nothing for a figure."""
    symbol = line.symbols.get(char)
    if symbol is None:
        return char
    return text[symbol.start : symbol.end] if symbol.members and symbol.kind != "empty" else ""
