"""The ledger: idempotent, a union of claims, a function of the set of documents, and clear when the file is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import FULL, firm, show
from toy import say

from kg.export import jsonl
from kg.ledger import Ledger, claims, fold, store
from kg.ledger.restate import restated
from kg.present import quotes
from kg.rows import edges, nodes
from ontology.errors import StoreError
from ontology.records import Extraction, Fact

Fill = Callable[..., Ledger]

FIRST = say(
    "a",
    "甲创投 INVESTED_IN 乙科技 round=A轮 amount=1000 amount_op=>= currency=USD",
    "alias 乙科技 = 乙",
    date="2025-12-01",
)
SECOND = say(
    "b", "甲创投 INVESTED_IN 乙科技 round=A轮 amount=2000 currency=USD date=2021 confidence=0.95", date="2025-12-08"
)
THIRD = say("c", "甲创投 INVESTED_IN 乙科技 round=B轮", "丙 SUPPLIES 乙科技", "deal investment 甲创投 乙科技 round=B轮")


def only(facts: list[Fact], **wanted: str) -> Fact:
    found = [f for f in facts if wanted.items() <= dict(f.qualifiers).items()]
    assert len(found) == 1
    return found[0]


def export(ledger: Ledger) -> str:
    return "\n".join(jsonl(ledger))


def test_second_record_of_the_same_document_writes_nothing(fill: Fill) -> None:
    ledger = fill(FIRST)
    before = ledger.connection.total_changes
    recorded = ledger.record(FIRST, "rules 1", "2026-01-01")
    assert (recorded.outcome, recorded.changes) == ("unchanged", ())
    assert ledger.connection.total_changes == before


def test_other_rules_read_the_document_again(fill: Fill) -> None:
    assert fill(FIRST).record(FIRST, "rules 2", "2026-01-01").outcome == "changed"


def test_changed_document_replaces_its_claims_and_keeps_first_seen(fill: Fill) -> None:
    ledger = fill(FIRST)
    recorded = ledger.record(say("a", "甲创投 SUPPLIES 乙科技"), "rules 1", "2026-01-01")
    assert sorted(change.what for change in recorded.changes) == ["gone", "new"]
    assert [fact.predicate for fact in ledger.facts()] == ["SUPPLIES"]
    assert [(s.first_seen, s.changed_at) for s in ledger.sources()] == [("2025-12-24", "2026-01-01")]
    assert ledger.named("乙") == []


def test_edge_is_the_union_of_its_claims(fill: Fill) -> None:
    fact = only(list(fill(FIRST, SECOND).facts()), round="A轮")
    assert fact.confidence == 0.95
    assert [piece.document for piece in fact.evidence] == ["b", "a"]
    assert fact.qualifiers == {"round": "A轮", "amount": "2000", "currency": "USD", "date": "2021"}


def test_amount_of_one_claim_takes_no_operator_from_another(fill: Fill) -> None:
    assert "amount_op" not in only(list(fill(FIRST, SECOND).facts()), round="A轮").qualifiers


def test_two_rounds_stay_two_edges(fill: Fill) -> None:
    assert len(list(fill(FIRST, THIRD).facts_where(predicate="INVESTED_IN"))) == 2


def test_edge_goes_with_the_last_document_that_says_so(fill: Fill) -> None:
    ledger = fill(FIRST, SECOND)
    assert [change.what for change in ledger.retract("a")] == ["supported"]
    assert len(list(ledger.facts())) == 1
    assert [change.what for change in ledger.retract("b")] == ["gone"]
    assert list(ledger.facts()) == []
    assert list(ledger.entities()) == []


def test_support_alone_is_no_change_of_content(fill: Fill) -> None:
    again = say("z", "甲创投 INVESTED_IN 乙科技 round=B轮", date="2020")
    ledger = fill(THIRD)
    assert {change.what for change in ledger.record(again, "rules 1").changes} == {"supported"}


@pytest.mark.parametrize("order", [*permutations((FIRST, SECOND, THIRD))])
def test_order_of_arrival_does_not_matter(order: tuple[Extraction, ...], fill: Fill, tmp_path: Path) -> None:
    with Ledger(tmp_path / "other.db", create=True) as other:
        for extraction in (FIRST, SECOND, THIRD):
            other.record(extraction, "rules 1")
        assert export(fill(*order)) == export(other)
        assert [row.hash for row in nodes(fill())] == [row.hash for row in nodes(other)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([FIRST, SECOND, THIRD, None])), max_size=12))
def test_any_history_equals_a_build_of_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Extraction | None]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    left: dict[str, Extraction] = {}
    with Ledger(folder / "kg.db", create=True) as ledger, Ledger(folder / "anew.db", create=True) as anew:
        for key, template in steps:
            if template is None:
                ledger.retract(key)
                left.pop(key, None)
            else:
                text = template.document.text.split("\n")
                left[key] = say(key, *text, date=template.document.date)
                ledger.record(left[key], "rules 1")
        for extraction in left.values():
            anew.record(extraction, "rules 1")
        assert export(ledger) == export(anew)
        assert list(edges(ledger)) == list(edges(anew))


def test_failure_within_a_document_leaves_nothing(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = fill(FIRST)
    before = export(ledger)

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("kg.ledger.log.write_log", fail)
    with pytest.raises(RuntimeError):
        ledger.record(SECOND, "rules 1")
    assert export(ledger) == before


def test_second_writer_is_told_and_readers_go_on(fill: Fill, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(FIRST)
    monkeypatch.setattr("kg.ledger.store.WAIT_SECONDS", 0.05)
    with Ledger(store) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        with Ledger(store) as waiting, pytest.raises(StoreError, match="locked by another writer"):
            waiting.record(SECOND, "rules 1")
        with Ledger(store) as reader:
            assert len(list(reader.facts())) == 1
        other.connection.execute("ROLLBACK")


def test_store_of_a_newer_version_is_refused(ledger: Ledger) -> None:
    ledger.connection.execute(f"PRAGMA user_version = {len(store.MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="newer"):
        Ledger(ledger.path)


def test_migrations_run_on_open(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.record(FIRST, "rules 1")
    monkeypatch.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, "CREATE TABLE later (x); CREATE INDEX i ON later(x);"))
    with Ledger(ledger.path) as migrated:
        assert migrated.select("SELECT count(*) FROM later") == [(0,)]
        assert store.pragma(migrated.connection, "user_version") == len(store.MIGRATIONS)
        assert len(list(migrated.facts())) == 1


def as_before(kind: str, key: str, subject: str | None, *rest: str | None) -> tuple[str | None, ...]:
    """The row of a claim before deals and figures had columns of their own."""
    predicate, object_, body = rest
    if kind == "fact":
        return kind, key, subject, predicate, object_, body
    return kind, key, subject if kind == "metric" else None, None, None, body


def old_store(path: Path, *told: Extraction) -> None:
    """A store as the first version wrote it."""
    with sqlite3.connect(path) as connection:
        connection.executescript(store.FIRST_VERSION)
        connection.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        for extraction in told:
            document = extraction.document
            head = (document.id, "", document.title, "", document.date, "", document.content_hash, "rules 1")
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')", (*head, document.text)
            )
            rows = [as_before(*row[:6]) for row in restated(extraction, {})]
            connection.executemany(f"INSERT INTO claims VALUES ('{document.id}', ?, ?, ?, ?, ?, ?)", rows)
            names = [(document.id, fold(name), e.id) for e in extraction.entities for name in (e.name, *e.aliases)]
            connection.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
            called = [(document.id, m.entity, m.start, m.end, m.text) for m in extraction.mentions]
            connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", called)


def test_store_of_the_first_version_is_resolved_when_it_is_opened(tmp_path: Path) -> None:
    introduced, bare, customer = firm(FULL, "星河微", FULL), firm("星河微"), firm("月湖汽车")
    deals = (
        [(customer, "INVESTED_IN", bare, {"round": "A轮"})],
        [(firm("红投"), "INVESTED_IN", introduced, {"round": "A轮"})],
    )
    told = [
        show("x", introduced, figure="7", told=deals[1]),
        show("y", edges=[(bare, "SUPPLIES", customer)], told=deals[0]),
        FIRST,
        THIRD,
    ]
    old_store(tmp_path / "old.db", *told)
    with sqlite3.connect(tmp_path / "old.db") as connection:
        logged = ("deal", "deal:0123", None, claims.body(told[0].deals[0]))
        connection.execute("INSERT INTO events VALUES (1, '2025-12-01', 'x', ?, ?, ?, ?)", logged)
    with Ledger(tmp_path / "old.db") as old, Ledger(tmp_path / "new.db", create=True) as new:
        for extraction in told:
            new.record(extraction, "rules 1")
        assert export(old) == export(new)
        assert old.names() == new.names()
        assert old.deals() == new.deals()
        [deal] = [deal for deal in old.deals() if len(deal.parties) == 3]
        assert old.deals("月湖汽车") == [deal]
        assert [metric.value for metric in old.metrics(FULL, "营业收入", "2024")] == ["7"]
        standing = {state.id for state in (*old.facts(), *old.deals())}
        assert {change.id for change in old.changes()} == standing
        assert [change.what for change in old.history("deal:0123")] == ["new", "gone"]
        assert old.changes(since="2025-12-02") == []
        assert store.pragma(old.connection, "user_version") == len(store.MIGRATIONS)
        assert {fact.subject for fact in old.facts_where(predicate="SUPPLIES")} == {FULL, "丙"}
        assert old.record(told[0], "rules 1").outcome == "unchanged"
        old.retract("x")
        assert old.named("星河微") == ["星河微"]


def test_migration_that_fails_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_store(tmp_path / "old.db", FIRST)
    before = sqlite3.connect(tmp_path / "old.db").execute("SELECT name, sql FROM sqlite_master").fetchall()

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("kg.ledger.claims.insert_claims", fail)
    with pytest.raises(RuntimeError):
        Ledger(tmp_path / "old.db")
    assert sqlite3.connect(tmp_path / "old.db").execute("SELECT name, sql FROM sqlite_master").fetchall() == before


@pytest.mark.parametrize("create", [True, False])
def test_foreign_files_are_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    text = tmp_path / "notes.db"
    text.write_text("no database at all, only words " * 100)
    with pytest.raises(StoreError, match="not a store"):
        Ledger(text, create)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE songs (title)")
    content = foreign.read_bytes()
    with pytest.raises(StoreError, match="not a store"):
        Ledger(foreign, create)
    assert foreign.read_bytes() == content


def test_missing_and_empty_stores_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Ledger(tmp_path / "none.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="kg build"):
        Ledger(tmp_path / "empty.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        Ledger(tmp_path / "no folder" / "kg.db", create=True)


def test_pages_are_kept_and_evidence_names_its_own(ledger: Ledger) -> None:
    said = say("a", "甲创投 INVESTED_IN 乙科技", "丙 SUPPLIES 乙科技")
    starts = (0, said.document.text.index("丙 SUPPLIES"))
    ledger.record(said.model_copy(update={"document": said.document.model_copy(update={"pages": starts})}), "rules 1")
    kept = ledger.document("a")
    assert kept
    assert kept.pages == starts
    pages = {fact.predicate: [quote.page for quote in quotes(ledger, "fact", fact.id)] for fact in ledger.facts()}
    assert pages == {"INVESTED_IN": [1], "SUPPLIES": [2]}


def test_a_store_from_before_pages_is_brought_to_this_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kg.db"
    monkeypatch.setattr(store, "MIGRATIONS", store.MIGRATIONS[:1])
    with sqlite3.connect(path, isolation_level=None) as old:
        store.migrate(old)
        old.execute("INSERT INTO documents VALUES ('a', '', '', '', '', '', '', '', '文', '', '')")
    monkeypatch.undo()
    with Ledger(path) as migrated:
        document = migrated.document("a")
        assert document
        assert (document.text, document.pages) == ("文", ())


@pytest.mark.parametrize("end", ["subject", "object"])
def test_edges_of_one_end_are_searched_by_its_index(ledger: Ledger, end: str) -> None:
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    list(ledger.facts_where(**{end: "甲"}))
    ledger.connection.set_trace_callback(None)
    plan = ledger.select(f"EXPLAIN QUERY PLAN {asked[0]}")
    assert "SEARCH c USING INDEX claims_" in str(plan)
    assert f"({end}=? AND kind=?" in str(plan)
