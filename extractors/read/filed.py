"""The document that a file is, whatever format its text was read from."""

from __future__ import annotations

from pathlib import PurePath

from extractors.read.front_page import find_date, find_publisher, find_title
from ontology.records import Document


def filed(text: str, source: str, title: str = "", date: str = "", pages: tuple[int, ...] = ()) -> Document:
    """A file's document; its id is the file name without suffix, `title` and `date` outrank what the text says."""
    stem = PurePath(source).stem
    return Document(
        id=stem,
        text=text,
        source=source,
        title=title or find_title(text),
        publisher=find_publisher(text),
        date=date or find_date(text) or find_date(stem),
        pages=pages,
    )
