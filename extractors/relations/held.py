"""Whom 其 and 公司 mean as what the subject of their clause holds: 甲持有其5%股份, 甲成为公司第一大股东."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse
from extractors.relations.subjects import actors_before
from extractors.relations.symbols import CLASSES, VALUE_CHARS, Line, Symbol

_HOLDS = re.compile(
    "(?:持有|控股|控制|拥有|握有|手握|持|拿下|取得|获得|买下|收购|受让|入股|举牌|认购|增持)了?(?:约|合计)?$"
)
_BECOMES = re.compile("(?:成为|成了|变为|变成|升为|晋升为|升任|位列|跻身|仍是|仍为|正是|作为|是|系|为)了?$")
_OF_HOLDING = re.compile(
    f"的?(?:总|[AH])?(?:[{VALUE_CHARS}]|股权|股份|股本|全部|部分|多数|控股权|控制权|剩余|[一二三四五六七八九]成)"
)
_OF_HOLDER = re.compile(
    r"的?(?:间接|直接|单一|唯一|新的?|新任|新晋|最终|共同|全资|控股|参股|最大|主要|重要|战略|外部|核心|机构|财务"
    r"|第?[一二三四五六七八九十两、]{1,5}大?|大|的)*(?:股东(?!大会|权益|回报|的一致)|实际控制人|实控人|控股方|母公司"
    r"|(?:子|孙|附属|控股|参股|联营)公司)(?:之一)?(?!提供|担保|申请|的)"
)
_ENDS = re.compile(r"[，；。、）]|$")


def not_itself(
    found: tuple[Referent, ...], pronoun: re.Match[str], before: list[Symbol], line: Line, discourse: Discourse
) -> tuple[Referent, ...]:
    """Whom a pronoun means, which was taken for `found`: nobody holds shares of himself or becomes his own holder.

    Where the clause would tell that of its subject, the firm named last beside it is meant, else the one talked of.
    """
    holder = acting_pronoun(pronoun, before, line)
    holder = holder or next((actors.names[0].members for actors in actors_before(line, pronoun.start())), ())
    if found[:1] != holder[:1] or not found or not _stands_for_held(pronoun) or _held_by_another(pronoun, found, line):
        return found
    named = [member for at, symbol in line.of(CLASSES["company"]) if at < pronoun.start() for member in symbol.members]
    means = [m for at, s in line.of(CLASSES["holder"]) if _MEANS.search(pronoun.string, 0, at) for m in s.members]
    others = (*reversed(named), *discourse.firm(), *reversed(discourse.recent))
    return tuple(other for other in others if other not in (*holder, *means) and not other.is_voice)[:1] or found


def _held_by_another(pronoun: re.Match[str], found: tuple[Referent, ...], line: Line) -> bool:
    """Whether another than its subject holds: 其所持公司股份, 甲的股东增持公司股份, 股东为乙，持有公司5%股份."""
    text, start = pronoun.string, pronoun.start()
    begin = max(text.rfind(mark, 0, start) for mark in "，；。：") + 1
    holders = [(at, symbol) for at, symbol in line.of(CLASSES["holder"]) if at < start]
    here = [symbol for at, symbol in holders if at >= begin and not _MEANS.search(text, begin, at)]
    by_role = any(_ROLE.search(text, 0, at) for at, _ in holders)
    others = any(member not in found for symbol in here for member in symbol.members)
    return by_role or others or bool(_HIS.search(text, 0, start) or _PEOPLE.search(text, begin, start))


_HIS = re.compile("其(?:合计|直接|间接|目前)*(?:所持|持有|所持有)的?$")
_ROLE = re.compile("(?:股东|控制人|实控人|行动人|创始人|董事长|总经理)(?:之一)?(?:为|是|系|：)?$")
_MEANS = re.compile("(?:通过|经由|借道|由)[^，；。]{0,8}$")
_PEOPLE = re.compile("股东|高管|董事|监事|员工|控制人|实控人|管理层|总裁|经理|负责人|一致行动人")


def acting_pronoun(pronoun: re.Match[str], firms: Iterable[Symbol], line: Line) -> tuple[Referent, ...]:
    """The firm a pronoun before 其 in its clause stands for, where the clause names nobody: 公司购买其持有的乙股权."""
    begin = max(pronoun.string.rfind(mark, 0, pronoun.start()) for mark in "，；。：") + 1
    start, end = line.spans[begin][0], line.spans[pronoun.start()][0]
    here = [symbol for symbol in firms if start <= symbol.start < end]
    return here[0].members[:1] if here and all(symbol.carried for symbol in here) else ()


def _stands_for_held(pronoun: re.Match[str]) -> bool:
    text, start, end = pronoun.string, pronoun.start(), pronoun.end()
    if _HOLDS.search(text, 0, start):
        return bool(_OF_HOLDING.match(text, end))
    becomes, role = _BECOMES.search(text, 0, start), _OF_HOLDER.match(text, end)
    governs = becomes and becomes.group() == "为" and role and not _ENDS.match(text, role.end())
    return bool(becomes and role and not governs)
