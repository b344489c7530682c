"""`kg watch`: files that come, go and are none of its business; an interrupt ends it and loses nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer

import pytest
from watchfiles import Change

from kg import KnowledgeGraph, watch
from kg.watch import matters, moments, until_interrupted, when
from ontology.errors import InputError

LONGEST = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def watching(folder: Path, store: Path) -> Iterator[subprocess.Popen[str]]:
    words = ["-c", "from kg.cli import main; main()", "watch", str(folder), "--store", str(store), "--json"]
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        last_resort = Timer(LONGEST, process.kill)
        last_resort.start()
        yield process
        last_resort.cancel()
        process.kill()


def next_report(process: subprocess.Popen[str]) -> dict[str, list[str]]:
    assert process.stdout
    report: dict[str, list[str]] = json.loads(process.stdout.readline())
    return report


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_a_file_dropped_in_is_read_and_one_taken_out_is_retracted(
    watching: subprocess.Popen[str], folder: Path, store: Path
) -> None:
    assert next_report(watching)["new"] == []
    (folder / "a.txt").write_text("红杉中国领投了摩尔线程的A轮融资。", "utf-8")
    assert next_report(watching)["new"] == ["a"]
    with KnowledgeGraph(store) as graph:
        assert [str(relation) for relation in graph.relations()] == ["红杉中国 INVESTED_IN 摩尔线程"]
    (folder / "a.txt").unlink()
    assert next_report(watching)["retracted"] == ["a"]
    watching.send_signal(signal.SIGINT)
    assert (watching.wait(LONGEST), *watching.communicate()) == (0, "", "")


def test_only_what_may_be_a_report_matters(folder: Path) -> None:
    names = ("a.md", "sub/b.PDF", "sub", "kg.db", "kg.db-wal", ".a.md.swp", ".git/c.md", "../d.md")
    assert [name for name in names if matters(str(folder / name), [folder])] == ["a.md", "sub/b.PDF", "sub"]


def test_silence_is_no_change() -> None:
    changes = {(Change.added, "a.md")}
    assert len(list(when(iter([set(), set(), changes, set(), changes])))) == 3


def test_a_folder_that_is_missing_is_one_line(folder: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        next(moments([str(folder / "none")], Event()))


def test_polling_finds_changes_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "DEBOUNCE", 50)
    stop = Event()
    seen = moments([str(folder)], stop, poll=True)
    next(seen)
    (folder / "a.md").write_text("一", "utf-8")
    next(seen)
    stop.set()
    assert list(seen) == []


def test_the_first_interrupt_only_sets_the_event() -> None:
    before = signal.getsignal(signal.SIGINT)
    with until_interrupted() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        assert signal.getsignal(signal.SIGINT) is before
