"""Deals that a sentence of their own calls off, and states that hold only once a deal is closed."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document

PLAN = "华域汽车（600741）拟以3亿元收购栖霞量算科技有限公司51%股权。"


def statuses(text: str) -> dict[str, str]:
    facts = extract(Document(id="x", text=text, date="2025-06-01")).facts
    return {fact.predicate: fact.qualifiers.get("status", "") for fact in reversed(facts)}


@pytest.mark.parametrize(
    "ending",
    ["6月1日晚公司公告，上述重组告吹。", "因条款谈不拢，华域汽车决定终止本次交易。", "这笔买卖最后没能做成。"],
)
def test_a_later_sentence_calls_the_deal_off(ending: str) -> None:
    assert statuses(PLAN + ending)["PLANS_TO_ACQUIRE"] == "terminated"


@pytest.mark.parametrize(
    "ending",
    [
        "如果审批未通过，交易可能终止。",
        "另外，浪潮信息终止收购同方股份。",
        "本次交易不存在被终止的情形。",
        "公司去年上市。",
    ],
)
def test_what_does_not_call_it_off(ending: str) -> None:
    assert statuses(PLAN + ending)["PLANS_TO_ACQUIRE"] == "planned"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("若能成交，栖霞量算科技有限公司将成为华域汽车的参股公司。", "planned"),
        ("栖霞量算科技有限公司是华域汽车的参股公司。", ""),
    ],
)
def test_a_state_of_after_the_closing_is_a_plan(text: str, status: str) -> None:
    assert statuses(text)["HOLDS_STAKE_IN"] == status
