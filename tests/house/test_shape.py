"""Files and functions stay small enough to read at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import PACKAGES, ROOT

FILE_LIMIT = 400
FUNCTION_LIMIT = 50
FOLDERS = (*PACKAGES, "scripts", "tests")

# Path, or path and function as "kg/x.py:build", with the reason why it may be longer.
EXCEPTIONS: dict[str, str] = {}


def sizes(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name, lines and limit of a file and of each function in it."""
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    yield name, len(text.splitlines()), FILE_LIMIT
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1, FUNCTION_LIMIT


def too_long(path: Path) -> dict[str, int]:
    """What is over its limit in a file, exceptions included."""
    return {name: lines for name, lines, limit in sizes(path) if lines >= limit}


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_grows_over_its_limit(folder: str) -> None:
    long = {name: lines for path in (ROOT / folder).rglob("*.py") for name, lines in too_long(path).items()}
    assert not {name: lines for name, lines in long.items() if name not in EXCEPTIONS}


def test_every_exception_is_needed_and_reasoned() -> None:
    long = {name for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") for name in too_long(path)}
    assert set(EXCEPTIONS) <= long
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())
