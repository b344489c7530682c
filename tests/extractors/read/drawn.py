"""PDF files drawn text by text, so that a test says where each word stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.read.pdf import read_pdf
from ontology.records import Document

__all__ = ["FONT", "HEIGHT", "LEADING", "WIDTH", "Sheet", "read_drawn"]

FONT = "STSong-Light"
SIZE = 10.0
LEADING = 15.0
WIDTH, HEIGHT = A4
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Sheet:
    """A PDF in the making; places count points from the upper left of the page."""

    def __init__(self, **options: Any) -> None:
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, **options)

    def put(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Write one line."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def flow(self, x: float, y: float, width: float, text: str, indent: float = 0.0, lines: int | None = None) -> str:
        """Write a paragraph from `y` down, its first line indented; returns what `lines` did not hold."""
        rest, count = text, 0
        while rest and (lines is None or count < lines):
            inset = indent if not count else 0.0
            line = fitting(rest, width - inset)
            self.put(x + inset, y + count * LEADING, line)
            rest, count = rest[len(line) :].lstrip(), count + 1
        return rest

    def table(self, y: float, columns: Sequence[float], rows: Iterable[Sequence[str]], borders: bool = False) -> None:
        """Write rows with cells at `columns`, with lines around them if wanted."""
        drawn = [list(row) for row in rows]
        for number, row in enumerate(drawn):
            for x, cell in zip(columns, row, strict=False):
                self.put(x, y + number * LEADING, cell)
        if borders:
            edges = [x - 4 for x in (*columns, columns[-1] + 80)]
            self.canvas.grid(edges, [HEIGHT - y + 11 - LEADING * number for number in range(len(drawn) + 1)])

    def page(self) -> None:
        """Go on with the next page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.buffer.getvalue()


def fitting(text: str, width: float) -> str:
    """As much of the beginning of a text as one line takes, Latin words whole."""
    end = len(text)
    while pdfmetrics.stringWidth(text[:end], FONT, SIZE) > width:
        end -= 1
    if end < len(text) and text[end - 1].isascii() and text[end].isascii():
        cut = end
        while cut and text[cut - 1].isascii() and text[cut - 1].isalnum() and text[cut].isalnum():
            cut -= 1
        end = cut or end
    return text[:end]


def read_drawn(sheet: Sheet) -> Document:
    """The document of a drawn file."""
    [document] = read_pdf(BytesIO(sheet.bytes()), "drawn.pdf")
    return document
