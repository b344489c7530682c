"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for JSON Lines on standard input.")]
Store = Annotated[Path, typer.Option("--store", envvar="KG_STORE", help="The file that holds the graph.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes that read in parallel.")]
Now = Annotated[str | None, typer.Option("--now", help="The moment to note (ISO 8601) instead of the clock's.")]
STORE = Path("kg.db")
