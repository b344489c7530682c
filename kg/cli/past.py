"""`--as-of`: the graph as the documents up to a date tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.graph import KnowledgeGraph

AsOf = Annotated[str | None, typer.Option("--as-of", help="A date (ISO 8601): only what documents up to then say.")]


def graph_of(store: Path, as_of: str | None) -> KnowledgeGraph:
    """The graph of a store, as it stands or as of a date."""
    graph = KnowledgeGraph(store)
    return graph.as_of(as_of) if as_of else graph
