"""Cold time and peak memory from report to ledger; reading speed against bare jieba on the same text in one run."""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from extractors import extract
from kg.inputs import read_all
from ontology.errors import InputError
from ontology.records import Document

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "samples" / "weekly-a.md"
KG = Path(sys.executable).with_name("kg")
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def measure_build(report: str) -> tuple[float, float]:
    """Wall time in seconds and peak resident memory in MB of `kg build` into a fresh ledger."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        process = subprocess.Popen([KG, "build", report, "--store", f"{folder}/kg.db"], stdout=subprocess.DEVNULL)
        peak = watch_memory(process)
        seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"bench: kg build {report} ended with exit code {process.returncode}")
    return seconds, peak


def watch_memory(process: subprocess.Popen[bytes]) -> float:
    """Peak resident memory in MB of a process until it ends.

    Linux counts what the parent held at the fork into a child's `ru_maxrss`, so there the high-water mark is read from
    `/proc` while the process runs.
    """
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        _, code, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        return usage.ru_maxrss * RSS_UNIT / 1e6
    peak = 0
    while process.poll() is None:
        peak = max(peak, high_water_mark(status))
        time.sleep(0.01)
    return peak * 1024 / 1e6


def high_water_mark(status: Path) -> int:
    """`VmHWM` of a process in KiB; 0 once it has ended."""
    try:
        mark = re.search(r"VmHWM:\s+(\d+)", status.read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(mark[1]) if mark else 0


def cpu_time(work: Callable[[], object]) -> float:
    """Seconds of processor time that some work takes; a busy machine blurs them less than wall time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def load(report: str) -> list[Document]:
    """The documents of a path; ends the run where one cannot be read."""
    found = [document for _, document in read_all([report])]
    for document in found:
        if isinstance(document, InputError):
            sys.exit(f"bench: {document}")
    return [document for document in found if isinstance(document, Document)]


def measure_reading(documents: list[Document], runs: int) -> tuple[float, float, float]:
    """Medians of the seconds of reading some documents and of bare jieba over their texts, and of their ratios."""

    def read() -> None:
        for document in documents:
            extract(document)

    def segment() -> None:
        for document in documents:
            jieba.lcut(document.text)

    read()
    jieba.initialize()
    times = [(cpu_time(read), cpu_time(segment)) for _ in range(runs)]
    ratios = [reading / segmenting for reading, segmenting in times]
    reading, segmenting = (statistics.median(column) for column in zip(*times, strict=True))
    return reading, segmenting, statistics.median(ratios)


def bench(report: str, runs: int) -> None:
    """Print the figures of one report."""
    documents = load(report)
    size = sum(len(document.text) for document in documents)
    seconds, memory = measure_build(report)
    reading, segmenting, ratio = measure_reading(documents, runs)
    print(f"{Path(report).name}: {len(documents)} documents, {size:,} characters")
    print(f"  report to ledger, cold:  {seconds:.2f} s, peak {memory:.0f} MB")
    print(f"  reading, warm:           {reading:.3f} s, {size / reading:,.0f} characters a second")
    print(f"  bare jieba.lcut:         {segmenting:.3f} s, {size / segmenting:,.0f} characters a second")
    print(f"  reading / jieba.lcut:    {ratio:.1f} (CPU time, medians of {runs})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("reports", nargs="*", default=[str(SAMPLE)], help="default: the sample weekly")
    parser.add_argument("--quick", action="store_true", help="one run instead of the median of five")
    arguments = parser.parse_args()
    jieba.setLogLevel("ERROR")
    for path in arguments.reports:
        bench(path, 1 if arguments.quick else 5)
