"""Sentences of normalised text."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.expressions import ready as re

_SOURCE = r"(?:资料|数据|图片)来源：[^。；]{1,40}?(?:研究所|研究中心|研究院|研究部|整理|官网|公司公告)"
_END = re.compile(
    _SOURCE + r"|[。！？?!][”』）》]*|(?<=[”一-鿿])[；](?=[^，]{20})(?![^（）]{0,60}）)|(?<=[一-鿿？！。])\]"
)


_LONGEST = 1000
_CLAUSE_END = re.compile("[，；：、,; ]")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, its closing mark included; what runs on for too long is cut at a clause.

    Reading takes the square of a sentence's length, and what has no end after a thousand characters is none.
    """
    for start, end in _whole(text):
        while end - start > _LONGEST:
            cuts = [mark.end() for mark in _CLAUSE_END.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
            cut = cuts[-1] if cuts else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _whole(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        end = mark.start() if "来源：" in mark.group() else mark.end()
        if end > start:
            yield start, end
        start = mark.end()
    if start < len(text):
        yield start, len(text)
