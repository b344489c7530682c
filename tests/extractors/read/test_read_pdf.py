"""PDF: what the page sets apart stays apart, what it tears apart is one again."""

from __future__ import annotations

from io import BytesIO
from zlib import compress

import pytest
from drawn import HEIGHT, LEADING, WIDTH, Sheet, read_drawn
from reportlab.lib.pdfencrypt import StandardEncryption

from extractors import extract
from extractors.read import pdf
from extractors.read.layout import lay_out
from extractors.read.pdf import read_pdf
from ontology.errors import InputError

FIRST = (
    "红杉中国领投了摩尔线程的 A 轮融资，云锋基金跟投。公司表示，资金将用于新一代图形处理器的研发与量产，"
    "并在北京、上海两地扩充团队，预计明年推出面向数据中心的新产品。"
)
SECOND = (
    "英伟达宣布比亚迪将采用其 Orin 平台，首批车型预计下半年交付。分析人士认为，车载计算平台的竞争正在升温，"
    "供应商之间的合作也更加紧密，全年出货量有望再上一个台阶。"
)
ROWS = [
    ["公司代码", "名称", "股价", "评级"],
    ["688256.SH", "寒武纪", "60.00", "买入"],
    ["603501.SH", "韦尔股份", "100.00", "增持"],
]
PIPES = "\n".join(
    f"| {' | '.join(row)} |" if row else "| --- | --- | --- | --- |" for row in [ROWS[0], [], ROWS[1], ROWS[2]]
)
COLUMNS = [60.0, 160.0, 260.0, 400.0]


def test_lines_are_one_paragraph_again() -> None:
    sheet = Sheet()
    sheet.flow(60, 140, 300, FIRST, indent=20)
    assert read_drawn(sheet).text == FIRST + "\n"


def test_paragraphs_are_told_apart_by_indent_by_short_lines_and_by_space() -> None:
    sheet = Sheet()
    sheet.flow(60, 140, 300, FIRST, indent=20)
    lines = 6
    sheet.flow(60, 140 + lines * LEADING, 300, SECOND, indent=20)
    sheet.flow(60, 400, 300, FIRST)
    assert read_drawn(sheet).text.split("\n\n") == [FIRST, SECOND, FIRST + "\n"]


def test_words_torn_by_a_line_end_are_one() -> None:
    sheet = Sheet()
    sheet.put(60, 140, "The company announced on Monday that it had acquired a semi-")
    sheet.put(60, 155, "conductor maker, and that the deal is worth more than what it")
    sheet.put(60, 170, "paid before.")
    assert "acquired a semiconductor maker, and that the deal is worth more than what it paid" in read_drawn(sheet).text


def test_a_paragraph_goes_on_over_the_page_and_the_pages_are_known() -> None:
    sheet = Sheet()
    sheet.put(60, 40, "证券研究报告")
    rest = sheet.flow(60, 700, 470, FIRST + SECOND, lines=2)
    sheet.put(290, 820, "1")
    sheet.page()
    sheet.put(60, 40, "证券研究报告")
    sheet.flow(60, 140, 470, rest)
    sheet.put(290, 820, "2")
    document = read_drawn(sheet)
    assert document.text == f"{FIRST}{SECOND}\n\n证券研究报告\n"
    assert document.pages == (0, document.text.index(rest))
    assert [document.page(document.text.index(words)) for words in ("红杉中国", rest)] == [1, 2]


def test_running_heads_and_page_numbers_are_no_text_between() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.put(60, 40, f"半导体周报 2022 年第 {number} 期")
        sheet.flow(60, 140, 470, FIRST)
        sheet.put(250, 820, f"请务必阅读免责条款 {number} / 4")
        sheet.page()
    *body, head, foot = read_drawn(sheet).text.strip().split("\n\n")
    assert body == [FIRST] * 4
    assert (head, foot) == ("半导体周报 2022 年第 1 期", "请务必阅读免责条款")


def test_a_line_that_stands_once_at_the_edge_is_text() -> None:
    sheet = Sheet()
    for number, head in enumerate((FIRST[:25], SECOND[:40]), 1):
        sheet.put(60, 40, head)
        sheet.put(290, 820, str(number))
        sheet.page()
    text = read_drawn(sheet).text
    assert FIRST[:25] in text
    assert SECOND[:40] in text


def test_captions_and_sources_stand_alone_and_the_paragraph_goes_on_behind_the_table() -> None:
    sheet = Sheet()
    rest = sheet.flow(60, 700, 470, FIRST + SECOND, lines=2)
    sheet.page()
    sheet.put(60, 100, "图表 1：重点公司评级")
    sheet.table(120, COLUMNS, ROWS, borders=True)
    sheet.put(60, 200, "资料来源：青梧证券研究")
    sheet.flow(60, 240, 470, rest)
    blocks = read_drawn(sheet).text.strip().split("\n\n")
    assert blocks == [FIRST + SECOND, "图表 1：重点公司评级", PIPES, "资料来源：青梧证券研究"]


def test_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.put(60, 80, "半导体周报：摩尔线程完成新一轮融资", 18)
    rest = sheet.flow(60, 140, 220, FIRST + FIRST, lines=6)
    sheet.flow(310, 140, 220, rest)
    sheet.flow(310, 320, 220, SECOND)
    assert read_drawn(sheet).text.split("\n\n") == [
        "# 半导体周报：摩尔线程完成新一轮融资",
        FIRST + FIRST,
        SECOND + "\n",
    ]


def test_a_column_of_short_lines_is_one_beside_a_full_one() -> None:
    sheet = Sheet()
    notes = ["推荐（维持）", "分析师：林知远", "联系人：苏映澜", "行业表现", "青梧证券", "证书编号：S0000522050001"]
    for number, note in enumerate(notes):
        sheet.put(60, 100 + 23 * number, note)
    sheet.flow(240, 104, 290, FIRST)
    *beside, running = read_drawn(sheet).text.strip().split("\n\n")
    assert (beside, running) == (notes, FIRST)


def test_a_few_lines_in_columns_amid_a_full_page_are_columns() -> None:
    sheet = Sheet()
    sheet.flow(60, 100, 470, (FIRST + SECOND) * 3)
    sheet.flow(60, 400, 220, FIRST)
    sheet.flow(310, 400, 220, SECOND)
    assert read_drawn(sheet).text.strip().split("\n\n") == [(FIRST + SECOND) * 3, FIRST, SECOND]


def test_text_over_the_whole_width_divides_columns() -> None:
    sheet = Sheet()
    sheet.flow(60, 100, 220, FIRST)
    sheet.flow(310, 100, 220, SECOND)
    sheet.flow(60, 260, 470, FIRST)
    sheet.flow(60, 330, 220, SECOND)
    sheet.flow(310, 330, 220, FIRST)
    assert read_drawn(sheet).text.strip().split("\n\n") == [FIRST, SECOND, FIRST, SECOND, FIRST]


@pytest.mark.parametrize("borders", [True, False], ids=["borders", "no borders"])
def test_tables_are_tables(borders: bool) -> None:
    sheet = Sheet()
    sheet.flow(60, 100, 470, FIRST)
    sheet.table(200, COLUMNS, ROWS, borders)
    sheet.flow(60, 300, 470, SECOND)
    document = read_drawn(sheet)
    assert document.text.strip().split("\n\n") == [FIRST, PIPES, SECOND]
    assert [block.kind for block in lay_out(document.text)] == ["paragraph", "table", "paragraph"]


def test_a_cell_of_two_lines_is_one_cell() -> None:
    sheet = Sheet()
    sheet.table(200, COLUMNS, ROWS[:2])
    sheet.put(160, 200 + 2 * LEADING - 3, "科技")
    sheet.table(200 + 3 * LEADING, COLUMNS, ROWS[2:])
    assert "| 688256.SH | 寒武纪科技 | 60.00 | 买入 |" in read_drawn(sheet).text


def test_a_table_over_two_pages_is_one() -> None:
    sheet = Sheet()
    sheet.table(700, COLUMNS, ROWS[:2], borders=True)
    sheet.page()
    sheet.table(100, COLUMNS, [ROWS[0], ROWS[2]], borders=True)
    document = read_drawn(sheet)
    assert document.text.strip() == PIPES
    assert document.page(document.text.index("韦尔股份")) == 2


def test_two_paragraphs_side_by_side_are_no_table() -> None:
    sheet = Sheet()
    sheet.flow(60, 100, 220, FIRST)
    sheet.flow(310, 100, 220, SECOND)
    assert "|" not in read_drawn(sheet).text


def test_headings_are_larger_than_the_text() -> None:
    sheet = Sheet()
    sheet.put(60, 80, "半导体周报：景气延续", 18)
    sheet.put(60, 110, "2022年5月24日")
    sheet.put(60, 140, "1、周观点", 14)
    sheet.flow(60, 170, 470, FIRST)
    document = read_drawn(sheet)
    assert document.text.startswith("# 半导体周报：景气延续\n\n2022年5月24日\n\n## 1、周观点\n\n红杉")
    assert (document.id, document.title, document.date) == ("drawn", "半导体周报：景气延续", "2022-05-24")


def test_facts_are_read_and_point_at_their_page() -> None:
    sheet = Sheet()
    sheet.flow(60, 100, 470, SECOND)
    sheet.page()
    sheet.flow(60, 100, 470, FIRST)
    document = read_drawn(sheet)
    [evidence] = next(fact.evidence for fact in extract(document).facts if fact.predicate == "INVESTED_IN")
    assert document.text[evidence.start : evidence.end] == evidence.text
    assert document.page(evidence.start) == 2


def test_every_word_of_a_crowded_page_is_kept() -> None:
    sheet = Sheet()
    words = [f"词{number:03}号" for number in range(120)]
    for number, word in enumerate(words):
        sheet.put(40 + number * 37 % 480, 60 + number * 53 % 700, word)
    text = read_drawn(sheet).text
    assert [word for word in words if word not in text] == []


def scanned() -> bytes:
    sheet = Sheet()
    sheet.canvas.rect(50, 50, WIDTH - 100, HEIGHT - 100, fill=1)
    sheet.page()
    return sheet.bytes()


def test_a_stream_that_fills_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LARGEST", 1 << 20)
    bomb = b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>> stream\n" + compress(bytes(1 << 21)) + b"\nendstream\n"
    with pytest.raises(InputError, match="like a zip bomb"):
        list(read_pdf(BytesIO(bomb), "bomb.pdf"))


def written(**options: object) -> bytes:
    sheet = Sheet(**options)
    sheet.flow(60, 100, 470, FIRST)
    return sheet.bytes()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing in it"),
        (written(encrypt=StandardEncryption("secret")), "encrypted with a password"),
        (scanned(), "no text in it, as in a scan"),
        (written()[:900], "broken PDF"),
        (b"%PDF-1.7\n" + b"x" * 500, "broken PDF"),
        ("这不是 PDF".encode(), "broken PDF"),
    ],
    ids=["empty", "encrypted", "scanned", "cut off", "junk", "text"],
)
def test_bad_files_are_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        list(read_pdf(BytesIO(data), "bad.pdf"))
    assert "\n" not in str(caught.value)
    assert "bad.pdf" in str(caught.value)
