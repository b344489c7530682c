"""Name lists: loading, checking, and finding their names in normalised text.

Matching is over case-folded text, longest match from the left. Only the names that share their first two characters
with the text are looked at, and nothing else is loaded.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import add
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from extractors.expressions.compiled import compiled
from extractors.fingerprint import fingerprint, parts_of
from extractors.language.normalise import normalise
from ontology.errors import SchemaError
from ontology.kept import Kept, digest, held, keep

LISTS = Path(__file__).resolve().parent.parent / "lists"
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SPLIT = compiled(r"(?<=[A-Za-z])\s(?=\d)|(?<=\d)\s(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)")
_GAP = compiled(r"(?<=[A-Za-z])(?=\d)")
_ASCII = compiled(r"[A-Za-z0-9]")


class Entry(BaseModel):
    """A row of a list: one real thing with its names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    guard: str = ""
    not_before: str = ""
    not_after: str = ""
    parent: str = ""
    relation: str = ""
    country: str = ""
    series: str = ""
    source: str = ""

    @field_validator("aliases", "english", "code", "former_names", mode="before")
    @classmethod
    def _several(cls, cell: object) -> object:
        return tuple(filter(None, map(str.strip, cell.split("|")))) if isinstance(cell, str) else cell

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling the entry goes by, the name news use most first."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.english, *self.former_names)))

    @functools.cached_property
    def mark(self) -> str:
        """Hash of all that the row says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    @property
    def is_a_share(self) -> bool:
        """Whether its shares are listed in Shanghai, Shenzhen or Beijing."""
        return any(code.endswith((".SH", ".SZ", ".BJ")) for code in self.code)

    def needs_context(self, name: str) -> bool:
        """Whether `name` alone is no proof, being also a word, a place or a surname."""
        return self._guarded("context", name)

    def needs_case(self, name: str) -> bool:
        """Whether `name` counts only in exactly this case."""
        return self._guarded("exact", name) or (len(name) <= 3 and name.isascii())

    def outgrows_guard(self, name: str) -> bool:
        """Whether a name only begins with one that needs context (理想汽车, 理想): what guards that is not for it."""
        begins = (own for own in self.names if own != name and name.startswith(own))
        return ":" in self.guard and not self.needs_context(name) and any(map(self.needs_context, begins))

    def _guarded(self, kind: str, name: str) -> bool:
        for clause in self.guard.split(";"):
            found, _, only = clause.strip().partition(":")
            if found == kind and (not only or name in only.split("|")):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed name at `start:end`; `sure` is false where the name is also an ordinary word."""

    start: int
    end: int
    entry: Entry
    sure: bool


def read_list(path: Path) -> Iterator[Entry]:
    """Yield the rows of one list.

    Raises SchemaError naming file, line, column and value where a row is wrong.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield Entry.model_validate(row)
            except ValidationError as error:
                first = error.errors()[0]
                column = ".".join(map(str, first["loc"]))
                raise SchemaError(
                    f"wrong list row: {column} {first['msg']}", f"{path.name}:{number}", _COLUMNS
                ) from error


_COLUMNS = "columns are " + ", ".join(Entry.model_fields)


_FIELDS = tuple(Entry.model_fields)
_BLOCK = 16
_COUNT, _CODES, _PARENTS, _PAIRS = "count", "codes", "parents", "pairs"
Shelf = tuple[tuple[int, ...], dict[str, list[tuple[int, str]]]]


class Gazetteer:
    """All lists as one matcher: names by their first two characters; entries are made when they are met."""

    def __init__(self, entries: Iterable[Entry] = (), kept: Kept | None = None) -> None:
        self._kept = held(_records(tuple(entries))) if kept is None else kept
        self._pairs: frozenset[str] = self._kept.get(_PAIRS)
        self._singles = frozenset(pair for pair in self._pairs if len(pair) == 1)
        self._shelves: dict[str, Shelf] = {}
        self._made: dict[int, Entry] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the lists."""
        return tuple(map(self._entry, range(self._kept.get(_COUNT))))

    @functools.cached_property
    def _by_code(self) -> dict[str, int]:
        codes: dict[str, int] = self._kept.get(_CODES)
        return codes

    @functools.cached_property
    def _parents(self) -> dict[str, str]:
        parents: dict[str, str] = self._kept.get(_PARENTS)
        return parents

    def _entry(self, number: int) -> Entry:
        entry = self._made.get(number)
        if entry is None:
            row = self._kept.get(number // _BLOCK)[number % _BLOCK]
            entry = self._made[number] = Entry.model_construct(**dict(zip(_FIELDS, row, strict=True)))
        return entry

    def _shelf(self, pair: str) -> Shelf:
        """The names that begin with two characters: their lengths, the shortest first, and who goes by each."""
        shelf = self._shelves.get(pair)
        if shelf is None:
            found: Shelf = self._kept.get(pair) or ((), {})
            shelf = self._shelves[pair] = found
        return shelf

    def _named(self, name: str) -> list[tuple[Entry, str]]:
        found = self._shelf(f"={name[:2]}")[1].get(name, ())
        return [(self._entry(number), spelling) for number, spelling in found]

    def lineage(self, name: str) -> frozenset[str]:
        """`name` and the names of its parents upwards, as the lists tell."""
        seen: dict[str, None] = {}
        while name and name not in seen:
            seen[name] = None
            name = self._parents.get(name, "")
        return frozenset(seen)

    def by_code(self, code: str) -> Entry | None:
        """The entry listed under a stock code such as `688795.SH`."""
        number = self._by_code.get(code)
        return None if number is None else self._entry(number)

    def by_name(self, name: str) -> Entry | None:
        """The first unguarded entry that goes by exactly this name."""
        found = self._named(normalise(name).text.translate(_LOWER))
        return next((entry for entry, spelling in found if not entry.needs_context(spelling)), None)

    def maker(self, name: str) -> Entry | None:
        """The first firm that goes by exactly this name, guarded or not, as the maker of a listed product."""
        found = self._named(normalise(name).text.translate(_LOWER))
        return next((entry for entry, _ in found if entry.type == "Company"), None)

    def find(self, text: str) -> list[Hit]:
        """Listed names in normalised text, longest from the left, without overlaps."""
        hits: list[Hit] = []
        for start, end, entry, sure in self._candidates(text):
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, entry, sure))
        return hits

    def _candidates(self, text: str) -> list[tuple[int, int, Entry, bool]]:
        found = []
        for start, end, name in self._occurrences(text.translate(_LOWER)):
            for entry, spelling in self._named(name):
                tail = _series_end(text, end, entry)
                if not _inside_latin(text, tail) and _fits(entry, spelling, text, start, end):
                    found.append((start, tail, entry, not entry.needs_context(spelling)))
        return sorted(found, key=lambda hit: (hit[0], -hit[1], not hit[3]))

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where a listed name stands that does not begin inside a Latin word, the shorter first."""
        pairs = self._pairs
        for start, name in enumerate(text) if self._singles else ():
            if name in self._singles and not (start and _inside_latin(text, start)):
                yield start, start + 1, name
        for start, pair in enumerate(map(add, text, islice(text, 1, None))):
            if pair in pairs and not (start and _inside_latin(text, start)):
                lengths, names = self._shelf(f"={pair}")
                for length in lengths:
                    name = text[start : start + length]
                    if name in names and len(name) == length:
                        yield start, start + length, name


def _records(entries: Sequence[Entry]) -> Iterator[tuple[Any, Any]]:
    """What a gazetteer keeps of its entries."""
    rows = [tuple(getattr(entry, field) for field in _FIELDS) for entry in entries]
    shelves: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for number, entry in enumerate(entries):
        for name in entry.names:
            for spelling in spellings(name):
                key = spelling.translate(_LOWER)
                shelves.setdefault(key[:2], {}).setdefault(key, []).append((number, spelling))
    for pair, names in shelves.items():
        yield f"={pair}", (tuple(sorted(set(map(len, names)))), names)
    parents = {entry.name: entry.parent for entry in entries if entry.type in ("Company", "Investor")}
    yield from ((at // _BLOCK, rows[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK))
    yield _COUNT, len(rows)
    yield _PAIRS, frozenset(shelves)
    yield _PARENTS, {name: parent for name, parent in parents.items() if parent}
    yield _CODES, {code: number for number, entry in enumerate(entries) for code in entry.code}


def spellings(name: str) -> Iterator[str]:
    """Normal form of a name, and its variants with and without a space between letters and digits."""
    text = normalise(name).text
    if text:
        yield text
        tight = _SPLIT.sub("", text)
        yield from {tight, _GAP.sub(" ", tight), text.replace(" ", "")} - {text}


def _inside_latin(text: str, at: int) -> bool:
    """Whether position `at` lies between two Latin letters or digits."""
    return 0 < at < len(text) and bool(_ASCII.match(text[at - 1]) and _ASCII.match(text[at]))


def _fits(entry: Entry, spelling: str, text: str, start: int, end: int) -> bool:
    if text[start:end] != spelling and entry.needs_case(spelling):
        return False
    if entry.outgrows_guard(spelling):
        return True
    if entry.not_before and re.search(f"(?:{entry.not_before})$", text[max(0, start - 12) : start]):
        return False
    return not (entry.not_after and re.match(entry.not_after, text[end : end + 12]))


def _series_end(text: str, end: int, entry: Entry) -> int:
    """End of the member of a series that the name at `end` begins, or `end`."""
    tail = _series(entry.series).match(text, end) if entry.series else None
    return tail.end() if tail and not _inside_latin(text, tail.end()) else end


@functools.cache
def _series(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


@functools.cache
def load_gazetteer(folders: tuple[Path, ...] = ()) -> Gazetteer:
    """The packaged lists and those of `folders`; a later folder's row replaces one of the same type and name."""
    program, _, lists = parts_of(fingerprint(folders))
    return Gazetteer(kept=keep("lists", digest(program, lists), lambda: _records(_read_lists(folders))))


def _read_lists(folders: Sequence[Path]) -> tuple[Entry, ...]:
    rows: dict[tuple[str, str, str], Entry] = {}
    for folder in (LISTS, *folders):
        for path in sorted(folder.glob("*.csv")):
            rows.update({(entry.type, entry.name, entry.id): entry for entry in read_list(path)})
    return tuple(rows.values())
