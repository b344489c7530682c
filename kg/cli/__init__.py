"""The command line: one module for each group of commands."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from kg.cli import building, exporting, extracting, looking, reference
from ontology.errors import YanbaoError


class Commands(TyperGroup):
    """Commands whose known errors end in one line on standard error and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except YanbaoError as error:
            typer.echo(f"kg: {' '.join(str(error).split())}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Read Chinese brokerage reports and financial news into a knowledge graph, every edge with its sentence.",
)
for group in (extracting, building, looking, exporting, reference):
    group.register(app)
if find_spec("kg.neo4j.cli"):
    app.add_typer(import_module("kg.neo4j.cli").app, name="neo4j")


def main() -> None:
    """Run `kg`; whatever the locale, the streams are UTF-8 with plain line feeds."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    app()
