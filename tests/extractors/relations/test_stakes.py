"""Who sells whose shares to whom: dropped subjects, 其 and what a transfer says besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.relations.examples import read_example
from extractors.relations.rules import Example, load_rules
from ontology.errors import SchemaError


def facts(text: str) -> set[str]:
    return {" ".join(fact.split(" ")[:3]) for fact in read_example(Example(text=text, facts=()), load_rules())}


def test_a_transfer_says_who_acquires_and_who_reduces() -> None:
    text = "{甲集团:Company}已将其持有的{丙科技:Company}10%股份转让给{乙资本:Investor}"
    wanted = {"甲集团 TRANSFERS_STAKE_TO 乙资本", "乙资本 ACQUIRED 丙科技", "甲集团 REDUCED_STAKE_IN 丙科技"}
    assert wanted <= facts(text)


def test_a_planned_transfer_says_nothing_done() -> None:
    found = facts("{甲集团:Company}拟将其持有的{丙科技:Company}10%股份转让给{乙资本:Investor}")
    assert {"乙资本 PLANS_TO_ACQUIRE 丙科技", "甲集团 PLANS_TO_REDUCE_STAKE_IN 丙科技"} <= found
    assert not {"乙资本 ACQUIRED 丙科技", "甲集团 REDUCED_STAKE_IN 丙科技"} & found


def test_the_seller_behind_a_preposition_buys_nothing() -> None:
    found = facts("{乙集团:Company}拟向控股股东{甲投资:Company}购买{丙科技:Company}60%股权")
    assert {"乙集团 PLANS_TO_ACQUIRE 丙科技", "甲投资 TRANSFERS_STAKE_TO 乙集团"} <= found
    assert "甲投资 PLANS_TO_ACQUIRE 丙科技" not in found


@pytest.mark.parametrize(
    "text",
    [
        "{丙科技:Company}公告，公司控股股东{甲集团:Company}拟将其持有的公司500万股，协议转让给{乙资本:Investor}",
        "{丙科技:Company}公告，控股股东{甲集团:Company}与{乙资本:Investor}签署协议，拟将其持有的公司500万股转让给后者",
    ],
)
def test_the_shareholder_acts_on_not_the_firm(text: str) -> None:
    assert {"甲集团 TRANSFERS_STAKE_TO 乙资本", "乙资本 PLANS_TO_ACQUIRE 丙科技"} <= facts(text)


def test_a_shareholder_named_behind_his_firm_is_the_subject_of_the_next_clause() -> None:
    text = "{甲科技:Company}公告，持公司5%股份的股东{张三丰:Person}计划在六个月内，以集中竞价等方式减持公司股份80万股"
    assert "张三丰 PLANS_TO_REDUCE_STAKE_IN 甲科技" in facts(text)
    assert "甲科技 PLANS_TO_REDUCE_STAKE_IN 张三丰" not in facts(text)


def put(folder: Path, name: str, rule: str, words: str, *, implied: str = "") -> None:
    (folder / name).write_text(
        f"relation: ACQUIRED\n{implied}frames:\n  - {{id: {rule}, words: {words}, subject: firm, object: firm, "
        f"forms: [active], examples: [{{text: '{{甲科技:Company}}{words}{{乙电子:Company}}', facts: []}}]}}\n",
        "utf-8",
    )


def test_several_files_tell_one_relation(tmp_path: Path) -> None:
    put(tmp_path, "acquired_slang.yml", "slang.swallow", "生吞")
    put(tmp_path, "acquired_verse.yml", "verse.reap", "收割走")
    book = load_rules((tmp_path,))
    for words in ("生吞", "收割走"):
        example = Example(text=f"{{甲科技:Company}}{words}{{乙电子:Company}}", facts=())
        assert any(fact.startswith("甲科技 ACQUIRED 乙电子") for fact in read_example(example, book))


def test_an_implied_relation_must_be_known(tmp_path: Path) -> None:
    implied = "implies: [{relation: EATS, subject: S, object: O}]\n"
    put(tmp_path, "acquired_slang.yml", "slang.swallow", "生吞", implied=implied)
    with pytest.raises(SchemaError, match="unknown relation 'EATS'"):
        load_rules((tmp_path,))
