"""Python's `re` with a `compile` that begins with what it yielded before.

Modules take it in the place of the original: `from extractors.expressions import ready as re`.
"""

from __future__ import annotations

from re import (
    VERBOSE,
    I,
    M,
    Match,
    Pattern,
    S,
    error,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)

from extractors.expressions.compiled import compiled as compile

__all__ = [
    "VERBOSE",
    "I",
    "M",
    "Match",
    "Pattern",
    "S",
    "compile",
    "error",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]
