"""Figures of tables: a row for each firm or industry, or the financial summary of the one firm a report is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.entities.introductions import find_codes
from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent, Registry
from extractors.entities.spans import Span
from extractors.figures.columns import Slot, metric_columns, metric_rows, owner_column, period_columns
from extractors.figures.grid import Cell, Grid, Row, filled, read_grid
from extractors.figures.numbers import Unit, parse_cell
from extractors.figures.periods import find_periods
from extractors.figures.stated import Stated
from extractors.language.normalise import normalise, same_length
from extractors.language.words import Words
from extractors.read.layout import Block
from ontology.records import Document

_CURRENCY_OF_BOARD = {"SH": "CNY", "SZ": "CNY", "BJ": "CNY"}
_LOOK_BACK = 6
_DAY = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the document around it: its caption and the firm it is about where its rows name none."""

    document: Document
    grid: Grid
    caption: str
    period: str
    registry: Registry


def read_tables(
    document: Document, blocks: Sequence[Block], passages: Sequence[Passage], registry: Registry
) -> Iterator[tuple[Stated, Passage | None]]:
    """Yield the figures of all tables, each with its row as a passage where that names an entity."""
    for at, block in enumerate(blocks):
        if block.kind == "table":
            grid = read_grid(document.text, block)
            caption = _caption(document.text, blocks[max(0, at - _LOOK_BACK) : at])
            table = Table(document, grid, caption, _span(caption, document.date), registry)
            yield from _by_rows(table) or _by_years(table, _subject(block, passages))


def _caption(text: str, before: Sequence[Block]) -> str:
    """The line that names the table, nearest first, folded; empty where there is none since the last table."""
    for block in reversed(before):
        if block.kind == "table":
            return ""
        line = same_length(text[block.start : block.end]).strip()
        if line.startswith(("图表", "表", "图", "单位")) or "单位：" in line[:40]:
            return line
    return ""


def _span(caption: str, date: str) -> str:
    """The days a caption speaks of, as `day/day` or one day; empty where it names none."""
    days = [str(period) for period in find_periods(caption.replace(" ", ""), date) if period.is_day]
    return "/".join(sorted(set(days[:2])))


def _by_rows(table: Table) -> list[tuple[Stated, Passage | None]]:
    """The figures of a table whose rows name firms or industries."""
    columns = metric_columns(table.grid, table.document.date, table.caption)
    found: list[tuple[Stated, Passage | None]] = []
    for row in filled(table.grid.rows) if columns else ():
        owner = _owner(table, row, columns)
        if owner:
            referent, cell = owner
            passage = _passage(table, row, cell, referent)
            cells = ((slot, row.cell(column)) for column, slot in columns.items())
            found += [(figure, passage) for slot, text in cells for figure in _figure(table, row, referent, slot, text)]
    return found


def _owner(table: Table, row: Row, columns: Collection[int]) -> tuple[Referent, Cell] | None:
    """Whom a row is about, and the cell that says so."""
    owned = owner_column(table.grid)
    if owned and owned[1] == "Industry":
        name = row.cell(owned[0])
        return (table.registry.named(name, "Industry"), row.cells[owned[0]]) if _is_name(name) else None
    codes = {at: _code(cell) for at, cell in enumerate(row.cells) if at not in columns and _code(cell)}
    places = [owned[0]] if owned and owned[0] not in codes else range(len(row.cells))
    at = next((at for at in places if at not in codes and at not in columns and _is_name(row.cell(at))), None)
    if at is None:
        return None
    name = "".join(row.cell(at).split())
    company = table.registry.named(name, "Company") if codes else table.registry.known(name, "Company")
    if not company or not (codes or owned):
        return None
    company.code = company.code or next(iter(codes.values()), "")
    return company, row.cells[at]


def _code(cell: Cell) -> str:
    """The stock code a cell holds and nothing else; empty where it holds another thing."""
    return next((code for start, end, code in find_codes(cell.text) if (start, end) == (0, len(cell.text))), "")


def _is_name(text: str) -> bool:
    return sum("一" <= char <= "鿿" for char in text) >= 2 or (text[:1].isalpha() and len(text) > 2)


def _by_years(table: Table, subject: Referent | None) -> Iterator[tuple[Stated, Passage | None]]:
    """The figures of a financial summary: a row for each figure, a column for each year."""
    periods = period_columns(table.grid, table.document.date)
    if not subject or len(periods) < 2:
        return
    for number, slot in metric_rows(table.grid, table.document.date, table.caption):
        row = table.grid.rows[number]
        for column, period in periods.items():
            own = Slot(slot.metric, slot.name, period, slot.unit, slot.turned)
            yield from ((figure, None) for figure in _figure(table, row, subject, own, row.cell(column)))


def _subject(block: Block, passages: Sequence[Passage]) -> Referent | None:
    """The only firm that the headings over a table name, the nearest first, or else the title of the document."""
    titles = {passage.text: passage for passage in passages if passage.block.kind == "heading"}
    own = [passage for passage in titles.values() if passage.block.start < block.start]
    for heading in reversed(block.section.split(" / ")):
        over = next((p for p in reversed(own) if p.block.section.split(" / ")[-1] == heading), None)
        firms = _firms(over) if over else []
        if firms:
            return firms[0] if len(firms) == 1 else None
    firms = _firms(own[0]) if own else []
    return firms[0] if len(firms) == 1 else None


def _firms(passage: Passage) -> list[Referent]:
    return list(dict.fromkeys(r for r in passage.referents if r.type in ("Company", "Investor") and not r.is_voice))


def _figure(table: Table, row: Row, referent: Referent, slot: Slot, text: str) -> Iterator[Stated]:
    """The figure of one cell, if it holds one whose unit and time are known."""
    number, unit = parse_cell(text), _unit(slot, referent)
    period = _period(table, slot)
    if number is None or unit is None or period is None:
        return
    value = number * unit.scale * (-1 if slot.turned else 1)
    place = row.start, row.end, table.grid.block.section
    as_of = period if slot.metric.time == "point" else table.period[-_DAY:]
    yield Stated(referent, slot.name, period, value, unit.name, text, *place, as_of=as_of)


def _unit(slot: Slot, referent: Referent) -> Unit | None:
    """The unit of a column: the one it states, else what is usual; None where figures of the kind must state one."""
    kind = slot.metric.unit
    if slot.unit or slot.name != slot.metric.name:
        return slot.unit or Unit(1, "%")
    if kind == "price":
        return Unit(1, _CURRENCY_OF_BOARD.get(referent.id.rpartition(".")[2], ""))
    usual: Mapping[str, Unit] = {"percent": Unit(1, "%"), "ratio": Unit(1, "1")}
    return usual.get(kind) or (Unit(1, "天") if slot.name.endswith("天数") else None)


def _period(table: Table, slot: Slot) -> str | None:
    """The time of a column: its own, the one of the caption, or for what is said of a day that of the document."""
    if slot.metric.time == "once":
        return ""
    if slot.period:
        return str(slot.period)
    if slot.metric.time == "point":
        return table.period[-_DAY:] or table.document.date or None
    return table.period or None


def _passage(table: Table, row: Row, cell: Cell, referent: Referent) -> Passage:
    """The row as a passage in which its owner is named."""
    flow = normalise(table.document.text, row.start, row.end)
    start, end = flow.position(cell.start), flow.position(cell.end)
    passage = Passage(table.grid.block, flow, Words(flow, ()))
    passage.spans = [Span(start, end, flow.text[start:end], referent.type, 3)]
    passage.referents = [referent]
    return passage
