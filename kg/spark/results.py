"""One input file, one result: written whole, under a name that says what it was made of and by which rules.

A result begins with the errors of the file; then each line holds a document, sorted by id and content.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import extractors
from extractors.read import read
from kg import pipeline
from kg.held import Sorted
from ontology.errors import InputError, SchemaError

FAN_IN = 200
Said = tuple[str, str, str | list[str]]
"""Id and content hash of a document, with its lines of the stream, or with what, where and remedy of an error."""


@dataclass(frozen=True)
class Plan:
    """Where results go, by which rules and lists of the user's own, and what all rules together must hash to."""

    folder: Path
    rules: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()

    def fingerprint(self) -> str:
        """The hash of all that decides what is read, as installed where it is asked."""
        return extractors.fingerprint((*self.rules, *self.lists))


@dataclass(frozen=True)
class Given:
    """A file: its absolute path, and how it was named."""

    path: Path
    name: str


def extract_file(file: Given, plan: Plan, fingerprint: str) -> str | InputError:
    """The name of the result of a file, written unless it is there; an error where the file cannot be read.

    Raises SchemaError where the rules here are not those of the one who asks.
    """
    if plan.fingerprint() != fingerprint:
        raise SchemaError("other rules than where the job was started", socket.gethostname(), "install the same there")
    try:
        digest = hashlib.sha256(file.name.encode() + b"\0" + file.path.read_bytes()).hexdigest()[:32]
    except OSError as error:
        return InputError(error.strerror or "unreadable", file.name, "check the path and its permissions")
    result = plan.folder / f"{digest}-{fingerprint}.jsonl"
    if not result.exists():
        write(result, rows(file, plan))
    return result.name


def write(result: Path, rows: Iterable[object]) -> None:
    """Write a result under another name first, so that it is there whole or not at all."""
    partial = result.with_name(f".{result.stem}.{socket.gethostname()}.{os.getpid()}")
    with partial.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
        os.fsync(file.fileno())
    partial.replace(result)


def rows(file: Given, plan: Plan) -> Iterator[object]:
    """The errors of a file, then what each of its documents says."""
    documents, errors = Sorted(), list[list[str]]()
    for item in read(file.path, file.name):
        if isinstance(item, InputError):
            errors.append(parts(item))
        else:
            documents.add(item)
    yield errors
    told = pipeline.tell_all(documents, 1, plan.rules, plan.lists)
    for document, said in zip(documents, told, strict=True):
        yield document.id, document.content_hash, parts(said) if isinstance(said, InputError) else said


def parts(error: InputError) -> list[str]:
    """An error as data."""
    return [error.what, error.where, error.remedy]


def errors_in(result: Path) -> list[InputError]:
    """What could not be read in a file."""
    with result.open(encoding="utf-8") as file:
        return [InputError(*error) for error in json.loads(file.readline())]


def said_in(result: Path) -> Iterator[Said]:
    """Yield what the documents of a result say, in their order."""
    with result.open(encoding="utf-8") as file:
        file.readline()
        for line in file:
            key, content, said = json.loads(line)
            yield key, content, said


def merge(results: Sequence[Path]) -> Iterator[str | InputError]:
    """Yield what all documents say, sorted by id and content, each once: of equal ones that of the last result."""
    with TemporaryDirectory() as folder:
        for _, _, said in merge_some(reduce(results, Path(folder))):
            yield said if isinstance(said, str) else InputError(*said)


def reduce(results: Sequence[Path], folder: Path) -> Sequence[Path]:
    """The results, merged into fewer files in a folder until they can all be open at once."""
    number = 0
    while len(results) > FAN_IN:
        fewer: list[Path] = []
        for start in range(0, len(results), FAN_IN):
            fewer.append(folder / f"{(number := number + 1)}.jsonl")
            write(fewer[-1], ([], *merge_some(results[start : start + FAN_IN])))
        results = fewer
    return results


def merge_some(results: Sequence[Path]) -> Iterator[Said]:
    """The same for as many results as can be open at once."""
    with ExitStack() as stack:
        opened: list[Any] = [said_in(result) for result in results]
        for each in opened:
            stack.callback(each.close)
        for _, same in groupby(heapq.merge(*opened, key=itemgetter(0, 1)), key=itemgetter(0, 1)):
            *_, last = same
            yield last
