"""Markdown and plain text: one file is one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extractors.read.decode import decode
from extractors.read.filed import filed
from ontology.records import Document


def read_text(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a file. Raises InputError."""
    yield filed(decode(stream.read(), source), source)
