"""Regular expressions made ready from what their compilation yielded before, which takes a hundredth of the time.

What is kept are the instructions for Python's own matcher, which checks them again; where this Python keeps them
elsewhere, or they are refused, the expression is compiled as usual.
"""

from __future__ import annotations

import array
import importlib
import re
from typing import Any

from extractors.expressions.needs import parse
from ontology.kept import memo

try:
    _compiler: Any = importlib.import_module("re._compiler")
except ModuleNotFoundError:  # Python 3.10
    _compiler = importlib.import_module("sre_compile")
_WORD = "I"


def compiled(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` makes of an expression."""
    made = _instructions(expression, int(flags))
    if made:
        try:
            return _matcher(expression, *made)
        except (RuntimeError, ValueError, TypeError, OverflowError):
            pass
    return re.compile(expression, flags)


def _matcher(expression: str, flags: int, words: bytes, groups: int, names: dict[str, int]) -> re.Pattern[str]:
    code = array.array(_WORD, words).tolist()
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    pattern: re.Pattern[str] = _compiler._sre.compile(expression, flags, code, groups, names, tuple(by_number))
    return pattern


@memo
def _instructions(expression: str, flags: int) -> tuple[int, bytes, int, dict[str, int]] | None:
    tree: Any = parse(expression, flags)
    try:
        code = _compiler._code(tree, flags)
        words = array.array(_WORD, code).tobytes()
        made = flags | tree.state.flags, words, tree.state.groups - 1, dict(tree.state.groupdict)
        if _matcher(expression, *made) == re.compile(expression, flags):
            return made
    except (AttributeError, RuntimeError, ValueError, TypeError, OverflowError):
        pass
    return None
