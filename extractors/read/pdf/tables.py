"""Tables without borders: lines whose pieces stand below each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.read.pdf.joining import join
from extractors.read.pdf.page import Piece

Row = list[Piece]
FEWEST_ROWS = 2
NEAR = 0.9
NARROW = 0.5


def split_tables(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Stretches of lines in order, and for each whether it is a table."""
    at = 0
    text: list[Row] = []
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            if text:
                yield False, text
            yield True, list(rows[at:end])
            text = []
            at = end
        else:
            text.append(rows[at])
            at += 1
    if text:
        yield False, text


def cells(rows: Sequence[Row]) -> list[list[str]]:
    """The rows of a table as cells; a line with few pieces close below another goes on in its cells."""
    columns = _columns(rows)
    found: list[list[str]] = []
    before: Row = []
    for row in rows:
        texts = [""] * len(columns)
        for piece in row:
            at = _column(piece, columns)
            texts[at] = join(texts[at], piece.text)
        if before and 2 * len(row) <= len(columns) and _is_near(before, row):
            found[-1] = [join(above, below) for above, below in zip(found[-1], texts, strict=True)]
        else:
            found.append(texts)
        before = row
    return [[cell.strip() for cell in row] for row in found]


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Behind the last line of the table that begins at `start`; `start` itself where none does."""
    if len(rows[start]) < 2:
        return start
    end = start + 1
    for at in range(start + 1, len(rows)):
        if not _is_near(rows[at - 1], rows[at], 3 * NEAR):
            break
        if len(rows[at]) > 1:
            end = at + 1
        elif at - end > 1 or not _fits(rows[at][0], rows[start:end]):
            break
    while end < len(rows) and _ends_cell(rows[end], rows[start:end]):
        end += 1
    return end if _is_table(rows[start:end]) else start


def _ends_cell(row: Row, table: Sequence[Row]) -> bool:
    return len(row) == 1 and not row[0].grid and _is_near(table[-1], row, NEAR / 2) and _fits(row[0], table)


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether lines are rows: several, with pieces that keep to columns."""
    several = [row for row in rows if len(row) > 1]
    widest = _widest(rows)
    if any(piece.grid for row in rows for piece in row) or len(several) < FEWEST_ROWS + (widest == 2):
        return False
    columns = _columns(rows)
    return len(columns) >= 2 and 2 * len(columns) > widest and _keep_to(several, columns)


def _keep_to(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    pieces = [piece for row in rows for piece in row]
    inside = sum(sum(piece.x0 < right and left < piece.x1 for left, right in columns) <= 1 for piece in pieces)
    return inside > 0.7 * len(pieces)


def _widest(rows: Sequence[Row]) -> int:
    """The number of pieces that most of the fuller lines have."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts, key=lambda count: (counts[count] * count, count), default=0)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """From where to where each column reaches, by the lines with the usual number of pieces."""
    widest = _widest(rows)
    spans = sorted((piece.x0, piece.x1) for row in rows if len(row) == widest for piece in row)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The first column that a piece stands in, or the nearest."""
    apart = [max(left - piece.x1, piece.x0 - right, 0.0) for left, right in columns]
    return apart.index(min(apart))


def _fits(piece: Piece, rows: Sequence[Row]) -> bool:
    """Whether a piece alone on its line keeps to one column of the rows above."""
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    within = sum(piece.x0 < end and start < piece.x1 for start, end in _columns(rows))
    return not piece.grid and within <= 1 and piece.x1 - piece.x0 < NARROW * (right - left)


def _is_near(above: Row, below: Row, sizes: float = NEAR) -> bool:
    gap = min(piece.top for piece in below) - max(piece.bottom for piece in above)
    return gap < sizes * max(piece.size for piece in below)
