"""Deals that a sentence of their own calls off: 重组告吹, 交易作废, 收购计划到此为止."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.language.sentences import sentences
from extractors.relations.match import Candidate

_DEAL = "交易|重组|收购|并购|合并|要约|谈判|协议|方案|计划|事项|此事|买卖|转让|增资|入股|投资|定增|增持|减持"
_OFF = (
    "终止|告吹|作废|作罢|泡汤|流产|夭折|搁浅|叫停|中止|取消|撤回|不做了|没能?做成|未能?成行|到此为止|黄了|谈崩|破裂|落空|无疾而终"
    "|宣告失败|失败告终|折戟|放弃|胎死腹中|成为泡影|化为泡影"
)
_CALLED_OFF = re.compile(
    rf"(?:{_DEAL})[^，。；：]{{0,10}}?(?:{_OFF})|(?:宣布|决定|正式|主动|最终|公告|已)?(?:终止|取消|放弃|撤回|中止|叫停)了?[^，。；：]{{0,16}}(?:{_DEAL})"
)
_SUPPOSED = re.compile(
    "未(?!能|果)|不会|没有|如果|若|倘|一旦|可能|风险|除非|或将|是否|传闻|条款|情形|将被终止|否认|导致|重启|恢复|不得"
)
_OPEN = ("planned", "agreed", "negotiating", "conditional")


def call_off(candidates: Sequence[Candidate], passages: Iterable[Passage]) -> None:
    """Mark what is planned or talked over as terminated where its section says the deal is off.

    The sentence that says so names nobody but parties of the deal. Of several deals those are off whose target it
    names; all of one buyer are where it names none and says 上述.
    """
    planned = [c for c in candidates if c.qualifiers.get("status") in _OPEN and _may_be_off(c)]
    for section, named, all_of_them in _endings(passages) if planned else ():
        deals = [c for c in planned if c.passage.block.section == section]
        targets, buyers = {c.object for c in deals}, {c.subject for c in deals}
        if named <= targets | buyers:
            one = len(targets) == 1 or (all_of_them and len(buyers) == 1 and not named & targets)
            for candidate in deals:
                if one or candidate.object in named - buyers:
                    candidate.qualifiers["status"] = "terminated"


def _may_be_off(candidate: Candidate) -> bool:
    return bool(candidate.relation.pending) or candidate.relation.name == "NEGOTIATING_WITH"


_ALL = re.compile("[上前]述")


def _endings(passages: Iterable[Passage]) -> Iterator[tuple[str, set[Referent], bool]]:
    """Section and firms named of every sentence that calls a deal off, and whether it means all told above."""
    for passage in passages:
        if not _CALLED_OFF.search(passage.text):
            continue
        for start, end in sentences(passage.text):
            found = _CALLED_OFF.search(passage.text, start, end)
            if found and not _SUPPOSED.search(passage.text, *_clause(passage.text, start, found, end)):
                named = {referent for _, referent in passage.named(start, end) if _is_party(referent)}
                yield passage.block.section, named, bool(_ALL.search(passage.text, start, end))


def _clause(text: str, start: int, found: re.Match[str], end: int) -> tuple[int, int]:
    """The clause that a match stands in, within the sentence `start:end`."""
    marks = [text.rfind(mark, start, found.start()) for mark in "，；："]
    return max(*marks, start - 1) + 1, min((at for at in (text.find("，", found.end(), end),) if at >= 0), default=end)


def _is_party(referent: Referent) -> bool:
    return referent.type in ("Company", "Investor", "Person") and not referent.is_voice
