"""The tools over the Model Context Protocol, on standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.assistant.quoting import Answer
from kg.assistant.tools import Tools
from ontology.errors import YanbaoError

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = (
    "A knowledge graph read from Chinese brokerage reports and financial news. Every answer carries the sentences"
    " that say so; cite them. Only what has happened has a plain type as INVESTED_IN; what is planned, negotiated or"
    " denied has PLANS_TO_… or NEGOTIATING_WITH and a status. Nothing can be written."
)


def serve(store: Path) -> None:
    """Answer until standard input ends; raises YanbaoError where the extra is missing or there is no store."""
    tools = Tools(store)
    server = build(tools)
    tools.changes(limit=1)
    server.run("stdio")


def build(tools: Tools) -> MCPServer:
    """The server with its tools, all of them marked as reading only."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise YanbaoError("kg mcp needs the package mcp", remedy="pip install 'yanbao-kg[mcp]'") from None
    server = MCPServer("yanbao-kg", version=version("yanbao-kg"), instructions=INSTRUCTIONS, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    methods = (tools.entity, tools.relations, tools.deals, tools.path)
    for method in (*methods, tools.questions, tools.ask, tools.evidence, tools.changes):
        server.tool(annotations=reads)(explained(method))
    return server


def explained(tool: Callable[..., Answer]) -> Callable[..., Answer]:
    """The tool with its known errors as one line for the assistant."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def answer(*args: object, **kwargs: object) -> Answer:
        try:
            return tool(*args, **kwargs)
        except YanbaoError as error:
            raise ToolError(str(error)) from None

    return answer
