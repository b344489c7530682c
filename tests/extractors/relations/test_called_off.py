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


def test_talks_and_several_targets_of_one_buyer_are_called_off_with_what_was_told_above() -> None:
    talks = "浪潮信息正与同方股份洽谈收购事宜。知情人士称，双方谈判已终止。"
    assert statuses(talks)["NEGOTIATING_WITH"] == "terminated"
    two = "华域汽车拟收购浪潮信息10%股权、同方股份5%股权。"
    off = extract(Document(id="x", text=two + "因条款谈不拢，公司终止了上述收购。")).facts
    assert [fact.qualifiers["status"] for fact in off] == ["terminated", "terminated"]
    one = extract(Document(id="x", text=two + "华域汽车日前终止收购同方股份。")).facts
    assert sorted(fact.qualifiers["status"] for fact in one) == ["planned", "terminated"]
