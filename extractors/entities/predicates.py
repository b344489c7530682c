"""Names that a predicate shows: what stands between a word that calls for a name and one that ends it."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from extractors.entities.characters import brand_odds, person_odds
from extractors.entities.edges import strip_place, without_adverb
from extractors.entities.names import brand_strength, is_phrase, type_of
from extractors.entities.people import is_person
from extractors.entities.spans import Span
from extractors.entities.vocabulary import SHARED, name_parts
from extractors.expressions import ready as re
from extractors.expressions.searches import Searches
from extractors.language.words import Words, frequency, is_word
from ontology.schema import parse_yaml

_NAME = "(?P<name>[一-鿿A-Za-z0-9·&]{2,12}?)"
_FUNCTION = re.compile(
    r"[的了是在等其该这那与由并或们将被对向把给从于此某每各以为更再又还已均都也预]|^[和上下中前后共不有多几两本新原老拟]|^[万亿]元|[和及未没不曾欲拟称]$|\d"
)
_COMMON = re.compile(
    r"公司$|企业$|机构|资产|项目|业务|股权|股份|股票|股东$|投资者|市场|产品|客户|技术|交易|行业|领域|板块|方面|个股|自身|双方|对方|"
    r"多家|一家|部分|总股本|股本|注册资本|^资本$|可持续|人群|黏性|^方|方$|国家|地区|相关|上述|本次|此次|前述|标的|目标|全部|剩余|少数|境外|境内|有限|投资方|收购方|资金|债券|基金份额|门店|工厂|产线|"
    r"专利|商标|地块|土地|大楼|物业|债权|母公司|子公司|^集团$|^银行$|券商|保险$|国资$|外资$|车企|芯片$|软件$|合同|协议|订单|管理层|员工|高管|律师|法院|监管|名单$|收官$|看量$|询量$|[^未]来$"
)


_BRAND = re.compile("[一-鿿]{2,4}")
_LATIN_BRAND = re.compile("[A-Z][a-z]{3,12}(?:[A-Z][a-z]{1,10})?")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+[号期](?:基金)?$")


class Slot(BaseModel):
    """A place for a name: expressions for what stands before and after it, and how like a brand it must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    before: str
    after: str
    strict: bool
    like: int | None = None


class Slots(BaseModel):
    """`rules/shared/slots.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slots: tuple[Slot, ...]


@functools.cache
def _slots() -> tuple[tuple[Slot, re.Pattern[str]], ...]:
    table = parse_yaml(Slots, (SHARED / "slots.yml").read_text(encoding="utf-8"), "slots.yml")
    return tuple((slot, re.compile(f"(?:{slot.before}){_NAME}(?={slot.after})")) for slot in table.slots)


@functools.cache
def _searches() -> Searches:
    return Searches([pattern for _, pattern in _slots()])


def names_by_predicate(text: str, words: Words) -> Iterator[Span]:
    """Names of firms nobody listed, by their place; they hold where they stand."""
    for at, match in _searches().find(text):
        start, whole = match.span("name")
        end = without_adverb(text, start, whole)
        name, slot = text[start:end], _slots()[at][0]
        if not reads_like_name(name, slot.strict or end < whole) or words.cuts(start, end):
            continue
        latin = slot.id == "put_into" and _LATIN_BRAND.fullmatch(name)
        if latin or slot.like is None or _is_like(text, words, start, end, slot.like):
            yield Span(start, end, name, _kind(name), 2)


def _is_like(text: str, words: Words, start: int, end: int, least: int) -> bool:
    """Whether a name without its place and ending is written like a brand, and not like a person or a foreign word."""
    name = text[start:end]
    brand = _without_ending(strip_place(name))
    if not _BRAND.fullmatch(brand) or is_word(brand) or _NO_BRAND.search(name):
        return False
    foreign = brand == name and len(name) > 2 and name_parts().transliteration.issuperset(name)
    if foreign or (is_person(text, words, start, end) and person_odds(name) > brand_odds(name)):
        return False
    return brand_odds(brand) >= least


_NO_BRAND = re.compile(
    r"^[任据经按沪各敢愿肯]|^[小老].$|[涨跌超约近达至馆店港市镇村路街节奖杯赛剧歌症剂素酸粕岛湾河郡]$|股通$|净利|[总整]体$|全部$"
)


def _kind(name: str) -> str:
    return "Investor" if _NUMBERED.search(name) else type_of(name)


def reads_like_name(name: str, strict: bool) -> bool:
    """Whether a stretch between two cues is a name; a strict slot takes no ordinary word."""
    parts = name_parts()
    if name in parts.generic or name in parts.places or name in parts.generic_latin or name in parts.titles:
        return False
    if _FUNCTION.search(name) or _COMMON.search(name) or parts.long_edges.search(_without_holding(name)):
        return False
    if name.isascii():
        return len(name) > 2 and name[0].isupper()
    bare = _without_ending(strip_place(name))
    if bare.isascii() and bare != name and name.removeprefix(bare) in parts.weak_suffixes:
        return False
    if not strict and len(name) <= 4 and frequency(name) < 300:
        return not any(len(word) > 1 and word in parts.generic for word in (name, name[:2], name[2:]))
    if len(bare) > 4 and bare != name and type_of(name) == "Investor":
        return brand_strength(bare[:2]) == 2
    return brand_strength(bare) == 2 or (brand_strength(bare) == 1 and not is_phrase(name))


def _without_holding(name: str) -> str:
    """The name without 投资 or 控股 at its end, which are verbs elsewhere, where a brand is left."""
    brand = strip_place(name[:-2]) if name.endswith(("投资", "控股")) else ""
    return brand if brand_strength(brand) == 2 and not re.search("[及与和]", brand) else name


def _without_ending(name: str) -> str:
    name = _NUMBERED.sub("", name)
    for ending in name_parts().type_of_suffix:
        if name.endswith(ending) and len(name) >= len(ending) + 2:
            return name.removesuffix(ending)
    return name
