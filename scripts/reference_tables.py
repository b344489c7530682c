"""Tables in documents: columns of shortened ones no wider than what is left of them needs."""

from __future__ import annotations

from itertools import groupby

from rich.cells import get_character_cell_size

GAP = 3
WIDE = "\0"  # the second cell of a wide character


def tighten(lines: list[str]) -> list[str]:
    """The lines with the blank columns of each table taken out, all but a gap."""
    result: list[str] = []
    for in_table, group in groupby(lines, key=is_table):
        rows = list(group)
        result += narrowed(rows) if in_table and len(rows) > 1 else rows
    return result


def is_table(line: str) -> bool:
    """Whether a line may belong to a table: cells far apart, or a rule."""
    return "   " in line.strip() or "───" in line or line == "…"


def narrowed(rows: list[str]) -> list[str]:
    """Rows without the columns that are blank in all of them, beyond a gap."""
    grids = [to_cells(row) for row in rows if row != "…"]
    width = max(map(len, grids))
    blank = [all(grid[at : at + 1] in ("", " ", "─") for grid in grids) for at in range(width)]
    kept = [at for at in range(width) if not all(blank[max(at - GAP, 0) : at + 1]) or at < GAP]
    cut = iter("".join(grid[at] for at in kept if at < len(grid)).replace(WIDE, "").rstrip() for grid in grids)
    return [row if row == "…" else next(cut) for row in rows]


def to_cells(row: str) -> str:
    """A row with one character for each cell of the terminal."""
    return "".join(letter + WIDE * (get_character_cell_size(letter) - 1) for letter in row)
