"""Which files a command means: names, folders and globs become paths, and each suffix has its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO, Literal

from extractors.read.docx import read_docx
from extractors.read.feed import read_feed
from extractors.read.html import read_html
from extractors.read.jsonl import read_lines
from extractors.read.pdf import read_pdf
from extractors.read.text import read_text
from ontology.errors import InputError
from ontology.records import Document

Source = Path | Literal["-"]
Reader = Callable[[BinaryIO, str], Iterator[Document | InputError]]
READERS: Mapping[str, Reader] = {
    ".md": read_text,
    ".txt": read_text,
    ".jsonl": read_lines,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
}
SUFFIXES = ", ".join(READERS)


def expand(paths: Iterable[str]) -> Iterator[Source]:
    """The files meant, each once, folders and globs sorted, `-` as it is; raises InputError on what is missing."""
    seen: set[Source] = set()
    for path in paths:
        for source in _expand_one(path):
            key = source if source == "-" else source.resolve()
            if key not in seen:
                seen.add(key)
                yield source


def reader_of(path: Path) -> Reader:
    """The reader for the suffix of a file; raises InputError on a suffix that has none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"unknown suffix {path.suffix!r}", path.as_posix(), f"known: {SUFFIXES}")
    return reader


def _expand_one(path: str) -> Iterable[Source]:
    if path == "-":
        return ["-"]
    if path and Path(path).is_dir():
        return _files_in(Path(path))
    if path and Path(path).exists():
        return [Path(path)]
    if has_magic(path):
        return _matches(path)
    raise InputError("no such file or folder", path, "check the path")


def _files_in(folder: Path) -> list[Path]:
    files = (file for file in folder.rglob("*") if file.suffix.lower() in READERS and file.is_file())
    return sorted(file for file in files if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def _matches(pattern: str) -> list[Path]:
    found = [Path(match) for match in sorted(glob(pattern, recursive=True))]
    files = [file for match in found for file in (_files_in(match) if match.is_dir() else [match])]
    known = [file for file in files if file.suffix.lower() in READERS]
    if not known:
        raise InputError("no readable file matches", pattern, f"readable: {SUFFIXES}")
    return known
