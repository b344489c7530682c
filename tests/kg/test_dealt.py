"""Deals worked out block by block: the same as all at once, without all of them in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from told import Line, made_up, tell
from toy import say

from kg.ledger import Ledger, deals
from ontology.records import Deal, Extraction

TALKS = (("甲", "NEGOTIATING_WITH", "乙", {"kind": "acquisition"}), ("乙", "NEGOTIATING_WITH", "丙", {}))


def filled(store: Path, told: Iterable[Extraction]) -> Ledger:
    """A ledger that says this."""
    ledger = Ledger(store, create=True)
    for extraction in told:
        ledger.record(extraction, "rules 1")
    return ledger


def at_once(ledger: Ledger) -> list[Deal]:
    """All deals out of all claims in one go."""
    facts = f"c.kind = 'fact' AND c.predicate IN ({deals.marks(deals.predicates())})"
    said = {
        *deals.read(ledger.connection, "c.kind = 'deal'"),
        *deals.read(ledger.connection, facts, *deals.predicates()),
    }
    found = deals.united(ledger.connection, deals.gathered(said, None), {})
    return [deal for _, deal in sorted(found.items())]


@pytest.mark.parametrize("seed", [1, 2])
def test_block_by_block_is_the_same_as_all_at_once(store: Path, seed: int) -> None:
    with filled(store, made_up(600, seed)) as ledger:
        assert len(ledger.deals()) > 20
        assert ledger.deals() == at_once(ledger)


@pytest.mark.parametrize(
    "others",
    [
        (("甲", "ACQUIRED", "乙", {"status": "completed"}),),
        (("乙", "PLANS_TO_ACQUIRE", "甲", {"status": "planned"}), ("丙", "ACQUIRED", "乙", {"percent": "5"})),
        (("甲", "ACQUIRED", "乙", {"status": "agreed"}), ("乙", "ACQUIRED", "甲", {"status": "planned"})),
    ],
)
def test_two_alike_take_their_roles_from_other_blocks(store: Path, others: tuple[Line, ...]) -> None:
    with filled(store, (tell("2025-12-10", "甲证券", *TALKS), tell("2025-12-17", "乙证券", *others))) as ledger:
        assert ledger.deals() == at_once(ledger)


def test_what_the_ledger_learns_is_seen(store: Path, fill: Callable[..., Ledger]) -> None:
    ledger = fill(say("a", "deal investment 甲 乙 status=agreed"))
    assert len(ledger.deals()) == 1
    ledger.record(say("b", "deal investment 丙 丁 status=agreed"), "rules 1")
    assert len(ledger.deals()) == 2
    ledger.retract("a")
    assert [deal.status for deal in ledger.deals()] == ["agreed"]


def test_memory_holds_a_block_of_them(store: Path) -> None:
    with filled(store, made_up(3_000)) as ledger:
        sum(1 for _ in ledger.each_deal())  # what is loaded once is no part of it
        ledger._dealt = None
        one_by_one = peak(lambda: sum(1 for _ in ledger.each_deal()))
        together = peak(lambda: len(at_once(ledger)))
        assert one_by_one < together / 4


def peak(work: Callable[[], object]) -> int:
    """The most bytes that some work holds."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
