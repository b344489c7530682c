"""Reading order: columns of running text are read one after the other, what spans them stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from extractors.read.pdf.page import Piece, rows_of

Row = list[Piece]
NARROWEST = 6.0
FEWEST_LINES = 3
FULL = 0.5
HARDLY_FULL = 0.2
OFTEN_LEVEL = 0.7
SLACK = 2.0
STEP = 3.0
NEAR = 12.0
DEEPEST = 3
MORE_PIECES = 1.4
MARGIN = 0.15
CLOSE = 1.0
INDENT = 2.5


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
        if not crossed and left and right and _goes_with_columns(left) and _goes_with_columns(right):
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
    best = max((score for score, _ in scores), default=(0, 0))
    places = [place for score, place in scores if score == best]
    return places[len(places) // 2] if best[0] else None


def _score(rows: Sequence[Row], gutter: float) -> tuple[int, int]:
    """Lines in columns on both sides of a place, and, negative, the pieces that cross it."""
    beside = crossing = 0
    for crossed, band in _bands(rows, gutter):
        left, right = _sides(band, gutter)
        if crossed:
            crossing += len(band)
        elif _is_columnar(left, right):
            beside += len(left) + len(right)
    return beside, -crossing


def _bands(rows: Sequence[Row], gutter: float) -> Iterator[tuple[bool, list[Piece]]]:
    """Stretches from top to bottom, and for each whether its pieces cross a place, by turns."""
    band: list[Piece] = []
    crossed = False
    above: Row = []
    for row in rows:
        spans = any(piece.x0 < gutter - SLACK and piece.x1 > gutter + SLACK for piece in row)
        crosses = spans or (crossed and _ends_paragraph(above, row))
        if band and crosses != crossed:
            yield crossed, band
            band = []
        band, crossed, above = [*band, *row], crosses, row if spans else []
    if band:
        yield crossed, band


def _ends_paragraph(above: Row, row: Row) -> bool:
    """Whether a line alone, close below one that crosses, is the short last one of its paragraph."""
    if not above or len(row) > 1 or row[0].size != above[0].size:
        return False
    return row[0].top - above[0].bottom < CLOSE * row[0].size and abs(row[0].x0 - above[0].x0) < INDENT * row[0].size


def _sides(band: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    left = [piece for piece in band if piece.x1 <= gutter + SLACK]
    return left, [piece for piece in band if piece.x1 > gutter + SLACK]


def _is_columnar(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether two sides are columns of text: long lines, or such beside short ones that stand on other levels."""
    if not (_is_running(left) and _is_running(right)):
        return False
    emptier, fuller = sorted((_filled(left), _filled(right)))
    return emptier > FULL or (emptier > HARDLY_FULL and fuller > FULL and _level(left, right) < OFTEN_LEVEL)


def _is_running(side: Sequence[Piece]) -> bool:
    """Whether the lines of one side are several, one piece each; beside a table few are enough."""
    lines = [piece for piece in side if not piece.grid]
    if len(lines) < FEWEST_LINES:
        return bool(lines) and len(side) > len(lines)
    width = max(piece.x1 for piece in lines) - min(piece.x0 for piece in lines)
    return width > NARROWEST * median(piece.size for piece in lines) and _has_one_piece_a_line(lines)


def _goes_with_columns(side: Sequence[Piece]) -> bool:
    """Whether what stands on one side of a known place between columns is no part of a table across it."""
    lines = [piece for piece in side if not piece.grid]
    return len(lines) < FEWEST_LINES or len(lines) < len(side) or _has_one_piece_a_line(lines)


def _has_one_piece_a_line(lines: Sequence[Piece]) -> bool:
    return len(lines) < MORE_PIECES * len(rows_of(lines))


def _filled(side: Sequence[Piece]) -> float:
    """How much of the width of a column most of its lines take."""
    rows = rows_of(piece for piece in side if not piece.grid)
    width = max(row[-1].x1 for row in rows) - min(row[0].x0 for row in rows)
    return median(sum(piece.x1 - piece.x0 for piece in row) / width for row in rows)


def _level(left: Sequence[Piece], right: Sequence[Piece]) -> float:
    """How many lines of the shorter side stand on the level of one of the other."""
    shorter, longer = sorted((left, right), key=len)
    tops = [piece.top for piece in longer]
    return sum(any(abs(piece.top - top) < SLACK for top in tops) for piece in shorter) / len(shorter)
