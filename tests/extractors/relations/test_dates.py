"""Which date belongs to a fact, and which to another matter of its sentence."""

from __future__ import annotations

import pytest

from extractors.relations.examples import read_example
from extractors.relations.rules import Example, load_rules


def dates(text: str) -> set[str]:
    found = read_example(Example(text=text, facts=()), load_rules())
    return {part for fact in found for part in fact.split(" ") if part.startswith("date=")}


@pytest.mark.parametrize(
    "text",
    [
        "{甲科技:Company}成立于2016年，与{乙集团:Company}展开合作",
        "{甲科技:Company}于2016年3月在北京注册成立，下游客户包括{乙集团:Company}",
        "2020年{甲科技:Company}依旧保持出货量行业第一，收购{乙集团:Company}后产能扩充",
        "2019年{甲科技:Company}市占率排名第三，已打入{乙集团:Company}供应链",
        "{甲科技:Company}于8月1日收到股东的通知，{丙集团:Company}减持{乙集团:Company}股份",
        "2020年12月23日每日一报芯片缺货2020年12月23日每周一报{甲一号:Product}首发{乙二号:Chip}",
    ],
)
def test_the_date_of_another_matter_stays_off(text: str) -> None:
    assert dates(text) == set()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020年8月，{甲科技:Company}收购{乙集团:Company}", "2020-08"),
        ("2016年3月{甲科技:Company}成立，2018年收购{乙集团:Company}", "2018"),
        ("{张三丰:Person}于2016年创立{甲科技:Company}", "2016"),
    ],
)
def test_the_date_of_the_deed_stays(text: str, date: str) -> None:
    assert dates(text) == {f"date={date}"}
