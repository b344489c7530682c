"""Look-ups that read indexes alone give what reading all that is said gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from told import crowd, tell

from kg import view
from kg.ledger import Ledger
from kg.view import back, shortest_path, widen


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A made-up graph of some hundred edges."""
    with Ledger(tmp_path_factory.mktemp("lookups") / "kg.db", create=True) as made:
        made.record(crowd(400), "rules 1")
        yield made


def pairs(ledger: Ledger) -> list[tuple[str, str]]:
    """Some pairs of entities, the same each time."""
    keys = [entity.id for entity in ledger.entities()]
    dice = random.Random(5)
    return [(dice.choice(keys), dice.choice(keys)) for _ in range(60)]


def by_rims(ledger: Ledger, start: str, goal: str) -> list[str]:
    """The way that is found where whole rims are read, as ids of entities."""
    steps = {start: {start: ""}, goal: {goal: ""}}
    rims = {start: [start], goal: [goal]}
    while all(rims.values()):
        end = min(rims, key=lambda key: len(rims[key]))
        rims[end] = widen(ledger, rims[end], steps[end])
        if met := steps[start].keys() & steps[goal].keys():
            return [*reversed([*back(min(met), steps[start])]), *[*back(min(met), steps[goal])][1:]]
    return []


@pytest.mark.parametrize("few", [0, 30, view.PAIRS])
def test_a_path_is_the_same_whether_or_not_pairs_are_asked(
    ledger: Ledger, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAIRS", few)
    graph: nx.Graph[str] = nx.Graph((fact.subject, fact.object) for fact in ledger.facts())
    lengths = set()
    for a, b in pairs(ledger):
        if a != b:
            way, wanted = shortest_path(ledger, a, b), by_rims(ledger, a, b)
            ends = [{fact.subject, fact.object} for fact in way]
            assert ends == [{one, other} for one, other in pairwise(wanted)]
            assert len(way) == (nx.shortest_path_length(graph, a, b) if nx.has_path(graph, a, b) else 0)
            lengths.add(len(way))
    assert {2, 3, 4, 5} <= lengths


def test_names_are_those_of_the_entities(ledger: Ledger) -> None:
    known = {entity.id: entity.name for entity in ledger.entities()}
    assert ledger.names_of(known) == known
    assert ledger.names_of(["nobody"]) == {}


@pytest.mark.parametrize("dates", [("2025-12-10", "2025-12-17"), ("2025-12-17", "2025-12-10")])
def test_of_names_told_as_often_the_newest_counts(tmp_path: Path, dates: tuple[str, str]) -> None:
    with Ledger(tmp_path / "kg.db", create=True) as ledger:
        for date, name in zip(dates, ("甲\0科技", "甲科技有限"), strict=True):
            told = tell(date, "丙证券", ("甲", "SUPPLIES", "乙", {}))
            entities = (told.entities[0].model_copy(update={"id": "688795.SH", "name": name}), *told.entities[1:])
            facts = (told.facts[0].model_copy(update={"subject": "688795.SH"}),)
            ledger.record(told.model_copy(update={"entities": entities, "facts": facts}), "rules 1")
        [key] = {fact.subject for fact in ledger.facts()}
        [entity] = ledger.entities([key])
        assert ledger.names_of([key]) == {key: entity.name}
        assert entity.name == dict(zip(dates, ("甲\0科技", "甲科技有限"), strict=True))["2025-12-17"]


def test_look_ups_need_no_more_than_their_indexes(ledger: Ledger) -> None:
    asked = {
        "SELECT object FROM claims WHERE subject = 'a' AND kind = 'fact'": "claims_onward",
        "SELECT subject FROM claims WHERE object = 'a' AND kind = 'fact'": "claims_back",
    }
    for query, index in asked.items():
        [(*_, plan)] = ledger.select(f"EXPLAIN QUERY PLAN {query}")
        assert f"COVERING INDEX {index}" in plan
