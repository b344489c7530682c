"""The packages of the optional extra `[server]`, imported when a server of one's own is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ontology.errors import ServerError


def server_extra(module: str) -> Any:
    """A module of the extra `[server]`; raises ServerError with the line that installs it."""
    try:
        return import_module(module)
    except ImportError:
        remedy = "pip install 'yanbao-kg[server]', or set NEO4J_URI to use a server that is there"
        raise ServerError(f"a Neo4j server of one's own needs the package {module}", remedy=remedy) from None
