"""Layout: headings, paragraphs over breaks, tables, boilerplate."""

from __future__ import annotations

import pytest

from extractors.read.layout import Block, lay_out


def parts(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in lay_out(text, title)]


def test_a_page_break_inside_a_sentence_is_rejoined() -> None:
    text = "随着下游需求持续回升，这家公司的收入保持增长趋\n\n \n势，但速度并不稳定。\n\n下一段另起。\n"
    assert [kind for kind, _ in parts(text)] == ["paragraph", "paragraph"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "标的公司名为甲乙微电子（衢州）有限公司（以下简称“甲乙微\n电子”），系丙丁半导体的控股子公司。\n"
    assert len(parts(text)) == 1


def test_items_and_finished_lines_stand_alone() -> None:
    text = "1、甲公司完成融资。\n2、乙公司发布新品。\n三家机构看好后市。\n"
    assert len(parts(text)) == 3


def test_a_numbered_heading_outranks_its_marks() -> None:
    text = "# 1、周观点\n\n### 1.1、算力\n\n# 甲公司融资\n\n正文。\n"
    sections = [block.section for block in lay_out(text)]
    assert sections[-1].startswith("1、周观点")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("图表 1：重点标的", "boilerplate"),
        ("资料来源：某数据，某证券研究", "boilerplate"),
        ("1.1、本周观点 .....\t4", "boilerplate"),
        ("600000.SH\t某银行\t10.0\t买入", "table"),
        ("| 代码 | 名称 | 评级 |", "table"),
        ("**某公司：关于签订合同的公告**", "heading"),
        ("## 二级标题", "heading"),
    ],
)
def test_lines_by_kind(line: str, kind: str) -> None:
    assert parts(line + "\n")[0][0] == kind


def test_disclaimers_are_set_aside_up_to_the_next_heading() -> None:
    text = "## 免责声明\n\n本报告仅供客户使用。\n\n## 行业动态\n\n甲公司发布新品。\n"
    assert [kind for kind, _ in parts(text)] == ["heading", "boilerplate", "heading", "paragraph"]


def test_a_heading_begins_after_its_marks() -> None:
    assert parts("### 甲公司：公告\n")[0] == ("heading", "甲公司：公告")


def test_the_title_of_a_news_item_is_a_heading() -> None:
    assert parts("甲公司融资\n正文在此。", title="甲公司融资")[0] == ("heading", "甲公司融资")


def test_blocks_keep_to_the_text_and_its_order() -> None:
    text = "# 标题\r\n正文一。\r\n\r\n正文二。\r\n"
    blocks: list[Block] = lay_out(text)
    assert all(0 <= block.start < block.end <= len(text) for block in blocks)
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)
