"""Lines become paragraphs, over the ends of lines, columns and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.read.layout import ends_sentence, is_caption, starts_item
from extractors.read.pdf.page import Piece

INDENT = 1.2
LOOSE = 0.5
SAME_SIZE = 0.06
SAME_WIDTH = 0.7
LONGEST_HEADING = 60
SMALLEST_HEADING = 0.75
OPEN_ENDS = ("。", "；", "：", "，", ".", ";", ":", ",", "…")
Type = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text in its column, which reaches from `left` to `right`."""

    text: str
    piece: Piece
    page: int
    left: float
    right: float

    @property
    def indented(self) -> bool:
        return self.piece.x0 - self.left > INDENT * self.piece.size

    def could_take(self, below: Line) -> bool:
        """Whether the first word of the line below would have fitted behind this one."""
        first = below.text.lstrip()
        latin = next((at for at, sign in enumerate(first) if not (sign.isascii() and sign.isalnum())), len(first))
        room = self.right - self.piece.x1
        return room > (max(latin * 0.6, 1.0) + 1.2) * self.piece.size


@dataclass(slots=True)
class Block:
    """A paragraph of `lines`, or a table of `rows`; each row and line knows its page."""

    lines: list[Line] = field(default_factory=list)
    rows: list[tuple[int, Sequence[str]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.rows[0][0] if self.rows else self.lines[0].page

    @property
    def aside(self) -> bool:
        """Whether running text may go on behind it: a table, a caption, a source."""
        return bool(self.rows) or is_caption(self.lines[0].text)


def paragraphs(rows: Iterable[Sequence[Piece]], page: int, left: float, right: float) -> list[Block]:
    """The paragraphs of lines of one column in order."""
    lines = [_line(row, page, left, right) for row in rows]
    leading = _leading(lines)
    blocks: list[Block] = []
    for line in lines:
        if blocks and _goes_on(blocks[-1].lines, line, leading):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line]))
    return blocks


def table(rows: Iterable[Sequence[str]], page: int) -> Block:
    """A table on one page."""
    return Block(rows=[(page, row) for row in rows])


def rejoin(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs that a column, a page or a table divides become one again, and tables that a page divides."""
    done: list[Block] = []
    for block in blocks:
        if done and _is_rest_of_table(done[-1], block):
            done[-1].rows += block.rows[done[-1].rows[0][1] == block.rows[0][1] :]
            continue
        at = len(done) - 1
        while at >= 0 and done[at].aside and not block.rows:
            at -= 1
        if at >= 0 and not block.aside and not done[at].rows and _resumes(done[at].lines[-1], block.lines[0]):
            before, behind = done[at], done[at + 1 :]
            earlier = [each for each in behind if each.page < block.page]
            later = [each for each in behind if each.page >= block.page]
            before.lines += block.lines
            done[at:] = [*earlier, before, *later]
        else:
            done.append(block)
    return done


def _line(row: Sequence[Piece], page: int, left: float, right: float) -> Line:
    widest = max(row, key=lambda piece: piece.x1 - piece.x0)
    whole = Piece(
        text=" ".join(piece.text.strip() for piece in row) if len(row) > 1 else row[0].text,
        x0=row[0].x0,
        x1=row[-1].x1,
        top=min(piece.top for piece in row),
        bottom=max(piece.bottom for piece in row),
        size=widest.size,
        strong=all(piece.strong for piece in row),
    )
    return Line(whole.text, whole, page, left, right)


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between lines, of the closer half, for paragraphs stand further apart."""
    gaps = sorted(below.piece.top - above.piece.bottom for above, below in pairwise(lines))
    return median(gaps[: max(len(gaps) // 2, 1)]) if gaps else 0.0


def _alike(above: Line, below: Line) -> bool:
    return abs(above.piece.size - below.piece.size) <= SAME_SIZE * above.piece.size


def _goes_on(lines: Sequence[Line], line: Line, leading: float) -> bool:
    """Whether a line continues the paragraph directly above it."""
    above = lines[-1]
    if not _alike(above, line) or is_caption(line.text):
        return False
    if line.piece.top - above.piece.bottom > max(leading, 0.0) + LOOSE * line.piece.size:
        return False
    if above.could_take(line) or (above.piece.strong != line.piece.strong and _short(lines)):
        return False
    if starts_item(line.text) and ends_sentence(above.text):
        return False
    return line.piece.x0 - min(each.piece.x0 for each in lines) < INDENT * line.piece.size


def _short(lines: Sequence[Line]) -> bool:
    return all(line.piece.strong for line in lines) and len(lines) < 3


def _is_rest_of_table(above: Block, below: Block) -> bool:
    if not above.rows or not below.rows or below.page != above.rows[-1][0] + 1:
        return False
    return len(above.rows[0][1]) == len(below.rows[0][1])


def _resumes(above: Line, below: Line) -> bool:
    """Whether the first line of a column or page goes on with the last one before it."""
    if not _alike(above, below) or below.piece.strong != above.piece.strong:
        return False
    if above.page == below.page and (above.left == below.left or not _equally_wide(above, below)):
        return False
    return not (above.could_take(below) or ends_sentence(above.text) or below.indented)


def _equally_wide(above: Line, below: Line) -> bool:
    """Whether the columns of two lines could be columns of one text, and none a note beside it."""
    narrow, wide = sorted((above.right - above.left, below.right - below.left))
    return narrow > SAME_WIDTH * wide


def is_heading(block: Block, body: Type) -> bool:
    """Whether a paragraph is set like a heading: larger than the running text, or short, and bold where that is not."""
    text = block.text.strip()
    if len(text) > LONGEST_HEADING or text.endswith(OPEN_ENDS) or is_caption(text):
        return False
    usual, strong = body
    smallest = min(line.piece.size for line in block.lines)
    set_apart = not strong and all(line.piece.strong for line in block.lines)
    return smallest > (1 + SAME_SIZE) * usual or (set_apart and smallest > SMALLEST_HEADING * usual)
