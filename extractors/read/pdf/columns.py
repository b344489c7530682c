"""Reading order: columns of running text are read one after the other, what spans them stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from extractors.read.pdf.page import Piece, rows_of

Row = list[Piece]
NARROWEST = 7.0
FEWEST_LINES = 3
FULL = 0.5
SLACK = 2.0
STEP = 3.0
NEAR = 12.0
DEEPEST = 3
MORE_PIECES = 1.4
MARGIN = 0.15


def usual_gutter(pages: Sequence[Sequence[Piece]]) -> float | None:
    """The place between the columns of most pages of a file; None where most have one column."""
    found = [place for pieces in pages if (place := _gutter(pieces)) is not None]
    if 2 * len(found) < len(pages) or len(found) < 2:
        return None
    counts = Counter(round(place / NEAR) for place in found)
    key, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return median(place for place in found if round(place / NEAR) == key) if 2 * count >= len(pages) else None


def regions(pieces: Sequence[Piece], usual: float | None = None, depth: int = 0) -> list[list[Piece]]:
    """The pieces of a page as the stretches that are read one after the other."""
    own = _gutter(pieces) if depth < DEEPEST else None
    gutter = usual if own is None else own
    if gutter is None:
        return [list(pieces)] if pieces else []
    found: list[list[Piece]] = []
    whole: list[Piece] = []
    for crossed, band in _bands(rows_of(pieces), gutter):
        left, right = _sides(band, gutter)
        if not crossed and left and right and _is_running(left, surely=True) and _is_running(right, surely=True):
            found += [whole, *regions(left, depth=depth + 1), *regions(right, depth=depth + 1)]
            whole = []
        else:
            whole = [*whole, *band]
    return [region for region in [*found, whole] if region]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The place between two columns with most lines beside it; None where text runs over the whole width."""
    if len(pieces) < FEWEST_LINES:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    inset = MARGIN * (right - left)
    steps = int((right - left - 2 * inset) / STEP)
    rows = rows_of(pieces)
    scores = [(_score(rows, left + inset + STEP * step), left + inset + STEP * step) for step in range(steps)]
    best = max((score for score, _ in scores), default=0)
    places = [place for score, place in scores if score == best]
    return places[len(places) // 2] if best else None


def _score(rows: Sequence[Row], gutter: float) -> int:
    """Lines in columns on both sides of a place."""
    sides = (_sides(band, gutter) for crossed, band in _bands(rows, gutter) if not crossed)
    return sum(len(left) + len(right) for left, right in sides if _is_columnar(left, right))


def _bands(rows: Sequence[Row], gutter: float) -> Iterator[tuple[bool, list[Piece]]]:
    """Stretches from top to bottom, and for each whether its pieces cross a place, by turns."""
    band: list[Piece] = []
    crossed = False
    for row in rows:
        crosses = any(piece.x0 < gutter - SLACK and piece.x1 > gutter + SLACK for piece in row)
        if band and crosses != crossed:
            yield crossed, band
            band = []
        band, crossed = [*band, *row], crosses
    if band:
        yield crossed, band


def _sides(band: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    left = [piece for piece in band if piece.x1 <= gutter + SLACK]
    return left, [piece for piece in band if piece.x1 > gutter + SLACK]


def _is_columnar(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    return _is_running(left) and _is_running(right)


def _is_running(side: Sequence[Piece], surely: bool = False) -> bool:
    """Whether one side is running text: one piece a line, and, where columns are not sure yet, many and long lines."""
    lines = [piece for piece in side if not piece.grid]
    if len(lines) < FEWEST_LINES and not surely:
        return bool(lines) and len(side) > len(lines)
    rows = rows_of(lines)
    if surely or not rows:
        return len(lines) < MORE_PIECES * len(rows) or len(side) > len(lines) or len(rows) < FEWEST_LINES
    width = max(piece.x1 for piece in lines) - min(piece.x0 for piece in lines)
    filled = median(sum(piece.x1 - piece.x0 for piece in row) / width for row in rows)
    size = median(piece.size for piece in lines)
    return width > NARROWEST * size and filled > FULL and len(lines) < MORE_PIECES * len(rows)
