"""The graph as the files of `neo4j-admin database import`, which fills an empty database faster than any statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from kg import rows
from kg.ledger import Ledger
from kg.neo4j.content import labels, properties
from kg.rows import EdgeRow, NodeRow, Value

ARGUMENTS = "import.args"
BETWEEN = "\x1f"
OPTIONS = (
    "--overwrite-destination=true",
    "--id-type=string",
    "--multiline-fields=true",
    f"--array-delimiter=U+{ord(BETWEEN):04X}",
)
KINDS: Mapping[type, str] = {bool: "boolean", int: "long", float: "double", str: "string", list: "string[]"}

Columns = dict[str, str]
"""Names of columns with their headers, in the order of the file."""
Row = tuple[str, Mapping[str, Value]]
"""A row for a file: what its nodes or edges are, joined with `:`, and its cells by column."""


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
    return ":".join(labels(row)), properties(row)


def edge(row: EdgeRow) -> Row:
    """An edge for the file of its type."""
    return row.type, {":START_ID": row.source, ":END_ID": row.target, **properties(row)}


def write_tables(folder: Path, what: str, read: Callable[[], Iterable[Row]], first: Columns) -> Iterator[str]:
    """Write one file for each kind of rows; yields the arguments that name them."""
    tables = columns(read(), first)
    paths = {kind: folder / f"{what}-{kind.replace(':', '-')}.csv" for kind in sorted(tables)}
    with ExitStack() as stack:
        files = {key: stack.enter_context(path.open("w", encoding="utf-8", newline="")) for key, path in paths.items()}
        for kind, file in files.items():
            file.write(",".join(tables[kind].values()) + "\n")
        for kind, cells in read():
            write_row(files[kind], tables[kind], cells)
    yield from (f"--{what}={kind}=./{path.name}" for kind, path in paths.items())


def columns(table: Iterable[Row], first: Columns) -> dict[str, Columns]:
    """The columns of each kind of rows with the type of their values."""
    found: dict[str, Columns] = defaultdict(lambda: dict(first))
    for kind, cells in table:
        for name, value in cells.items():
            found[kind].setdefault(name, f"{name}:{KINDS[type(value)]}")
    return found


def write_row(file: TextIO, wanted: Columns, cells: Mapping[str, Value]) -> None:
    """Write one line; what a row lacks is left bare, so that an empty text stays a text."""
    file.write(",".join(quoted(cells[name]) if name in cells else "" for name in wanted) + "\n")


def quoted(value: Value) -> str:
    """A value as the importer reads it."""
    if isinstance(value, list):
        return quoted(BETWEEN.join(value))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return '"' + text.replace('"', '""') + '"'
