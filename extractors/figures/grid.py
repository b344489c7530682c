"""Tables as rows of cells, empty ones kept, and their header of one or two lines as one title for each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.expressions import ready as re
from extractors.figures.numbers import parse_cell
from extractors.figures.periods import PERIOD
from extractors.language.normalise import same_length
from extractors.read.layout import Block

_RULER = re.compile(r"[|\s:+=-]+")
_MOST_HEADERS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two separators, at `start:end` of the document; width and punctuation folded."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    def cell(self, column: int) -> str:
        """The text of a cell; empty beyond the end."""
        return self.cells[column].text if column < len(self.cells) else ""


@dataclass(frozen=True)
class Grid:
    """A table block: its header lines and its rows."""

    block: Block
    headers: tuple[Row, ...]
    rows: tuple[Row, ...]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title of each column, header lines joined; a cell that spans columns stands for all of them."""
        width = max((len(row.cells) for row in (*self.headers, *self.rows)), default=0)
        pairs = zip(self.headers, (*self.headers[1:], None), strict=False)
        lines = [spread(header, below, width) for header, below in pairs]
        return tuple(" ".join(line[column] for line in lines if line[column]) for column in range(width))


def spread(header: Row, below: Row | None, width: int) -> list[str]:
    """The texts of a header line, an empty one taking the one before it where the line below has a text there."""
    texts, last = [], ""
    for column in range(width):
        text = header.cell(column)
        last = text or (last if below and below.cell(column) else "")
        texts.append(last)
    return texts


def read_grid(text: str, block: Block) -> Grid:
    """The grid of a table block."""
    rows = list(_rows(text, block))
    count = next((at for at, row in enumerate(rows) if _has_data(row)), len(rows))
    count = min(count, _MOST_HEADERS)
    return Grid(block, tuple(rows[:count]), tuple(rows[count:]))


def _rows(text: str, block: Block) -> Iterator[Row]:
    at = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        if line.strip() and not (_RULER.fullmatch(line) and "-" in line):
            yield _row(line.rstrip("\r\n"), at)
        at += len(line)


def _row(line: str, start: int) -> Row:
    cells = tuple(_cells(line, start))
    if "|" in line and "\t" not in line:
        cells = cells[bool(line.lstrip().startswith("|")) : len(cells) - bool(line.rstrip().endswith("|"))]
    return Row(cells, start, start + len(line))


def _cells(line: str, start: int) -> Iterator[Cell]:
    for match in re.finditer(r"[^\t|]*(?:[\t|]|$)", line):
        inner = match.group().rstrip("\t|")
        at = start + match.start() + len(inner) - len(inner.lstrip())
        bare = inner.strip()
        yield Cell(same_length(bare), at, at + len(bare))
        if match.end() == len(line) and not match.group().endswith(("\t", "|")):
            return


def _has_data(row: Row) -> bool:
    """Whether a line holds figures, years and dates apart."""
    return any(parse_cell(cell.text) is not None and not is_time(cell.text) for cell in row.cells)


def is_time(text: str) -> bool:
    """Whether a cell is a year or another time and nothing else."""
    return bool(PERIOD.fullmatch(text.replace(" ", "")))


def filled(rows: Sequence[Row]) -> list[Row]:
    """The rows that have more than one cell with a text."""
    return [row for row in rows if sum(bool(cell.text) for cell in row.cells) > 1]
