"""Deals of one document: told in headline and body they are one, and talks say what they are about."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Deal, Document, Fact


def read(text: str, predicate: str = "") -> tuple[tuple[Deal, ...], list[Fact]]:
    """The deals of a text and its facts of one type."""
    found = extract(Document(id="x", text=text, date="2025-12-17"))
    return found.deals, [fact for fact in found.facts if fact.predicate == predicate]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("亚马逊正与OpenAI洽谈投资事宜。", "investment"),
        ("亚马逊正就入股OpenAI与OpenAI进行磋商。", "investment"),
        ("博通正在与VMware洽谈收购事宜。", "acquisition"),
        ("亚马逊正与OpenAI洽谈供货事宜。", ""),
        ("亚马逊正与OpenAI洽谈合作，后者的投资者表示欢迎。", ""),
    ],
)
def test_talks_say_what_they_are_about(text: str, kind: str) -> None:
    _, talks = read(text, "NEGOTIATING_WITH")
    assert [fact.qualifiers.get("kind", "") for fact in talks] == [kind]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("亚马逊洽谈向OpenAI投资逾100亿美元。这是亚马逊与OpenAI之间达成的最新投资协议。", "negotiating"),
        ("亚马逊洽谈向OpenAI投资逾100亿美元。亚马逊与OpenAI签署了投资协议。", "agreed"),
        ("亚马逊洽谈向OpenAI投资逾100亿美元。亚马逊与OpenAI也在商讨一项商业合作。", "negotiating"),
    ],
)
def test_an_agreement_that_is_only_named_is_no_signature(text: str, status: str) -> None:
    found, _ = read(text)
    assert [deal.status for deal in found if deal.type == "investment"] == [status]


def test_headline_and_body_are_one_deal_that_keeps_both_amounts() -> None:
    text = "# 亚马逊就投资OpenAI展开谈判，金额逾100亿美元\n\n亚马逊正与OpenAI洽谈投资事宜，拟投资至少100亿美元。\n"
    [deal], _ = read(text)
    assert (deal.id, deal.name) == ("deal:OpenAI:investment:AMZN.O", "亚马逊洽谈投资OpenAI")
    assert {claim.qualifiers.get("amount_op") for claim in deal.claims} == {">", ">="}
    assert all(claim.evidence in deal.evidence for claim in deal.claims)


def test_what_each_pays_is_its_share_and_no_total() -> None:
    [deal], _ = read("红杉中国和云锋基金分别向摩尔线程投资1亿元和2亿元。")
    shares = {party.entity: party.qualifiers.get("amount") for party in deal.parties}
    assert shares == {"688795.SH": None, "红杉中国": "100000000", "云锋基金": "200000000"}
    assert "amount" not in deal.qualifiers


def test_two_rounds_of_one_sentence_are_two_deals() -> None:
    found, _ = read("2021年，红杉中国投资了摩尔线程的A轮融资，2022年又参与了摩尔线程的B轮融资。")
    assert sorted(deal.name for deal in found) == ["摩尔线程 A轮融资", "摩尔线程 B轮融资"]
