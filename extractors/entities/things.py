"""Chips, products and projects nobody listed: a quoted or Latin name beside a noun that shows what it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from extractors.entities.names import is_phrase
from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts

_QUOTED = r"[“《](?P<quoted>[^“”《》，。；：、]{1,24})[”》]"
_MODEL = (
    r"(?<![A-Za-z0-9.])(?P<model>(?:[A-Z][A-Za-z]*|[a-z]{1,3}[A-Z][A-Za-z]*)(?:[- ]?[A-Za-z0-9.]+){0,3})(?![A-Za-z0-9])"
)
_CODED = re.compile(r"(?<![A-Za-z0-9.%-])(?:[A-Z]{1,6}[- ]?)?[A-Z]{1,4}-?\d{2,5}[A-Za-z]{0,3}(?![A-Za-z0-9.%])")


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    parts = name_parts()
    chip, product, project = either(parts.chip_nouns), either(parts.product_nouns), either(parts.project_nouns)
    tail = r"(?:(?:系列|全功能|新一代|自研|国产|AI|通用|云端|训练|推理|万卡|端侧|统一|计算){0,2})"
    return (
        ("Chip", re.compile(rf"{_QUOTED}{tail}(?:{chip})"), 3),
        ("Chip", re.compile(rf"(?:{chip}){tail}{_QUOTED}"), 3),
        ("Product", re.compile(rf"{_QUOTED}[一-鿿]{{0,6}}?(?:{product})"), 3),
        ("Product", re.compile(rf"(?:{product}){tail}{_QUOTED}"), 2),
        ("Project", re.compile(rf"{_QUOTED}(?:{project})"), 3),
        ("Chip", re.compile(rf"{_MODEL}(?:系列)?{tail}(?:{chip})"), 3),
        ("Chip", re.compile(rf"(?:{chip})(?:产品)?{_MODEL}"), 2),
        ("Product", re.compile(rf"{_MODEL}(?:系列)?[一-鿿]{{0,4}}?(?:{product})"), 3),
        ("Product", re.compile(rf"(?:{product}){_MODEL}"), 2),
    )


def things(text: str) -> Iterator[Span]:
    """Chips, products and projects with strength 2 or 3."""
    for kind, pattern, strength in _patterns():
        for match in pattern.finditer(text):
            group = "quoted" if match.groupdict().get("quoted") else "model"
            name = match.group(group).strip()
            if _names_something(name, group):
                start = match.start(group)
                yield Span(start, start + len(name), name, kind, strength)


def _names_something(name: str, group: str) -> bool:
    parts = name_parts()
    words = name.split()
    if any(word in parts.generic_latin for word in words[-1:]) or name in parts.generic_latin:
        return False
    if group == "model":
        return len(name) >= 2 and bool(re.search(r"[A-Z]", name)) and not re.fullmatch(r"[\d.]+.*", name)
    return (
        name not in parts.generic
        and not is_phrase(name)
        and not re.search(r"[+＋]|\d+%|的|了|第一|龙头|之王|一哥|卡脖子|四小龙", name)
    )
