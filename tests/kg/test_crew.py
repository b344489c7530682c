"""Several processes give what one gives; a killed one costs the item it was at a retry, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from kg import pipeline
from kg.crew import TRIES, Crew, Lost
from ontology.errors import InputError, YanbaoError
from ontology.records import Document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
KG = Path(sys.executable).with_name("kg")
ITEMS = [f"{number:02}" for number in range(40)]
FATAL = "17"


def work(item: str, notes: Path, lives: int) -> str:
    """Note that an item was begun; at the fatal one its process is killed as often as `lives` says."""
    begun = sum(1 for note in notes.iterdir() if note.name.startswith(item))
    (notes / f"{item}-{begun}").touch()
    if item == FATAL and begun < lives:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2


def begun(notes: Path) -> dict[str, int]:
    """How often each item was begun."""
    return {item: len(list(notes.glob(f"{item}-*"))) for item in ITEMS}


def employ(notes: Path, lives: int, jobs: int = 2) -> list[str | Lost[str]]:
    """The results of all items, five in a shard."""
    with Crew(partial(work, notes=notes, lives=lives), jobs, lambda _: 6_000) as crew:
        return list(crew.map(ITEMS))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(tmp_path: Path, jobs: int) -> None:
    assert employ(tmp_path, 0, jobs) == [item * 2 for item in ITEMS]


def test_a_killed_process_costs_its_item_a_retry_and_nothing_else(tmp_path: Path) -> None:
    assert employ(tmp_path, 1) == [item * 2 for item in ITEMS]
    assert begun(tmp_path) == {item: 1 + (item == FATAL) for item in ITEMS}


def test_an_item_that_kills_every_process_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    assert employ(tmp_path, TRIES) == [Lost(item) if item == FATAL else item * 2 for item in ITEMS]
    assert begun(tmp_path) == {item: TRIES if item == FATAL else 1 for item in ITEMS}


def test_processes_end_with_the_crew(tmp_path: Path) -> None:
    with Crew(partial(work, notes=tmp_path, lives=0), 2, lambda _: 6_000) as crew:
        next(crew.map(ITEMS))
        processes = [worker.process for worker in crew.workers]
        assert all(process.is_alive() for process in processes)
    assert not any(process.is_alive() for process in processes)


def refuse(document: Document) -> str:
    """Raise what stops a run, as a wrong rule file does."""
    raise YanbaoError("a wrong rule", "mine.yml", "mend it")


def fatal(document: Document) -> str:
    """Kill the process at one document."""
    if document.id == FATAL:
        os.kill(os.getpid(), signal.SIGKILL)
    return document.id


def documents() -> list[Document]:
    return [Document(id=item, text="字") for item in ITEMS]


def test_what_stops_a_run_stops_it_from_any_process() -> None:
    with pytest.raises(YanbaoError, match=r"a wrong rule \(mine.yml\); mend it"), Crew(refuse, 2, lambda _: 1) as crew:
        list(crew.map(documents()))


def test_a_document_that_is_given_up_is_an_error_among_the_others() -> None:
    results = list(pipeline.work_all(fatal, documents(), 2))
    errors = [result for result in results if isinstance(result, InputError)]
    assert [error.where for error in errors] == [FATAL]
    assert [result for result in results if isinstance(result, str)] == [item for item in ITEMS if item != FATAL]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the processes of a command in /proc")
def test_a_worker_of_a_command_killed_from_outside_changes_no_byte(tmp_path: Path) -> None:
    sample = (Path(__file__).parents[1] / "samples" / "weekly-a.md").read_text("utf-8")
    for number in range(6):
        (tmp_path / f"{number}.md").write_text(sample, "utf-8")
    command = [str(KG), "extract", str(tmp_path), "--jobs"]
    alone = subprocess.run([*command, "1"], capture_output=True, check=True)
    together = subprocess.Popen([*command, "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.kill(first_child(together), signal.SIGKILL)
    out, err = together.communicate()
    assert (together.returncode, err) == (0, b"")
    assert out == alone.stdout


def first_child(process: subprocess.Popen[bytes]) -> int:
    """The first process that a command starts, once it is there."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.02)
    pytest.fail("the command ended before it had started a process")
