"""Names that their shape alone proves: 甲乙（上海）科技股份有限公司, 国家（上海）…中心, ST甲乙, 甲乙（688123.SH）."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.edges import crosses_place, name_start, opening
from extractors.entities.names import is_phrase, type_of
from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, dictionary, frequency, is_word

_INNER_BRACKET = re.compile(r"（[一-鿿]{2,6}）$")
_FORM_WORDS = re.compile(r"(?:控股|投资|集团|发展|实业|建设|股份|国际)+$")
_SPECIAL_TREATMENT = re.compile(r"(?<![A-Za-z])\*?S?\*?ST(?!股)[一-鿿]{2}(?!股|板块|公司|个|概念|摘帽)")
_NATIONAL = re.compile(r"国家（[一-鿿]{2,4}）[一-鿿]{2,14}?(?:中心|实验室|研究院|联盟)")
_LONGEST = 32
_ROLES = re.compile(
    r"(?:控股|参股|关联|[子孙母])公司|附属(?:公司)?"
    r"|(?:要约|收购|受让|出让|转让|承租|出租|担保|债务|债权|发起|中标|招标|采购|发行|申请|认购|承包|委托|受托|保荐|管理|合伙|出质|质权|竞买|买受)人"
    r"|(?:认购|收购|受让|转让|出让|投资|合作|债务|债权|担保|竞买|采购)方|交易对[方手]|主承销商|资产评估机构|评估机构|审计机构|投资机构(?=[一-鿿]{6})"
)
_ENDS_FIRM = re.compile(r"(?:公司|集团|股份|银行|企业|机构|会社|其)$")
_OPENS_BRAND = ("中", "和", "同", "正", "之")


@functools.cache
def _legal() -> re.Pattern[str]:
    return re.compile(f"(?:{either(name_parts().legal)})(?![一-鿿]?有限)")


def legal_names(text: str, words: Words) -> Iterator[Span]:
    """Full legal names; they prove themselves."""
    if "公司" not in text and "合伙" not in text:
        return
    for match in _legal().finditer(text):
        core = _core(text, match.start())
        start = _after_other(text, _start(text, words, core), core)
        start = max((role.end() for role in _ROLES.finditer(text, start, core)), default=start)
        name = text[start : match.end()]
        head = name[: core - start]
        kind = "合伙" in match.group() and _is_kind(head)
        if len(head) >= 2 and not kind and head not in name_parts().generic and head not in name_parts().places:
            yield Span(start, match.end(), name, type_of(name), 3)


def _is_kind(head: str) -> bool:
    """Whether a partnership is only told by its kind: 并购股权投资合伙企业."""
    parts = name_parts()
    return all(word in parts.generic | parts.inner for word in dictionary().cut(head))


_OTHER = re.compile(".*(?:一致行动人|(?:有限公司|合伙企业|（有限合伙）)(?:以?及其?|和|与))")


def _after_other(text: str, start: int, core: int) -> int:
    """The start, moved behind another party the walk ran into: 甲有限公司及其一致行动人乙有限公司."""
    other = _OTHER.match(text, start, core)
    return other.end() if other else start


def _core(text: str, end: int) -> int:
    """End of the brand and its trade: what comes before the legal form, words that belong to it and brackets."""
    bracket = _INNER_BRACKET.search(text, max(0, end - 8), end)
    form = None if bracket else _FORM_WORDS.search(text, max(0, end - 8), end)
    found = bracket or form
    return _core(text, found.start()) if found and found.start() > 1 else end


def _start(text: str, words: Words, core: int) -> int:
    start = _with_whole_brand(text, words, _through_inner(text, words, core), core)
    if text[start:core] in name_parts().places:
        start = name_start(text, words, start, 8)
    inner = _INNER_BRACKET.search(text, max(0, start - 8), start)
    if inner and inner.start() > 0:
        start = _through_inner(text, words, _core(text, inner.start()))
    if text[start - 1 : start] == "及" and _is_trade(text[start:core]):
        left = name_start(text, words, start - 1, 8)
        start = start if _ENDS_FIRM.search(text, left, start - 1) or left == start - 1 else left
    return crosses_place(text, start - 1 if _opens_with_middle(text, start) else start)


_CLOSED_BEFORE = frozenset("、，。；：“（《】|与和由向及或对为")


def _opens_with_middle(text: str, start: int) -> bool:
    """Whether the 中 before a legal name is its first character: 中国…, and behind a mark or a joint (、中工甲乙…)."""
    if text[start - 1 : start] != "中":
        return False
    return text[start : start + 1] == "国" or start == 1 or text[start - 2] in _CLOSED_BEFORE


def _is_trade(head: str) -> bool:
    """Whether what a legal name seems to begin with is no brand and no place: 海洋工程 in 甲乙造船及海洋工程."""
    at_place = any(head[:length] in name_parts().places for length in (2, 3))
    return not at_place and (is_word(head) or is_phrase(head))


def _with_whole_brand(text: str, words: Words, start: int, core: int) -> int:
    """The start, moved left over a character such as 中 or 和 without which the brand has one character or none."""
    if text[start - 1 : start] not in _OPENS_BRAND or brand_length(text[start:core]) > 1:
        return start
    moved = start - 1 if brand_length(text[start - 1 : core]) > 1 else start - 2
    left, word = next(words.leftward(moved), (moved, ""))
    free = not word or not "一" <= word[-1] <= "鿿" or word in name_parts().edges | name_parts().places
    if brand_length(text[moved:core]) != 2 or not free or not "一" <= text[moved : moved + 1] <= "鿿":
        return start
    return left if word in name_parts().places else moved


def brand_length(text: str) -> int:
    """How many characters stand before the first ordinary word of a legal name."""
    at = 0
    for word in dictionary().cut(text):
        if len(word) > 1 and (
            frequency(word) > 20 or (len(word) > 2 and is_word(word)) or word in name_parts().type_of_suffix
        ):
            break
        at += len(word)
    return at


def _through_inner(text: str, words: Words, core: int) -> int:
    """Start of the name, walking on over words such as 投资 as long as nothing to their right is a brand."""
    best = start = name_start(text, words, core, _LONGEST)
    while core - start < _LONGEST and (start == core or is_phrase(text[start:core])):
        word = next((w for w in (text[start - 4 : start], text[start - 2 : start]) if w in name_parts().inner), "")
        if not word:
            break
        inner = start - len(word)
        start = name_start(text, words, inner, _LONGEST - (core - inner))
        best = start if start < inner else best
    return best


_BANK_FUND = re.compile(
    r"(?:(?<![一-鿿])|(?<=[是由为给和与])|(?<=股东))(?:中国)?[一-鿿]{2,6}银行(?:股份有限公司)?[-－–—]{1,2}[一-鿿A-Za-z0-9]{4,36}?"
    r"(?:证券投资基金|投资基金|指数基金|资产管理计划|组合)(?:（LOF）)?"
)


def bank_funds(text: str) -> Iterator[Span]:
    """Funds named with the bank that keeps them: 甲银行股份有限公司-乙丙混合型证券投资基金 is one holder."""
    if "银行" in text:
        for match in _BANK_FUND.finditer(text):
            yield Span(match.start(), match.end(), match.group(), "Investor", 3)


@functools.cache
def _zone() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{either(name_parts().places)})[一-鿿]{{0,6}}(?:经济技术开发区|技术产业开发区|高新区|经开区|开发区)(?:管委会)?"
        r"(?=签署|签订|签约|达成|合作|共同出资|共建|携手)"
    )


def national_bodies(text: str) -> Iterator[Span]:
    """National bodies named with their seat (国家（上海）…中心), and development zones that sign or join hands."""
    for match in _zone().finditer(text) if "区" in text else ():
        yield Span(match.start(), match.end(), match.group(), "Organization", 3)
    if "国家（" in text:
        for match in _NATIONAL.finditer(text):
            yield Span(match.start(), match.end(), match.group(), "Organization", 3)


def marked_names(text: str) -> Iterator[Span]:
    """Short names under special treatment, such as ST甲乙."""
    if "ST" in text:
        for match in _SPECIAL_TREATMENT.finditer(text):
            if match.group()[-2:] in name_parts().edges:
                continue
            yield Span(match.start(), match.end(), match.group(), "Company", 3)


_CODE = re.compile(
    r"（(?:(?:股票|证券)?代码：?)?(?:(?P<a>\d{6})(?:\.(?:SH|SZ|BJ))?|(?P<hk>\d{4,5}[.-]HK)|[A-Z]{1,5}\.(?:US|O|N)"
    r"|(?:NASDAQ|NYSE|纳斯达克|纽交所)：[A-Z]{1,5})[）,，；]"
)


_QUOTED_PRICE = re.compile(
    r"(?:^|[，；。：、 ])(?P<name>\*?(?:ST)?[一-鿿]{2,4}[A-Z]?)（-?\d+\.\d+[,，] ?[-+]?\d+\.\d+[,，] ?[-+]?\d+\.\d+%）"
)


def coded_names(text: str, words: Words) -> Iterator[Span]:
    """Names right before a bracket with a price or a stock code; those of A shares have three or four characters."""
    for match in _QUOTED_PRICE.finditer(text):
        yield Span(match.start("name"), match.end("name"), match["name"], "Company", 3)
    for match in _CODE.finditer(text):
        end = match.start()
        start = opening(text, name_start(text, words, end, 8))
        if match["a"] and end - start > 4:
            start = end - 3 if words.inside(end - 4) else end - 4
        name = text[start:end]
        if (
            3 <= len(name) <= 6
            and not is_phrase(name)
            and (match["hk"] or not name.isascii())
            and not name[0].islower()
        ):
            yield Span(start, end, name, "Company", 3)
