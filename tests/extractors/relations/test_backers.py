"""Who pays for a round, by what the names are; and sentences that name investors for another reason."""

from __future__ import annotations

import pytest

from extractors.relations.backers import round_rule
from extractors.relations.examples import read_example
from extractors.relations.rules import Example, load_rules


def facts(text: str) -> set[str]:
    return {" ".join(fact.split(" ")[:3]) for fact in read_example(Example(text=text, facts=()), load_rules())}


def test_the_example_of_the_rule_holds() -> None:
    example = round_rule().examples[0]
    assert {" ".join(fact.split(" ")[:3]) for fact in example.facts} <= facts(example.text)


@pytest.mark.parametrize(
    "text",
    [
        "{乙科技:Company}的新一轮已经落定，领头的是{甲资本:Investor}",
        "{乙科技:Company}公布B轮融资，金额2亿元，出钱的有{甲资本:Investor}，外加{丙创投:Investor}",
    ],
)
def test_investors_of_the_round_told(text: str) -> None:
    assert "甲资本 INVESTED_IN 乙科技" in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "{乙科技:Company}完成B轮融资，{甲资本:Investor}任财务顾问",
        "{乙科技:Company}完成B轮融资，{甲资本:Investor}合伙人谈了看法",
        "{乙科技:Company}的新一轮里，{甲资本:Investor}接洽遭拒",
        "{乙科技:Company}与{丁电子:Company}都在谈新一轮，{甲资本:Investor}出现在会场",
    ],
)
def test_investors_named_for_another_reason(text: str) -> None:
    assert "甲资本 INVESTED_IN 乙科技" not in facts(text)
