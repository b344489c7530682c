"""How answers look in a notebook, and the graph as pandas tables."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from toy import say

from kg import KnowledgeGraph, LookupFailed
from kg.answers import Entity
from kg.ledger import Ledger
from ontology.errors import YanbaoError


@pytest.fixture
def graph(fill: Callable[..., Ledger], store: Path) -> KnowledgeGraph:
    fill(
        say(
            "one",
            "甲<b>创投 INVESTED_IN 乙科技 round=A轮 amount=200000000 currency=CNY",
            "乙科技 PARTNERS_WITH 丙集团",
            "deal investment 甲<b>创投 乙科技 round=A轮",
            "figure 乙科技 营业收入 2024 743000000 CNY",
        )
    )
    return KnowledgeGraph(store)


def test_graph_entity_relation_and_deal_show_what_they_hold(graph: KnowledgeGraph) -> None:
    assert "1 份文档 · 3 个实体 · 2 条关系" in graph._repr_html_()
    assert "<strong>乙科技</strong>" in graph.entity("乙科技")._repr_html_()
    [invested] = graph.relations(predicate="INVESTED_IN")
    assert "2 亿元 · A轮" in invested._repr_html_()
    [deal] = graph.deals(company="乙科技")
    assert "<td>INVESTEE</td><td>乙科技</td>" in deal._repr_html_()


def test_names_from_reports_are_no_markup(graph: KnowledgeGraph) -> None:
    [invested] = graph.relations(predicate="INVESTED_IN")
    for shown in (invested, invested.subject, *graph.deals(), graph.entity("甲<b>创投")):
        if hasattr(shown, "_repr_html_"):
            assert "<b>" not in shown._repr_html_()
            assert "甲&lt;b&gt;创投" in shown._repr_html_()
    turned = Entity(id="x", type="Company", labels=("Company",), name="\u202e乙<script>\x07")
    assert "<strong>\ufffd乙&lt;script&gt;\ufffd</strong>" in turned._repr_html_()


def test_only_what_has_a_direction_has_an_arrow(graph: KnowledgeGraph) -> None:
    shown = {relation.predicate: relation._repr_html_() for relation in graph.relations()}
    assert "→" in shown["INVESTED_IN"]
    assert "→" not in shown["PARTNERS_WITH"]


def test_a_graph_that_was_never_built_says_so(store: Path) -> None:
    assert "尚未建图" in KnowledgeGraph(store)._repr_html_()
    assert not store.exists()


def test_tables_have_a_row_for_each_id_and_numbers_in_them(graph: KnowledgeGraph) -> None:
    relations = graph.to_pandas().set_index("predicate")
    assert relations.loc["INVESTED_IN", "amount"] / 2 == 100_000_000
    assert relations.loc["PARTNERS_WITH", ["subject", "object"]].tolist() == ["乙科技", "丙集团"]
    assert list(graph.to_pandas("metrics")["value"]) == [743_000_000]
    assert list(graph.to_pandas("entities")["name"]) == ["丙集团", "乙科技", "甲<b>创投"]
    assert list(graph.to_pandas("deals")["kind"]) == ["investment"]


def test_an_unknown_table_is_named_with_those_there_are(graph: KnowledgeGraph) -> None:
    with pytest.raises(LookupFailed, match="no table 'graph'; known: relations, entities, deals, metrics"):
        graph.to_pandas("graph")


def test_without_pandas_one_line_says_what_to_install(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(YanbaoError, match=r"pip install 'yanbao-kg\[pandas\]'"):
        graph.to_pandas()
