"""What stands on a page: pieces of lines with their place, and tables drawn with borders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.expressions import ready as re
from extractors.read.pdf.joining import join_all, leads_to_number, plain, spaced

GAP = 0.9
BESIDE = 2.0
LEVEL = 3.0
LAYOUT_CELL = 400
COLOURED = 0.2
_BOLD = re.compile(r"bold|heavy|black|simhei", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line without a wide gap, in points from the upper left; `strong` is bold or coloured.

    A table with borders is a piece without text, its rows in `grid`.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float = 0.0
    strong: bool = False
    grid: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of one page, the upper first; `number` counts from 1."""

    number: int
    height: float
    pieces: tuple[Piece, ...]


def read_page(page: Any, number: int) -> Page:
    """The pieces of a page of pdfplumber, upright text alone."""
    chars = [char for char in _once(page.chars) if char["upright"]]
    grids = list(_grids(page))
    free = [char for char in chars if not any(_within(char, grid) for grid in grids)]
    pieces = sorted([*_pieces(free), *grids], key=lambda piece: (piece.top, piece.x0))
    return Page(number, float(page.height), tuple(pieces))


def _once(chars: Iterable[Any]) -> Iterable[Any]:
    """Characters without those printed a second time, a hair beside, to look bold."""
    return {(char["text"], round(char["x0"] / BESIDE), round(char["top"] / BESIDE)): char for char in chars}.values()


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces by the line they stand on, each line from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.x0)):
        if rows and _level(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _level(first: Piece, piece: Piece) -> bool:
    overlap = min(first.bottom, piece.bottom) - max(first.top, piece.top)
    return not (first.grid or piece.grid) and overlap > 0.5 * min(first.bottom - first.top, piece.bottom - piece.top)


def _pieces(chars: list[Any]) -> Iterator[Piece]:
    from pdfplumber.utils.text import extract_words

    words = extract_words(chars, keep_blank_chars=True, x_tolerance_ratio=GAP, y_tolerance=LEVEL, return_chars=True)
    dots: list[Any] = []
    for word in words:
        if dots and not (_same_line(dots, word["chars"]) and spaced(word["chars"]).strip().isdecimal()):
            yield from _piece(dots)
            dots = []
        dots += word["chars"]
        if not leads_to_number(spaced(dots)):
            yield from _piece(dots)
            dots = []
    yield from _piece(dots)


def _same_line(before: Sequence[Any], chars: Sequence[Any]) -> bool:
    return bool(abs(before[-1]["top"] - chars[0]["top"]) < LEVEL and chars[0]["x0"] >= before[-1]["x1"])


def _piece(all_chars: Sequence[Any]) -> Iterator[Piece]:
    """The piece of some characters, none where they are all white."""
    text = spaced(all_chars)
    chars = [char for char in all_chars if char["text"].strip()]
    if chars:
        yield _set(text, chars)


def _set(text: str, chars: Sequence[Any]) -> Piece:
    sizes = Counter(round(char["size"], 1) for char in chars)
    strong = sum(_is_bold(char) or _is_coloured(char) for char in chars)
    return Piece(
        text=text,
        x0=min(char["x0"] for char in chars),
        x1=max(char["x1"] for char in chars),
        top=min(char["top"] for char in chars),
        bottom=max(char["bottom"] for char in chars),
        size=max(sizes, key=lambda size: (sizes[size], size)),
        strong=strong > 0.9 * len(chars),
    )


def _is_bold(char: Any) -> bool:
    return bool(_BOLD.search(char["fontname"]))


def _is_coloured(char: Any) -> bool:
    """Whether a character is neither black nor grey nor white."""
    colour = char["non_stroking_color"]
    mixed = isinstance(colour, (tuple, list)) and len(colour) == 3 and all(isinstance(c, (int, float)) for c in colour)
    return bool(mixed and max(colour) - min(colour) > COLOURED)


def _grids(page: Any) -> Iterator[Piece]:
    """Tables with borders; a frame around text, or one that lays out the page, is none."""
    for table in page.find_tables():
        rows = [tuple(join_all(plain(cell or "").split("\n")) for cell in row) for row in table.extract()]
        filled = [sum(map(bool, row)) for row in rows]
        longest = max((len(cell) for row in rows for cell in row), default=0)
        if max(filled, default=0) > 1 and len(rows) > 1 and longest < LAYOUT_CELL:
            x0, top, x1, bottom = table.bbox
            yield Piece("", x0, x1, top, bottom, grid=tuple(row for row in rows if any(row)))


def _within(char: Any, grid: Piece) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(grid.x0 <= x <= grid.x1 and grid.top <= y <= grid.bottom)
