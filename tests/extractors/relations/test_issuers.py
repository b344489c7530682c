"""Whose shares are meant where a clause names their holder alone."""

import pytest

from extractors.relations.examples import read_example
from extractors.relations.rules import Example, load_rules


def said(text: str) -> list[str]:
    return [" ".join(fact.split(" ")[:3]) for fact in read_example(Example(text=text, facts=()), load_rules())]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "{北斗药业:Company}公告，控股股东{南山控股:Company}计划减持不超过300万股。",
            "南山控股 PLANS_TO_REDUCE_STAKE_IN 北斗药业",
        ),
        ("{北斗药业:Company}的创始人{张三丰:Person}从学徒做起，如今持股44%。", "张三丰 HOLDS_STAKE_IN 北斗药业"),
        (
            "{南山基金:Investor}计划减持{北斗药业:Company}股份。另一股东{西湖创投:Investor}则持股1%。",
            "西湖创投 HOLDS_STAKE_IN 北斗药业",
        ),
        (
            "{南山基金:Investor}减持了{东海股份:Company}。{北斗药业:Company}公告，{南山基金:Investor}卖掉116万股。",
            "南山基金 REDUCED_STAKE_IN 北斗药业",
        ),
        ("{北斗药业:Company}（{南山控股:Company}持有99%权益的附属公司）中标。", "南山控股 HOLDS_STAKE_IN 北斗药业"),
    ],
)
def test_issuer_is_who_was_told_to_be_held(text: str, fact: str) -> None:
    assert fact in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "{北斗药业:Company}公告，拟减持不超过300万股。",
        "{南山证券:Company}建议投资者买入股票。",
        "{北斗药业:Company}公告，{南山控股:Company}占其采购额的30%。",
    ],
)
def test_no_issuer_is_made_up(text: str) -> None:
    assert not said(text)


def test_a_firm_that_stands_alone_as_a_title_is_the_next_issuer() -> None:
    told = said("{南山集团:Company}持有{东海游戏:Company}11%股份。{北斗游戏:Company}。{南山集团:Company}持股40%。")
    assert told == ["南山集团 HOLDS_STAKE_IN 东海游戏", "南山集团 HOLDS_STAKE_IN 北斗游戏"]


def test_the_unit_of_a_unit_belongs_to_the_house() -> None:
    told = said("{东海保险:Company}旗下{东海寿险:Company}收入增长，另一家子公司{东海产险:Company}收入微升。")
    assert "东海产险 SUBSIDIARY_OF 东海保险" in told


def test_shares_of_the_firm_somebody_else_holds_in_the_same_sentence() -> None:
    text = "{乙科技:Company}公告。董事长{张三丰:Person}持有{丙电子:Company}40%的股份，{甲资本:Investor}持有约10%。"
    assert "甲资本 HOLDS_STAKE_IN 丙电子" in said(text)
    assert "甲资本 HOLDS_STAKE_IN 乙科技" not in said(text)
