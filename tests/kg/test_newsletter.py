"""What changed since a date, as news, and the graph as of a date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from toy import say
from typer.testing import CliRunner

from kg import KnowledgeGraph, LookupFailed
from kg.cli.commands import app
from kg.cli.letter import markdown
from kg.ledger import Ledger
from kg.newsletter import SECTIONS
from ontology.errors import StoreError

MONEY, MORE = "amount=10000000000 currency=USD", "amount=12000000000 currency=USD"


@pytest.fixture
def graph(store: Path) -> KnowledgeGraph:
    """Two weeks: the first recorded on the 17th, the second on the 24th."""
    first = [
        say("one", f"deal investment 甲 乙 round=A轮 status=planned {MONEY}", "甲 SUPPLIES 丙", date="2025-12-16"),
        say("two", "丙 SUPPLIES 丁", "戊 PARTNERS_WITH 己 status=planned", date="2025-12-17"),
        say("six", f"庚 PLANS_TO_INVEST_IN 辛 {MONEY}", date="2025-12-17"),
    ]
    second = [
        say(
            "three",
            "deal investment 甲 乙 round=A轮 status=completed amount=12000000000 currency=USD",
            date="2025-12-23",
        ),
        say("four", "甲 SUPPLIES 丙", "壬 SUPPLIES [癸](javascript:x)", date="2025-12-24"),
        say("five", "庚 PLANS_TO_INVEST_IN 辛 amount=20000000000 currency=USD", date="2025-12-24"),
        say("seven", "戊 PARTNERS_WITH 己 status=completed topic=云", date="2025-12-24"),
    ]
    with Ledger(store, create=True) as ledger:
        for now, week in (("2025-12-17", first), ("2025-12-24", second)):
            for extraction in week:
                ledger.record(extraction, "rules 1", now)
        ledger.retract("two", "2025-12-24")
    return KnowledgeGraph(store)


def test_news_stand_in_their_sections(graph: KnowledgeGraph) -> None:
    letter = graph.newsletter("2025-12-24")
    assert letter.documents == ("five", "four", "seven", "three")
    assert [news.about for news in letter.relations] == ["壬 供货 [癸](javascript:x)"]
    status = {news.about: news.told for news in letter.status}
    assert status["乙 A轮融资"] == "planned → completed"
    amounts = {(news.about, news.told, news.document) for news in letter.amounts}
    assert ("庚 拟投资 辛", "100 亿美元 → 200 亿美元", "five") in amounts
    assert ("乙 A轮融资", "100 亿美元 → 120 亿美元", "three") in amounts
    assert any(news.told.startswith("amount: 120 亿美元 (") for news in letter.conflicts)
    assert [news.about for news in letter.supported] == ["甲 供货 丙"]
    assert [news.about for news in letter.gone] == ["丙 供货 丁"]
    assert all(news.quote for news in (*letter.relations, *letter.amounts))


def test_a_letter_reads_as_markdown_and_shows_marks_as_they_are(graph: KnowledgeGraph) -> None:
    text = "\n".join(markdown(graph.newsletter("2025-12-24")))
    assert text.startswith("# What changed since 2025-12-24\n\n4 documents read, ")
    assert "\n## Moved on (" in text
    assert r"- **壬 供货 \[癸\](javascript:x)** — “壬 SUPPLIES \[癸\](javascript:x)” (title of four, " in text
    assert text.index("## New relations") < text.index("## Amounts changed") < text.index("## Gone")


def test_an_edge_is_left_out_where_its_deal_tells_the_same(store: Path) -> None:
    with Ledger(store, create=True) as ledger:
        for now, status in (("2025-12-17", "planned"), ("2025-12-24", "completed")):
            said = say("one", f"deal investment 甲 乙 status={status}", f"甲 PARTNERS_WITH 乙 status={status}")
            deal = said.deals[0].model_copy(update={"facts": (said.facts[0].id,)})
            ledger.record(said.model_copy(update={"deals": (deal,)}), "rules 1", now)
    letter = KnowledgeGraph(store).newsletter("2025-12-24")
    assert [news.id.partition(":")[0] for news in letter.status] == ["deal"]


def test_nothing_new_is_no_letter(graph: KnowledgeGraph) -> None:
    assert list(markdown(graph.newsletter("2026"))) == []


def test_each_change_stands_in_a_letter(graph: KnowledgeGraph) -> None:
    letter = graph.newsletter("2025-12-24")
    told = {news.id for section in SECTIONS for news in getattr(letter, section)}
    assert told == {change.id for change in graph.changes("2025-12-24")}


@pytest.mark.parametrize(
    ("date", "status", "suppliers"),
    [
        ("2025-12-15", [], set()),
        ("2025-12-16", ["planned"], {"甲"}),
        ("2025-12", ["completed"], {"甲", "壬"}),
        ("2026-01-01", ["completed"], {"甲", "壬"}),
    ],
)
def test_the_graph_as_of_a_date(graph: KnowledgeGraph, date: str, status: list[str], suppliers: set[str]) -> None:
    with graph.as_of(date) as past:
        assert [deal.status for deal in past.deals(kind="investment") if deal.name == "乙 A轮融资"] == status
        assert {relation.subject.name for relation in past.relations(predicate="SUPPLIES")} == suppliers
        assert len(list(past.check().wrong)) == 0
        assert past.to_networkx().number_of_nodes() == len(list(past.ledger.entities())) + len(past.deals())


def test_what_came_later_is_not_known(graph: KnowledgeGraph) -> None:
    with graph.as_of("2025-12-17") as past, pytest.raises(LookupFailed, match="壬"):
        past.entity("壬")
    assert graph.entity("壬").name == "壬"


def test_a_past_graph_is_read_only(graph: KnowledgeGraph) -> None:
    writes: list[Callable[[KnowledgeGraph], object]] = [
        lambda past: past.build(["x"]),
        lambda past: past.refresh(["x"]),
        lambda past: past.retract("one"),
    ]
    for write in writes:
        with graph.as_of("2025") as past, pytest.raises(StoreError, match="as of 2025 is read-only"):
            write(past)


def test_no_date(graph: KnowledgeGraph) -> None:
    with pytest.raises(LookupFailed, match="no date 'x'"):
        graph.as_of("x")


def test_commands_as_of_a_date(graph: KnowledgeGraph) -> None:
    def kg(*words: str) -> str:
        return CliRunner(env={"KG_STORE": str(graph.store)}).invoke(app, words).stdout

    assert "壬" in kg("ask", "suppliers", "company=[癸](javascript:x)")
    assert "planned" in kg("show", "乙", "--as-of", "2025-12-17")
    assert "completed" not in kg("show", "乙", "--as-of", "2025-12-17")
    assert kg("path", "甲", "丙", "--as-of", "2025-12-16").startswith("甲 ─SUPPLIES")
