"""Financing told over clauses and sentences: who is financed, who pays, in which round."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document


def told(text: str) -> set[tuple[str, ...]]:
    """Investor, firm and round of every investment a text tells."""
    result = extract(Document(id="a", text=text, date="2025-06-01"))
    names = {entity.id: entity.name for entity in result.entities}
    return {
        (names[fact.subject], names[fact.object], fact.qualifiers.get("round", ""))
        for fact in result.facts
        if fact.predicate == "INVESTED_IN"
    }


@pytest.mark.parametrize(
    "clause",
    [
        "由红杉中国、高瓴创投联合投资",
        "红杉中国、高瓴创投共同投资",
        "投资方当中，既有红杉中国，也有高瓴创投",
        "领投的是红杉中国，一同出手的还有高瓴创投",
        "红杉中国作为领投方，高瓴创投作为跟投方参与",
    ],
)
def test_investors_named_after_the_round_invest_in_its_firm(clause: str) -> None:
    expected = {("红杉中国", "摩尔线程", "B轮"), ("高瓴创投", "摩尔线程", "B轮")}
    assert told(f"摩尔线程宣布完成B轮融资，{clause}。") == expected


def test_a_bare_verb_of_a_later_sentence_is_no_part_of_the_round() -> None:
    assert told("摩尔线程完成B轮融资。展会昨日开幕，红杉中国参与。") == set()


def test_a_round_is_that_of_its_own_clause() -> None:
    text = "摩尔线程的A轮投资方是红杉中国，B轮由高瓴创投领投，C轮则引入了深创投。"
    assert told(text) == {
        ("红杉中国", "摩尔线程", "A轮"),
        ("高瓴创投", "摩尔线程", "B轮"),
        ("深创投", "摩尔线程", "C轮"),
    }


def test_an_investor_before_the_round_does_not_become_who_is_financed() -> None:
    text = "摩尔线程获红杉中国数千万元A轮融资，高瓴创投跟投。"
    assert told(text) == {("红杉中国", "摩尔线程", "A轮"), ("高瓴创投", "摩尔线程", "A轮")}


def test_investors_count_as_those_of_the_firm_last_spoken_of() -> None:
    text = "摩尔线程位于北京，投资方包括红杉中国、高瓴创投。"
    assert told(text) == {("红杉中国", "摩尔线程", ""), ("高瓴创投", "摩尔线程", "")}


def test_its_investors_are_those_of_the_firm_named_with_them() -> None:
    text = "红杉中国、高瓴创投均为摩尔线程股东，也是其投资方。"
    assert told(text) == {("红杉中国", "摩尔线程", ""), ("高瓴创投", "摩尔线程", "")}


def test_firms_counted_after_a_list_are_the_list() -> None:
    text = "摩尔线程完成B轮融资，红杉中国、高瓴创投两家机构共同投资。"
    assert told(text) == {("红杉中国", "摩尔线程", "B轮"), ("高瓴创投", "摩尔线程", "B轮")}


def test_a_round_ends_where_somebody_unnamed_is_financed() -> None:
    text = "摩尔线程完成A轮融资，由红杉中国领投。同一天，另一家自动驾驶公司的D轮也已敲定，由高瓴创投领投。"
    assert told(text) == {("红杉中国", "摩尔线程", "A轮")}


def test_this_round_is_that_of_the_firm_spoken_of() -> None:
    text = "摩尔线程推进改制。本次增资引入两家战略投资者，分别是红杉中国和高瓴创投。"
    assert told(text) == {("红杉中国", "摩尔线程", ""), ("高瓴创投", "摩尔线程", "")}


def test_a_strategic_investment_leaves_the_name_alone() -> None:
    assert told("青杉资本战略投资谱维科技。") == {("青杉资本", "谱维科技", "")}
