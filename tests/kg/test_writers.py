"""One writer at a time, readers meanwhile, and writers killed at any moment."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.export import jsonl
from kg.ledger import Ledger
from ontology.errors import StoreError

pytestmark = pytest.mark.usefixtures("toy_rules")
ROOT, HERE = Path(__file__).parents[2], Path(__file__).parent
KILLS = 50

SLOW_WRITER = """
import sys
sys.path[:0] = sys.argv[1:3]
import extractors
from kg import KnowledgeGraph
from toy import read_toy

def slowly(document, *_, **__):
    print("reading", flush=True)
    sys.stdin.readline()
    return read_toy(document)

extractors.extract, extractors.fingerprint = slowly, lambda: "toy"
with KnowledgeGraph(sys.argv[3]) as graph:
    graph.refresh([sys.argv[4]])
print("done", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": "\n".join(lines)}), encoding="utf-8")


def refresh(store: Path, folder: Path) -> None:
    with KnowledgeGraph(store) as graph:
        graph.refresh([folder], now="2026-01-02")


def state(store: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """All that is exported, and the log."""
    with Ledger(store) as ledger:
        return list(jsonl(ledger)), list(ledger.select("SELECT at, document, kind, id, before, after FROM events"))


def test_one_writer_and_readers_meanwhile(store: Path, folder: Path) -> None:
    write(folder, "a", "甲 SUPPLIES 乙")
    refresh(store, folder)
    write(folder, "b", "丙 SUPPLIES 丁")
    words = [sys.executable, "-c", SLOW_WRITER, str(ROOT), str(HERE), str(store), str(folder)]
    with (
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer,
        KnowledgeGraph(store) as graph,
    ):
        assert writer.stdin
        assert writer.stdout
        assert writer.stdout.readline() == "reading\n"
        assert [str(relation) for relation in graph.relations()] == ["甲 SUPPLIES 乙"]
        for write_too in (graph.refresh, lambda: graph.build([folder]), lambda: graph.retract("a")):
            with pytest.raises(StoreError, match=r"another run is writing .*wait until it is done"):
                write_too()
        writer.stdin.write("\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "done\n"
        assert len(graph.relations()) == 2
        assert graph.refresh().unchanged == ("a", "b")


def test_a_store_that_cannot_be_opened_says_so(store: Path, folder: Path) -> None:
    with KnowledgeGraph(store.parent / "no" / "kg.db") as graph, pytest.raises(StoreError, match="cannot be opened"):
        graph.build([folder])


@pytest.fixture
def week(store: Path, folder: Path) -> tuple[Path, Path]:
    """A store with last week's documents, and a folder with this week's: new, changed, gone and unchanged ones."""
    for number in range(6):
        write(folder, f"d{number}", f"甲{number} SUPPLIES 乙", "deal investment 丙 丁 round=A轮 status=planned")
    refresh(store, folder)
    for number in range(3):
        write(folder, f"d{number}", f"甲{number} PARTNERS_WITH 乙", "deal investment 丙 丁 round=A轮 status=completed")
        write(folder, f"e{number}", f"甲{number} SUPPLIES 乙", "figure 甲 营业收入 2024 743000000 CNY")
    (folder / "d3.jsonl").unlink()
    return store, folder


def steps_of(store: Path, folder: Path, fatal: int = 0) -> int:
    """How many steps SQLite takes over a refresh; the process dies at the `fatal` one."""
    count, connect = 0, sqlite3.connect

    def step() -> int:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def watched(*words: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*words, **options)
        connection.set_progress_handler(step, 20)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", watched)
        refresh(store, folder)
    return count


def killed(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Work in a process that dies on the way, by itself or after some seconds; whether it did."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_the_next_refresh_ends_where_an_unbroken_one_does(week: tuple[Path, Path]) -> None:
    store, folder = week
    unbroken, torn = store.with_name("unbroken.db"), store.with_name("torn.db")
    shutil.copy(store, unbroken)
    started = time.perf_counter()
    steps = steps_of(unbroken, folder)
    seconds, wanted = time.perf_counter() - started, state(unbroken)
    chance, died, halfway = random.Random(20260102), 0, 0
    before = state(store)
    for number in range(KILLS):
        for file in store.parent.glob("torn.db*"):
            file.unlink()
        shutil.copy(store, torn)
        fatal, moment = chance.randint(1, steps), chance.uniform(0, seconds)
        if number % 2:
            died += killed(lambda fatal=fatal: steps_of(torn, folder, fatal))  # type: ignore[misc]
        else:
            died += killed(lambda: refresh(torn, folder), moment)
        with Ledger(torn) as ledger:
            assert ledger.select("PRAGMA integrity_check") == [("ok",)]
        halfway += state(torn) not in (before, wanted)
        refresh(torn, folder)
        assert state(torn) == wanted
    assert died > KILLS * 0.8
    assert halfway > KILLS * 0.2
