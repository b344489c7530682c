"""Funds and groups named after a place and what they are for: 漯河市甲乙食品产业基金, 重庆军工产业集团."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.names import is_generic
from extractors.entities.spans import ACTORS, Span
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, is_word

_FUND = re.compile(
    r"(?:产业|引导|投资|股权|并购|母|子|发展|创新|创业|成长|人才|科创|科技|转型|升级|绿色|战略|合作|专项|直投|天使|种子|振兴|培育|出行"
    r"|协同优势产业|[一二三四五]期)基金"
    r"(?:（?[一二三四五ⅠⅡI]+期）?)?(?:合伙企业)?(?:（有限合伙）)?(?!管理[^人]|公司|会|经理|业|产品|行业|群|矩阵|丛林)"
)
_LONGEST = 24
_KINDS = re.compile("对冲|私募|公募|主权|养老|指数|货币|债券|股票|混合|开放式|封闭式|证券|组合|海外|国际|多家|多只")
_WIDE = re.compile("中国|美国|日本|韩国|英国|德国|法国|印度|新加坡|荷兰|以色列|瑞士|加拿大|澳大利亚")
_REGIONS = re.compile("(?:长三角|珠三角|粤港澳大湾区|大湾区|京津冀|长江经济带)(?:地区)?|[一-鿿]{2,3}[省市县]")
_REGION = re.compile("(?:省|市|区|县|新区|高新区|经开区|自治区)")


def regional_names(text: str, words: Words, listed: list[Span]) -> Iterator[Span]:
    """Funds and groups that begin with a place, funds that begin with a listed firm."""
    yield from _funds(text, words, listed)
    yield from _groups(text, words)


def _funds(text: str, words: Words, listed: list[Span]) -> Iterator[Span]:
    """Funds that begin with a place or a listed firm; what stands between is no verb and says more than a kind."""
    if "基金" not in text:
        return
    firms = {span.start for span in listed if span.type in ACTORS}
    for match in _FUND.finditer(text):
        start = _start(text, words, match.start(), firms)
        if start is not None and _says_more(text[start : match.start()], start in firms):
            yield Span(start, match.end(), text[start : match.end()], "Investor", 3)


_GROUP = re.compile("集团(?!化|股份|有限|公司|军|式|内部|层面|级)")
_PUBLIC = re.compile(
    ".{2}(?:机场|港口|港务|高速|轨道|地铁|铁路|水务|燃气|能源|交通|旅游|文旅|农垦|城建|环保|粮食|建设)$"
)
_NO_GROUP = re.compile(
    "企业|民营|国有|大型|中型|小型|上市|知名|外资|跨国|犯罪|龙头|骨干|重点|央企|国企|市属|省属|区属|教育|家|家属"
)


def _groups(text: str, words: Words) -> Iterator[Span]:
    """Groups that begin with a place and go on with their trade; what stands between is no verb (重庆军工产业集团)."""
    for match in _GROUP.finditer(text):
        start = _start(text, words, match.start(), set())
        trade = text[start : match.start()] if start is not None else ""
        told = _PUBLIC.search(trade) or _says_more(trade, firm=False)
        if start is not None and told and not _NO_GROUP.search(trade):
            yield Span(start, match.end(), text[start : match.end()], "Company", 3)


def _start(text: str, words: Words, end: int, firms: set[int]) -> int | None:
    """Where the leftmost place or firm begins that nothing but words of a name parts from `end`."""
    found = None
    for at, word in words.leftward(end):
        if end - at > _LONGEST or not re.fullmatch("[一-鿿]+", word) or word in _closed():
            break
        if _KINDS.fullmatch(word):
            return None
        if at in firms or (_place(word) and not _WIDE.fullmatch(word)):
            found = at
        elif found is not None:
            break
    return found


def _place(word: str) -> bool:
    places = name_parts().places
    return word in places or _REGION.sub("", word) in places or bool(_REGIONS.fullmatch(word))


@functools.cache
def _closed() -> frozenset[str]:
    parts = name_parts()
    inside = parts.inner | {"中", "和", "标的", "平台"}
    return (parts.edges - inside) | {"的", "和", "中", "首", "只", "支", "个", "亿", "亿元", "某"}


def _says_more(head: str, firm: bool) -> bool:
    """Whether what stands before the kind of fund is more than a place (上海产业基金) or one generic word."""
    rest = head
    for length in (4, 3, 2):
        if rest[:length] in name_parts().places:
            rest = rest[length:]
            break
    rest = _REGION.sub("", rest, count=1)
    return firm or (len(rest) >= 2 and not (is_generic(rest) and is_word(rest)))
