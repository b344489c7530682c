"""Tables with a total: whether their rows add up to it, and shares are those of the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from kg.checks.rounding import Between, rounded
from ontology.records import Document, Evidence

if TYPE_CHECKING:
    from extractors.figures.grid import Grid, Row

TOTAL = re.compile(r"合\s?计|总\s?计|Total")
PART_OF_PART = re.compile(r"其中|小\s?计|减：|加：")
SHARE = re.compile(r"占比|比重|占.{0,8}比例|份额|持股比例")
NO_SUM = re.compile(r"率|PE|EPS|市盈|增速|同比|环比|均价|单价|价格|股价|排名|序号|编号|代码|年限")
FEWEST = 2


@dataclass(frozen=True)
class Added:
    """A total, or a share, beside what the rows make of it."""

    what: str
    stated: Between
    computed: Between
    written: str
    evidence: Evidence


def totals_of(document: Document) -> Iterator[Added]:
    """Yield every total and every share of a total in the tables of a document."""
    if not TOTAL.search(document.text):
        return
    from extractors.figures.grid import read_grid  # loads the language models, which most documents do without
    from extractors.read.layout import lay_out

    for block in lay_out(document.text, document.title):
        if block.kind == "table":
            yield from of_grid(document, read_grid(document.text, block))


def of_grid(document: Document, grid: Grid) -> Iterator[Added]:
    """The tests of one table whose last row with a text is its total."""
    rows = [row for row in grid.rows if any(cell.text for cell in row.cells)]
    if len(rows) <= FEWEST or not TOTAL.match(label(rows[-1])) or any(is_partial(row) for row in rows[:-1]):
        return
    for column, title in enumerate(grid.titles):
        if column and not NO_SUM.search(title):
            yield from of_column(document, grid, rows, column)
    yield from shares(document, grid, rows)


def label(row: Row) -> str:
    """The first text of a row."""
    return next((cell.text for cell in row.cells if cell.text), "")


def is_partial(row: Row) -> bool:
    """Whether a row is a part of another one, or a sum of some."""
    return bool(PART_OF_PART.search(label(row)) or TOTAL.match(label(row)))


def number(row: Row, column: int) -> Between | None:
    """The figure of a cell."""
    from extractors.figures.numbers import parse_cell

    value = parse_cell(row.cell(column))
    return None if value is None else rounded(value, row.cell(column))


def of_column(document: Document, grid: Grid, rows: Sequence[Row], column: int) -> Iterator[Added]:
    """The sum of a column, if all its rows hold a figure."""
    parts, total = [number(row, column) for row in rows[:-1]], number(rows[-1], column)
    known = [each for each in parts if each]
    if total and len(known) == len(parts):
        what = f"{label(rows[-1])} {grid.titles[column]}".strip()
        written = rows[-1].cell(column)
        yield Added(what, total, reduce(add, known), written, evidence(document, grid, rows[-1]))


def shares(document: Document, grid: Grid, rows: Sequence[Row]) -> Iterator[Added]:
    """Every share beside the figure and the total it is one of, where one column of figures stands before it."""
    share = [column for column, title in enumerate(grid.titles) if SHARE.search(title)]
    summed = [
        column
        for column, title in enumerate(grid.titles)
        if column and column not in share and not NO_SUM.search(title) and number(rows[-1], column)
    ]
    if len(share) != 1 or len(summed) != 1:
        return
    total = number(rows[-1], summed[0])
    for row in rows[:-1]:
        part, stated = number(row, summed[0]), number(row, share[0])
        if part and stated and total:
            place = evidence(document, grid, row)
            what = f"{label(row)} {grid.titles[share[0]]}"
            yield Added(what, stated, (part / total).times(Decimal(100)), row.cell(share[0]), place)


def evidence(document: Document, grid: Grid, row: Row) -> Evidence:
    """A row as evidence."""
    text = document.text[row.start : row.end]
    return Evidence(document=document.id, section=grid.block.section, start=row.start, end=row.end, text=text)
