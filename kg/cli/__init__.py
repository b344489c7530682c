"""The command line: one module for each group of commands, put together in `kg.cli.commands`."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run `kg`; whatever the locale, the streams are UTF-8 with plain line feeds."""
    from kg.cli.commands import app  # here, so that groups outside this package can import its parts

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    app()
