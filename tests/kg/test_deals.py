"""Deals over all documents: a function of what stands in the ledger, told week by week, kept with every claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import Line, tell
from typer.testing import CliRunner

from kg import KnowledgeGraph
from kg.cli.commands import app
from kg.ledger import Ledger
from kg.ledger.changes import said
from ontology.records import Deal, Extraction

Fill = Callable[..., Ledger]

TALK: Line = ("云厂", "NEGOTIATING_WITH", "智科技", {"kind": "investment", "status": "negotiating"})
PLAN: Line = ("云厂", "PLANS_TO_INVEST_IN", "智科技", {"status": "agreed"})
DEED: Line = ("云厂", "INVESTED_IN", "智科技", {"status": "completed"})
BACK: Line = ("智科技", "INVESTED_IN", "云厂", {"status": "completed"})
AT_LEAST: Line = (
    *("云厂", "investment", "智科技"),
    {"status": "negotiating", "amount": "10000000000", "amount_op": ">=", "currency": "USD"},
)
OVER: Line = (*AT_LEAST[:3], {**AT_LEAST[3], "amount_op": ">", "status": "agreed"})
ROUNDS: tuple[Line, ...] = tuple(
    (investor, "investment", "智科技", {"round": name})
    for investor, name in (("红投", "A轮"), ("蓝投", "A轮"), ("红投", "B轮"))
)
VAGUE: Line = ("红投", "INVESTED_IN", "智科技", {"status": "completed"})
POOL: dict[str, tuple[str, list[Line], list[Line]]] = {
    "one": ("2025-12-10", [TALK], []),
    "two": ("2025-12-17", [PLAN], [AT_LEAST]),
    "three": ("2025-12-17", [], [OVER]),
    "four": ("2025-12-24", [DEED], []),
    "five": ("2021-12-24", [VAGUE], [ROUNDS[0]]),
    "six": ("2025-12-24", [TALK], [ROUNDS[1]]),
    "seven": ("", [BACK], [ROUNDS[2]]),
    "eight": ("2023-01-02", [VAGUE], []),
}


def document(key: str) -> Extraction:
    """A document of the pool."""
    date, facts, deals = POOL[key]
    return tell(date, "", *facts, deals=deals, id=key)


Steps = list[tuple[str, bool]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(POOL)), st.booleans()), max_size=10))
def test_deals_are_a_function_of_the_documents_that_are_left(
    tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> None:
    folder = tmp_path_factory.mktemp("deals")
    left: set[str] = set()
    with Ledger(folder / "kg.db", create=True) as ledger, Ledger(folder / "anew.db", create=True) as anew:
        for key, told in steps:
            if told:
                ledger.record(document(key), "rules 1", "2025-12-24")
                left.add(key)
            else:
                ledger.retract(key, "2025-12-24")
                left.discard(key)
        for key in sorted(left):
            anew.record(document(key), "rules 1", "2025-12-24")
        assert ledger.deals() == anew.deals()
        check_views(ledger)


def check_views(ledger: Ledger) -> None:
    """The deals of one party are those among all; the log ends at what stands."""
    found = ledger.deals()
    for entity in ledger.entities():
        mine = [deal for deal in found if any(party.entity == entity.id for party in deal.parties)]
        assert ledger.deals(entity.id) == mine
    logged = {change.id: change.after for change in ledger.changes() if isinstance(change.state, Deal)}
    standing = {key: said(deal) for key, deal in logged.items() if deal is not None}
    assert standing == {deal.id: said(deal) for deal in found}


def test_three_weeks_are_one_deal_with_a_history(store: Path, fill: Fill) -> None:
    fill(document("four"), document("two"), document("one"))
    with KnowledgeGraph(store) as graph:
        [deal] = graph.deals(company="云厂", kind="investment")
    assert [(step.date, step.value, step.document) for step in deal.history] == [
        ("2025-12-10", "negotiating", "one"),
        ("2025-12-17", "agreed", "two"),
        ("2025-12-24", "completed", "four"),
    ]
    assert (deal.name, deal.status, deal.documents) == ("云厂投资智科技", "completed", ("four", "two", "one"))
    assert [(role.role, role.party.name) for role in deal.parties] == [("INVESTEE", "智科技"), ("INVESTOR", "云厂")]


def test_at_least_against_more_than_shows_with_who_says_it(store: Path, fill: Fill) -> None:
    fill(document("two"), document("three"))
    with KnowledgeGraph(store) as graph:
        [deal] = graph.deals()
    [conflict] = deal.conflicts
    assert conflict.term == "amount"
    assert {(value.document, value.value) for value in conflict.values} == {
        ("two", "≥ 100 亿美元"),
        ("three", "> 100 亿美元"),
    }
    assert all(value.text and value.date == "2025-12-17" for value in conflict.values)


def test_two_rounds_stay_two_and_co_investors_of_one_are_in_one(fill: Fill) -> None:
    found = fill(document("five"), document("six"), document("seven")).deals()
    rounds = {
        deal.qualifiers["round"]: {party.entity for party in deal.parties}
        for deal in found
        if "round" in deal.qualifiers
    }
    assert rounds == {"A轮": {"id 红投", "id 蓝投", "id 智科技"}, "B轮": {"id 红投", "id 智科技"}}


def test_edges_alone_are_a_deal_only_where_they_say_more_than_one_edge(fill: Fill) -> None:
    assert fill(document("one")).deals() == []
    assert [deal.name for deal in fill(document("one"), document("four")).deals()] == ["云厂投资智科技"]


def test_the_log_follows_talks_when_it_turns_out_who_acts(fill: Fill) -> None:
    talk: Line = ("云厂", "NEGOTIATING_WITH", "智科技", {"kind": "investment", "round": "B轮"})
    others: Line = ("红投", "investment", "智科技", {"round": "B轮"})
    ledger = fill(tell("2025-12-01", "", talk, id="talk"), tell("2025-12-01", "", deals=[others], id="others"))
    for key, line in (("one way", PLAN), ("the other", BACK)):
        ledger.record(tell("2025-12-02", "", line, id=key), "rules 1", "2025-12-24")
        check_views(ledger)
    for key in ("one way", "the other"):
        ledger.retract(key, "2025-12-24")
        check_views(ledger)


WEEK = """青梧证券

2025年12月17日

# 亚马逊洽谈投资 OpenAI，国产算力再获融资

## 投资要点

### 亚马逊洽谈投资 OpenAI

亚马逊正与 OpenAI 洽谈投资事宜，拟投资至少 100 亿美元。

## 行业动态

#### 亚马逊就投资 OpenAI 展开谈判

据报道，亚马逊正洽谈向 OpenAI 投资逾 100 亿美元，谈判仍处于早期阶段。微软早在 2019 年就向 OpenAI 投资了 10 亿美元。
"""
FOLLOW_UP = {
    "id": "follow-up",
    "date": "2025-12-24",
    "publisher": "白岚证券",
    "title": "亚马逊签署协议投资OpenAI",
    "text": "12月23日，亚马逊宣布已与OpenAI签署投资协议，将向OpenAI投资超过100亿美元。",
}


@pytest.fixture
def told_twice(store: Path, tmp_path: Path) -> KnowledgeGraph:
    """A weekly with headline, summary and body, and another broker's follow-up, the follow-up read first."""
    (tmp_path / "week.md").write_text(WEEK, encoding="utf-8")
    (tmp_path / "next.jsonl").write_text(json.dumps(FOLLOW_UP, ensure_ascii=False), encoding="utf-8")
    graph = KnowledgeGraph(store)
    graph.build([tmp_path / "next.jsonl", tmp_path / "week.md"], now="2025-12-25")
    return graph


def test_headline_summary_body_and_follow_up_are_one_deal(told_twice: KnowledgeGraph) -> None:
    [deal] = told_twice.deals(company="亚马逊")
    assert (deal.name, deal.kind, deal.status) == ("亚马逊同意投资OpenAI", "investment", "agreed")
    assert [(step.date, step.value) for step in deal.history] == [
        ("2025-12-17", "negotiating"),
        ("2025-12-24", "agreed"),
    ]
    assert {v.value for c in deal.conflicts if c.term == "amount" for v in c.values} == {"≥ 100 亿美元", "> 100 亿美元"}
    assert len({claim.evidence for claim in deal.claims}) >= 5
    assert sorted(each.name for each in told_twice.deals(company="OpenAI")) == [
        "亚马逊同意投资OpenAI",
        "微软投资OpenAI",
    ]
    told_twice.retract("follow-up")
    [before] = told_twice.deals(company="亚马逊")
    assert (before.id, before.name, before.status) == (deal.id, "亚马逊洽谈投资OpenAI", "negotiating")


def test_a_deal_is_printed_with_its_history_conflicts_and_claims(told_twice: KnowledgeGraph) -> None:
    run = CliRunner(env={"KG_STORE": str(told_twice.store), "COLUMNS": "200"})
    key = told_twice.deals(company="亚马逊")[0].id
    shown = run.invoke(app, ["show", key]).stdout
    history = run.invoke(app, ["history", key]).stdout
    for part in ("亚马逊同意投资OpenAI · investment · agreed", "INVESTOR 亚马逊", "≥ 100 亿美元", "> 100 亿美元"):
        assert part in shown
    assert "negotiating" in history
    assert "new" in history
    assert json.loads(run.invoke(app, ["history", key, "--json"]).stdout)["deal"]["id"] == key
    assert "negotiating → agreed" in run.invoke(app, ["show", "亚马逊"]).stdout
    assert "deal:OpenAI:investment:AMZN.O" in run.invoke(app, ["ask", "deals", "company=亚马逊"]).stdout
    wrong = run.invoke(app, ["ask", "deals", "status=complete"])
    assert wrong.stderr == "kg: no status 'complete'; did you mean completed?\n"
