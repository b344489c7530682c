"""Sentences read whole: status, pronouns, figures, events, deals."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.relations.examples import read_example
from extractors.relations.rules import Example, load_rules
from ontology.records import Deal, Document


def facts(text: str) -> list[str]:
    return read_example(Example(text=text, facts=()), load_rules())


def said(text: str, *parts: str) -> bool:
    return any(all(part in fact.split(" ") for part in parts) for fact in facts(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{甲科技:Company}计划收购{乙智能:Company}", "planned"),
        ("{甲科技:Company}拟以5亿元收购{乙智能:Company}80%股权", "planned"),
        ("{甲科技:Company}正在洽谈收购{乙智能:Company}", "negotiating"),
        ("{甲科技:Company}公布收购{乙智能:Company}的提议", "planned"),
        ("{甲科技:Company}宣布终止收购{乙智能:Company}", "terminated"),
        ("{甲科技:Company}否认将收购{乙智能:Company}", "denied"),
        ("{甲科技:Company}未收购{乙智能:Company}", "denied"),
        ("{甲科技:Company}没收购{乙智能:Company}", "denied"),
        ("{甲科技:Company}一旦收购{乙智能:Company}，对手将减少", "conditional"),
        ("若监管点头，{甲科技:Company}收购{乙智能:Company}", "conditional"),
        ("{甲科技:Company}同意收购{乙智能:Company}", "agreed"),
        ("{甲科技:Company}将以5亿元现金，或等值股份，收购{乙智能:Company}", "planned"),
        ("{甲科技:Company}签署协议，以5亿元收购{乙智能:Company}", "agreed"),
        ("{甲科技:Company}签署意向书，以5亿元收购{乙智能:Company}", "planned"),
        ("2027年6月，{甲科技:Company}收购{乙智能:Company}", "planned"),
        ("{甲科技:Company}试图收购{乙智能:Company}", "planned"),
        ("{甲科技:Company}差点收购{乙智能:Company}", "terminated"),
        ("在获得批准后，{甲科技:Company}收购{乙智能:Company}", "conditional"),
        ("{甲科技:Company}以5亿元收购{乙智能:Company}，收购完成后{乙智能:Company}将更名", "planned"),
        ("{甲科技:Company}拟收购{乙智能:Company}。{甲科技:Company}本次收购{乙智能:Company}60%股权", "planned"),
    ],
)
def test_what_has_not_happened_takes_the_planned_form(text: str, status: str) -> None:
    assert said(text, "甲科技", "PLANS_TO_ACQUIRE", "乙智能", f"status={status}")
    assert not said(text, "甲科技", "ACQUIRED", "乙智能")


@pytest.mark.parametrize(
    "text",
    [
        "{甲科技:Company}已完成对{乙智能:Company}的收购",
        "{甲科技:Company}签署协议，以5亿元收购{乙智能:Company}，并已完成工商变更",
        "{甲科技:Company}按照计划收购了{乙智能:Company}",
        "{甲科技:Company}以5亿元收购了{乙智能:Company}，收购完成后{乙智能:Company}将更名",
        "{甲科技:Company}收购的{乙智能:Company}计划上市",
    ],
)
def test_a_done_deal_takes_the_plain_form(text: str) -> None:
    assert said(text, "甲科技", "ACQUIRED", "乙智能", "status=completed")


def test_who_leaves_next_year_still_holds_the_post() -> None:
    assert not said("{张三:Person}将卸任{甲科技:Company}董事长", "张三", "HOLDS_POSITION", "甲科技", "former=true")


def test_the_date_of_the_news_is_none_of_the_deal() -> None:
    text = "{财联社:Company}8月7日电，{甲科技:Company}收购了{乙智能:Company}"
    assert said(text, "甲科技", "ACQUIRED", "乙智能")
    assert not any("date=" in fact for fact in facts(text))


def test_today_is_the_day_the_news_is_dated() -> None:
    text = "{财联社:Company}8月7日电，{甲科技:Company}今日收购了{乙智能:Company}"
    assert said(text, "甲科技", "ACQUIRED", "乙智能", "date=2025-08-07")


def test_a_sum_of_several_is_on_none_of_them() -> None:
    text = "{乙科技:Company}完成1亿元A轮融资，由{甲资本:Investor}领投，{丙创投:Investor}跟投。"
    assert said(text, "甲资本", "INVESTED_IN", "乙科技", "lead=true")
    assert not any("amount=" in fact for fact in facts(text))
    text = "{甲资本:Investor}、{丙创投:Investor}合计减持{乙科技:Company}300万股"
    assert said(text, "甲资本", "REDUCED_STAKE_IN", "乙科技")
    assert not any("shares=" in fact for fact in facts(text))


@pytest.mark.parametrize(
    ("said_by", "who"),
    [
        ("据{甲日报:Company}此前报道，", "甲日报"),
        ("从多位知情人士处独家获悉，", "知情人士"),
        ("{乙科技:Company}回应传闻称，", ""),
    ],
)
def test_the_source_is_named_as_the_text_has_it(said_by: str, who: str) -> None:
    found = facts(said_by + "{丙科技:Company}收购了{丁智能:Company}")
    assert any("ACQUIRED" in fact and ("attribution=" in fact) == bool(who) for fact in found)
    assert not who or any(f"attribution={who}" in fact.split() for fact in found)


@pytest.mark.parametrize("word", ["不可否认的是，", "未来，", "毫无疑问，"])
def test_pseudo_cues_change_nothing(word: str) -> None:
    assert said(word + "{甲科技:Company}收购了{乙智能:Company}", "甲科技", "ACQUIRED", "乙智能")


def test_figures_belong_to_the_clause_that_states_them() -> None:
    text = "2021年3月，{甲资本:Investor}以至少3亿美元收购{乙科技:Company}51%股权，{丙科技:Company}市值为900亿元"
    terms = ("amount=300000000", "amount_op=>=", "currency=USD", "percent=51", "date=2021-03")
    assert said(text, "甲资本", "ACQUIRED", *terms)


def test_followers_of_a_round_are_told_in_the_next_sentence() -> None:
    text = "{乙科技:Company}完成B轮融资。本轮由{甲资本:Investor}领投，{丙创投:Investor}跟投。"
    assert said(text, "甲资本", "INVESTED_IN", "乙科技", "round=B轮", "lead=true")
    assert said(text, "丙创投", "INVESTED_IN", "乙科技", "round=B轮")


def test_a_dropped_subject_is_the_one_of_the_clause_before() -> None:
    assert said("{甲资本:Investor}去年成立，随后投资了{乙科技:Company}", "甲资本", "INVESTED_IN", "乙科技")


def test_the_announcer_of_a_section_is_the_company() -> None:
    text = "# 甲股份：关于收购的公告\n\n公司已收购乙丙科技有限公司100%股权。\n"
    extraction = extract(Document(id="x", text=text.replace("甲股份", "浪潮信息")))
    assert [fact.subject for fact in extraction.facts if fact.predicate == "ACQUIRED"] == ["000977.SZ"]


def deals(text: str) -> tuple[Deal, ...]:
    return extract(Document(id="x", text=text, date="2025-01-02")).deals


def test_one_round_is_one_deal_whose_total_is_on_no_single_investor() -> None:
    text = "硅基流动完成2亿元A轮融资，由红杉中国、高瓴创投领投，启明创投跟投。"
    deal = next(deal for deal in deals(text) if deal.type == "investment")
    assert deal.qualifiers["round"] == "A轮"
    assert [party.role for party in deal.parties] == ["INVESTEE", "INVESTOR", "INVESTOR", "INVESTOR"]
    extraction = extract(Document(id="x", text=text))
    assert all("amount" not in fact.qualifiers for fact in extraction.facts if len(deal.facts) > 1)


def test_a_sum_under_negotiation_is_the_amount_of_the_talks() -> None:
    text = "{甲云:Company}正与{乙智能:Company}商谈一笔投资，目前商谈募资至少20亿美元。"
    assert said(text, "NEGOTIATING_WITH", "amount=2000000000", "amount_op=>=", "currency=USD", "status=negotiating")


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        (
            "{甲机关:Organization}委员、中央外办主任{王砚:Person}到访",
            "title=委员",
            "title=中央外办主任",
        ),
        ("{甲软件:Company}宣布首席运营官{王砚:Person}到任", "title=首席运营官", "title=宣布首席运营官"),
    ],
)
def test_a_title_is_a_post_of_its_firm(text: str, wanted: str, unwanted: str) -> None:
    assert said(text, "王砚", "HOLDS_POSITION", wanted)
    assert not said(text, "HOLDS_POSITION", unwanted)


def test_the_post_of_a_body_that_is_not_read_goes_to_nobody() -> None:
    text = "{宋砚:Person}当选{甲监察委员会:Organization}主任，{张砚:Person}当选广东省人大常委会副主任"
    assert said(text, "宋砚", "HOLDS_POSITION", "甲监察委员会")
    assert not said(text, "张砚", "HOLDS_POSITION")


def test_figures_dealt_out_go_to_nobody_where_the_list_is_not_read() -> None:
    text = "{甲科技:Company}董事{张三丰:Person}及某高管拟增持公司股份，分别增持不低于200万元、100万元"
    assert not any("amount=" in fact for fact in facts(text))


def test_a_total_of_others_is_on_no_single_seller() -> None:
    text = "{乙科技:Company}拟购买{甲集团:Company}等交易对方合计持有的{丙铝业:Company}99.4%股权，交易价格为319亿元"
    transfer = next(fact for fact in facts(text) if "TRANSFERS_STAKE_TO" in fact)
    assert "percent=" not in transfer
    assert "amount=" not in transfer
    assert said(text, "乙科技", "PLANS_TO_ACQUIRE", "丙铝业", "percent=99.4")


def test_nobody_hands_on_shares_of_himself() -> None:
    text = "{丙药业:Company}公告称，拟通过协议转让方式，向{乙资本:Investor}转让其持有的{丙药业:Company}5%股份"
    assert not said(text, "丙药业", "TRANSFERS_STAKE_TO")


def test_a_letter_of_intent_is_agreed_and_no_contract_done() -> None:
    assert said("{甲医药:Company}已经与{乙制药:Company}签订意向书", "SIGNED_CONTRACT_WITH", "status=agreed")


def test_a_sentence_that_goes_on_with_its_predecessor_takes_its_plan() -> None:
    text = "{甲科技:Company}拟收购{乙智能:Company}60%股权。并对{乙智能:Company}增资8000万元。"
    assert said(text, "甲科技", "PLANS_TO_INVEST_IN", "乙智能")
    assert not said(text, "甲科技", "INVESTED_IN", "乙智能")


def test_what_is_equipped_is_the_thing() -> None:
    text = "{甲一号:Product}是{乙汽车:Company}与{丙科技:Company}合作的车型，其搭载{丁驾驶:Product}"
    assert said(text, "甲一号", "USES", "丁驾驶")
    assert not said(text, "乙汽车", "USES", "丁驾驶")


def test_the_company_of_an_item_on_a_unit_is_its_owner() -> None:
    text = "{甲集团:Company}旗下电商平台{乙电商:Company}实现盈利。此外，公司旗下{丙物流:Company}开通服务。"
    assert said(text, "丙物流", "SUBSIDIARY_OF", "甲集团")
    assert not said(text, "丙物流", "SUBSIDIARY_OF", "乙电商")


def test_no_subject_is_carried_over_a_clause_that_begins_with_somebody_unknown() -> None:
    text = "{张三:Person}担任{甲科技:Company}总监，欧阳大一则于去年入职{乙智能:Company}，去年底加入{丙软件:Company}"
    assert said(text, "张三", "HOLDS_POSITION", "甲科技")
    assert not said(text, "张三", "HOLDS_POSITION", "乙智能")
    assert not said(text, "张三", "HOLDS_POSITION", "丙软件")


def test_two_lists_that_meet_are_each_with_each() -> None:
    found = facts("{甲科技:Company}、{乙智能:Company}向{丙汽车:Company}和{丁通信:Company}批量供货")
    pairs = {tuple(fact.split(" ")[::2][:2]) for fact in found if " SUPPLIES " in fact}
    assert pairs == {("甲科技", "丙汽车"), ("甲科技", "丁通信"), ("乙智能", "丙汽车"), ("乙智能", "丁通信")}


def test_two_lists_that_are_dealt_out_go_one_by_one() -> None:
    found = facts("{甲科技:Company}、{乙智能:Company}分别向{丙汽车:Company}和{丁通信:Company}批量供货")
    pairs = {tuple(fact.split(" ")[::2][:2]) for fact in found if " SUPPLIES " in fact}
    assert pairs == {("甲科技", "丙汽车"), ("乙智能", "丁通信")}
