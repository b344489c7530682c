"""`kg export`: the graph as files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kg import export as formats
from kg.cli.options import STORE, Store
from kg.ledger import Ledger
from ontology.errors import YanbaoError


class Format(str, Enum):
    """What `kg export` writes."""

    jsonl = "jsonl"
    csv = "csv"
    graphml = "graphml"
    html = "html"


def drawn(ledger: Ledger) -> Iterator[str]:
    """The page; NumPy is loaded for it alone."""
    from kg.picture import page

    return page(ledger)


TEXTS: dict[Format, Callable[[Ledger], Iterator[str]]] = {
    Format.jsonl: formats.jsonl,
    Format.graphml: formats.graphml,
    Format.html: drawn,
}
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write, for csv a folder.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    format: Annotated[
        Format, typer.Option("--format", help="JSON Lines, CSV, GraphML or a page to look at.")
    ] = Format.jsonl,
    output: Output = None,
    store: Store = STORE,
) -> None:
    """Write the whole graph: on standard output, or into a file; csv into a folder.

    Example: kg export --format html -o graph.html
    """
    if format is Format.csv and output is None:
        raise typer.BadParameter("csv is two files; name a folder with -o")
    with Ledger(store) as ledger:
        try:
            write(ledger, format, output)
        except OSError as error:
            raise YanbaoError("cannot write", str(output), error.strerror or "name another place with -o") from error


def write(ledger: Ledger, format: Format, output: Path | None) -> None:
    """Write one format to a file, a folder or standard output."""
    if format is Format.csv and output:
        formats.write_csv(ledger, output)
    elif output:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in TEXTS[format](ledger))
    else:
        for line in TEXTS[format](ledger):
            typer.echo(line)
