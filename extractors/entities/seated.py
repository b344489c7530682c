"""Short names that begin with a place: 宁波甲乙 pledges, sells, holds or is sued."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.characters import brand_odds
from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, frequency, is_word

_HOLDS = re.compile(
    r"(?:（[^（）]{1,30}）)?(?:分别|累计|又|再|拟|已|也|合计|计划|继续|正)*(?:将其|将所?持|减持|增持|质押|持股|持有|所持|受让|转让|出资|的持股|的?全部股权"
    r"|提起(?:诉讼|上诉|仲裁)|签署|签订|承诺|注册资本|获得(?=[^，。]{0,12}(?:股[权份]|注入|投资|融资|订单))|曾?先后|资不抵债"
    r"|[系是](?=[^，。]{2,20}(?:子公司|孙公司|控股股东|关联方|供应商))|与(?=[^，。]{2,16}(?:签署|签订))"
    r"|法定代表人|法人代表|董事长|总经理|及其?一致行动人|股东|\d{1,3}(?:\.\d+)?%的?股[权份]|各\d{2,3}%)"
)
_BESIDE = re.compile(
    r"(?:股东|[子孙]公司|附属公司|关联方|关联公司|旗下的?|一致行动人|收购|购买|起诉|状告|告|判[决令]|赔偿|支付给?|偿还|转让给|质押给|出售给|受让方|供应商|控制的"
    r"|联合|通过|竞得人|中标人|原告|被告|债务人|债权人|担保人|投资|增资|入股|参股|持有|控制|出售|转让)(?:为|是|：|了)?$"
)
_JOINED = re.compile(r"(?:^|[，。；、：“】]|[与和及向由对被给将以])$")
_LIKE = 20
_GLUED = frozenset("以拟将与和及向对为被获由")
_NO_BRAND = re.compile("[市县区镇乡村省州路港站篮排足队院警局委厅民人生校铁网台馆方军会]$")
_CLOSED = re.compile(
    r"[，。；、（）”]|$|和|与|及|的|将|拟|已|以|应|赔偿|支付|联合|未能|作为|为|在|于|对|向|有|\d|共同|合计|分别|通过|提起|起诉|诉|收购|受让|出售|发行|计划|承诺|须|需|继续|所|名下|停产|破产|订立|签订|签署|达成|各"
)


@functools.cache
def _place() -> re.Pattern[str]:
    abroad = {"美国", "日本", "韩国", "德国", "英国", "法国", "荷兰", "印度", "以色列", "瑞士", "加拿大", "澳大利亚"}
    seats = [place for place in name_parts().places - abroad - {"中国", "中国台湾"} if place[-1] not in "省市"]
    return re.compile(f"(?:{either(seats)})(?=[一-鿿]{{2}})")


def seated_names(text: str, words: Words) -> Iterator[Span]:
    """A place and two or three characters that are no word, beside what a holder or a party does."""
    for place in _place().finditer(text):
        if words.inside(place.start()):
            continue
        for end in (place.end() + 3, place.end() + 2):
            brand = text[place.end() : end]
            if (words.is_edge(end) or text[end : end + 1] in _GLUED) and _is_brand(
                brand, _least(text, place.start(), end)
            ):
                yield Span(place.start(), end, text[place.start() : end], "Company", 2)
                break


_CERTAIN, _RATHER, _ALIKE, _NEVER = range(4)


def _least(text: str, start: int, end: int) -> int:
    """How surely what stands around a name shows a holder or a party."""
    if _HOLDS.match(text, end):
        return _CERTAIN
    if not _CLOSED.match(text, end):
        return _NEVER
    if _BESIDE.search(text, max(0, start - 6), start):
        return _RATHER
    return _ALIKE if _JOINED.search(text, max(0, start - 1), start) else _NEVER


def _is_brand(brand: str, shown: int) -> bool:
    parts = name_parts()
    if shown == _NEVER or not re.fullmatch("[一-鿿]+", brand):
        return False
    if brand in parts.places or brand in parts.generic or brand in parts.edges or _NO_BRAND.search(brand):
        return False
    if set(brand) & parts.edges - {"中", "和", "正", "本", "上", "当"}:
        return False
    if shown == _CERTAIN and len(brand) == 2:
        return frequency(brand) < 200
    like = brand_odds(brand) >= _LIKE
    if len(brand) > 2:
        return not is_word(brand) and (shown == _CERTAIN or (shown == _RATHER and like))
    return (shown == _RATHER and like and frequency(brand) < 150) or (not is_word(brand) and (shown == _RATHER or like))
