"""Unlisted names in slots that only a firm or a shareholder fills: 股东X, 收购X 51%股权, 质权人为X, 全资子公司X."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.edges import name_start, opening, strip_place, with_investor_end, without_adverb
from extractors.entities.names import brand_strength, type_of
from extractors.entities.people import is_person
from extractors.entities.spans import Span
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, dictionary, is_word

_HOLDER_NEXT = r"(?=[一-鿿]{2,4}(?:[、，（拟计所持质减增累与和及将于向因]|一致))"
_HOLDER = (
    r"(?:控股|第[一二三四五]大|原|自然人|%以上|%的|公司|名|二|大)股东",
    rf"股东(?!大会|会|权益|名册|名单|的|所|单位|方){_HOLDER_NEXT}",
    r"一致行动人|实际控制人|实控人|质权人为|质押方为|出质人为?|债权人|转让方为?|受让方为?|交易对方为?|(?:质押|转让|过户)[给予于]",
    r"(?:上诉|被上诉|被告|申请|被申请|被执行|原告|起诉)人|原告(?!人)|被告(?!人|方)|起诉",
)
_FIRM = (
    r"(?:全资|控股|参股)(?:子|孙)?公司|子公司|孙公司|关联方|关联公司|标的公司|(?<=[一-鿿])旗下(?:的)?(?:公司|企业)?",
    r"收购(?!价|人|方|要约|事项|案|后|完成|报告|资产|标的|项目)了?|并购(?!重组|基金|贷款|案)了?",
    r"增资(?!扩股|款|方案|协议|入股)|参股|入股",
)
_VERB = r"控股(?=[一-鿿])|受让|拿下|竞得|持有的?|出售|转让|购买|剥离"
_BEFORE = re.compile(rf"(?P<holder>{'|'.join(_HOLDER)})|(?P<firm>{'|'.join(_FIRM)})|(?:{_VERB})")

_CHARACTER = r"[一-鿿A-Za-z0-9·&]"
_BRACKET = r"(?:（[^（）]{1,40}）)?"
_SHARES = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,10}}?){_BRACKET}的?(?:合计)?(?:约|近|不超过|剩余)?\d{{1,3}}(?:\.\d+)?%的?"
    r"(?:股权|股份|权益|出资|控股权)"
)
_WHOLE = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,8}}?){_BRACKET}的?(?:全部|部分|控股|剩余|少数|相应|所有|多数)?"
    r"(?:股权|控股权|控制权|(?<=部)股份)"
)
_HOLDING = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,8}}?){_BRACKET}(?:所持|持有|持股|及其一致行动人|及一致行动人|拟|计划(?!将)|将其|累计质押|质押|减持|增持|通知|向[一-鿿])"
)
_END = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,8}}?)(?=[（，。；、：”与和以在于拟将向已因诉应须需]|$|及其|所持|持有|签署|签订|发行|提供|收到|取得|获得|近日|日前|公告|起诉)"
)
_NO_NAME = re.compile(
    r"[的了是在其该这那们为得对等并或某被把]|^\d|^(?:公司|上市|本次|控股|标的|相关|部分|全部|目标|股份|股票|股权|方|人|所|约|合计|第|高管|给|与|拟|须|向|将|因"
    r"|[一二两三四五六七八九十几多数]+[家名位只个])"
    r"|(?:公司|企业|机构|资产|股东|股份|股票|股权|业务|项目|产品|价格|方式|方案|计划|协议|议案|微信|微博|官微|招标|开庭|事业群|委|化|手|人|及|称|较多|股本|工厂|总额|资产包|表决权)$"
)


_HEADLINE = re.compile(
    r"^(?P<name>[一-鿿A-Z]{3,5})：(?=(?:公司)?(?:拟|控股股东|股东|实控人|实际控制人|董事|子公司|全资|控股子|参股|预计|终止|收购|中标|签|获|与|终止|筹划|完成|\d{4}年))"
)
_ANNOUNCES = re.compile(
    r"(?:（[^（）]{1,20}）)?(?:(?:\d{1,2}月)?\d{1,2}日|今日|昨日|今天|昨天|周[一二三四五六日])?(?:早间|晚间|午间|盘后|晚)?(?:发布)?公告(?=[称，：])"
)


def announcing_names(text: str, words: Words) -> Iterator[Span]:
    """Names that head an announcement (甲乙丙丁：拟…) or make one (甲乙丙丁晚间公告，…)."""
    head = _HEADLINE.match(text)
    if head and reads_like_firm(head["name"], certain=False):
        yield Span(0, head.end("name"), head["name"], "Company", 2)
    for match in _ANNOUNCES.finditer(text) if "公告" in text else ():
        start = opening(text, name_start(text, words, match.start(), 6))
        name = text[start : match.start()]
        if 3 <= len(name) <= 6 and reads_like_firm(name, certain=True):
            yield Span(start, match.start(), name, "Company", 2)


def names_in_slots(text: str, words: Words) -> Iterator[Span]:
    """Names whose neighbours on both sides, or a strong one before, show a firm or a holder."""
    for cue in _BEFORE.finditer(text):
        start = cue.end()
        if words.inside(start):
            continue
        holder, strong = bool(cue["holder"]), cue.lastgroup is not None
        for pattern, certain in ((_SHARES, True), (_WHOLE, True), (_HOLDING, holder), (_END, False)):
            match = pattern.match(text, start) if strong or certain else None
            if match and pattern is _SHARES and is_compound(match["name"]) and not words.inside(match.end("name")):
                yield Span(start, match.end("name"), match["name"], type_of(match["name"]), 2)
                break
            span = _judge(text, words, start, match.end("name"), holder, certain) if match else None
            if span:
                yield span
                break


def _judge(text: str, words: Words, start: int, end: int, holder: bool, certain: bool) -> Span | None:
    end, whole = without_adverb(text, start, with_investor_end(text, end)), end
    name = text[start:end]
    if holder and is_person(text, words, start, end):
        return Span(start, end, name, "Person", 3)
    if words.inside(end) or not reads_like_firm(name, certain and end >= whole):
        return None
    return Span(start, end, name, type_of(name), 2)


def reads_like_firm(name: str, certain: bool) -> bool:
    """Whether a string could be a firm's name; where the place is `certain`, an ordinary word may be its brand."""
    parts = name_parts()
    if _NO_NAME.search(name) or parts.long_edges.search(name):
        return False
    if name in parts.places or name in parts.generic or name in parts.titles:
        return False
    if name.isascii():
        return len(name) > 3 and name[0].isupper() and name not in parts.generic_latin
    suffix = next((s for s in parts.type_of_suffix if name.endswith(s) and len(name) > len(s) + 1), "")
    strength = brand_strength(strip_place(name.removesuffix(suffix)))
    return not is_word(name) and (strength == 2 or (certain and strength == 1))


def is_compound(name: str) -> bool:
    """Whether a string is up to three ordinary words, none generic: 火星时代, where only a name can stand."""
    parts = name_parts()
    split = [word for word in dictionary().cut(name) if word.strip()]
    whole = 4 <= len(name) <= 6 and all(len(word) > 1 for word in split) and len(split) <= 3
    common = parts.generic | parts.places | parts.edges
    return whole and common.isdisjoint(split) and not _NO_NAME.search(name) and not parts.long_edges.search(name)
