"""What the front page of a file says about it, and how a whole file is read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from extractors.read import read
from extractors.read.front_page import find_date, find_publisher, find_title
from ontology.errors import InputError
from ontology.records import Document

REPORT = """

2025 年 3 月 9 日

国海证券
SEALAND SECURITIES

## 推荐(维持)

# 甲科技发布新一代加速卡，乙资本领投丙半导体

—电子行业周报

分析师：某某 S0350000000000
moumou@ghzq.com.cn

资料来源：Wind，国海证券研究所

相关研究
《电子行业周报：旧的一期》2025-02-23

中信证券股份有限公司参与了发行。
"""


def test_front_page_of_a_report() -> None:
    assert find_title(REPORT) == "甲科技发布新一代加速卡，乙资本领投丙半导体"
    assert find_publisher(REPORT) == "国海证券"
    assert find_date(REPORT) == "2025-03-09"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\nlayout: post\ntitle: 早间要闻 2024年8月1日\n---\n# 另一行标题", "早间要闻 2024年8月1日"),
        ("证券研究报告\n买入（首次）\n2025年1月1日\n**甲科技深度：从零到一**\n正文。", "甲科技深度：从零到一"),
        ("国海证券研究所\n甲科技点评\n正文。", "甲科技点评"),
        ("甲科技完成融资，" * 100, ""),
        ("甲科技完成融资。", ""),
        ("", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("# 某周报 (2025-08-11 至 2025-08-17)\n", "2025-08-17"),
        ("报告日期：2025/12/5\n正文", "2025-12-05"),
        ("# 月报 2025年11月\n正文", "2025-11"),
        ("证券研究报告《旧报告》2021-02-07电子12021年3月27日股市有风险", "2021-03-27"),
        ("证券研究报告，2020年1-9月设计业增长，2021年01月18日", "2021-01-18"),
        ("2021年3月9日，甲科技成立。", ""),
        ("# 第 99 期 2025年13月40日", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("请务必阅读免责声明 a@htsc.com 东方证券研究所", "华泰证券"),
        ("免责声明：本报告由中国银河证券股份有限公司制作", "中国银河证券"),
        ("资料来源：Wind，某某证券研究所", "某某证券"),
        ("资料来源：公司公告", ""),
        ("国海证券研究所表示看好", ""),
    ],
)
def test_publishers(text: str, publisher: str) -> None:
    assert find_publisher(text) == publisher


def test_a_file_is_one_document(tmp_path: Path) -> None:
    file = tmp_path / "电子.周报.md"
    file.write_text(REPORT, encoding="gb18030")
    [document] = read(file)
    assert isinstance(document, Document)
    assert (document.id, document.text, document.source) == ("电子.周报", REPORT, file.as_posix())
    assert (document.publisher, document.date) == ("国海证券", "2025-03-09")


def test_the_file_name_dates_what_has_no_date(tmp_path: Path) -> None:
    file = tmp_path / "weekly-20250309.txt"
    file.write_text("甲科技完成融资。", encoding="utf-8")
    [document] = read(file)
    assert isinstance(document, Document)
    assert document.date == "2025-03-09"


def test_suffixes_lead_to_readers(tmp_path: Path) -> None:
    file = tmp_path / "in.JSONL"
    file.write_text('{"id": "a", "text": "甲"}\nbroken\n{"id": "b", "text": "乙"}\n', encoding="utf-8")
    assert [type(item) for item in read(file)] == [Document, InputError, Document]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.md", "No such file"),
        ("report.xyz", "unknown suffix '.xyz'"),
        ("empty.md", "nothing in it"),
        (".", "suffix"),
    ],
)
def test_what_cannot_be_read_is_yielded_as_an_error(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty.md").touch()
    [error] = read(tmp_path / name)
    assert isinstance(error, InputError)
    assert message in str(error)


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO('{"id": "a", "text": "甲"}\n'.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    [document] = read("-")
    assert isinstance(document, Document)
    assert (document.id, document.source) == ("a", "-")


@pytest.mark.parametrize(
    ("between", "begins"), [("\n# 标题\n", "# 标题\n"), ("\n\n", "甲"), ("\n", "甲"), ("。", "甲"), ("", "甲")]
)
def test_a_volume_too_large_to_be_read_at_once_comes_in_parts(tmp_path: Path, between: str, begins: str) -> None:
    volume = tmp_path / "volume.txt"
    text = between.join(["甲" * 70_000] * 16)
    volume.write_text(text, "utf-8")
    parts = [found for found in read(volume) if isinstance(found, Document)]
    assert "".join(part.text for part in parts) == text
    assert [part.id for part in parts] == [f"volume#{number}" for number in range(1, len(parts) + 1)]
    assert all(len(part.text) <= 150_000 for part in parts)
    assert all(part.text.startswith(begins) for part in parts[1:])
