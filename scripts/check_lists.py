"""Checks of the name lists that one row alone cannot show: doubled names, parents, cycles, everyday words."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.entities.gazetteer import LISTS, Entry, read_list
from extractors.language.normalise import normalise
from extractors.language.words import frequency
from ontology.errors import SchemaError

SHORT = 3
EVERYDAY = 2000
SPACES = {"Investor": "Company", "Product": "Chip"}


@dataclass(frozen=True)
class Row:
    """An entry and where it stands."""

    place: str
    entry: Entry

    def __str__(self) -> str:
        return f"{self.place} {self.entry.name}"


def read_rows(folder: Path) -> list[Row]:
    """All rows of all lists of a folder."""
    return [
        Row(f"{path.name}:{number}", entry)
        for path in sorted(folder.glob("*.csv"))
        for number, entry in enumerate(read_list(path), start=2)
    ]


def kind_of(entry: Entry) -> str:
    """The type within which names must differ."""
    return SPACES.get(entry.type, entry.type)


def spoken(name: str) -> str:
    """A name as matching sees it: normalised, without spaces and case."""
    return normalise(name).text.replace(" ", "").casefold()


def owners_by_name(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows that go by a name, by its spoken form."""
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in {spoken(name) for name in row.entry.names}:
            owners[name].append(row)
    return owners


def find_doubled(rows: list[Row]) -> Iterator[str]:
    """Rows of one kind that share names without context; people are told apart by their employer."""
    claims: dict[tuple[str, ...], dict[Row, None]] = defaultdict(dict)
    for row in rows:
        entry = row.entry
        employer = entry.parent if entry.type == "Person" else ""
        for name in entry.names:
            if not entry.needs_context(name):
                claims[kind_of(entry), employer, spoken(name)][row] = None
    shared: dict[tuple[Row, ...], list[str]] = defaultdict(list)
    for (*_, name), claimants in claims.items():
        if len(claimants) > 1:
            shared[tuple(claimants)].append(name)
    for together, names in shared.items():
        yield f"doubled name {', '.join(names)}: {', '.join(map(str, together))}"


def find_orphans(rows: list[Row]) -> Iterator[str]:
    """Parents that no row goes by."""
    owners = owners_by_name(rows)
    for row in rows:
        if row.entry.parent and spoken(row.entry.parent) not in owners:
            yield f"unknown parent {row.entry.parent}: {row}"


def find_cycles(rows: list[Row]) -> Iterator[str]:
    """Rows that are their own ancestor; a name that row and parent share means the parent."""
    owners = owners_by_name(rows)
    for row in rows:
        seen, above = [row], parent_of(row, owners)
        while above and above not in seen:
            seen.append(above)
            above = parent_of(above, owners)
        if above == row:
            yield f"cycle of parents: {', '.join(map(str, seen))}"


def parent_of(row: Row, owners: dict[str, list[Row]]) -> Row | None:
    """The row that another one names as its parent, itself only where no other goes by that name."""
    candidates = owners.get(spoken(row.entry.parent), []) if row.entry.parent else []
    others = [other for other in candidates if other != row]
    firms = [other for other in others if kind_of(other.entry) == "Company"]
    return next(iter([*firms, *others, *candidates]), None)


ONLY_NAMES = frozenset({"新华社", "搜狐"})
"""Frequent in the dictionary's corpus of old news, yet nothing but names."""


def find_everyday(rows: list[Row]) -> Iterator[str]:
    """Short names that are everyday words and yet count without context."""
    for row in rows:
        entry = row.entry
        for name in entry.names:
            guarded = entry.needs_context(name) or entry.needs_case(name) or entry.not_before or entry.not_after
            if len(name) <= SHORT and frequency(name) > EVERYDAY and not guarded and name not in ONLY_NAMES:
                yield f"everyday word without a guard {name} ({frequency(name)}): {row}"


def find_problems(folder: Path) -> list[str]:
    """Every problem of the lists of a folder, a line each; only the first where a row cannot be read."""
    try:
        rows = read_rows(folder)
    except SchemaError as error:
        return [str(error)]
    checks = (find_doubled, find_orphans, find_cycles, find_everyday)
    return [problem for check in checks for problem in check(rows)]


if __name__ == "__main__":
    found = find_problems(Path(sys.argv[1]) if len(sys.argv) > 1 else LISTS)
    print("\n".join([*found, f"{len(found)} problems"]))
    sys.exit(bool(found))
