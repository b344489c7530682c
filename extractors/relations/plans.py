"""Signs beside the cue words that a deal is still ahead: limits, dates to come, a plan picked up again."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.expressions import ready as re
from extractors.relations.lines import values_in
from extractors.relations.status import StatusCues, clause_bounds
from extractors.relations.symbols import ENTITY_CHARS, Line, characters

_LIMIT = re.compile("不超|不高于|不多于|至多|上限")
_RESUMES = re.compile("其中|[此本该][次项轮笔]|上述")
_GOES_ON = re.compile(f"[{ENTITY_CHARS}]?并(?:且|将|以|对|向|于|同时|由)")


def goes_on(line: Line) -> bool:
    """Whether a sentence goes on with the one before: 并对乙增资8亿元."""
    return bool(_GOES_ON.match(line.text))


def limited(line: Line, start: int, end: int, text: str) -> bool:
    """Whether the clause of a match gives a number of shares or a sum only as a limit (不超过), as plans do."""
    _, right = clause_bounds(line.text, start, end)
    inside = [value for _, value in values_in(line, start, right)]
    capped = any(value.kind in ("shares", "percent") and value.parts.get("op") == "<=" for value in inside)
    sums = (text[value.start : value.end] for value in inside if value.kind == "money")
    return capped or any(_LIMIT.match(told) for told in sums)


def ahead(told: str, known: str) -> bool:
    """Whether the date told lies after that of the document, both ISO 8601 and as exact as they are known."""
    return bool(told and known) and told[: len(known)] > known[: len(told)]


def resumed(cues: StatusCues, line: Line, start: int, trigger: int, plan: str) -> str:
    """The status of the plan just told, where the clause picks it up again: 其中，对乙增资8亿元; 本次收购乙股权."""
    left, _ = clause_bounds(line.text, start, trigger)
    again = _RESUMES.search(line.text, left, trigger) or _RESUMES.match(line.text) or goes_on(line)
    return plan if again and not cues.done.search(line.text, left, trigger) else ""


def proposed(cues: StatusCues, line: Line, trigger: int) -> str:
    """The status of a purchase that a clause before it proposes or announces, where nothing shows it done.

    董事会通过收购议案，公司以5亿元收购乙 is planned; 甲公告，公司以5亿元收购乙 is agreed.
    """
    begin = max(line.text.rfind(mark, 0, trigger) for mark in "；。") + 1
    left, right = clause_bounds(line.text, trigger, trigger)
    done = cues.done.search(line.text, left, right) or "了" in line.text[left:right]
    if done or not _PURCHASE.match(line.text, trigger):
        return ""
    if _PROPOSED.search(line.text, begin, left):
        return "planned"
    announced = _ANNOUNCED.search(line.text, begin, left) and not _CLOSED.search(line.text, begin)
    return "agreed" if announced else ""


_ANNOUNCED = re.compile("公告(?:称|显示|披露)?[，：]")
_CLOSED = re.compile(f"[{characters(('date',))}已曾]|完成|过户|交割|登记|获得|竞得|终止|此前|了")
_PURCHASE = re.compile("收购|购买|受让|取得|并购|认购|买下|拿下|吸收合并|合并")
_PROPOSED = re.compile(
    "(?:收购|购买|重组|并购|交易|合并|受让)[^，；。]{0,10}?(?:预案|草案|议案|方案|提案)(?![^，；。]{0,6}(?:完成|完毕))"
    "|(?:预案|草案)(?:出炉|显示|披露|公布)|筹划[^，；。]{0,10}?(?:收购|购买|重组|并购|合并)"
)


def after_deal(line: Line, start: int, trigger: int, plans: Mapping[str, str]) -> bool:
    """Whether a clause tells what comes after a deal just told as a plan: 本次转让后，甲持有乙5%股份."""
    begin = max(line.text.rfind(mark, 0, start) for mark in "；。") + 1
    return not _DEALS.isdisjoint(plans) and bool(_AFTER_DEAL.search(line.text, begin, trigger))


_DEALS = frozenset(
    {"ACQUIRED", "INVESTED_IN", "TRANSFERS_STAKE_TO", "INCREASED_STAKE_IN", "REDUCED_STAKE_IN", "MERGED_WITH"}
)
_AFTER_DEAL = re.compile(
    "(?:^|[，；。]|[本此该][次项笔]|前述|上述)[^，；。了已]{0,4}?"
    "(?:交易|转让|收购|增资|重组|发行|权益变动|划转|受让|投资|合并|变动|认购)(?:[^，；。了已]{0,6}?完成)?(?:之|以)?后"
)


_SOON = "将(?!其)|即将|届时|预计|有望|最早|最快|计划|打算|明年|后年|下月|下个月|下周|年底前|不久后"
_SHOWN = "发布|推出|上市|亮相|登场|露面|面世|问世|开售|首发|发售"
_WAITING = f"|(?:{_SHOWN})[^，；。]{{0,4}}?(?:在即|计划|日期)|在排队|在路上|蓄势待发|箭在弦上"
_TO_COME = {
    "DEVELOPS": re.compile(f"(?:{_SOON})[^，；。了]{{0,12}}?(?:{_SHOWN}){_WAITING}"),
    "USES": re.compile(f"(?:{_SOON})[^，；。了]{{0,12}}?(?:{_SHOWN}|用上|搭载|采用|配备|接入){_WAITING}"),
}
_LEAKED = re.compile("爆料|曝光|传闻|据传|网传|泄露|疑似|有猜测|谍照")
_LAUNCHED = re.compile("已|曾|正式|刚刚|率先|自研|自主研发|(?:发布|推出|上市|亮相|开售|研发|开发)了|出货|量产|交付")


def launch_ahead(relation: str, text: str, start: int, end: int) -> bool:
    """Whether the clause of a match tells of a launch or a use to come, or the sentence only of a leak."""
    left, right = clause_bounds(text, start, end)
    if relation not in _TO_COME or _LAUNCHED.search(text, left, right):
        return False
    return bool(_TO_COME[relation].search(text, left, right) or _LEAKED.search(text))
