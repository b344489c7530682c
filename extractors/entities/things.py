"""Chips, products and projects nobody listed: a quoted or Latin name beside a noun that shows what it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from extractors.entities.names import brand_strength, is_phrase
from extractors.entities.spans import THINGS, Span
from extractors.entities.vocabulary import either, name_parts

_QUOTED = r"[“《](?P<quoted>[^“”《》，。；：、]{1,24})[”》]"
_MODEL = (
    r"(?<![A-Za-z0-9.])(?P<model>(?:[A-Z][A-Za-z]{0,20}|[a-z]{1,3}[A-Z][A-Za-z]{0,20})"
    r"(?:[- ]?(?!\.\.)[A-Za-z0-9.]{1,12}){0,3})(?![A-Za-z0-9])"
)
_CODE = r"(?:[A-Z]{1,6}[- ]?)?[A-Z]{1,4}-?\d{2,5}[A-Za-z]{0,3}"
_CODED_NEXT = re.compile(rf"(?:、|和|与|及|以及|/)(?P<model>{_CODE})(?![A-Za-z0-9.%])")
_CODED_BEFORE = re.compile(rf"(?<![A-Za-z0-9.%-])(?P<model>{_CODE})(?:、|和|与|及|以及|/)$")
_GRADE = "Pro|Max|Ultra|Plus|Mini|mini|Super|Ti|Air|Turbo|Flash|SE|GT|RS"
_OF_MAKER = re.compile(
    r"\s?(?P<model>(?:[A-Z][A-Za-z]{0,9}(?: [A-Z][A-Za-z]{0,9})?[- ]?\d{1,4}[A-Za-z]{0,3}"
    rf"(?: (?:{_GRADE})){{0,2}}|[A-Z][A-Za-z]{{1,9}} (?:EV|Pro|Max|Ultra|Plus|Mini)(?: (?:{_GRADE}))?))"
    r"(?![A-Za-z0-9.%])(?!轮|股|级|月|年|日|季|板)"
)


_CALLED = r"(?:名为|名叫|取名为?|命名为|代号为?)“?(?P<own>[一-鿿A-Za-z0-9.-]{2,12}?)”?"
_LAUNCHED = (
    r"(?:发布|推出|自研|研发|开源|上线|搭载|采用)(?:了|的|其|全新|新一代|首款|自主|旗下|最新|一款|国产|自研)*"
    r"(?P<own>[一-鿿]{2,4}?(?:\s?[A-Z]{0,3}\d{1,4}(?:\.\d)?[A-Z]?)?)"
)
_DEVICES = "型号|新机|机型|新车|车型|旗舰|新品|手机|平板|手表|耳机|笔记本|芯片代号|内部代号"
_LABEL = (
    rf"(?:{_DEVICES})(?:为|是|分别是|包括|名为|叫|：)?\s?"
    r"(?P<label>(?:[一-鿿]{2}\d{1,3}[号A-Za-z]?|(?=[A-Z0-9]*[A-Z])(?=[A-Z]*\d)[A-Z0-9]{2,8})"
    r"(?: (?:\d{2,4}[A-Z]|Pro|Max|Ultra|Plus|Mini|SE|GT|EV))*(?:轻奢版?|青春版|活力版|至尊版)?)"
    r"(?![A-Za-z0-9.%])(?![年月日万亿款台部个只条家次寸代核季世线])"
)
_SYSTEM = r"(?<![A-Za-z0-9])(?P<label>(?:[A-Z][A-Za-z]{2,11} OS|[A-Z][A-Za-z]{2,9}OS)(?: ?\d(?:\.\d)?)?)(?![A-Za-z0-9])"
_PRESENTED = (
    r"(?:发布|推出|量产|亮相|首发|研发|自研|打造|命名为|取名为?|名叫|名为|名字叫|其[一二三]叫|其[一二三]是|代号为?)(?:了|的)?"
    r"“(?P<quoted>[^“”《》，。；：、]{2,10})”(?!行动|计划|规划|政策|指引|通知|意见|报告|倡议|榜|指南|目录|名单|战略|方案|新政|模式|概念|理念|宣言|标准|的|等|活动|课|专项|体系|工程|评选|奖|白皮书|建设|时代|条)"
)
_FLASHY = re.compile(r"芯片|处理器|显卡|GPU|SoC|NOR Flash|算力卡")
_SOFTWARE = "大模型|操作系统|数据库|编译器|智能体平台|推理引擎|智能助手"


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    parts = name_parts()
    chip, product, project = either(parts.chip_nouns), either(parts.product_nouns), either(parts.project_nouns)
    tail = r"(?:(?:系列|全功能|新一代|自研|国产|AI|通用|云端|训练|推理|万卡|端侧|统一|计算){0,2})"
    return (
        ("Chip", re.compile(rf"{_QUOTED}的?{tail}(?:{chip})"), 3),
        ("Chip", re.compile(rf"[“《](?P<quoted>[^“”《》，。；：、]{{1,10}}(?:{chip}))[”》]"), 3),
        ("Chip", re.compile(rf"(?:{chip}){tail}{_QUOTED}"), 3),
        ("Product", re.compile(rf"{_QUOTED}[一-鿿]{{0,6}}?(?:{product})"), 3),
        ("Product", re.compile(rf"(?:{product}){tail}{_QUOTED}"), 2),
        ("Project", re.compile(rf"{_QUOTED}(?:{project})"), 3),
        ("Chip", re.compile(rf"{_MODEL}(?:系列)?{tail}(?:{chip})"), 3),
        ("Chip", re.compile(rf"(?:{chip})(?:产品)?{_MODEL}"), 2),
        (
            "Chip",
            re.compile(rf"(?:{chip})(?:产品)?(?:的|：)\s?(?<![A-Za-z0-9.%-])(?P<model>{_CODE})(?![A-Za-z0-9.%])"),
            2,
        ),
        (
            "Chip",
            re.compile(rf"(?:{chip})(?:产品)?(?P<own>[一-鿿]{{2,3}}\s?[A-Z]{{1,3}}-?\d{{1,4}}[A-Z]?)(?![A-Za-z0-9])"),
            2,
        ),
        ("Chip", re.compile(rf"{_CALLED}的[^，。]{{0,8}}?(?:{chip})"), 3),
        ("Product", re.compile(rf"{_CALLED}的[^，。]{{0,8}}?(?:{product})"), 3),
        ("Chip", re.compile(rf"{_LAUNCHED}(?:系列)?(?:{chip})"), 2),
        ("Product", re.compile(rf"{_LAUNCHED}(?:系列)?(?:{_SOFTWARE})"), 2),
        ("Product", re.compile(rf"{_MODEL}(?:系列)?[一-鿿]{{0,4}}?(?:{product})"), 3),
        ("Product", re.compile(rf"(?:{product}){_MODEL}"), 2),
        ("Product", re.compile(_LABEL), 3),
        ("Product", re.compile(_SYSTEM), 3),
        ("", re.compile(_PRESENTED), 3),
    )


_MARKS = {"quoted": re.compile("[“《]"), "model": re.compile("[A-Z]")}


def _needs(pattern: re.Pattern[str]) -> set[str]:
    """Kinds of characters without which a pattern cannot match."""
    return pattern.groupindex.keys() & _MARKS.keys()


def things(text: str) -> Iterator[Span]:
    """Chips, products and projects with strength 2 or 3."""
    marks = {mark for mark, shown in _MARKS.items() if shown.search(text)}
    for kind, pattern, strength in _patterns():
        if not marks.issuperset(_needs(pattern)):
            continue
        for match in pattern.finditer(text):
            group = match.lastgroup or ""
            name = match.group(group).strip()
            if _names_something(name, group):
                start = match.start(group)
                yield Span(start, start + len(name), name, kind or _kind_near(text, match.end()), strength)


def _kind_near(text: str, at: int) -> str:
    return "Chip" if _FLASHY.search(text, max(0, at - 30), at + 30) else "Product"


def members(text: str, known: Iterable[Span]) -> Iterator[Span]:
    """Model numbers joined to a known chip or product (K100、K200和K300), and those right after a listed maker."""
    for span in known:
        if span.type in THINGS and span.name[-1].isalnum() and any(mark.isdigit() for mark in span.name):
            yield from _joined(text, span)
        elif span.type == "Company" and span.entry and (match := _OF_MAKER.match(text, span.end)):
            kind = "Chip" if _chip_after().match(text, match.end()) else "Product"
            if match["model"] not in name_parts().generic_latin:
                yield Span(match.start("model"), match.end("model"), match["model"], kind, 2)


def _joined(text: str, span: Span) -> Iterator[Span]:
    at = span.end
    while match := _CODED_NEXT.match(text, at) or _alike(span.name).match(text, at):
        at = match.end()
        yield Span(match.start("model"), at, match["model"], span.type, 2)
    at = span.start
    while match := _CODED_BEFORE.search(text, max(0, at - 14), at):
        at = match.start("model")
        yield Span(at, match.end("model"), match["model"], span.type, 2)


@functools.lru_cache(maxsize=1024)
def _alike(name: str) -> re.Pattern[str]:
    """A further name of the family after a joint: 唐古拉T770、唐古拉T760; Mate10、Mate10 Pro."""
    head = re.escape(re.split(r"\d", name, maxsplit=1)[0] or name)
    return re.compile(
        rf"(?:、|和|与|及|以及|/)(?P<model>{head}\d{{1,4}}[A-Za-z]{{0,3}}(?: (?:{_GRADE})){{0,2}}"
        r"(?:轻奢版?|青春版|活力版|至尊版)?)(?![A-Za-z0-9.%])"
    )


@functools.cache
def _chip_after() -> re.Pattern[str]:
    return re.compile(rf"(?:系列|推理|训练|AI|云端|端侧){{0,2}}(?:{either(name_parts().chip_nouns)})")


def _names_something(name: str, group: str) -> bool:
    parts = name_parts()
    words = name.split()
    if any(word in parts.generic_latin for word in words[-1:]) or name in parts.generic_latin:
        return False
    if group == "own":
        chinese = re.sub(r"[^一-鿿]", "", name)
        return bool(chinese) and brand_strength(chinese) == 2 and not re.search(r"[的了款代产用与和及等]", chinese)
    if group == "label":
        brand = re.match(r"[一-鿿]*", name)
        return not brand or not brand.group() or brand_strength(brand.group()) > 0
    if group == "model":
        return len(name) >= 2 and bool(re.search(r"[A-Z]", name)) and not re.fullmatch(r"[\d.]+.*", name)
    return (
        name not in parts.generic
        and not (len(name) > 2 and is_phrase(name))
        and not re.search(r"[+＋]|\d+%|的|了|第一|龙头|之王|一哥|卡脖子|四小龙", name)
    )
