"""`kg mcp`: the graph for assistants."""

from __future__ import annotations

import typer

from kg.cli.options import STORE, Store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)


def mcp(store: Store = STORE) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output; nothing is written.

    Example: kg mcp --store kg.db
    """
    from kg.assistant.server import serve  # loads the protocol, which other commands do without

    serve(store)
