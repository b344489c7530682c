"""A sync with nothing to do is told without comparing rows, and never when there may be something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from toy import say

from kg.ledger import Ledger
from kg.neo4j import noted
from kg.neo4j.connect import Connection
from kg.neo4j.noted import View
from kg.neo4j.sync import Tally


@pytest.fixture
def view(neo4j: Connection, filled_store: Path) -> Iterator[View]:
    """The view of a small ledger, written."""
    with Ledger(filled_store) as ledger:
        view = View(ledger, neo4j.driver, neo4j.database)
        assert view.sync().written == 8
        yield view


def run(view: View, query: str) -> None:
    """Somebody else writes."""
    view.driver.execute_query(query, database_=view.database)  # type: ignore[arg-type,unused-ignore]


def test_the_second_sync_reads_no_rows_and_tells_the_same(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("kg.rows.nodes")
    report = view.sync()
    assert (report.nodes, report.edges) == (Tally(unchanged=4), Tally(unchanged=4))
    assert view.sync(dry_run=True).dry_run


def test_a_dry_run_notes_nothing(neo4j: Connection, filled_store: Path) -> None:
    with Ledger(filled_store) as ledger:
        view = View(ledger, neo4j.driver, neo4j.database)
        assert [view.sync(dry_run=True).written, view.sync().written] == [8, 8]


def test_what_the_ledger_learns_is_written(view: View) -> None:
    view.ledger.record(say("b", "丁 SUPPLIES 乙"), "rules 1")
    assert view.sync().written == 3
    view.ledger.retract("b")
    assert (view.sync().written, view.sync().written, view.check()) == (3, 0, [])


@pytest.mark.parametrize("harm", ["MATCH (n:Deal) DETACH DELETE n", "MATCH ()-[r:SUPPLIES]->() DELETE r"])
def test_what_somebody_deletes_is_written_anew(view: View, harm: str) -> None:
    run(view, harm)
    assert view.check()
    assert view.sync().written
    assert (view.check(), view.sync().written) == ([], 0)


def test_what_somebody_alters_is_healed_by_a_full_sync(view: View) -> None:
    run(view, "MATCH (n:Deal) SET n.name = 'x'")
    assert view.sync().written == 0
    assert [found.problem for found in view.check()] == ["altered"]
    assert (view.sync(full=True).written, view.check()) == (8, [])


def test_a_note_that_is_wrong_is_forgotten_by_check(view: View) -> None:
    source = view.source()
    run(view, "MATCH ()-[r:SUPPLIES]->() DELETE r")
    view.note(source, view.sync(dry_run=True))
    assert view.sync().written == 0
    assert [found.problem for found in view.check()] == ["missing"]
    assert (view.sync().written, view.check()) == (1, [])


def test_other_code_or_types_compare_again(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noted, "making", lambda: "later")
    monkeypatch.delattr("kg.rows.nodes")
    with pytest.raises(AttributeError):
        view.sync()
