"""Judgements by hand, from the command line and from Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from shown import FULL, firm, person, show
from typer.testing import CliRunner, Result

from kg import KnowledgeGraph
from kg.cli.commands import app
from kg.ledger import Ledger
from ontology.errors import YanbaoError

Kg = Callable[..., Result]
CUSTOMER = firm("月湖汽车")
TOLD = (
    show("a", firm(FULL, "星河微", FULL)),
    show("b", edges=[(firm("星河微"), "SUPPLIES", CUSTOMER)]),
    show("c", edges=[(firm("星河集成"), "SUPPLIES", CUSTOMER)]),
    show("d", edges=[(person("李明远"), "HOLDS_POSITION", CUSTOMER)]),
    show("e", edges=[(person("李明远"), "HOLDS_POSITION", firm("星河集成"))]),
)


@pytest.fixture
def graph(store: Path) -> KnowledgeGraph:
    with Ledger(store, create=True) as ledger:
        for extraction in TOLD:
            ledger.record(extraction, "rules 1", "2025-12-24")
    return KnowledgeGraph(store)


@pytest.fixture
def kg(store: Path, graph: KnowledgeGraph) -> Kg:
    runner = CliRunner(env={"KG_STORE": str(store), "COLUMNS": "200"})
    return lambda *words: runner.invoke(app, [*words])


def test_merge_is_listed_logged_and_taken_back(kg: Kg, graph: KnowledgeGraph) -> None:
    merged = kg("merge", "星河微", "星河集成", "--why", "renamed", "--by", "li", "--now", "2026-01-01")
    assert (merged.exit_code, merged.stdout.split()[:2]) == (0, ["merge", FULL])
    [judged] = json.loads(kg("judgements", "--json").stdout)
    assert (judged["why"], judged["by"], judged["at"]) == ("renamed", "li", "2026-01-01")
    shown = json.loads(kg("show", "星河集成", "--json").stdout)
    assert shown["entity"]["id"] == FULL
    assert len(shown["relations"][0]["evidence"]) + len(shown["relations"][1]["evidence"]) == 3
    changes = graph.changes(since="2026-01-01")
    assert {change.what for change in changes} == {"gone", "new", "supported"}
    assert {change.document for change in changes} == {judged["id"]}
    letter = json.loads(kg("changes", "--since", "2026-01-01", "--json").stdout)
    assert all(letter[section] for section in ("gone", "relations", "supported"))
    assert "taken back" in kg("judgements", "--undo", judged["id"].split(":")[1][:6]).stdout
    assert kg("judgements").stdout == "no judgements\n"
    assert json.loads(kg("show", "星河集成", "--json").stdout)["entity"]["id"] == "星河集成"


def test_history_tells_which_judgement_moved_an_edge(kg: Kg, graph: KnowledgeGraph) -> None:
    [edge] = graph.relations(subject="星河集成", predicate="SUPPLIES")
    judged = graph.merge("星河微", "星河集成", why="renamed")
    assert [(step.what, step.document) for step in graph.history(edge.id)] == [("new", "c"), ("gone", judged.id)]


def test_split_by_names_and_by_document(graph: KnowledgeGraph) -> None:
    assert graph.entity("星河微").id == FULL
    by_name = graph.split("星河微", FULL, why="b means another one")
    assert graph.ledger.named("星河微") == sorted([FULL, "星河微"])
    graph.undo(by_name.id)
    by_document = graph.split("月湖汽车", documents=["c"], why="a namesake abroad")
    assert by_document.documents == ("c",)
    assert [str(r) for r in graph.relations(subject="星河集成")] == ["星河集成 SUPPLIES 月湖汽车"]
    assert [r.object.id for r in graph.relations(subject="星河集成")] == ["月湖汽车@c"]


def test_namesakes_are_merged_by_their_employers_and_stay_so(graph: KnowledgeGraph) -> None:
    graph.merge("person:李明远@月湖汽车", "person:李明远@星河集成", why="moved in 2025")
    assert graph.entity("李明远").id == "person:李明远"
    graph.retract("e")
    assert graph.entity("李明远").documents == ("d",)
    assert len(graph.judgements()) == 1


def test_id_of_before_still_finds_what_it_became(graph: KnowledgeGraph) -> None:
    graph.merge("星河微", "星河集成", why="renamed")
    assert graph.entity("星河集成").id == FULL


def test_contradictions_are_listed(kg: Kg) -> None:
    assert "one name, two employers" in kg("judgements", "--contradictions").stdout
    [found] = json.loads(kg("judgements", "--contradictions", "--json").stdout)
    assert found["ids"] == ["person:李明远@星河集成", "person:李明远@月湖汽车"]


def test_show_names_the_others_of_this_name(kg: Kg) -> None:
    kg("split", "星河微", FULL, "--why", "b means another one")
    assert f"others of this name: {FULL}" in kg("show", "星河微").stdout


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("merge", "星河微", FULL, "--why", "x"), "are one already"),
        (("merge", "星河微", "月湖", "--why", "x"), "no entity named '月湖'"),
        (("merge", "星河微", "person:李明远@月湖汽车", "--why", "x"), "is a Company"),
        (("merge", "星河微", "星河集成", "--why", " "), "without a reason"),
        (("split", "星河微", "星河集成", "--why", "x"), "are two already"),
        (("split", "月湖汽车", "月湖汽车", "--why", "x"), "no document tells"),
        (("split", "月湖汽车", "--document", "a", "--why", "x"), "does not name"),
        (("judgements", "--undo", "nine"), "no judgement 'nine'"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(kg: Kg, words: tuple[str, ...], error: str) -> None:
    result = kg(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert error in result.stderr
    assert kg("judgements").stdout == "no judgements\n"


def test_split_needs_a_name_or_documents(kg: Kg) -> None:
    assert kg("split", "星河微", "--why", "x").exit_code == 2
    assert kg("split", "星河微", FULL, "--document", "a", "--why", "x").exit_code == 2
    assert kg("merge", "星河微", "星河集成").exit_code == 2


def test_opposite_of_a_judgement_asks_to_take_it_back(graph: KnowledgeGraph) -> None:
    graph.merge("星河微", "星河集成", why="renamed")
    with pytest.raises(YanbaoError, match="--undo merge:"):
        graph.split(FULL, "星河集成", why="not at all")
    graph.undo(graph.judgements()[0].id)
    graph.split("星河微", FULL, why="another one")
    with pytest.raises(YanbaoError, match="--undo split:"):
        graph.merge("星河微", FULL, why="the same")
