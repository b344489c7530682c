"""PDF: running text in reading order, headings by their type, tables with and without borders, pages."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from extractors.read import markdown
from extractors.read.extra import damage_explained, formats_extra
from extractors.read.filed import filed
from extractors.read.pdf.columns import regions, usual_gutter
from extractors.read.pdf.furniture import split_furniture
from extractors.read.pdf.joining import join
from extractors.read.pdf.page import Page, Piece, read_page, rows_of
from extractors.read.pdf.paragraphs import Block, Type, is_heading, paragraphs, rejoin, table
from extractors.read.pdf.tables import cells, split_tables
from ontology.errors import InputError
from ontology.records import Document

UNMAPPED = 0.2
LARGEST = 1 << 28
DENSEST = 1032  # deflate packs no denser
CHUNK = 1 << 22
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)


def read_pdf(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a file, with the offsets at which its pages begin. Raises InputError."""
    data = stream.read()
    if not data.strip():
        raise InputError("nothing in it", source, "check the file, or leave it out")
    if any(_swells(stream[1]) for stream in _STREAM.finditer(data)):
        raise InputError(f"unpacks to more than {LARGEST >> 20} MB, like a zip bomb", source, "save it anew")
    plumber = formats_extra("pdfplumber", source)
    with damage_explained("PDF", source):
        pages = _open(plumber, data, source)
        _refuse_textless(pages, source)
        inner, running = split_furniture(pages)
        text, starts = _compose(_blocks(inner), running, len(pages))
    yield filed(text, source, pages=starts)


def _swells(packed: bytes) -> bool:
    """Whether a compressed stream would fill the memory."""
    if len(packed) * DENSEST < LARGEST:
        return False
    unpacker, size = zlib.decompressobj(), 0
    try:
        while packed and size <= LARGEST:
            size += len(unpacker.decompress(packed, CHUNK))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return size > LARGEST


def _open(plumber: Any, data: bytes, where: str) -> list[Page]:
    from pdfplumber.utils.exceptions import PdfminerException

    pages = []
    try:
        with plumber.open(BytesIO(data)) as opened:
            for number, page in enumerate(opened.pages, 1):
                pages.append(read_page(page, number))
                page.close()
    except PdfminerException as error:
        if "Password" in repr(error):
            raise InputError("encrypted with a password", where, "save it without one") from None
        raise
    if not pages:
        raise InputError("no pages in it", where, "download or save it anew")
    return pages


def _refuse_textless(pages: Sequence[Page], where: str) -> None:
    """Raise InputError where the text is a picture, or in fonts that do not say which characters they show."""
    texts = [text for page in pages for piece in page.pieces for text in (piece.text, *sum(piece.grid, ()))]
    signs = sum(map(len, texts))
    if not signs:
        raise InputError("no text in it, as in a scan", where, "run OCR on it first")
    if 7 * sum(text.count("(cid:") for text in texts) > UNMAPPED * signs:
        raise InputError("its fonts do not say which characters they show", where, "run OCR on it first")


def _blocks(pages: Sequence[Page]) -> list[Block]:
    """Paragraphs and tables of all pages in reading order."""
    usual = usual_gutter([page.pieces for page in pages])
    stretches = ((region, page) for page in pages for region in regions(page.pieces, usual))
    return rejoin(block for region, page in stretches for block in _of_region(region, page))


def _of_region(region: Sequence[Piece], page: Page) -> Iterator[Block]:
    rows = rows_of(region)
    stretches = list(split_tables(rows))
    texts = [row for is_table, stretch in stretches if not is_table for row in stretch if not row[0].grid]
    left = min((row[0].x0 for row in texts), default=0.0)
    right = max((row[-1].x1 for row in texts), default=0.0)
    for is_table, stretch in stretches:
        if is_table:
            yield table(cells(stretch), page.number)
            continue
        lines: list[list[Piece]] = []
        for row in stretch:
            if row[0].grid:
                yield from paragraphs(lines, page.number, left, right)
                yield table(row[0].grid, page.number)
                lines = []
            else:
                lines.append(row)
        yield from paragraphs(lines, page.number, left, right)


def _compose(blocks: Sequence[Block], running: Sequence[str], pages: int) -> tuple[str, tuple[int, ...]]:
    """The text of a file and where each of its pages begins; what runs along its edges stands at the end."""
    body = _usual_type(blocks)
    levels = _levels(blocks, body)
    starts: dict[int, int] = {}
    text = ""
    for block in blocks:
        text += "\n\n" if text else ""
        if block.rows:
            for row, (page, _) in zip(_lines(block), block.rows, strict=True):
                starts.setdefault(page, len(text))
                text += row
            text = text.removesuffix("\n")
            continue
        if is_heading(block, body):
            text += "#" * levels[_size(block)] + " "
        start = len(text)
        for line in block.lines:
            before, text = text, text[:start] + join(text[start:], line.text)
            starts.setdefault(line.page, len(before) if len(before) == start else _begin(text, line.text))
    text = "\n\n".join(filter(None, [text, *running])) + "\n"
    return text, _filled(starts, pages, len(text))


def _lines(block: Block) -> Iterator[str]:
    """The lines of a table, that of the rule with the first row."""
    first, rule, *rest = markdown.table(row for _, row in block.rows).split("\n")
    yield f"{first}\n{rule}\n"
    yield from (f"{line}\n" for line in rest)


def _begin(text: str, line: str) -> int:
    return len(text) - len(line.strip())


def _filled(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """An offset for every page; an empty one begins where the next begins."""
    offsets: list[int] = []
    for page in range(pages, 0, -1):
        end = min(starts.get(page, end), end)
        offsets.append(end)
    return (0, *reversed(offsets[:-1]))


def _usual_type(blocks: Sequence[Block]) -> Type:
    """Size and weight of most of the running text."""
    counts: Counter[Type] = Counter()
    for block in blocks:
        for line in block.lines:
            counts[line.piece.size, line.piece.strong] += len(line.text)
    return max(counts, key=lambda found: (counts[found], found), default=(0.0, False))


def _levels(blocks: Sequence[Block], body: Type) -> dict[float, int]:
    """Heading level by size of type, the largest first."""
    sizes = sorted({_size(block) for block in blocks if not block.rows and is_heading(block, body)}, reverse=True)
    return {size: min(level, markdown.DEEPEST) for level, size in enumerate(sizes, 1)}


def _size(block: Block) -> float:
    return max(line.piece.size for line in block.lines)
