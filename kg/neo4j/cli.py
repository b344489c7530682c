"""`kg neo4j`: a real server of one's own, and the view of the ledger in it or in any other server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.cli.language import SpokenGroup
from kg.cli.options import STORE, Json, Store
from kg.cli.output import complain, say, say_json, say_table
from kg.ledger import Ledger
from kg.neo4j import server
from kg.neo4j.browser import open_browser
from kg.neo4j.check import Difference
from kg.neo4j.home import OwnServer, saved_servers
from kg.neo4j.noted import View
from kg.neo4j.releases import DEFAULT_VERSION
from kg.neo4j.style import grass
from kg.neo4j.sync import SyncReport
from kg.questions.saved import write_saved
from ontology.errors import YanbaoError
from ontology.schema import load_ontology

if TYPE_CHECKING:
    from kg.neo4j.connect import Connection

SHOWN = 20

app = typer.Typer(
    cls=SpokenGroup,
    no_args_is_help=True,
    help="""The graph in a real Neo4j: a server of one's own, or the one at NEO4J_URI.

    Example: kg neo4j start, then kg neo4j sync
    """,
)

Version = Annotated[str, typer.Option("--version", help=f"Release of Neo4j; {DEFAULT_VERSION} unless one runs.")]
Repository = Annotated[
    str,
    typer.Option("--maven-repository", envvar="KG_MAVEN_REPOSITORY", help="URL of the Maven repository to fetch from."),
]
Documents = Annotated[
    bool, typer.Option("--documents", help="With documents, their sections, and what both mention, as nodes and edges.")
]


@app.command("start")
def start_server(
    version: Version = "",
    maven_repository: Repository = "",
    show: Annotated[bool, typer.Option("--open", help="Open Browser, connected, when the server is up.")] = False,
    json: Json = False,
) -> None:
    """Start a Neo4j server with Browser on this machine; the first start fetches it.

    Example: kg neo4j start --open
    """
    running = server.running_server()
    known = {known.home for known in saved_servers()}
    with steps() as step:
        started = server.start(version, maven_repository, step)
    first = started.home not in known
    if json:
        say_json(described(started) | ({"password": started.password} if first else {}))
    else:
        tell_started(started, first, "runs already" if running else "runs")
    if show and not open_browser(started):
        complain(f"no browser can be opened here; the address is {started.browser}")


@app.command("stop")
def stop_server(json: Json = False) -> None:
    """Stop the server that `kg neo4j start` started; its data stay.

    Example: kg neo4j stop
    """
    with steps() as step:
        step("stopping Neo4j")
        stopped = server.stop()
    if json:
        say_json({"stopped": bool(stopped)})
    else:
        say(f"Neo4j {stopped.version} stopped" if stopped else "no server of one's own runs")


@app.command()
def status(json: Json = False) -> None:
    """Say whether the server of one's own runs, and where.

    Example: kg neo4j status --json
    """
    running = server.running_server()
    if json:
        say_json(described(running) if running else {"running": False})
    elif running:
        tell_started(running, first=False, state="runs")
    else:
        say("no server of one's own runs; kg neo4j start")


@app.command("sync")
def sync_view(
    store: Store = STORE,
    documents: Documents = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Write everything anew, whatever the hashes say.")] = False,
    json: Json = False,
) -> None:
    """Write to Neo4j what changed in the graph since the last sync; other people's nodes are left alone.

    Example: kg neo4j sync --store kg.db
    """
    with Ledger(store) as ledger, open_neo4j() as neo4j, counted() as tick:
        report = View(ledger, neo4j.driver, neo4j.database, documents).sync(dry_run, full, tick)
    if json:
        say_json(asdict(report) | {"uri": neo4j.uri, "database": neo4j.database, "written": report.written})
    else:
        tell_synced(report, f"{neo4j.uri}, {neo4j.database}")


@app.command("check")
def check_view(store: Store = STORE, documents: Documents = False, json: Json = False) -> None:
    """Compare Neo4j with the graph: ids, hashes and content; exit code 1 where they differ.

    Example: kg neo4j check --store kg.db
    """
    with Ledger(store) as ledger, open_neo4j() as neo4j:
        found = View(ledger, neo4j.driver, neo4j.database, documents).check()
    if json:
        say_json([asdict(difference) for difference in found])
    else:
        tell_checked(found)
    raise typer.Exit(1 if found else 0)


@app.command()
def queries(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder.")] = Path("queries"), json: Json = False
) -> None:
    """Write the ready questions as saved queries for Browser: drop the files into its favourites.

    Example: kg neo4j queries -o queries
    """
    with writing(output):
        written = write_saved(output)
    if json:
        say_json({"written": [str(path) for path in written]})
    else:
        say(f"{len(written)} queries written to {output}")


@app.command()
def style(
    output: Annotated[Path, typer.Option("--output", "-o", help="File.")] = Path("style.grass"), json: Json = False
) -> None:
    """Write colours and captions for Browser: drop the file onto its page, or into `:style`.

    Example: kg neo4j style -o style.grass
    """
    with writing(output):
        output.write_text(grass(load_ontology()), encoding="utf-8", newline="\n")
    if json:
        say_json({"written": [str(output)]})
    else:
        say(f"style written to {output}")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise YanbaoError where a file or folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise YanbaoError("cannot write", str(path), error.strerror or "name another place with -o") from error


@contextmanager
def open_neo4j() -> Iterator[Connection]:
    """A connection; the driver, slow to load, is loaded only here."""
    from kg.neo4j.connect import connected

    with connected() as connection:
        yield connection


def described(running: OwnServer) -> dict[str, Any]:
    """A running server as JSON tells it, without its password."""
    names = ("version", "uri", "browser", "username", "pid")
    told = {name: getattr(running, name) for name in names}
    return {"running": True, **told, "home": str(running.home), "password_file": str(running.connection_file)}


def tell_started(running: OwnServer, first: bool, state: str) -> None:
    """Print where the server is; the password only the first time."""
    say(f"Neo4j {running.version} {state}")
    say(f"  Browser   {running.browser}")
    say(f"  address   {running.uri}")
    say(f"  user      {running.username}")
    say(f"  password  {running.password}" if first else f"  password  in {running.connection_file}")
    if first:
        say(f"The password is shown this once; kg neo4j sync finds it in {running.connection_file}")
    if os.environ.get("NEO4J_URI"):
        say("NEO4J_URI is set: kg neo4j sync and check use that server, not this one")


def tell_synced(report: SyncReport, place: str) -> None:
    """Print what a sync wrote."""
    columns = ("created", "updated", "deleted", "unchanged")
    tallies = (("nodes", report.nodes), ("edges", report.edges))
    say_table(("", *columns), ((name, *(str(getattr(tally, key)) for key in columns)) for name, tally in tallies))
    if report.nodes.kept:
        say(f"{report.nodes.kept} nodes that are gone stay: relationships of others hold them")
    would = "would be written" if report.dry_run else "written"
    say(f"{report.written or 'nothing'} {would} ({place})")


def tell_checked(found: list[Difference]) -> None:
    """Print the first differences and what heals them."""
    if not found:
        say("Neo4j holds what the graph says")
        return
    say_table(("what", "problem", "id"), ((one.kind, one.problem, one.id) for one in found[:SHOWN]))
    altered = any(difference.problem == "altered" for difference in found)
    say(f"{len(found)} differences; heal them with kg neo4j sync{' --full' if altered else ''}")


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """What is being done, with the time it takes; one line a step where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: None if step.startswith("fetching ") else typer.echo(step, err=True)
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("…", total=None)
        yield lambda step: bar.update(task, description=escape(step))


@contextmanager
def counted() -> Iterator[Callable[[str, int], None]]:
    """A bar of rows written on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def tick(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.advance(tasks[stage], done)

        yield tick
