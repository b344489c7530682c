"""Name lists: loading, checking, and finding their names in normalised text.

Matching is Aho-Corasick (Aho and Corasick 1975) over case-folded text, longest match from the left.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from extractors.language.normalise import normalise
from ontology.errors import SchemaError

LISTS = Path(__file__).resolve().parent.parent / "lists"
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SPLIT = re.compile(r"(?<=[A-Za-z])\s(?=\d)|(?<=\d)\s(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)")
_GAP = re.compile(r"(?<=[A-Za-z])(?=\d)")
_ASCII = re.compile(r"[A-Za-z0-9]")


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


class Gazetteer:
    """All lists as one matcher."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._named: dict[str, list[tuple[Entry, str]]] = {}
        for entry in self.entries:
            for name in entry.names:
                for spelling in spellings(name):
                    self._named.setdefault(spelling.translate(_LOWER), []).append((entry, spelling))
        self._patterns = list(self._named)
        self._matcher = AhoCorasick(self._patterns)
        self._firms = {entry.name: entry for entry in self.entries if entry.type in ("Company", "Investor")}
        self._by_code = {code: entry for entry in self.entries for code in entry.code}

    def lineage(self, name: str) -> frozenset[str]:
        """`name` and the names of its parents upwards, as the lists tell."""
        seen: dict[str, None] = {}
        while name and name not in seen:
            seen[name] = None
            entry = self._firms.get(name)
            name = entry.parent if entry else ""
        return frozenset(seen)

    def by_code(self, code: str) -> Entry | None:
        """The entry listed under a stock code such as `688795.SH`."""
        return self._by_code.get(code)

    def by_name(self, name: str) -> Entry | None:
        """The first unguarded entry that goes by exactly this name."""
        found = self._named.get(normalise(name).text.translate(_LOWER), ())
        return next((entry for entry, spelling in found if not entry.needs_context(spelling)), None)

    def find(self, text: str) -> list[Hit]:
        """Listed names in normalised text, longest from the left, without overlaps."""
        hits: list[Hit] = []
        for start, end, entry, sure in self._candidates(text):
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, entry, sure))
        return hits

    def _candidates(self, text: str) -> list[tuple[int, int, Entry, bool]]:
        found = []
        for index, start, end in self._matcher.find_matches_as_indexes(text.translate(_LOWER), overlapping=True):
            if start and _inside_latin(text, start):
                continue
            for entry, spelling in self._named[self._patterns[index]]:
                tail = _series_end(text, end, entry)
                if not _inside_latin(text, tail) and _fits(entry, spelling, text, start, end):
                    found.append((start, tail, entry, not entry.needs_context(spelling)))
        return sorted(found, key=lambda hit: (hit[0], -hit[1], not hit[3]))


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
    return re.compile(pattern)


def load_gazetteer(folders: Sequence[Path] = ()) -> Gazetteer:
    """The packaged lists and those of `folders`; a later folder's row replaces one of the same type and name."""
    rows: dict[tuple[str, str, str], Entry] = {}
    for folder in (LISTS, *folders):
        for path in sorted(folder.glob("*.csv")):
            rows.update({(entry.type, entry.name, entry.id): entry for entry in read_list(path)})
    return Gazetteer(rows.values())
