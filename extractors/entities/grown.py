"""Names that begin with the name of a known firm: its branches, its units, its group."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from extractors.entities.names import type_of
from extractors.entities.spans import ACTORS, Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words

_WITHIN = r"(?:(?![的与和及向对在为由被将从至以于是称等])[一-鿿])"
_BRANCH = re.compile(
    rf"(?:股份有限公司|有限公司)?(?:{_WITHIN}{{2,10}}?(?:(?<!某)分行|(?<!某)支行)(?!副?行长|行助|负责|员工|客户)|{_WITHIN}{{2,6}}?分公司)"
)
_NO_UNIT = (
    r"(?!业务|板块|市场|部门|事业|产品|服务|化|部|业|行业|领域|项目|品牌|客户|资产|平台|方面|合作|航线|航班|标准|版|站|类|品|股|份|权|的?子公司|有限|技术"
    r"|者|额|方|人|总额|价值|评级|经理|组合|回报|收益|决策|策略|逻辑|经纪|代理|成立|设立|新设|建设了?[^，]|了|过|建厂|建设|\d|约|超|近|逾|逾)"
)
_COMPANY = re.compile(r"公司(?!债|法|章程|治理|类|股|名|制|化|系|层|总部|员工|内部|所有|旗下)")
_TOWARD = tuple("向对为给由获被受得到")
_CLOSES = re.compile(
    r"[，。；、：”）]|$|（|的股|公司|集团|所持|以及"
    r"|持有|持股|拟|计划|及|与|和|等|增持|减持|将其|质押|董事|总裁|总经理|创始|合伙"
)
_LANDS = re.compile("中国(?:台湾)?|美国|日本|韩国|德国|英国|法国|荷兰|印度|以色列|瑞士|加拿大|澳大利亚|新加坡")
_HOUSE = ("证券", "期货", "基金", "资本", "公司", "研究院", "研究所")


_UNIT_SEAT = re.compile(
    "（(?:中国|香港)）|(?:香港|澳门)(?!上市|市场|地区|站|分公司|的?业务|[一-鿿]{0,2}有限|挂牌|联交所)"
)
_KIN = re.compile("[子孙]公司|股东")


@functools.cache
def _unit() -> re.Pattern[str]:
    return re.compile(f"(?:{either(name_parts().units)}){_NO_UNIT}")


@functools.cache
def _group() -> re.Pattern[str]:
    """One to three trades and a word for a firm or body: 甲乙|资产管理集团, 甲乙|供应链公司, 甲乙|国际控股公司."""
    parts = name_parts()
    endings = (*parts.units, *parts.weak_suffixes, *parts.suffixes["Company"], *parts.suffixes["Investor"])
    trades = either((*endings, *parts.trades))
    form = "集团(?:公司)?|控股集团|控股公司|公司|实业|基础|控股(?!股东|[子孙]公司)"
    return re.compile(
        rf"(?!公司|集团|控股|旗下)(?:{trades}){{1,3}}(?:{form})(?!债|章程|治理|类|股|化|系|层|名单|成立|设立|投资了)"
    )


@functools.cache
def _seat() -> re.Pattern[str]:
    places = either(name_parts().places)
    towns = either(place for place in name_parts().places if not _LANDS.fullmatch(place))
    share = r"的?(?:各)?\d+(?:\.\d+)?%的?(?:股权|股份)"
    acts = r"(?:宣布|表示|签署|签约|扩产|停产|裁员|中标|总经理|董事长|负责人|将其|所持|法定代表人)"
    return re.compile(rf"(?:{places})(?:公司(?!债)|(?={share}))|(?:{towns})(?={acts})")


def grown_names(text: str, words: Words, listed: Iterable[Span]) -> Iterator[Span]:
    """Longer names that begin with a listed firm; a branch is the firm itself, a unit is one of its own."""
    for span in listed:
        if span.type not in ACTORS or span.type == "Exchange":
            continue
        branch = _BRANCH.match(text, span.end)
        if branch and ("行" in span.name or branch.group().endswith("分公司")):
            yield Span(span.start, branch.end(), span.name, span.type, 3, span.entry)
        elif span.type == "Organization":
            continue
        elif called := _COMPANY.match(text, span.end):
            yield Span(span.start, called.end(), span.name, span.type, 3, span.entry)
        elif not span.name.endswith(_HOUSE):
            yield from _units(text, words, span)


def _acts(text: str, firm: Span, unit: re.Match[str]) -> bool:
    """Whether the ending is a verb or a noun beside the firm: 向甲乙投资十亿元, 甲乙投资丙丁, 甲乙国际机场."""
    if unit.group() not in ("投资", "控股", "国际"):
        return False
    if unit.group() == "控股" and _KIN.match(text, unit.end()):
        return True
    investor = firm.type == "Investor" and unit.group() == "投资"
    return (
        investor
        or firm.name.isascii()
        or text[firm.start - 1 : firm.start] in _TOWARD
        or not _CLOSES.match(text, unit.end())
    )


def _units(text: str, words: Words, firm: Span) -> Iterator[Span]:
    unit = _group().match(text, firm.end) or _unit().match(text, firm.end) or _seat().match(text, firm.end)
    if unit and not words.inside(unit.end()) and not _acts(text, firm, unit):
        seat = _UNIT_SEAT.match(text, unit.end())
        end = seat.end() if seat else unit.end()
        name = text[firm.start : end]
        yield Span(firm.start, end, name, type_of(name), 2)
