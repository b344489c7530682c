"""Who acts in each clause of a line, and for whom the clauses stand that name nobody."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.entities.registry import Referent
from extractors.relations.discourse import Discourse, family
from extractors.relations.symbols import ENTITY_CHARS, VALUE_CHARS, Line, Symbol

SUBJECT_KINDS = ("firm", "investor", "body", "person", "exchange", "chip", "product")
_CLAUSE = re.compile(r"(?<=[，；：])(?=.)|^")
GOVERNED = re.compile(
    r"(?:由|向|对|被|获|与|和|同|跟|给|为|从|将|把|通过|在|于|据|以|经|的|比(?!如)|除|随着|(?<=[让转户售划卖押])[至到予])[^，；]{0,10}$"
    r"|(?:减持|增持|买入|收购|并购|起诉|持有|任命|聘任|看上|看中|相中|盯上|押注|领投"
    r"|买下|拿下|是|成|成为|入选|进入|系|新增|新增股东|股东新增|引入|引进|[+])了?$"
)


def mark_dropped_subjects(line: Line, discourse: Discourse) -> Line:
    """Put an empty subject at the head of every clause; it stands for the subject of the clause before."""
    if not line.text:
        return line
    edits = []
    bounds = [m.start() for m in _CLAUSE.finditer(line.text)] + [len(line.text)]
    topic = discourse.topic or discourse.firm()
    here = False
    subject: tuple[Referent, ...] = topic if len(topic) == 1 else ()
    subjects = {family(names[0]): names for names in (discourse.firm(), subject) if names}
    for begin, end in pairwise(bounds):
        if subject:
            place = line.spans[begin][0] if begin < len(line.spans) else line.spans[-1][1]
            instead = tuple(other for other in subjects.values() if other is not subject)
            symbol = Symbol("empty", place, place, subject, None, True, 0 if here else -1, instead=instead, near=here)
            edits.append((begin, begin, line.add(symbol)))
        own = clause_subject(line, begin, end)
        people = [symbol.members for at, symbol in line.of(("person",)) if begin <= at < end]
        subjects |= {"person": people[-1]} if people else {}
        if own and not (subject and _BACKGROUND.search(line.text, begin, end)):
            subject, here = own, True
            subjects[family(own[0])] = own
    return line.replace(edits)


_BACKGROUND = re.compile("资产总额|总资产|净资产|营业收入|净利润|注册资本|经审计")


def clause_subject(line: Line, begin: int, end: int) -> tuple[Referent, ...]:
    """The names that act in the clause: the first that no preposition governs and no 的 follows."""
    clause = line.text[begin:end]
    for at, char in enumerate(clause):
        symbol = line.symbols.get(char)
        if symbol and symbol.kind in SUBJECT_KINDS and _acts(symbol, clause, at):
            leads = symbol.split > 0 and _SIGNS_TO_BUY.match(line.text, begin + at + 1)
            return symbol.members[: symbol.split] if leads else symbol.members
    return ()


_SIGNS_TO_BUY = re.compile(
    "[^，；。]{0,16}(?:签|达成|订立)[^，；。]{0,24}(?:协议|合同|意向书)[^，；。]{0,4}，(?![^，；。]{0,12}(?:共同|合资|双方|联合|分别))"
    "[^，；。]{0,24}(?:收购|受让|购买|转让|出售|取得|增资)"
)


def _acts(symbol: Symbol, clause: str, at: int) -> bool:
    if all(member.is_voice for member in symbol.members) or _OF_HOLDER.match(clause, at + 1):
        return False
    governed = _TAKEN.search(clause[:at]) if _HOLDER.search(clause[:at]) else GOVERNED.search(clause[:at])
    return not governed and not _only_speaks(symbol, clause[at + 1 :])


_NO_NAME = f"[^，；。：{ENTITY_CHARS}]"
_ROLE = f"(?:股东|控制人|实控人|一致行动人)(?:[、及和兼](?:股东|董事|实际|实控|一致|总){_NO_NAME}{{0,6}})?"
_HOLDER = re.compile(f"{_ROLE}$")
_RANKS = "的|第[一二三四五]|控股|实际|间接|主要|重要|原|前|最?大|持股|以上|单一|流通|法人|个人|国有|战略|创始|机构"
_RANK = f"(?:{_RANKS}|[、及和兼{VALUE_CHARS}])*"
_OF_HOLDER = re.compile(f"{_RANK}{_ROLE}[{ENTITY_CHARS}]")
_TAKEN = re.compile(
    rf"(?:由|(?<![方导面趋])向|对|被|获|与|和|同|给|为|从|将|把|通过|收购|受让|购买|包括|成|是|系|引入|新增){_NO_NAME}{{0,10}}$"
)


def holder_before(line: Line, start: int, end: int) -> tuple[Referent, ...]:
    """Whom 其 in 将其持有的 means: the holder the clause names last, else the subject of the clauses before it."""
    if not _HELD.match(line.text, end):
        return ()
    text = _BRACKETED.sub(lambda match: "※" * len(match.group()), line.text)
    begin = max(text.rfind(mark, 0, start) for mark in "，；。：") + 1
    named = _DISPOSES.search(text, begin, start)
    if named:
        governed = GOVERNED.search(text[begin : named.start()]) and not _HOLDER.search(text[: named.start()])
        symbol = line.symbols[named["holder"]]
        return () if governed or symbol.kind not in _HOLDERS else symbol.members[:1]
    if _NAMED.search(text, begin, start) or not _DISPOSES_ALONE.search(text, begin, start):
        return ()
    bounds = [match.end() for match in re.finditer("^|[，；。：]", text[:begin])]
    owners = (clause_subject(line, left, right) for left, right in reversed(list(pairwise(bounds))))
    return next((own[:1] for own in owners if own), ())


_NAMED = re.compile(f"[{ENTITY_CHARS}]")
_BRACKETED = re.compile("（[^（）]*）")
_HOLDERS = ("firm", "investor", "body", "person")
_HELD = re.compile("(?:直接|间接|合计|共同|所|分别)*(?:持|拥有)")
_DISPOSAL = "(?:将|把|以|用|出售|转让|减持|质押)(?:了|过)?$"
_DISPOSES_ALONE = re.compile(_DISPOSAL)
_DISPOSES = re.compile(f"(?P<holder>[{ENTITY_CHARS}]){_NO_NAME}{{0,14}}?{_DISPOSAL}")


_SPEAKS = re.compile(r"[^，；。]{0,10}?(?:研报|发文|认为|指出|分析|预计|预测|测算|统计|显示|报告)")
_ANALYSTS = ("证券", "研究所", "研究院", "咨询", "国际", "期货", "银行")


def _only_speaks(symbol: Symbol, rest: str) -> bool:
    """Whether a broker or research house stands here only as the voice of a forecast."""
    return symbol.members[0].name.endswith(_ANALYSTS) and bool(_SPEAKS.match(rest))


_FROM = re.compile(
    r"(?:(?<![方导面趋意来])向(?!来)|从(?![而事此前])|自(?![主研己有身动称去今此从营]))"
    rf"(?:[{ENTITY_CHARS}]{_NO_NAME}{{0,8}}(?:股东|属|子公司))?[^，；。：{ENTITY_CHARS}{VALUE_CHARS}的]{{0,10}}$"
)


def hands_over(head: str) -> bool:
    """Whether a name after `head` stands behind 向 or 从: 甲向控股股东乙购买丙 does not say that 乙 buys."""
    return bool(_FROM.search(head))
