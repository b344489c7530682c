"""Sentences of normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？?!][”』）》]*|(?<=[”一-鿿])[；](?=[^，]{20})|(?<=[一-鿿？！。])\]")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, its closing mark included."""
    start = 0
    for mark in _END.finditer(text):
        if mark.end() > start:
            yield start, mark.end()
        start = mark.end()
    if start < len(text):
        yield start, len(text)
