"""The graph as the files of `neo4j-admin database import`, which fills an empty database faster than any statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TextIO

from kg import rows
from kg.ledger import Ledger
from kg.neo4j.content import DATES, QUANTITIES, Stored, labels, properties
from kg.rows import EdgeRow, NodeRow

ARGUMENTS = "import.args"
BETWEEN = "\x1f"
OPTIONS = (
    "--overwrite-destination=true",
    "--id-type=string",
    "--multiline-fields=true",
    f"--array-delimiter=U+{ord(BETWEEN):04X}",
)
KINDS: Mapping[type, str] = {
    bool: "boolean",
    int: "long",
    float: "double",
    date: "date",
    str: "string",
    list: "string[]",
}

Columns = dict[str, str]
"""Names of columns with their headers, in the order of the file."""
Kind = tuple[str, str]
"""What the nodes or edges of a file are, joined with `:`, and which of their values are not of the usual type."""
Row = tuple[Kind, Mapping[str, Stored]]
"""A row for a file, and its cells by column."""


def write_bulk(ledger: Ledger, folder: Path, database: str = "neo4j") -> None:
    """Write nodes by their labels, relationships by type, and `import.args`, the arguments that load them.

    The rows are those of `kg neo4j sync`: same ids, properties and hashes. The ledger is read twice, so that no more
    than a row is held. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["database", "import", "full", database, *OPTIONS]
    lines += write_tables(folder, "nodes", lambda: map(node, rows.nodes(ledger)), {"id": "id:ID"})
    ends = {":START_ID": ":START_ID", ":END_ID": ":END_ID"}
    lines += write_tables(folder, "relationships", lambda: map(edge, rows.edges(ledger)), ends)
    (folder / ARGUMENTS).write_text("".join(f'"{line}"\n' for line in lines), encoding="utf-8", newline="\n")


def node(row: NodeRow) -> Row:
    """A node for the file of its labels."""
    cells = properties(row)
    return (":".join(labels(row)), unusual(cells)), cells


def edge(row: EdgeRow) -> Row:
    """An edge for the file of its type."""
    cells = properties(row)
    return (row.type, unusual(cells)), {":START_ID": row.source, ":END_ID": row.target, **cells}


def unusual(cells: Mapping[str, Stored]) -> str:
    """The quantities that are no whole numbers and the dates that are none: a column of a file has one type."""
    usual = dict.fromkeys(QUANTITIES, int) | dict.fromkeys(DATES, date)
    odd = {name: type(cells[name]) for name in sorted(usual.keys() & cells.keys())}
    return "".join(f"-{name}-{KINDS[found]}" for name, found in odd.items() if found is not usual[name])


def write_tables(folder: Path, what: str, read: Callable[[], Iterable[Row]], first: Columns) -> Iterator[str]:
    """Write one file for each kind of rows; yields the arguments that name them."""
    tables = columns(read(), first)
    paths = {kind: folder / f"{what}-{kind[0].replace(':', '-')}{kind[1]}.csv" for kind in sorted(tables)}
    with ExitStack() as stack:
        files = {key: stack.enter_context(path.open("w", encoding="utf-8", newline="")) for key, path in paths.items()}
        for kind, file in files.items():
            file.write(",".join(tables[kind].values()) + "\n")
        for kind, cells in read():
            write_row(files[kind], tables[kind], cells)
    yield from (f"--{what}={kind}=./{path.name}" for (kind, _), path in paths.items())


def columns(table: Iterable[Row], first: Columns) -> dict[Kind, Columns]:
    """The columns of each kind of rows with the type of their values."""
    found: dict[Kind, Columns] = defaultdict(lambda: dict(first))
    for kind, cells in table:
        for name, value in cells.items():
            found[kind].setdefault(name, f"{name}:{KINDS[type(value)]}")
    return found


def write_row(file: TextIO, wanted: Columns, cells: Mapping[str, Stored]) -> None:
    """Write one line; what a row lacks is left bare, so that an empty text stays a text."""
    file.write(",".join(quoted(cells[name]) if name in cells else "" for name in wanted) + "\n")


def quoted(value: Stored) -> str:
    """A value as the importer reads it."""
    if isinstance(value, list):
        return quoted(BETWEEN.join(value))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return '"' + text.replace('"', '""') + '"'
