"""`kg watch`: a refresh after every change of a folder."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.building import summary
from kg.cli.options import STORE, Jobs, Json, Store
from kg.cli.output import complain, progress, say
from kg.graph import KnowledgeGraph
from kg.reports import BuildReport
from ontology.errors import YanbaoError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)


def watch(
    folders: Annotated[list[str], typer.Argument(help="Folders to watch.", metavar="FOLDER...")],
    store: Store = STORE,
    jobs: Jobs = 1,
    json: Json = False,
    poll: Annotated[bool, typer.Option("--poll", help="Look again and again, as on a network drive.")] = False,
) -> None:
    """Refresh from folders now and after every change in them, until interrupted; one line for each refresh.

    Example: kg watch reports/
    """
    from kg.watch import moments, until_interrupted  # loads the readers, which other commands do without

    with KnowledgeGraph(store) as graph, until_interrupted() as stop:
        for _ in moments(folders, stop, poll):
            try:
                with progress() as tick:
                    tell(graph.refresh(folders, tick, jobs), json)
            except YanbaoError as error:
                complain(str(error))


def tell(report: BuildReport, json: bool) -> None:
    """Print what a refresh did, as one line."""
    if json:
        typer.echo(report.model_dump_json())
    else:
        say(summary(report))
    for line in report.failed:
        complain(line)
