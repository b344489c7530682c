"""Processor time and memory of a process that reads a sentence or reports, with an empty cache and a full one."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

READ = """
import resource, sys, time
import kg.cli
from extractors import extract
from kg.inputs import read_all
from ontology.records import Document

documents = (found for _, found in read_all(sys.argv[1:])) if sys.argv[1:] else [
    Document(id="a", text="红杉中国领投了摩尔线程的A轮融资。")
]
for document in documents:
    if isinstance(document, Document):
        extract(document)
unit = 1 if sys.platform == "darwin" else 1024
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)
"""


def measure(cache: str, reports: list[str]) -> tuple[float, float]:
    """Seconds of processor time and peak memory in MB of a fresh process."""
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    run = subprocess.run(
        [sys.executable, "-c", READ, *reports], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, memory = map(float, run.stdout.split())
    return seconds, memory


def bench(runs: int, reports: list[str]) -> None:
    """Print the figures of the first process and medians of those after it."""
    with tempfile.TemporaryDirectory() as cache:
        print("cache empty: {:.2f} s, peak {:.0f} MB".format(*measure(cache, reports)))
        later = [measure(cache, reports) for _ in range(runs)]
    seconds, memory = map(statistics.median, zip(*later, strict=True))
    print(f"cache full:  {seconds:.2f} s, peak {memory:.0f} MB (medians of {runs})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench_start.py", description=__doc__)
    parser.add_argument("reports", nargs="*", help="default: one sentence")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    bench(arguments.runs, arguments.reports)
