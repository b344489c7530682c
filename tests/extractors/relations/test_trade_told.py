"""Tenders, alliances and supplies told party by party, and whom pronouns of such texts mean."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document


def told(text: str, predicate: str) -> set[tuple[str, str]]:
    """Subject and object of every fact of one relation that a text tells."""
    result = extract(Document(id="a", text=text, date="2025-06-01"))
    names = {entity.id: entity.name for entity in result.entities}
    return {(names[fact.subject], names[fact.object]) for fact in result.facts if fact.predicate == predicate}


def test_bidders_of_later_sentences_win_the_tender_told() -> None:
    text = "国家电网公布储能集采结果。份额最大的是宁德时代，阳光电源次之。"
    assert told(text, "WON_BID_FROM") == {("宁德时代", "国家电网"), ("阳光电源", "国家电网")}


def test_ranks_without_a_tender_are_no_bids() -> None:
    assert told("国家电网公布年报。份额最大的是宁德时代，阳光电源次之。", "WON_BID_FROM") == set()


def test_buyers_named_after_the_sales_are_supplied() -> None:
    text = "隆基绿能今年签下三份长单。3月一单，买方是晶科能源；5月轮到天合光能。"
    assert told(text, "SUPPLIES") == {("隆基绿能", "晶科能源"), ("隆基绿能", "天合光能")}


@pytest.mark.parametrize("lead", ["与小米缠斗几年之后", "与小米正面交锋之后"])
def test_a_clause_that_leads_up_is_about_who_acts_next(lead: str) -> None:
    assert told(f"英伟达今日上涨。{lead}，荣耀终端推出新机。", "COMPETES_WITH") in (
        {("荣耀", "小米")},
        {("小米", "荣耀")},
    )


def test_it_within_a_clause_is_the_one_thing_named_alone() -> None:
    assert told("Orin几乎一家独大，小鹏G9、理想L9撑门面靠的都是它。", "USES") == {
        ("小鹏G9", "Orin"),
        ("理想L9", "Orin"),
    }
