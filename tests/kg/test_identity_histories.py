"""Whatever comes and goes, and in whatever order: the ledger is what its documents and judgements say together."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import History, by_chance

from kg.export import jsonl
from kg.ledger import Ledger
from kg.ledger.changes import said
from kg.rows import edges, nodes

MEMORY = Path(":memory:")
HISTORIES = 200


def content(ledger: Ledger) -> list[object]:
    """All that can be read of a ledger, but when it was written."""
    figures = ledger.metrics(name="营业收入", period="2024")
    rows = [*nodes(ledger), *edges(ledger), *ledger.deals(), *figures]
    return [*jsonl(ledger), *rows, *ledger.names(), *ledger.contradictions()]


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_what_is_left_of_a_history_is_what_remains_told_anew(seed: int) -> None:
    with Ledger(MEMORY, create=True) as ledger, Ledger(MEMORY, create=True) as other:
        history = History(ledger, random.Random(seed), {}, {})
        for _ in range(15):
            history.step()
        assert content(ledger) == content(history.anew(other))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_any_order_and_any_split_into_refreshes_gives_the_same_bytes(seed: int, dice: random.Random) -> None:
    told = [by_chance(random.Random(seed + number), key) for number, key in enumerate("abcdefgh")]
    mixed = dice.sample(told, len(told))
    with Ledger(MEMORY, create=True) as ledger, Ledger(MEMORY, create=True) as other:
        for extraction in told:
            ledger.record(extraction, "rules 1")
        for extraction in mixed[:5]:
            other.record(extraction, "rules 0")
        for extraction in mixed:
            other.record(extraction, "rules 1")
        assert list(jsonl(ledger)) == list(jsonl(other))


@pytest.mark.parametrize("seed", [*range(20), 1076])
def test_the_log_adds_up_to_what_stands(seed: int) -> None:
    with Ledger(MEMORY, create=True) as ledger:
        history = History(ledger, random.Random(seed), {}, {})
        for _ in range(15):
            history.step()
        logged = {change.id: change.after for change in ledger.changes()}
        standing = {state.id: state for state in (*ledger.facts(), *ledger.deals())}
        assert {key: said(state) for key, state in logged.items() if state} == {
            key: said(state) for key, state in standing.items()
        }


@pytest.mark.parametrize("seed", range(20))
def test_the_deals_of_an_entity_are_those_among_all(seed: int) -> None:
    with Ledger(MEMORY, create=True) as ledger:
        history = History(ledger, random.Random(seed), {}, {})
        for _ in range(15):
            history.step()
        for entity in ledger.entities():
            mine = [deal for deal in ledger.deals() if any(party.entity == entity.id for party in deal.parties)]
            assert ledger.deals(entity.id) == mine
