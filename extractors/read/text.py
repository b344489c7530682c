"""Markdown and plain text: one file is one document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from extractors.read.decode import decode
from extractors.read.front_page import find_date, find_publisher, find_title
from ontology.records import Document


def read_text(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a file; its id is the file name without suffix. Raises InputError."""
    text = decode(stream.read(), source)
    stem = PurePath(source).stem
    yield Document(
        id=stem,
        text=text,
        source=source,
        title=find_title(text),
        publisher=find_publisher(text),
        date=find_date(text) or find_date(stem),
    )
