"""Word files: everything in its order, nothing hidden, nothing that fills the memory."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors.read.docx import read_docx
from ontology.errors import InputError


def saved(word: WordDocument) -> bytes:
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def text_of(word: WordDocument) -> str:
    [document] = read_docx(BytesIO(saved(word)), "week/note.docx")
    return document.text


def test_headings_paragraphs_lists_and_tables_keep_their_order() -> None:
    word = open_word()
    word.add_heading("半导体周报", 0)
    word.add_paragraph("2022年5月24日")
    word.add_heading("行业动态", 2)
    word.add_paragraph("红杉中国领投了摩尔线程的A轮融资。")
    table = word.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ["名称", "评级", "寒武纪", "买入"], strict=True
    ):
        cell.text = text
    word.add_paragraph("云锋基金跟投", "List Bullet")
    [document] = read_docx(BytesIO(saved(word)), "week/note.docx")
    assert document.text.strip().split("\n\n") == [
        "# 半导体周报",
        "2022年5月24日",
        "## 行业动态",
        "红杉中国领投了摩尔线程的A轮融资。",
        "| 名称 | 评级 |\n| --- | --- |\n| 寒武纪 | 买入 |",
        "- 云锋基金跟投",
    ]
    assert (document.id, document.title, document.date) == ("note", "半导体周报", "2022-05-24")


def test_a_cell_that_spans_others_shows_its_text_once() -> None:
    word = open_word()
    table = word.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "名称"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "EPS"
    table.cell(1, 1).text, table.cell(1, 2).text = "2021", "2022"
    assert text_of(word).strip() == "| 名称 | EPS |  |\n| --- | --- | --- |\n|  | 2021 | 2022 |"


def test_a_style_built_on_a_heading_is_one() -> None:
    word = open_word()
    style = word.styles.add_style("Report Head", 1)
    style.base_style = word.styles["Heading 3"]
    word.add_paragraph("风险提示", style)
    assert text_of(word) == "### 风险提示\n"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:del><w:r><w:t>未</w:t></w:r></w:del><w:ins><w:r><w:t>已</w:t></w:r></w:ins>", "公司已签约"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>未</w:t></w:r>", "公司签约"),
        ("<w:hyperlink><w:r><w:t>正式</w:t></w:r></w:hyperlink>", "公司正式签约"),
        ("<w:sdt><w:sdtContent><w:r><w:t>正式</w:t></w:r></w:sdtContent></w:sdt>", "公司正式签约"),
    ],
    ids=["changes", "hidden", "link", "content control"],
)
def test_what_is_shown_is_read(xml: str, text: str) -> None:
    word = open_word()
    paragraph = f"<w:p {nsdecls('w')}><w:r><w:t>公司</w:t></w:r>{xml}<w:r><w:t>签约</w:t></w:r></w:p>"
    word.element.body.insert(0, parse_xml(paragraph))
    assert text_of(word) == text + "\n"


def packed(name: str, content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing in it"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "encrypted or old"),
        (saved(open_word())[:900], "damaged"),
        (packed("word/document.xml", b"0" * (1 << 26)), "zip bomb"),
        (packed("a.txt", b"text"), "broken Word file"),
        (saved(open_word()), "no text in it"),
    ],
    ids=["empty", "encrypted", "cut off", "bomb", "other archive", "no text"],
)
def test_bad_files_are_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        list(read_docx(BytesIO(data), "bad.docx"))
    assert "\n" not in str(caught.value)
