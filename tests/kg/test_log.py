"""The log of changes tells every edge and deal as it stood, keeps evidence once, and is brought forward."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from shown import History
from toy import say

from kg.ledger import Change, Ledger, claims, log, store

SEEDS = 12
BEFORE_LOG = store.MIGRATIONS.index(store.LOG)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[Change]:
    """Every change that is logged, whole, in order."""
    seen: list[Change] = []
    write_log = log.write_log

    def write(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
        changes = list(changes)
        seen.extend(changes)
        write_log(connection, changes)

    monkeypatch.setattr(log, "write_log", write)
    return seen


def by_chance(ledger: Ledger, seed: int) -> None:
    """Twenty steps of documents that come, change and go, and of judgements."""
    history = History(ledger, random.Random(seed), {}, {})
    for _ in range(20):
        history.step()


def histories(ledger: Ledger, changes: Iterable[Change]) -> tuple[list[list[Change]], list[list[Change]]]:
    """By id: what the log tells, and what was logged."""
    changes = list(changes)
    ids = sorted({change.id for change in changes})
    return [ledger.history(key) for key in ids], [[c for c in changes if c.id == key] for key in ids]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_replayed_is_what_was_logged(seed: int, ledger: Ledger, whole: list[Change]) -> None:
    by_chance(ledger, seed)
    told, logged = histories(ledger, whole)
    assert told == logged
    assert any(change.after for group in told for change in group[1:])


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_log_that_kept_states_whole_is_brought_forward(seed: int, store: Path, whole: list[Change]) -> None:
    with Ledger(store, create=True) as ledger:
        by_chance(ledger, seed)
        told, changes = histories(ledger, whole)[0], ledger.changes()
        as_in_version_6(ledger.connection, whole)
        size = length(ledger)
    with Ledger(store) as migrated:
        assert histories(migrated, whole)[0] == told
        assert migrated.changes() == changes
        assert length(migrated) < size
        logged = len(whole)
        by_chance(migrated, seed + SEEDS)
        assert len(whole) > logged
        told, wanted = histories(migrated, whole)
        assert told == wanted


def as_in_version_6(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Put the log as version 6 of the store wrote it in the place of the present one."""
    kinds = dict(connection.execute("SELECT id, kind FROM events").fetchall())
    connection.execute("DELETE FROM events")
    connection.execute("ALTER TABLE events DROP COLUMN digest")
    for index in re.findall(r"CREATE INDEX (\w+)", store.LOOK_UPS):
        connection.execute(f"DROP INDEX {index}")
    connection.executemany(
        "INSERT INTO events (at, document, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (c.at, c.document, kinds[c.id], c.id, *(claims.body(s) if s else None for s in (c.before, c.after)))
            for c in changes
        ),
    )
    connection.execute(f"PRAGMA user_version = {BEFORE_LOG}")


def length(ledger: Ledger) -> int:
    """Characters of all states in the log."""
    [(total,)] = ledger.select("SELECT sum(coalesce(length(before), 0) + coalesce(length(after), 0)) FROM events")
    return int(total)


def test_an_edge_told_by_many_documents_takes_no_more_for_each(store: Path) -> None:
    lengths = []
    with Ledger(store, create=True) as ledger:
        for number in range(120):
            ledger.record(say(f"d{number}", "甲创投 INVESTED_IN 乙科技 round=A轮 amount=1000"), "rules 1", "2026-01-01")
            lengths.append(length(ledger))
        assert len(ledger.history(next(ledger.facts()).id)) == 120
    early, late = lengths[39] - lengths[19], lengths[119] - lengths[99]
    assert late < 1.2 * early
