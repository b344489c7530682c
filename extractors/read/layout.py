"""Layout of a report: headings, paragraphs rejoined over line and page breaks, tables, boilerplate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.expressions import ready as re

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.+?)\s*#*\s*$|^\s*\*\*([^*]{2,80}[^*：:。])\*\*\s*$")
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*\t?\s*\d*\s*$")
_CAPTION = re.compile(r"^\s*(?:图表?|表)\s*\d+\s*[：:、.]|^\s*(?:资料来源|数据来源|来源|注)\s*[：:]|^\s*[-*_=]{3,}\s*$")
_ITEM = re.compile(r"^\s*(?:[-*•●■◆]\s|[（(]?\d{1,2}[）)、.]\s?|[①-⑳]|[一二三四五六七八九十]+、|>)")
_ENDS = tuple("。！？!?；;：:…”」』）)]")
_BOILERPLATE = re.compile(r"免责|承诺|声明|评级说明|评级标准|评级体系|法律|目录|风险提示|特别提示|相关研究|联系方式")
_WIDE_LINE = 18
READ = ("heading", "paragraph")
"""The kinds of blocks in which names are looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `start:end` of a document: `heading`, `paragraph`, `table` or `boilerplate`, under a heading path."""

    kind: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lay_out(text: str, title: str = "") -> list[Block]:
    """Blocks of a document in reading order; offsets count code points of `text`."""
    outline = _Outline()
    blocks: list[Block] = []
    for kind, lines in _group(list(_lines(text)), title):
        start, end = lines[0].start, lines[-1].end
        if kind == "heading":
            outline.enter(lines[0].text)
            start += len(lines[0].text) - len(lines[0].text.lstrip(" #*"))
        if kind == "paragraph" and outline.boilerplate:
            kind = "boilerplate"
        blocks.append(Block(kind, start, end, outline.path))
    return blocks


def is_caption(line: str) -> bool:
    """Whether a line names a figure or table, or where it is from."""
    return bool(_CAPTION.match(line))


def starts_item(line: str) -> bool:
    """Whether a line begins with the mark of a list."""
    return bool(_ITEM.match(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends like a sentence, or with what closes a quote."""
    return line.rstrip().endswith(_ENDS)


class _Outline:
    """Heading path; converters use depths inconsistently, so a number such as 2.1 outranks the marks."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []

    @property
    def path(self) -> str:
        return " / ".join(title for _, title in self._stack)

    @property
    def boilerplate(self) -> bool:
        return bool(self._stack) and bool(_BOILERPLATE.search(self._stack[-1][1])) and len(self._stack[-1][1]) < 16

    def enter(self, line: str) -> None:
        title = line.strip().strip("#*").strip()
        depth = _depth(line, title)
        self._stack = [entry for entry in self._stack if entry[0] < depth] + [(depth, title)]


def _depth(line: str, title: str) -> int:
    number = re.match(r"^(\d+(?:\.\d+)*)[、.\s]", title)
    if number:
        return 1 + number.group(1).count(".")
    marks = len(line.strip()) - len(line.strip().lstrip("#"))
    return 3 + marks if marks else 9


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield _Line(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), at)
        at += len(line)


def _kind(line: _Line, title: str) -> str:
    text = line.text
    if not text.strip():
        return "blank"
    if (line.start == 0 and title and text.strip() == title.strip()) or _HEADING.match(text):
        return "heading"
    if _CONTENTS.search(text) or _CAPTION.match(text):
        return "boilerplate"
    if text.count("\t") >= 2 or text.lstrip().startswith("|"):
        return "table"
    return "paragraph"


def _group(lines: list[_Line], title: str) -> Iterator[tuple[str, list[_Line]]]:
    """Neighbouring lines of one block, broken paragraphs rejoined."""
    open_kind, group, gap = "", list[_Line](), False
    width = max((len(line.text) for line in lines[:2000]), default=0)
    for line in lines:
        kind = _kind(line, title)
        if kind == "blank":
            gap = True
            continue
        if group and kind == open_kind and _continues(group[-1], line, kind, gap, width):
            group.append(line)
        else:
            if group:
                yield open_kind, group
            open_kind, group = kind, [line]
        gap = False
    if group:
        yield open_kind, group


def _continues(before: _Line, line: _Line, kind: str, gap: bool, width: int) -> bool:
    if kind == "table":
        return not gap
    if kind != "paragraph" or _ITEM.match(line.text):
        return False
    ended = ends_sentence(before.text)
    if gap:
        return not ended and len(before.text) > _WIDE_LINE and not _ITEM.match(before.text)
    wrapped = len(before.text) >= _WIDE_LINE and len(before.text) >= min(width, 60) * 0.7
    return not ended and (wrapped or before.text.rstrip().endswith(("，", "、", ",")))
