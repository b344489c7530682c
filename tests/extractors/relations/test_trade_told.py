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


@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("华为表示，昇腾910C供货充足。", {("华为", "昇腾910C")}),
        ("昇腾910C明年停产，由华为对外公布。", {("华为", "昇腾910C")}),
        ("工厂里的昇腾910C已经装满，华为今日上涨。", {("华为", "昇腾910C")}),
        ("华为与中芯国际会面，寒武纪今日上涨，服务器里的昇腾910C缺货。", set()),
        ("中芯国际没有与华为接触，也没有就昇腾910C谈价。", set()),
        ("荣耀没有采购昇腾910C，与华为没有往来。", set()),
    ],
)
def test_a_listed_maker_counts_where_the_sentence_ties_it_to_the_thing(text: str, makers: set[tuple[str, str]]) -> None:
    assert told(text, "DEVELOPS") == makers


def test_a_unit_of_the_maker_makes_only_what_its_own_clause_names() -> None:
    assert told("领克今日开会，车里用的是浩瀚智驾。", "DEVELOPS") == set()


def test_a_plaintiff_named_later_sues_who_was_summoned() -> None:
    assert told("小米收到法院传票。原告是华为，案由为专利。", "SUED") == {("华为", "小米")}


def test_a_house_is_rated_by_no_firm() -> None:
    assert told("中信证券 | 2025-05-20 | 买入 | 寒武纪", "COVERS") == {("中信证券", "寒武纪")}
