"""Markdown and plain text: one file is one document, but for volumes too large to be read at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extractors.read.decode import decode
from extractors.read.filed import filed
from ontology.records import Document

VOLUME = 1_000_000
PART = 150_000
BREAKS = (("\n#", 1), ("\n\n", 2), ("\n", 1), ("。", 1))
"""Where a volume may be cut, the best first, and how far behind the beginning of these characters."""


def read_text(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a file, or the parts of a volume, numbered from 1. Raises InputError."""
    text = decode(stream.read(), source)
    if len(text) <= VOLUME:
        yield filed(text, source)
        return
    head = filed(text[:PART], source)
    for number, part in enumerate(parts(text), start=1):
        yield head.model_copy(update={"id": f"{head.id}#{number}", "text": part})


def parts(text: str) -> Iterator[str]:
    """Yield a text in pieces of `PART` characters or less."""
    start = 0
    while start < len(text):
        end = cut(text, start)
        yield text[start:end]
        start = end


def cut(text: str, start: int) -> int:
    """Where the part that begins at `start` ends: before a heading, else behind a paragraph, a line or a sentence."""
    end = start + PART
    if end >= len(text):
        return len(text)
    found = ((text.rfind(mark, start + PART // 2, end), behind) for mark, behind in BREAKS)
    return next((place + behind for place, behind in found if place >= 0), end)
