"""Folders that change: what is new, changed, gone; what is left alone; and what stops a run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from toy import read_toy
from typer.testing import CliRunner

import extractors
from kg import KnowledgeGraph, RefreshStopped
from kg.cli.commands import app
from kg.export import jsonl
from kg.reports import BuildReport
from ontology.errors import InputError, SchemaError
from ontology.records import Document, Extraction

pytestmark = pytest.mark.usefixtures("toy_rules")
Write = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a document of toy lines into the folder."""

    def write(name: str, *lines: str, date: str = "") -> None:
        line = {"id": name, "text": "\n".join(lines), "date": date}
        (folder / f"{name}.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")

    return write


@pytest.fixture
def many(write: Write) -> None:
    """Ten documents of two facts each."""
    for number in range(10):
        write(f"d{number}", f"甲{number} SUPPLIES 乙", f"甲{number} PARTNERS_WITH 丙")


def refresh(store: Path, folder: Path, **options: bool) -> BuildReport:
    with KnowledgeGraph(store) as graph:
        return graph.refresh([folder], now="2026-01-01", **options)


def exported(store: Path) -> list[str]:
    with KnowledgeGraph(store) as graph:
        return list(jsonl(graph.ledger))


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_new_changed_unchanged_and_vanished(store: Path, folder: Path, write: Write) -> None:
    write("kept", "甲 SUPPLIES 乙")
    write("edited", "甲 SUPPLIES 乙", "丙 SUPPLIES 丁")
    write("dropped", "戊 SUPPLIES 己", "甲 SUPPLIES 乙")
    refresh(store, folder)
    write("edited", "丙 SUPPLIES 丁", "丙 SUPPLIES 庚")
    write("fresh", "辛 SUPPLIES 壬")
    (folder / "dropped.jsonl").unlink()
    report = refresh(store, folder)
    assert (report.new, report.changed) == (("fresh",), ("edited",))
    assert (report.unchanged, report.retracted) == (("kept",), ("dropped",))
    assert (report.facts.new, report.facts.gone) == (2, 1)
    with KnowledgeGraph(store) as graph:
        assert {str(r): r.documents for r in graph.relations()} == {
            "甲 SUPPLIES 乙": ("kept",),
            "丙 SUPPLIES 丁": ("edited",),
            "丙 SUPPLIES 庚": ("edited",),
            "辛 SUPPLIES 壬": ("fresh",),
        }


def test_a_refreshed_ledger_equals_one_built_anew(store: Path, folder: Path, write: Write, many: None) -> None:
    refresh(store, folder)
    write("d3", "甲3 SUPPLIES 丁", "deal investment 甲 乙 round=A轮")
    (folder / "d4.jsonl").unlink()
    refresh(store, folder)
    anew = store.with_name("anew.db")
    refresh(anew, folder)
    assert exported(store) == exported(anew)


def test_nothing_changed_writes_nothing_and_reads_nothing(store: Path, folder: Path, many: None) -> None:
    with (folder / "d0.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{broken")
    failed = refresh(store, folder).failed
    before = snapshot(store.parent)
    with patch("kg.inputs.read", side_effect=AssertionError("read")):
        report = refresh(store, folder)
    assert (len(report.unchanged), report.failed) == (10, failed)
    assert "broken JSON" in failed[0]
    assert snapshot(store.parent) == before


def test_changed_rules_read_everything_again(
    store: Path, folder: Path, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(store, folder)
    monkeypatch.setattr(extractors, "fingerprint", lambda: "toy 2")
    report = refresh(store, folder)
    assert (len(report.changed), report.facts.new, report.facts.changed, report.facts.gone) == (10, 0, 0, 0)
    assert len(refresh(store, folder).unchanged) == 10


def test_a_document_taken_back_by_hand_returns(store: Path, folder: Path, many: None) -> None:
    refresh(store, folder)
    with KnowledgeGraph(store) as graph:
        graph.retract("d1")
    assert refresh(store, folder).new == ("d1",)


def test_a_file_that_comes_back_is_read_again(store: Path, folder: Path, write: Write, many: None) -> None:
    refresh(store, folder)
    (folder / "d1.jsonl").unlink()
    assert refresh(store, folder).retracted == ("d1",)
    write("d1", "甲1 SUPPLIES 乙", "甲1 PARTNERS_WITH 丙")
    assert refresh(store, folder).new == ("d1",)


def test_one_document_in_two_files_outlives_the_first(store: Path, folder: Path, write: Write) -> None:
    write("x", "甲 SUPPLIES 乙")
    (folder / "y.jsonl").write_bytes((folder / "x.jsonl").read_bytes())
    refresh(store, folder)
    (folder / "x.jsonl").unlink()
    report = refresh(store, folder)
    assert (report.unchanged, report.retracted) == (("x",), ())
    assert refresh(store, folder).unchanged == ("x",)


def test_two_documents_of_one_id_are_told_each_time(store: Path, folder: Path, write: Write) -> None:
    write("x", "甲 SUPPLIES 乙")
    refresh(store, folder)
    (folder / "a.jsonl").write_text(json.dumps({"id": "x", "text": "甲 SUPPLIES 丙"}), encoding="utf-8")
    assert [len(refresh(store, folder).failed) for _ in range(2)] == [1, 1]


def test_overlapping_paths_read_a_document_once(store: Path, folder: Path, many: None) -> None:
    with KnowledgeGraph(store) as graph:
        assert len(graph.refresh([folder, folder / "d1.jsonl"]).new) == 10


def test_a_folder_without_a_file_named_before(store: Path, folder: Path, many: None) -> None:
    refresh(store, folder)
    with KnowledgeGraph(store) as graph:
        assert len(graph.refresh().unchanged) == 10


@pytest.mark.parametrize("lines", [("nothing",), ("甲 SUPPLIES",)])
def test_fewer_facts_stop_a_run(store: Path, folder: Path, write: Write, many: None, lines: tuple[str, ...]) -> None:
    refresh(store, folder)
    before = snapshot(store.parent)
    for number in range(6):
        write(f"d{number}", *lines)
    changed = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RefreshStopped, match="6 documents yield 0 facts where 12 were to be expected"):
        refresh(store, folder)
    after = snapshot(store.parent)
    assert {name: after[name] for name in after.keys() - changed.keys()} == {
        name: before[name] for name in before.keys() - changed.keys()
    }
    assert refresh(store, folder, accept=True).facts.gone == 12


def test_new_documents_are_measured_by_those_that_stand(store: Path, folder: Path, write: Write, many: None) -> None:
    refresh(store, folder)
    for number in range(4):
        write(f"new{number}", "nothing")
    with pytest.raises(RefreshStopped, match="4 documents yield 0 facts where 8"):
        refresh(store, folder)
    (folder / "new0.jsonl").unlink()
    assert len(refresh(store, folder).new) == 3


def test_documents_that_can_no_longer_be_read_stop_a_run(store: Path, folder: Path, many: None) -> None:
    refresh(store, folder)
    for number in range(6):
        (folder / f"d{number}.jsonl").write_text("{broken", encoding="utf-8")
    with pytest.raises(RefreshStopped, match="6 of 10 documents can no longer be read"):
        refresh(store, folder)
    assert (len(refresh(store, folder, accept=True).failed), len(exported(store))) == (6, len(exported(store)))


def test_an_extractor_that_fails_stops_a_run(
    store: Path, folder: Path, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document, *_: object) -> Extraction:
        raise IndexError("list index out of range")

    refresh(store, folder)
    monkeypatch.setattr(extractors, "fingerprint", lambda: "toy 2")
    monkeypatch.setattr(extractors, "extract", fail)
    with pytest.raises(RefreshStopped, match="10 of 10 documents can no longer"):
        refresh(store, folder)
    monkeypatch.setattr(extractors, "extract", read_toy)
    assert len(refresh(store, folder).changed) == 10


@pytest.mark.parametrize(("limits", "stops"), [("vanished: 0.1\nfew: 0", True), ("vanished: 0.2\nfew: 0", False)])
@pytest.mark.parametrize("beside", [True, False])
def test_limits_beside_the_documents_or_named(
    store: Path, folder: Path, many: None, limits: str, stops: bool, beside: bool
) -> None:
    refresh(store, folder)
    file = (folder if beside else store.parent) / "kg-limits.yml"
    file.write_text(limits, encoding="utf-8")
    (folder / "d1.jsonl").unlink()
    (folder / "d2.jsonl").unlink()
    words = ["refresh", str(folder), "--store", str(store), *([] if beside else ["--limits", str(file)])]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == int(stops)
    if stops:
        assert "2 of 10 documents have vanished" in result.stderr
        assert CliRunner().invoke(app, [*words, "--accept"]).exit_code == 0


@pytest.mark.parametrize(
    ("limits", "error", "said"),
    [("vanish: 0.1", SchemaError, "vanish"), ("vanished: 3", SchemaError, "vanished"), (None, InputError, "limits")],
)
def test_wrong_limits_are_told(
    store: Path, folder: Path, many: None, limits: str | None, error: type[Exception], said: str
) -> None:
    refresh(store, folder)
    (folder / "d1.jsonl").unlink()
    file = store.with_name("limits.yml")
    if limits:
        file.write_text(limits, encoding="utf-8")
    with KnowledgeGraph(store) as graph, pytest.raises(error, match=said):
        graph.refresh([folder], limits=file)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_file_name_that_is_no_text_is_told(store: Path, folder: Path, many: None) -> None:
    (folder / os.fsdecode(b"\xff.md")).write_text("甲 SUPPLIES 乙", encoding="utf-8")
    report = refresh(store, folder)
    assert len(report.new) == 10
    assert "file name that is not UTF-8" in report.failed[0]
