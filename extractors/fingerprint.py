"""Hashes over everything that decides what is read: the code and what its parts share, the rules, the lists."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from ontology.schema import own_schemas

_HERE = Path(__file__).resolve().parent
_RULES, _MEASURED, _LISTS = "rules/relations", "rules/confidence.csv", "lists"
Part = Literal["program", "rules", "lists"]
Reason = Literal["", "program", "rules", "lists"]
"""The part for which a document has to be read again; empty where it has not."""


class Fingerprint(NamedTuple):
    """A hash for each part; `program` is all that is neither the rules of one relation nor a list."""

    program: str
    rules: str
    lists: str


def fingerprint(folders: tuple[Path, ...] = ()) -> str:
    """The hashes of code, types, rules and lists, those of the user's own `folders` among them, as one text."""
    return "-".join(_hashes(folders))


def parts_of(text: str) -> Fingerprint:
    """The hashes in a fingerprint; one of an older version is that of another program."""
    program, _, rest = text.partition("-")
    rules, _, lists = rest.partition("-")
    return Fingerprint(program, rules, lists)


def has_same_program(before: str, now: str) -> bool:
    """Whether two fingerprints differ at most in rules and lists."""
    return parts_of(before).program == parts_of(now).program


@functools.cache
def _hashes(folders: tuple[Path, ...]) -> Fingerprint:
    digests = {part: hashlib.sha256() for part in Fingerprint._fields}
    for part, name, path in _files(folders):
        digests[part].update(name.encode() + b"\0" + path.read_bytes())
    return Fingerprint(**{part: digest.hexdigest()[:12] for part, digest in digests.items()})


def _files(folders: tuple[Path, ...]) -> Iterator[tuple[Part, str, Path]]:
    """Yield every file that decides what is read, with its part and its name there."""
    for root in (_HERE, _HERE.parent / "ontology", *own_schemas(), *folders):
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".yml", ".csv")):
            name = path.relative_to(root).as_posix()
            yield _own_part(name) if root in folders else _part(root, name), name, path


def _part(root: Path, name: str) -> Part:
    if root != _HERE:
        return "program"
    folder = name.rpartition("/")[0]
    if folder == _RULES or name == _MEASURED:
        return "rules"
    return "lists" if folder == _LISTS else "program"


def _own_part(name: str) -> Part:
    """The part of a file in a folder of the user's: what rules share has a folder of its own."""
    if "/" in name or name.endswith(".py"):
        return "program"
    return "rules" if name.endswith(".yml") else "lists"
