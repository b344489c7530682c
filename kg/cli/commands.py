"""All commands under one name."""

from __future__ import annotations

from typing import Any

import typer

from kg.cli import (
    asking,
    building,
    checking,
    explaining,
    exporting,
    extracting,
    judging,
    looking,
    reference,
    serving,
    watching,
)
from kg.cli.language import SpokenGroup
from kg.cli.output import complain
from kg.neo4j.cli import app as neo4j
from ontology.errors import YanbaoError


class Commands(SpokenGroup):
    """Commands whose known errors end in one line on standard error and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except YanbaoError as error:
            complain(str(error))
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Read Chinese brokerage reports and financial news into a knowledge graph, every edge with its sentence.",
)
GROUPS = (extracting, building, watching, judging, looking, asking, checking, exporting, serving, explaining, reference)
for group in GROUPS:
    group.register(app)
app.add_typer(neo4j, name="neo4j")
