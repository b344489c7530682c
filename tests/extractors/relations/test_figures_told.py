"""Which figures and dates a fact takes: those in brackets, those without a currency, those to come."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document


def told(text: str, predicate: str) -> dict[str, str]:
    facts = extract(Document(id="x", text=text, date="2022-06-01")).facts
    return next((fact.qualifiers for fact in facts if fact.predicate == predicate), {})


@pytest.mark.parametrize(
    ("text", "predicate", "key", "value"),
    [
        (
            "浪潮信息股东同方股份计划减持不超过368万股（占公司总股本比例1.5%）。",
            "PLANS_TO_REDUCE_STAKE_IN",
            "percent",
            "1.5",
        ),
        ("浪潮信息准备斥资27亿收购同方股份。", "PLANS_TO_ACQUIRE", "amount", "2700000000"),
        ("浪潮信息登陆创业板，发行价为33.28元。", "LISTED_ON", "price", "33.28"),
        ("浪潮信息大股东为同方股份，持有该公司31.38%的股份。", "HOLDS_STAKE_IN", "percent", "31.38"),
        ("浪潮信息将于9月5日登陆创业板。", "PLANS_TO_LIST_ON", "date", "2022-09-05"),
        ("浪潮信息将于1月5日登陆创业板。", "PLANS_TO_LIST_ON", "date", "2023-01-05"),
        ("浪潮信息于9月5日登陆创业板。", "LISTED_ON", "date", "2021-09-05"),
        ("浪潮信息宣布任命蒂姆·库克为首席执行官，将于8月3日到任。", "HOLDS_POSITION", "date", "2022-08-03"),
        ("4月25日，浪潮信息（以下简称浪潮；股票代码：000977）在深圳登陆创业板。", "LISTED_ON", "date", "2022-04-25"),
    ],
)
def test_what_a_fact_takes(text: str, predicate: str, key: str, value: str) -> None:
    assert told(text, predicate)[key] == value


def test_a_price_of_issue_is_no_amount() -> None:
    assert "amount" not in told("浪潮信息登陆创业板，发行价为33.28元。", "LISTED_ON")
