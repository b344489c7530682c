"""Trees of HTML, and of the article found in it, become Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.expressions import ready as re
from extractors.read import markdown
from extractors.read.extra import damage_explained, formats_extra

LARGEST_SPAN = 100
BOLD = "**"
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_HEADINGS = {"head", "h1", "h2", "h3", "h4", "h5", "h6"}
_ROWS = {"row", "tr"}
_CELLS = {"cell", "td", "th"}
_ITEMS = {"item", "li"}
_BREAKS = {"lb", "br"}
_BOLD = {"b", "strong"}
_LEFT_OUT = {"script", "style", "noscript", "template", "iframe", "svg", "head-matter", "title", "meta", "link"}
_BLOCKS = {
    *("body", "main", "html", "div", "section", "article", "p", "list", "ul", "ol", "quote", "blockquote", "pre", "dl"),
    *("dt", "dd", "figure", "figcaption", "center", "table", "thead", "tbody", "tfoot", "code", "hr", "address"),
    *_HEADINGS,
    *_ROWS,
    *_CELLS,
    *_ITEMS,
}


def parse(html: str, where: str) -> Any:
    """The tree of a page or of a piece of one. Raises InputError."""
    formats_extra("lxml", where)
    from lxml import html as trees

    with damage_explained("HTML", where):
        return trees.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", html) or "<p></p>")


def to_markdown(tree: Any) -> str:
    """Headings, paragraphs, lists and tables of a tree in reading order."""
    return markdown.blocks(_blocks(tree))


def fill_spans(page: Any) -> None:
    """Put empty cells where a cell spans several columns or rows, so that columns stay below each other."""
    for table in page.iter("table"):
        below: dict[int, int] = {}
        for row in table.iter("tr"):
            _fill_row(row, below)


def _fill_row(row: Any, below: dict[int, int]) -> None:
    """`below`: for each column, how many rows a cell from above still reaches down."""
    at = 0
    for cell in [child for child in row if child.tag in _CELLS]:
        while below.get(at, 0) > 0:
            cell.addprevious(cell.makeelement("td"))
            below[at] -= 1
            at += 1
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        below.update(dict.fromkeys(range(at, at + width), height - 1))
        for _ in range(width - 1):
            cell.addnext(cell.makeelement("td"))
        at += width
    for column in [column for column in below if column >= at]:
        below[column] = max(below[column] - 1, 0)


def _span(cell: Any, name: str) -> int:
    value = cell.attrib.pop(name, "1").strip()
    return min(max(int(value), 1), LARGEST_SPAN) if value.isdecimal() else 1


def _blocks(element: Any) -> Iterator[str]:
    """Blocks below an element; text beside them is a paragraph of its own."""
    words = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
            pass
        elif _holds_blocks(child):
            yield _paragraph(words)
            words = []
            yield from _block(child)
        else:
            words.append(_inline(child))
        words.append(child.tail or "")
    yield _paragraph(words)


def _block(element: Any) -> Iterator[str]:
    if element.tag in _HEADINGS:
        level = (element.get("rend") or element.tag)[1:]
        text = _words(element)
        yield markdown.heading(text, int(level) if level.isdecimal() else 2) if text else ""
    elif element.tag == "table" and not _lays_out(element):
        yield markdown.table([[_words(cell) for cell in row if cell.tag in _CELLS] for row in _rows(element)])
    elif element.tag in _ITEMS:
        first, *rest = [block for block in _blocks(element) if block.strip()] or [""]
        yield f"- {first}" if first and not first.startswith(("#", "|", "-")) else first
        yield from rest
    else:
        yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    return (row for row in table.iter() if row.tag in _ROWS)


def _lays_out(table: Any) -> bool:
    """Whether a table only places text on the page: one column, or tables and headings in its cells."""
    widest = max((sum(cell.tag in _CELLS for cell in row) for row in _rows(table)), default=0)
    return widest < 2 or any(part.tag in {"table", *_HEADINGS} for part in table.iterdescendants())


def _holds_blocks(element: Any) -> bool:
    return any(part.tag in _BLOCKS for part in element.iter())


def _inline(element: Any) -> str:
    if element.tag in _BREAKS:
        return "\n"
    inner = "".join(
        [
            element.text or "",
            *(
                _inline(child) + (child.tail or "")
                for child in element
                if isinstance(child.tag, str) and child.tag not in _LEFT_OUT
            ),
        ]
    )
    bold = element.tag in _BOLD or (element.tag == "hi" and element.get("rend") == "#b")
    return f"{BOLD}{inner.strip()}{BOLD}" if bold and inner.strip() and "\n" not in inner else inner


def _words(element: Any) -> str:
    """All text of an element in one line."""
    return markdown.one_line(" ".join(_blocks(element)).replace(BOLD, ""))


def _paragraph(words: list[str]) -> str:
    lines = map(markdown.one_line, "".join(words).split("\n"))
    return "\n".join(line if _ALL_BOLD.fullmatch(line) else line.replace(BOLD, "") for line in lines if line)
