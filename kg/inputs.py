"""What stands under the paths of a run: every document with the file it is in, an error for what cannot be read."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePath

from extractors.read import Source, read
from extractors.read.sources import expand
from kg.ledger.files import Files, Standing, digest_of
from ontology.errors import InputError
from ontology.records import Document

STANDARD_INPUT = "-"
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Inputs:
    """The documents under some paths; files whose bytes are those of the last run are not read.

    `digests` holds the hash of each file's bytes, `errors` what could not be read in it.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self.digests: dict[str, str] = {}
        self.errors: dict[str, list[InputError]] = defaultdict(list)

    def items(self, paths: Iterable[str]) -> Iterator[tuple[str, Document | Standing | InputError]]:
        """Yield every document with its file, as a mere `Standing` where the file has not changed."""
        for origin, source in sources(paths):
            for item in [source] if isinstance(source, InputError) else self._read(origin, source):
                if isinstance(item, InputError):
                    self.errors[origin].append(item)
                yield origin, item

    def _read(self, origin: str, source: Source) -> Iterable[Document | Standing | InputError]:
        if not isinstance(source, Path):
            return read(source)
        self.digests[origin] = digest_of(source)
        standing = self.files.standing(origin, self.digests[origin])
        return read(source) if standing is None else standing


def read_all(paths: Iterable[str]) -> Iterator[tuple[str, Document | InputError]]:
    """Yield every document under `paths` with the file it stands in, and an error for what cannot be read."""
    for origin, source in sources(paths):
        if isinstance(source, InputError):
            yield origin, source
        else:
            yield from ((origin, item) for item in read(source))


def sources(paths: Iterable[str]) -> Iterator[tuple[str, Source | InputError]]:
    """Yield the files under `paths` with their absolute paths, and an error for what is not there."""
    for path in paths:
        try:
            yield from map(named, expand([path]))
        except InputError as error:
            yield locate(path), error
        except OSError as error:
            yield locate(path), InputError(error.strerror or "unreadable", path, "check the path and its permissions")


def named(source: Source) -> tuple[str, Source | InputError]:
    """A file with its absolute path, an error where its name is no text."""
    origin = locate(str(source))
    if HALF_CHARACTER.search(origin):
        shown = HALF_CHARACTER.sub("\ufffd", origin)
        return shown, InputError("file name that is not UTF-8", shown, "rename it")
    return origin, source


def locate(path: str) -> str:
    """The absolute path; standard input stays as it is."""
    return path if path == STANDARD_INPUT else os.path.abspath(path)


def is_under(origin: str, roots: Iterable[str]) -> bool:
    """Whether a file is one of `roots`, stands in one, or matches a pattern among them."""
    return any(fnmatch(origin, root) or PurePath(origin).is_relative_to(root) for root in roots)
