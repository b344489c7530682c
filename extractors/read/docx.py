"""Word files: headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from extractors.read import markdown
from extractors.read.extra import damage_explained, formats_extra
from extractors.read.filed import filed
from ontology.errors import InputError
from ontology.records import Document

LARGEST = 1 << 29
LARGEST_RATIO = 200
SMALL = 1 << 24
PROTECTED = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a Word file; deleted and hidden text is left out. Raises InputError."""
    word = formats_extra("docx", source)
    data = stream.read()
    _refuse(data, source)
    with damage_explained("Word file", source):
        opened = word.Document(BytesIO(data))
        text = markdown.blocks(_blocks(opened.element.body, _styles(opened)))
    if not text.strip():
        raise InputError("no text in it", source, "check the file, or leave it out")
    yield filed(text, source)


def _refuse(data: bytes, source: str) -> None:
    """Raise InputError on what is no Word file, or would fill the memory when unpacked."""
    if not data:
        raise InputError("nothing in it", source, "check the file, or leave it out")
    if data.startswith(PROTECTED):
        raise InputError("an encrypted or old Word file", source, "save it as .docx without a password")
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except BadZipFile:
        raise InputError("no Word file, or a damaged one", source, "save it as .docx in Word") from None
    if unpacked > LARGEST or unpacked > max(SMALL, LARGEST_RATIO * len(data)):
        raise InputError(f"unpacks to {unpacked >> 20} MB, like a zip bomb", source, "save it as .docx anew")


@dataclass(frozen=True)
class Styles:
    """Heading level by style id, from 1, and the ids of styles whose paragraphs are items of a list."""

    levels: Mapping[str, int]
    lists: frozenset[str]


def _styles(opened: Any) -> Styles:
    levels: dict[str, int] = {"Title": 1}
    lists = set()
    for style in opened.styles:
        for base in _bases(style):
            level = _outline(base.element)
            if level is not None:
                levels.setdefault(style.style_id, level)
            if base.element.find(f"{_W}pPr/{_W}numPr") is not None:
                lists.add(style.style_id)
    return Styles(levels, frozenset(lists))


def _bases(style: Any) -> Iterator[Any]:
    """A style, the one it builds on, and so on."""
    seen = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = getattr(style, "base_style", None)


def _outline(element: Any) -> int | None:
    """The outline level that the properties of a style or paragraph set, from 1; None where they set none."""
    found = element.find(f"{_W}pPr/{_W}outlineLvl")
    value = int(found.get(f"{_W}val")) if found is not None else 9
    return value + 1 if value < 9 else None


def _blocks(parent: Any, styles: Styles) -> Iterator[str]:
    """Blocks in reading order; content controls and the like are looked into, text boxes follow their paragraph."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield _paragraph(element, styles)
            for box in _boxes(element):
                yield from _blocks(box, styles)
        elif element.tag == f"{_W}tbl":
            yield markdown.table(_rows(element))
        elif element.tag not in _LEFT_OUT:
            yield from _blocks(element, styles)


def _paragraph(element: Any, styles: Styles) -> str:
    text = _text(element).strip()
    named = element.find(f"{_W}pPr/{_W}pStyle")
    style = named.get(f"{_W}val") if named is not None else ""
    level = _outline(element) or styles.levels.get(style, 0)
    if level and text:
        return markdown.heading(text, level)
    listed = style in styles.lists or element.find(f"{_W}pPr/{_W}numPr") is not None
    return f"- {text}" if listed and text else text


def _text(element: Any) -> str:
    """What a paragraph shows, without its text boxes."""
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT and child.tag != f"{_W}txbxContent" and not _hidden(child):
            parts.append(_text(child))
    return "".join(parts)


def _hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false")


def _boxes(element: Any) -> Iterator[Any]:
    for box in element.iter(f"{_W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _rows(table: Any) -> Iterator[list[str]]:
    """Cells row by row; one that spans columns or rows shows its text once."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table:
            yield [
                text
                for cell in row.iter(f"{_W}tc")
                if next(cell.iterancestors(f"{_W}tr")) is row
                for text in _cell(cell)
            ]


def _cell(cell: Any) -> list[str]:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    continues = merged is not None and merged.get(f"{_W}val") != "restart"
    text = "" if continues else " ".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p"))
    return [text, *[""] * (int(span.get(f"{_W}val")) - 1 if span is not None else 0)]
