"""The first step: files and standard input become documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from extractors.read.jsonl import read_lines
from extractors.read.sources import Source, expand, reader_of
from ontology.errors import InputError
from ontology.records import Document

__all__ = ["Source", "expand", "read"]


def read(source: Source, name: str = "") -> Iterator[Document | InputError]:
    """The documents of a file, or of JSON Lines on standard input for `-`; `name` is what to call it instead.

    An error is yielded in the place of what could not be read, so that the rest goes on.
    """
    named = name or str(source)
    try:
        yield from _read_file(source, Path(named)) if isinstance(source, Path) else read_lines(sys.stdin.buffer, "-")
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(error.strerror or "unreadable", named, "check the path and its permissions")


def _read_file(path: Path, named: Path) -> Iterator[Document | InputError]:
    reader = reader_of(named)
    with path.open("rb") as stream:
        yield from reader(stream, named.as_posix())
