"""`kg export`: the graph as files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kg import export as formats
from kg.cli.options import STORE, Json, Store
from kg.cli.output import say, say_json
from kg.ledger import Ledger
from kg.neo4j.bulk import ARGUMENTS, write_bulk
from ontology.errors import YanbaoError


class Format(str, Enum):
    """What `kg export` writes."""

    jsonl = "jsonl"
    csv = "csv"
    graphml = "graphml"
    html = "html"
    neo4j_admin = "neo4j-admin"


def drawn(ledger: Ledger) -> Iterator[str]:
    """The page; NumPy is loaded for it alone."""
    from kg.picture import page

    return page(ledger)


TEXTS: dict[Format, Callable[[Ledger], Iterator[str]]] = {
    Format.jsonl: formats.jsonl,
    Format.graphml: formats.graphml,
    Format.html: drawn,
}
FOLDERS: dict[Format, Callable[[Ledger, Path], None]] = {Format.csv: formats.write_csv, Format.neo4j_admin: write_bulk}
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write, for csv and neo4j-admin a folder.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    format: Annotated[
        Format, typer.Option("--format", help="JSON Lines, CSV, GraphML, a page to look at, or files for neo4j-admin.")
    ] = Format.jsonl,
    output: Output = None,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Write the whole graph: on standard output, or into a file; csv and neo4j-admin into a folder.

    Example: kg export --format html -o graph.html
    """
    if format in FOLDERS and output is None:
        raise typer.BadParameter(f"{format.value} is several files; name a folder with -o")
    with Ledger(store) as ledger:
        try:
            write(ledger, format, output)
        except OSError as error:
            raise YanbaoError("cannot write", str(output), error.strerror or "name another place with -o") from error
    if json and output:
        say_json({"format": format.value, "output": str(output)})
    elif format is Format.neo4j_admin:
        say(f"into a stopped server, in place of what its database holds: cd {output} && neo4j-admin @{ARGUMENTS}")


def write(ledger: Ledger, format: Format, output: Path | None) -> None:
    """Write one format to a file, a folder or standard output."""
    if format in FOLDERS and output:
        FOLDERS[format](ledger, output)
    elif output:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in TEXTS[format](ledger))
    else:
        for line in TEXTS[format](ledger):
            typer.echo(line)
