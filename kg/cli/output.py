"""How commands print: tables for people, JSON for programs; text from reports never reaches the terminal as control."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.cli.language import tr
from kg.wording import printable
from ontology.records import Record

T = TypeVar("T")
HASHED = re.compile("[a-z]+:[0-9a-f]{16}")
WIDTH_IN_FILES = 200


def say(line: str = "") -> None:
    """Print one line of text."""
    typer.echo(printable(line))


def complain(line: str) -> None:
    """Print one line on standard error."""
    typer.echo(f"kg: {' '.join(printable(line).split())}", err=True)


def say_json(data: Any) -> None:
    """Print records, or lists of them, as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=dump))


def dump(value: object) -> object:
    """A record as plain data."""
    if isinstance(value, Record):
        return value.model_dump(mode="json")
    raise TypeError(f"no JSON for {type(value).__name__}")


def say_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; nothing is cut off, long cells wrap."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(tr(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console = Console(file=sys.stdout, width=WIDTH_IN_FILES)
    console.print(table)


def short(key: str) -> str:
    """The beginning of an id that is enough to name it; one that can be read stays whole."""
    return key.partition(":")[2][:8] if HASHED.fullmatch(key) else key


def tracked(items: Iterable[T], total: int, streams: bool = False) -> Iterator[T]:
    """The items, counted by a bar on a terminal; by none where they are printed there one after the other."""
    console = Console(stderr=True)
    hidden = not console.is_terminal or (streams and sys.stdout.isatty())
    columns = BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        yield from bar.track(items, total=total)


@contextmanager
def progress() -> Iterator[Callable[[str], None] | None]:
    """A running count of documents on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = SpinnerColumn(), TextColumn("{task.completed:.0f} read · {task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("…", total=None)
        yield lambda document: bar.update(task, advance=1, description=printable(document).replace("[", "\\["))
