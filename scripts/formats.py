"""Turns a report in Markdown into HTML, Word and PDF files, and counts what each of them keeps of its facts."""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from extractors import extract
from extractors.read import read
from ontology.records import Document, Extraction

OFFICE = "LibreOffice (apt-get install libreoffice-writer-nogui fonts-noto-cjk)"
FONT = "Noto Sans CJK SC"
T = TypeVar("T")
RUNNING_HEAD = "证券研究报告"
RUNNING_FOOT = "请务必阅读正文后的免责条款"
WIDE = 4
WIDTH = Cm(14)
VARIANTS = ("html", "docx", "one-column.pdf", "two-columns.pdf", "no-borders.pdf")


@dataclass(frozen=True)
class Part:
    """A heading (`level` from 1), a paragraph (`level` 0) or a table (`rows`)."""

    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(markdown: str) -> Iterator[Part]:
    """The blocks of a report, tab rows as tables."""
    for is_table, lines in groupby(markdown.split("\n"), key=lambda line: line.count("\t") >= 2):
        if is_table:
            yield Part(rows=tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines))
        else:
            yield from (_line(line.strip()) for line in lines if line.strip())


def _line(line: str) -> Part:
    marks = len(line) - len(line.lstrip("#"))
    if marks:
        return Part(line.strip("# "), marks)
    if line.startswith("**") and line.endswith("**"):
        return Part(line.strip("*"), 5)
    return Part(line.replace("**", ""))


def write_html(markdown: str, path: Path) -> None:
    """The report as an article of a page with navigation, related links and a foot."""
    body = "\n".join(map(_html, parts_of(markdown)))
    links = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(1, 9))
    path.write_text(
        f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{path.stem}</title></head><body>
<header><nav><ul>{links}</ul></nav></header><main><article>{body}</article></main>
<aside><h3>热门推荐</h3><ul>{links}</ul></aside><footer><p>关于我们 | 联系我们 | 网站地图</p></footer></body></html>""",
        "utf-8",
    )


def _html(part: Part) -> str:
    if part.rows:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in part.rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    tag = f"h{min(part.level, 6)}" if part.level else "p"
    return f"<{tag}>{html.escape(part.text)}</{tag}>"


def write_docx(markdown: str, path: Path, columns: int = 1, borders: bool = True) -> None:
    """The report as a Word file with a running head, page numbers at the foot, and one or two columns."""
    word = open_word()
    _set_fonts(word)
    word.sections[0].header.paragraphs[0].text = RUNNING_HEAD
    _number_pages(word.sections[0].footer.paragraphs[0])
    for part in parts_of(markdown):
        if len(part.rows and part.rows[0]) > WIDE:
            _end_section(word, columns)
            _add_table(word, part.rows, borders)
            _end_section(word, 1)
        elif part.rows:
            _add_table(word, part.rows, borders, columns)
        elif part.level:
            word.add_heading(part.text, min(part.level, 9))
        else:
            paragraph = word.add_paragraph(part.text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _set_columns(word.sections[-1], columns)
    word.save(str(path))


def _end_section(word: WordDocument, columns: int) -> None:
    """Set what stands since the last section in columns, and go on below it."""
    word.add_section(WD_SECTION.CONTINUOUS)
    _set_columns(word.sections[-2], columns)


def _set_columns(section: Section, columns: int) -> None:
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), str(columns))


def _set_fonts(word: WordDocument) -> None:
    for style in word.styles:
        if getattr(style, "font", None) is not None:
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), FONT)
    word.styles["Normal"].font.size = Pt(10)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.text = f"{RUNNING_FOOT} "
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _add_table(word: WordDocument, rows: Sequence[Sequence[str]], borders: bool, columns: int = 1) -> None:
    table = word.add_table(len(rows), max(map(len, rows)), "Table Grid" if borders else "Normal Table")
    table.autofit = False
    width = WIDTH // columns // len(table.columns)
    for column in table.columns:
        column.width = width
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text, cell.width = text, width
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)


def write_pdf(word: Path) -> Path:
    """A Word file as PDF beside it, printed by LibreOffice; raises FileNotFoundError where there is none."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise FileNotFoundError(f"no {OFFICE}")
    with TemporaryDirectory() as profile:
        home, target = f"-env:UserInstallation=file://{profile}", str(word.parent)
        command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", target, str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return word.with_suffix(".pdf")


def write_variant(markdown: str, folder: Path, variant: str) -> Path:
    """The report in one of the `VARIANTS`, in a folder."""
    stem, _, suffix = variant.rpartition(".")
    path = folder / f"{stem or 'report'}.{suffix}"
    if suffix == "html":
        write_html(markdown, path)
        return path
    word = path.with_suffix(".docx")
    write_docx(markdown, word, 2 if stem == "two-columns" else 1, stem != "no-borders")
    return write_pdf(word) if suffix == "pdf" else word


def read_one(path: Path) -> Document:
    """The one document of a file; raises InputError."""
    [document] = read(path)
    if not isinstance(document, Document):
        raise document
    return document


def told(extraction: Extraction) -> tuple[set[tuple[str, str, str]], set[str]]:
    """The facts with their ends and the entities, as they are told apart between formats."""
    facts = {(fact.subject, fact.predicate, fact.object) for fact in extraction.facts}
    return facts, {entity.id for entity in extraction.entities}


def share(kept: set[T], of: set[T]) -> str:
    """How much of one set is in another, in words."""
    return f"{len(kept & of)}/{len(of)} = {len(kept & of) / max(len(of), 1):.1%} (+{len(kept - of)})"


def main() -> None:
    """Print a table: format by format, what is kept of the facts and entities that the Markdown gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for the files made")
    parser.add_argument("--only", nargs="*", choices=VARIANTS, default=VARIANTS)
    given = parser.parse_args()
    facts, entities = told(extract(read_one(given.report)))
    with TemporaryDirectory() as spare:
        folder = given.keep or Path(spare)
        folder.mkdir(exist_ok=True, parents=True)
        for variant in given.only:
            path = write_variant(given.report.read_text("utf-8"), folder, variant)
            document = read_one(path)
            (folder / f"{variant}.txt").write_text(document.text, "utf-8")
            found = told(extract(document))
            print(f"{variant:18} facts {share(found[0], facts):28} entities {share(found[1], entities)}")


if __name__ == "__main__":
    main()
