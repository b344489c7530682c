"""The demo tells the follow-up story of its two weeklies, and a second run changes nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import demo
import pytest

from kg import KnowledgeGraph


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a demo that ran once."""
    store = tmp_path_factory.mktemp("demo") / "kg.db"
    demo.main(store)
    return store


def test_a_second_run_says_that_nothing_changed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = store.read_bytes()
    demo.main(store)
    said = capsys.readouterr().out
    assert "Nothing changed" in said
    assert said.count("0 new, 0 changed, 1 unchanged, 0 failed; facts: 0 new, 0 changed, 0 gone") == 2
    assert store.read_bytes() == before


def test_it_shows_an_edge_with_its_sentence(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo.main(store)
    words = capsys.readouterr().out.partition("One edge and its words: ")[2].splitlines()
    sentences = [sentence for sentence, place in pairwise(words) if place.startswith("  — ")]
    weeklies = "".join((demo.ROOT / week).read_text("utf-8") for week in demo.WEEKS)
    assert sentences
    assert all(sentence in weeklies for sentence in sentences)


def test_the_commands_it_names_find_something(store: Path) -> None:
    with KnowledgeGraph(store) as graph:
        assert graph.relations(subject="博通")
        assert graph.path("比亚迪", "英伟达")
        assert any(difference.what == "changed" for difference in graph.changes("2022-05-31"))


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "terms"),
    [
        ("博通", "PLANS_TO_ACQUIRE", "VMware", {"status": "agreed", "amount": "61000000000", "currency": "USD"}),
        ("AMD", "ACQUIRED", "Pensando", {"status": "completed", "date": "2022-05-26"}),
        ("AMD", "ACQUIRED", "赛灵思", {"status": "completed", "date": "2022-02"}),
        ("英伟达", "PLANS_TO_ACQUIRE", "ARM", {"status": "terminated"}),
        ("软银集团", "ACQUIRED", "ARM", {"status": "completed", "date": "2016"}),
        ("宁德时代", "INVESTED_IN", "地平线", {"round": "C2轮", "lead": "true"}),
        ("澄岚控股", "REDUCED_STAKE_IN", "澄岚电子", {"status": "completed", "shares": "1500000"}),
        ("澄岚电子", "PLANS_TO_ACQUIRE", "云栈微电子", {"status": "agreed", "percent": "51", "amount": "320000000"}),
        ("青梧证券", "COVERS", "沪电股份", {"rating": "买入"}),
        ("澄岚智算", "SUPPLIES", "银汉数据", {"amount": "68000000", "currency": "CNY"}),
    ],
)
def test_it_finds_the_story(store: Path, subject: str, predicate: str, object: str, terms: dict[str, str]) -> None:
    with KnowledgeGraph(store) as graph:
        found = graph.relations(subject=subject, predicate=predicate, object=object)
    assert any(terms.items() <= {**relation.qualifiers, "status": relation.status}.items() for relation in found)
