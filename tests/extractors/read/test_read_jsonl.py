"""One line is one document, and a bad line hurts no other."""

from __future__ import annotations

import io
import json
import time

import pytest

from extractors.read.jsonl import read_lines
from ontology.errors import InputError
from ontology.records import Document


def read(*lines: str | bytes | dict[str, object]) -> list[Document | InputError]:
    return list(read_lines(io.BytesIO(b"\n".join(map(encode, lines)) + b"\n"), "in.jsonl"))


def encode(line: str | bytes | dict[str, object]) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()


def one(**keys: object) -> Document:
    [document] = read({"id": "d1", "text": "正文。", **keys})
    assert isinstance(document, Document), document
    return document


def test_title_stands_above_the_text() -> None:
    assert one(title="标题").text == "标题\n正文。"
    assert one(title="标题").title == "标题"


@pytest.mark.parametrize("title", [None, ""])
def test_without_title_the_text_stands_alone(title: str | None) -> None:
    assert one(title=title).text == "正文。"


def test_all_keys_are_taken_and_foreign_ones_pass() -> None:
    document = one(publisher="某报", date="2026-01", url="https://example.org/1", score=3, labels=["x"])
    assert document == Document(
        id="d1", text="正文。", source="https://example.org/1", publisher="某报", date="2026-01"
    )


def test_without_url_the_file_is_the_source() -> None:
    assert one().source == "in.jsonl"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025", "2025"),
        (2025, "2025"),
        ("2026-01", "2026-01"),
        ("2025年12月24日", "2025-12-24"),
        ("2025/1/5", "2025-01-05"),
        ("2025-12-24T08:00:00+08:00", "2025-12-24"),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_become_iso(given: object, expected: str) -> None:
    assert one(date=given).date == expected


def test_line_breaks_in_the_text_stay_as_they_are() -> None:
    assert one(text="一\r\n二\u2028三").text == "一\r\n二\u2028三"


def test_byte_order_mark_empty_lines_and_gb18030_are_read() -> None:
    line = '{"id": "%s", "text": "甲科技"}'
    documents = read((line % 1).encode("utf-8-sig"), "", (line % 2).encode("gb18030"))
    assert [(document.id, document.text) for document in documents if isinstance(document, Document)] == [
        ("1", "甲科技"),
        ("2", "甲科技"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "x", "text": }', r"broken JSON: Expecting value \(in.jsonl:2, column 21\); write"),
        ('{"id": "x", "text": "断', r"broken JSON: .*\(in.jsonl:2, column 21\)"),
        ('["x"]', r"a list instead of an object \(in.jsonl:2\)"),
        ('{"text": "文"}', r"no 'id' \(in.jsonl:2\)"),
        ('{"id": "x"}', r"no 'text' \(in.jsonl:2\)"),
        ('{"id": "x", "text": " "}', r"text: ' ' \(in.jsonl:2\)"),
        ('{"id": "x", "text": 3.5, "title": ["a"]}', r"title: \['a'\] \(in.jsonl:2\)"),
        ('{"id": true, "text": "文"}', r"id: True \(in.jsonl:2\)"),
        ('{"id": "x", "text": "文", "date": "2025-02-30"}', r"date: '2025-02-30' \(in.jsonl:2\); day is out of range"),
        ('{"id": "x", "text": "文", "date": "昨天"}', r"date: '昨天' \(in.jsonl:2\); date '昨天': write 2025"),
        ('{"id": "x", "text": "\\ud800"}', r"text: .*\(in.jsonl:2\)"),
        ('{"id": "x", "text": "文", "title": "\\ud83d"}', r"title: .*\(in.jsonl:2\); half a surrogate pair"),
        ("[" * 100_000, r"JSON.*\(in.jsonl:2"),
        (b"\xff\xff\xff", r"neither UTF-8 nor GB18030.*\(in.jsonl:2\)"),
        ('{"id": "first", "text": "又"}', r"id 'first' again \(in.jsonl:2\); it stands in line 1"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(line: str | bytes, message: str) -> None:
    first, bad, last = read({"id": "first", "text": "一"}, line, {"id": "last", "text": "末"})
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, InputError)
    assert "\n" not in str(bad)
    with pytest.raises(InputError, match=message):
        raise bad


def test_nothing_at_all_is_an_error() -> None:
    [error] = read_lines(io.BytesIO(b""), "in.jsonl")
    assert str(error).startswith("nothing in it (in.jsonl)")


def test_a_report_in_one_line_is_read_with_its_house_and_date() -> None:
    page = "证券研究报告请务必阅读正文之后的免责声明2021年05月07日电子行业深度作者甲乙jiayi@tfzq.com"
    document = one(text=page + "资料来源：Wind，天风证券研究所" + "行业需求增长，价格上行，" * 5000)
    assert (document.publisher, document.date) == ("天风证券", "2021-05-07")


def test_a_house_that_is_only_quoted_is_not_the_publisher() -> None:
    assert one(text="天风证券研究所认为，2021年05月07日之后需求回升。").publisher == ""
    assert one(text="天风证券研究所认为，2021年05月07日之后需求回升。").date == ""


def test_long_lines_are_quick() -> None:
    text = "证券研究报告" + "甲科技2021年第1季度营收12.3亿元（同比+4.5%），" * 20_000
    start = time.perf_counter()
    one(text=text)
    assert time.perf_counter() - start < 2
