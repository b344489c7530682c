"""Unlisted members of lists: beside a known neighbour (A、B和C), or before what a list says they are (A、B等公司)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.characters import brand_odds
from extractors.entities.edges import strip_place
from extractors.entities.names import FEW, NOUNS, RARE_WORD, brand_strength, is_generic, type_of
from extractors.entities.spans import ACTORS, Span, free
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
from extractors.language.words import frequency, is_word


def listed_beside(text: str, known: list[Span]) -> Iterator[Span]:
    """Unlisted members of a list (A、B和C) in which a neighbour is known; the neighbour gives the type."""
    for span in known:
        if span.type in ACTORS and span.strength >= 2:
            for start, end in (*_members_after(text, span.end), *_members_before(text, span.start)):
                if free(known, start, end):
                    yield Span(start, end, text[start:end], _list_type(span, text[start:end]), 2)


_ENUMERATED_ITEM = r"[一-鿿A-Za-z0-9·&.（）-]{2,16}"
_ENUMERATION = re.compile(rf"{_ENUMERATED_ITEM}(?:、{_ENUMERATED_ITEM}){{2,}}")
_ENUMERATED = re.compile(
    r"(?P<item>[一-鿿A-Za-z0-9·&.-]{2,7}?)(?:（[^（）]*）)?(?=等|[\d两三四五六七八九十]+家|和|与|及|以及|、|$)"
)
_OF_FIRMS = re.compile(
    r"(?:等|(?=[\d两三四五六七八九十]))(?:\d+家|多家|数家|[一二三四五六七八九十两几]+家|知名|主流|头部|老股东|新老)*(?:公司|企业|机构|投资方|投资机构|股东|子公司|厂商|车企|券商|巨头|供应商|品牌)"
)


def enumerated(text: str, known: list[Span]) -> Iterator[Span]:
    """Members of an enumeration of actors (A、土豆、B、如家; A、B、蓝图等公司), where a word may be a name."""
    if text.count("、") < 2:
        return
    firms = {place: span for span in known if span.type in ACTORS for place in (span.start, span.end)}
    for run in _ENUMERATION.finditer(text):
        items = list(_items(run))
        sure = [found for found in (firms.get(at) or firms.get(end) for at, end in items) if found]
        closed = bool(_OF_FIRMS.search(text, items[-1][0], run.end() + 12))
        if closed and len(sure) < 2 and sum(_brand_in(text, at, end) for at, end in items) * 3 >= len(items) * 2:
            yield from _brands(text, known, items)
            continue
        if len(sure) < 2 or len(sure) * 2 < len(items) or (len(items) < 4 and not closed):
            continue
        for at, end in items[1:] if closed else items[1:-1]:
            item = _ENUMERATED.match(text, at, end + 1)
            if item and free(known, at, item.end("item")) and _may_be_listed(item["item"]):
                yield Span(at, item.end("item"), item["item"], _list_type(sure[0], item["item"]), 2)


def _brand_in(text: str, start: int, end: int) -> int:
    """1 where an item of an enumeration begins with what reads like a brand, or a place and a brand."""
    item = _ENUMERATED.match(text, start, end + 1)
    brand = strip_place(item["item"]) if item else ""
    return int(bool(FEW.fullmatch(brand)) and brand_strength(brand) == 2 and brand_odds(brand) >= 0)


def _brands(text: str, known: list[Span], items: list[tuple[int, int]]) -> Iterator[Span]:
    """The items of an enumeration that ends with what they are (甲乙晶投、甲乙晶科、甲乙晶睿三家子公司)."""
    for start, end in items:
        item = _ENUMERATED.match(text, start, end + 1)
        if item and _brand_in(text, start, end) and free(known, start, item.end("item")):
            yield Span(start, item.end("item"), item["item"], type_of(item["item"]), 2)


def _items(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    at = run.start()
    for item in run.group().split("、"):
        yield at, at + len(item)
        at += len(item) + 1


def _may_be_listed(item: str) -> bool:
    parts = name_parts()
    if item in parts.generic | parts.places | parts.generic_latin or item[0].isdigit():
        return False
    if re.search(r"[一-鿿]\d|\d[一-鿿]", item):
        return False
    return not (_NO_NAME.search(item) or is_generic(item) or parts.long_edges.search(item) or item[0] in "省市区县州")


_ITEM = r"(?:(?:[一-鿿A-Za-z0-9·&.+-]| (?=[A-Za-z])){2,14}?|[A-Z](?:[A-Za-z0-9·&.+-]| (?=[A-Za-z])){1,25}?)"
_JOINT = r"(?:（[^（）]{1,30}）)?(?:、|及|以及|和|与)"
_NEXT = re.compile(
    rf"{_JOINT}(?P<item>{_ITEM}(?:投资(?=参与|拟|等|[、，。和与及）]|联合|领投|跟投|共同|均|在内))?)(?={_JOINT}|等|，|。|；|（|）|$|领投|跟投|参投|共同|联合|参与|为|在内|的|投资|签|达成|持|之间|合作|均|都|是|已|将|宣布|分别|中|也|；|依次|合计|拟|计划|打算|各|则|受让|都|纷纷|先后|[\d两三四五六七八九十几]+[家大])"
)
_PREVIOUS = re.compile(
    rf"(?:^|[、，。；：“]|由|包括|包含|引入|获|如|有|投资了?|与|和|客户|股东|向|对|为)(?P<item>{_ITEM}){_JOINT}$"
)


def _members_after(text: str, at: int) -> Iterator[tuple[int, int]]:
    for _ in range(30):
        match = _NEXT.match(text, at)
        if not match or not _could_be_name(match.group("item")):
            return
        at = match.end("item")
        yield match.start("item"), at


def _members_before(text: str, at: int) -> Iterator[tuple[int, int]]:
    for _ in range(30):
        begin = max(0, at - 20)
        match = _PREVIOUS.search(text[begin:at])
        if not match or not _could_be_name(match.group("item")):
            return
        at = begin + match.start("item")
        yield at + (len(match["item"]) > 2 and match["item"][0] in "以由让令使"), begin + match.end("item")


def _list_type(span: Span, name: str) -> str:
    shown = type_of(name)
    return shown if shown != "Company" else ("Investor" if span.type == "Investor" else "Company")


_NO_NAME = re.compile(
    r"[的了是在等其该这那和与由并或们他她我您你将]|(?:公司|企业|机构|厂商|领域|行业|产品|板块|个股|概念|市场|业务|方面|国家|地区)$"
)


def _could_be_name(item: str) -> bool:
    """Whether a member of a list reads like a name: nothing but unknown words, or a brand and a telling ending."""
    parts = name_parts()
    if item[0] in "省市区县州":
        return False
    if item.isascii():
        return item[0].isupper() and item not in parts.generic_latin and not re.search(r"[A-Za-z][- ]?\d", item)
    if _NO_NAME.search(item) or is_word(item) or parts.long_edges.search(item):
        return False
    suffix = next((s for s in parts.type_of_suffix if item.endswith(s) and len(item) > len(s) + 1), "")
    brand = strip_place(item.removesuffix(suffix))
    if suffix and brand_strength(brand) == 1 and FEW.fullmatch(brand):
        return suffix not in NOUNS[:3] and frequency(brand) < RARE_WORD and brand_odds(brand) >= 0
    return brand_strength(brand) == 2
