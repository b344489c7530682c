"""Headings and tables in the spelling that the layout reads, whatever format they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DEEPEST = 6


def heading(text: str, level: int) -> str:
    """A heading; `level` counts from 1."""
    return f"{'#' * min(max(level, 1), DEEPEST)} {one_line(text)}"


def table(rows: Iterable[Sequence[str]]) -> str:
    """A table, one row a line, rows filled up to the widest; "" where no cell holds text."""
    filled = [[one_line(cell).replace("|", "丨") for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    if not filled:
        return ""
    width = max(map(len, filled))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in filled]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def one_line(text: str) -> str:
    """Text without line breaks and doubled spaces."""
    return " ".join(text.split())


def blocks(parts: Iterable[str]) -> str:
    """Blocks with an empty line between them, ended by a line break."""
    return "\n\n".join(part for part in parts if part.strip()) + "\n"
