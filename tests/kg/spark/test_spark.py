"""Spark gives what one process gives: after a cut, a killed Python worker, a killed executor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from servers import skip_or_fail
from typer.testing import CliRunner

from kg.cli.commands import app

try:
    from cluster import ENVIRONMENT, java_version, standalone, until

    from kg.merged import merge_facts
    from kg.spark.job import extract_on_spark, files_under, merge_facts_on_spark, session
    from kg.spark.results import Plan
except ImportError as missing:
    skip_or_fail(f"no package {missing.name}", "SPARK", "KG_REQUIRE_SPARK")

KG = Path(sys.executable).with_name("kg")
SAMPLES = Path(__file__).parents[2] / "samples"
FILES, DOCUMENTS = 3, 2


@pytest.fixture(scope="module", autouse=True)
def java() -> None:
    """Skips loudly, or fails, where Spark cannot run."""
    if java_version() < 17:
        skip_or_fail("no Java 17 or newer", "SPARK", "KG_REQUIRE_SPARK")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports in several files, one document in two of them, and a line that is none."""
    made = tmp_path_factory.mktemp("spark")
    text = (SAMPLES / "weekly-a.md").read_text("utf-8")
    for number in range(FILES):
        lines = [json.dumps({"id": f"{place}-{number}", "text": text}) for place in range(DOCUMENTS)]
        (made / f"{number}.jsonl").write_text("\n".join(lines), "utf-8")
    (made / "again.jsonl").write_text(json.dumps({"id": "0-0", "text": text}) + "\nno line\n", "utf-8")
    (made / "weekly-b.md").write_bytes((SAMPLES / "weekly-b.md").read_bytes())
    return made


def command(*words: str) -> list[str]:
    """`kg extract` of all files, named as seen from their folder."""
    return [str(KG), "extract", ".", *words]


def told(code: int, out: bytes, err: bytes) -> tuple[bytes, list[bytes]]:
    """What a run prints, and its own lines on standard error; one line of input is broken, so its exit code is 1."""
    assert code == 1, err.decode()
    return out, [line for line in err.splitlines() if line.startswith(b"kg: ")]


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run in a session of its own, so that all its processes can be ended at once."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command(*words), cwd=folder, env=ENVIRONMENT, start_new_session=True, **pipes)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def at_work(results: Path) -> list[int]:
    """The Python workers that are writing a result now; the last part of its name tells which."""
    found = (int(path.suffix[1:]) for path in results.glob(".*") if not path.name.endswith(".crc"))
    return [number for number in found if psutil.pid_exists(number)]


@pytest.fixture(scope="module")
def alone(folder: Path) -> tuple[bytes, list[bytes]]:
    """What one process prints."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(app, command()[1:])
    finally:
        os.chdir(before)
    return told(done.exit_code, done.stdout_bytes, done.stderr_bytes)


def test_a_cut_job_goes_on_and_a_killed_python_worker_changes_no_byte(
    folder: Path, tmp_path: Path, alone: tuple[bytes, list[bytes]]
) -> None:
    words = ("--engine", "spark", "--master", "local[2]", "--results", str(tmp_path))
    with running(folder, *words):
        kept = until(lambda: list(tmp_path.glob("*.jsonl")), "a result")
    written = [path.stat().st_mtime_ns for path in kept]
    with running(folder, *words) as process:
        os.kill(until(lambda: at_work(tmp_path), "a Python worker")[0], signal.SIGKILL)
        out, err = process.communicate()
    assert told(process.returncode, out, err) == alone
    assert [path.stat().st_mtime_ns for path in kept] == written
    assert len(list(tmp_path.glob("*.jsonl"))) == FILES + 2


def test_a_killed_executor_changes_no_byte(
    folder: Path, tmp_path: Path, alone: tuple[bytes, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    plan = Plan(tmp_path / "results")
    with standalone(tmp_path) as master, session(master) as context, ThreadPoolExecutor() as beside:
        killed = beside.submit(kill_executor, plan.folder)
        done = extract_on_spark(context, files_under(["."])[0], plan)
        killed.result()
        facts = list(merge_facts_on_spark(context, done.results))
    texts = [text for text in done.told() if isinstance(text, str)]
    assert "".join(f"{text}\n" for text in texts).encode() == alone[0]
    assert [f"kg: {error}".encode() for error in done.errors] == alone[1]
    assert facts == list(merge_facts(texts))


def kill_executor(results: Path) -> None:
    """Kill the executor whose Python worker is writing a result."""
    worker = until(lambda: at_work(results), "a Python worker")[0]
    parents = psutil.Process(worker).parents()
    next(process for process in parents if "CoarseGrained" in " ".join(process.cmdline())).kill()
