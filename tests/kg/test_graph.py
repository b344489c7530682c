"""The graph from Python: names, relations, deals, paths, evidence, and building from files."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from kg import KnowledgeGraph, LookupFailed
from ontology.errors import StoreError, YanbaoError

WEEK_ONE = """本周要闻
甲创投 INVESTED_IN 乙科技 round=A轮 status=completed amount=10000000000 amount_op=>= currency=USD
alias 乙科技 = Beta_Tech
乙科技 SUPPLIES 丙集团
丙集团 PARTNERS_WITH 丁芯片
deal investment 甲创投 乙科技 round=A轮 status=agreed amount=5
figure 乙科技 营业收入 2024 743000000 CNY
"""
WEEK_TWO = """甲创投 INVESTED_IN 乙科技 round=B轮 status=planned
deal investment 甲创投 乙科技 round=A轮 status=completed amount=6
"""

pytestmark = pytest.mark.usefixtures("toy_rules")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    lines = [
        {"id": "one", "text": WEEK_ONE, "date": "2025-12-17"},
        {"id": "two", "text": WEEK_TWO, "date": "2025-12-24"},
    ]
    for line in lines:
        (folder / f"{line['id']}.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def graph(store: Path, reports: Path) -> KnowledgeGraph:
    graph = KnowledgeGraph(store)
    graph.build([reports], now="2025-12-25")
    return graph


def test_build_counts_and_second_build_is_unchanged(store: Path, reports: Path) -> None:
    with KnowledgeGraph(store) as graph:
        first, second = graph.build([reports]), graph.build([reports])
    assert (first.new, first.facts.new) == (("one", "two"), 4)
    assert (second.unchanged, second.facts.new, second.new) == (("one", "two"), 0, ())


def test_progress_hears_of_every_document_read(store: Path, reports: Path) -> None:
    heard: list[str] = []
    with KnowledgeGraph(store) as graph:
        graph.build([str(reports)], heard.append)
    assert heard == ["one", "two"]


@pytest.mark.parametrize("name", ["乙科技", "Beta Tech", "ＢＥＴＡ ｔｅｃｈ", "乙 科技"])
def test_every_spelling_leads_to_one_entity(graph: KnowledgeGraph, name: str) -> None:
    entity = graph.entity(name)
    assert (entity.name, entity.aliases, entity.documents) == ("乙科技", ("Beta Tech",), ("two", "one"))


def test_unknown_name_offers_close_ones(graph: KnowledgeGraph) -> None:
    with pytest.raises(LookupFailed, match="did you mean 乙科技"):
        graph.entity("乙科枝")


@pytest.mark.parametrize("name", ["", " ", "%", "甲\0", "'; DROP TABLE claims; --"])
def test_odd_names_are_unknown_names(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(LookupFailed):
        graph.entity(name)
    with pytest.raises(LookupFailed):
        graph.evidence(name)


def test_names_of_any_characters_are_found_again(graph: KnowledgeGraph, tmp_path: Path) -> None:
    odd = "甲\0`'\"<b>"
    (tmp_path / "odd.jsonl").write_text(json.dumps({"id": "odd", "text": f"{odd} SUPPLIES 乙科技"}), encoding="utf-8")
    graph.build([tmp_path / "odd.jsonl"])
    assert graph.entity(odd).name == odd
    assert [r.subject.name for r in graph.relations(subject=odd)] == [odd]


def test_search_puts_the_exact_name_first(graph: KnowledgeGraph) -> None:
    assert graph.search("beta")[0].name == "乙科技"
    assert graph.search("完全无关") == []


def test_relations_by_ends_type_status_and_confidence(graph: KnowledgeGraph) -> None:
    rounds = graph.relations(subject="甲创投", predicate="INVESTED_IN", object="Beta Tech")
    assert sorted(r.qualifiers["round"] for r in rounds) == ["A轮", "B轮"]
    [planned] = graph.relations(status="planned")
    assert (planned.object.name, planned.label_zh, planned.documents) == ("乙科技", "投资", ("two",))
    assert graph.relations(min_confidence=0.99) == []


def test_symmetric_relation_is_found_from_either_end(graph: KnowledgeGraph) -> None:
    [one], [other] = graph.relations(subject="丁芯片"), graph.relations(object="丁芯片")
    assert one == other


def test_one_deal_keeps_what_documents_differ_on(graph: KnowledgeGraph) -> None:
    [deal] = graph.deals(company="乙科技", kind="investment", status="completed")
    [amount] = deal.conflicts
    given = [(value.value, value.document, value.text.split()[0]) for value in amount.values]
    assert given == [("6", "two", "deal"), ("≥ 100 亿美元", "one", "甲创投"), ("5", "one", "deal")]
    assert [(step.date, step.value) for step in deal.history] == [("2025-12-17", "completed")]
    assert graph.deal(deal.id) == graph.deal("乙科技:investment") == deal
    assert (graph.deals(since="2025-12-24"), graph.deals(since="2025-12-25")) == ([deal], [])
    assert [(role.role, role.party.name) for role in deal.parties] == [("INVESTEE", "乙科技"), ("INVESTOR", "甲创投")]
    assert graph.deals(company="丙集团") == []
    with pytest.raises(LookupFailed, match="no kind 'merger'; known: acquisition"):
        graph.deals(kind="merger")
    with pytest.raises(LookupFailed, match="no deal"):
        graph.deal(graph.relations()[0].id)


def test_figures(graph: KnowledgeGraph) -> None:
    [figure] = graph.metrics(entity="乙科技")
    assert (figure.entity.name, figure.period, figure.value) == ("乙科技", "2024", "743000000")


def test_path_ignores_direction_and_keeps_it(graph: KnowledgeGraph) -> None:
    assert [str(step) for step in graph.path("丁芯片", "甲创投")] == [
        "丙集团 PARTNERS_WITH 丁芯片",
        "乙科技 SUPPLIES 丙集团",
        "甲创投 INVESTED_IN 乙科技",
    ]
    assert graph.path("甲创投", "甲创投") == []


def test_evidence_by_the_beginning_of_an_id(graph: KnowledgeGraph) -> None:
    [relation] = graph.relations(predicate="SUPPLIES")
    [quote] = graph.evidence(relation.id.partition(":")[2][:10])
    assert (quote.sentence, quote.document, quote.date) == ("乙科技 SUPPLIES 丙集团", "one", "2025-12-17")
    with pytest.raises(LookupFailed, match="no fact"):
        graph.evidence("zzzz")


def test_changes_and_history(graph: KnowledgeGraph, reports: Path) -> None:
    line = {"id": "two", "text": WEEK_TWO.replace("planned", "agreed"), "date": "2025-12-24"}
    (reports / "two.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert graph.build([reports], now="2025-12-31").facts.changed == 1
    [change] = graph.changes(since="2025-12-31")
    assert (change.what, change.terms) == ("changed", {"status": ("planned", "agreed")})
    assert [step.what for step in graph.history(change.id)] == ["new", "changed"]
    assert graph.changes(since="2026-01-01") == []


def test_history_of_what_is_gone_can_still_be_read(graph: KnowledgeGraph) -> None:
    [relation] = graph.relations(predicate="SUPPLIES")
    graph.retract("one")
    assert [step.what for step in graph.history(relation.id)] == ["new", "gone"]


def test_retract_of_an_unknown_document_is_an_error(graph: KnowledgeGraph) -> None:
    with pytest.raises(LookupFailed, match="no document"):
        graph.retract("one", "nine")
    assert len(graph.relations()) == 4


def test_refresh_retracts_what_vanished(graph: KnowledgeGraph, reports: Path) -> None:
    (reports / "one.jsonl").unlink()
    report = graph.refresh(now="2026-01-01")
    assert (report.retracted, report.unchanged, report.facts.gone) == (("one",), ("two",), 3)
    assert [r.qualifiers["round"] for r in graph.relations()] == ["B轮"]


def test_refresh_keeps_what_cannot_be_read(graph: KnowledgeGraph, reports: Path) -> None:
    (reports / "one.jsonl").write_text("{broken", encoding="utf-8")
    report = graph.refresh([reports])
    assert (len(report.failed), report.retracted) == (1, ())
    assert len(graph.relations()) == 4


def test_refresh_follows_a_file_that_moved(graph: KnowledgeGraph, reports: Path) -> None:
    (reports / "one.jsonl").rename(reports / "renamed.jsonl")
    assert graph.refresh().unchanged == ("one", "two")
    assert graph.ledger.origin("one") == str(reports / "renamed.jsonl")


def test_refresh_stops_when_most_documents_vanished(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(8):
        line = {"id": f"d{number}", "text": f"甲{number} SUPPLIES 乙"}
        (folder / f"{number}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with KnowledgeGraph(store) as graph:
        graph.build([folder])
        for number in range(6):
            (folder / f"{number}.jsonl").unlink()
        with pytest.raises(YanbaoError, match="6 of 8 documents have vanished"):
            graph.refresh([folder])
        assert len(graph.relations()) == 8
        assert len(graph.refresh([folder], accept=True).retracted) == 6


def test_one_id_for_two_texts_is_a_failure_of_the_second(store: Path, tmp_path: Path) -> None:
    lines = [{"id": "x", "text": "甲 SUPPLIES 乙"}, {"id": "x", "text": "甲 SUPPLIES 丙"}]
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with KnowledgeGraph(store) as graph:
        report = graph.build([file])
        assert (report.new, len(report.failed)) == (("x",), 1)
        assert [r.object.name for r in graph.relations()] == ["乙"]


def test_networkx_has_every_entity_deal_figure_edge_and_role(graph: KnowledgeGraph) -> None:
    view = graph.to_networkx()
    assert isinstance(view, nx.MultiDiGraph)
    assert (view.number_of_nodes(), view.number_of_edges()) == (4 + 1 + 1, 4 + 2 + 1)
    [terms] = view.get_edge_data("乙科技", "丙集团").values()
    assert (terms["type"], terms["quote"]) == ("SUPPLIES", "乙科技 SUPPLIES 丙集团")


def test_asking_an_unbuilt_graph_says_so_and_creates_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        KnowledgeGraph(tmp_path / "none.db").entity("甲")
    assert not (tmp_path / "none.db").exists()


def test_error_messages_of_missing_inputs_are_listed(store: Path, reports: Path) -> None:
    report = KnowledgeGraph(store).build([reports / "one.jsonl", reports / "nine.jsonl"])
    assert report.new == ("one",)
    assert "nine.jsonl" in report.failed[0]


def test_an_unknown_type_or_status_is_told_with_what_was_meant(graph: KnowledgeGraph) -> None:
    with pytest.raises(LookupFailed, match="no relation 'INVESTS_IN'; did you mean INVESTED_IN"):
        graph.relations(predicate="INVESTS_IN")
    with pytest.raises(LookupFailed, match="no status 'complete'; did you mean completed"):
        graph.relations(status="complete")
