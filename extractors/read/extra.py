"""The packages of the optional extra `[formats]`, imported when a file asks for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from ontology.errors import InputError


def formats_extra(module: str, where: str) -> Any:
    """A module of the extra `[formats]`; raises InputError with the line that installs it."""
    try:
        found = import_module(module)
    except ImportError:
        raise InputError(f"needs the package {module}", where, "pip install 'yanbao-kg[formats]'") from None
    for chatty in ("pdfminer", "trafilatura"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    return found


@contextmanager
def damage_explained(what: str, where: str) -> Iterator[None]:
    """Turn whatever a library raises on a damaged file into InputError, so that the other files go on."""
    try:
        yield
    except InputError:
        raise
    except (Exception, RecursionError) as error:
        cause = f"{type(error).__name__}: {error}".splitlines()[0][:120].rstrip(": ")
        raise InputError(f"broken {what} ({cause})", where, "open and save it anew in its program") from error
