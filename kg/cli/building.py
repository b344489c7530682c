"""`kg build`, `kg refresh`, `kg retract`: what writes into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.language import tr
from kg.cli.options import STORE, Jobs, Json, Now, Paths, Store
from kg.cli.output import complain, progress, say, say_json
from kg.graph import KnowledgeGraph
from kg.reports import BuildReport

REREAD = "read again, the text the same: {program} by another program, {rules} by other rules, {lists} for other names"
Results = Annotated[
    Path | None,
    typer.Option("--results", exists=True, file_okay=False, help="What Spark has read already is taken from here."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(build)
    app.command()(refresh)
    app.command()(retract)


def build(
    paths: Paths,
    store: Store = STORE,
    results: Results = None,
    jobs: Jobs = 1,
    json: Json = False,
    now: Now = None,
) -> None:
    """Read reports into the graph; what stands there already is not read again.

    Example: kg build reports/ news.jsonl
    """
    with KnowledgeGraph(store) as graph, progress() as tick:
        report = graph.build(paths, tick, jobs, now, results)
    tell(report, json)


def refresh(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Folders or globs; without any, those built from before.")
    ] = None,
    store: Store = STORE,
    accept: Annotated[
        bool, typer.Option("--accept", help="Also when far less is found than stood in the graph.")
    ] = False,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="What counts as far less, instead of kg-limits.yml in the folder.")
    ] = None,
    results: Results = None,
    jobs: Jobs = 1,
    json: Json = False,
    now: Now = None,
) -> None:
    """Build again from folders that change, and retract the documents that are gone from them.

    Example: kg refresh reports/
    """
    with KnowledgeGraph(store) as graph, progress() as tick:
        report = graph.refresh(paths or (), tick, jobs, now, accept, limits, results)
    tell(report, json)


def retract(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents.")],
    store: Store = STORE,
    json: Json = False,
    now: Now = None,
) -> None:
    """Take back all that documents say; what others say as well stays.

    Example: kg retract weekly-20251224
    """
    with KnowledgeGraph(store) as graph:
        gone = graph.retract(*documents, now=now)
    if json:
        say_json({"retracted": documents, "facts_gone": gone})
    else:
        say(tr("{documents} documents retracted; {gone} facts gone").format(documents=len(documents), gone=gone))


def tell(report: BuildReport, json: bool) -> None:
    """Print what a run did; exit with 1 when an input failed."""
    if json:
        say_json(report)
    else:
        say(summary(report))
        if any(report.reread.model_dump().values()):
            say(tr(REREAD).format(**report.reread.model_dump()))
        for key in report.empty:
            say(tr("no facts in {document}").format(document=key))
    for line in report.failed:
        complain(line)
    if report.failed:
        raise typer.Exit(1)


def summary(report: BuildReport) -> str:
    """The counts of a run in one line."""
    documents = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "retracted": report.retracted,
        "failed": report.failed,
    }
    shown = {word: len(keys) for word, keys in documents.items() if keys or word != "retracted"}
    said = ", ".join(tr(f"{{count}} {word}").format(count=count) for word, count in shown.items())
    line = tr("documents: {said}; facts: {new} new, {changed} changed, {gone} gone")
    return line.format(said=said, **report.facts.model_dump())
