"""Speed-up of `kg extract --jobs N`: wall time, and what processor time allows where other work blurs wall time."""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

KG = Path(sys.executable).with_name("kg")


@dataclass(frozen=True)
class Measured:
    """Seconds of one run by the clock and of all its processes together; the digest of what it printed."""

    wall: float
    cpu: float
    digest: str


def run(paths: list[str], jobs: int) -> Measured:
    """Read some paths in some processes; ends the bench where that fails."""
    before, start = os.times(), time.perf_counter()
    with tempfile.TemporaryFile() as out:
        code = subprocess.run([KG, "extract", *paths, "--jobs", str(jobs)], stdout=out, check=False).returncode
        wall, after = time.perf_counter() - start, os.times()
        out.seek(0)
        digest = hashlib.sha256(out.read()).hexdigest()
    if code:
        sys.exit(f"bench: kg extract ended with exit code {code}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, cpu, digest)


def bench(paths: list[str], jobs: int, runs: int) -> None:
    """Print the medians of some runs in one process and in several, taken in turn."""
    pairs = [(run(paths, 1), run(paths, jobs)) for _ in range(runs)]
    if len({measured.digest for pair in pairs for measured in pair}) > 1:
        sys.exit("bench: the runs do not print the same")
    for name in ("wall", "cpu"):
        one, many = (statistics.median(getattr(pair[side], name) for pair in pairs) for side in (0, 1))
        ratio = one / many if name == "wall" else one / (many / jobs)
        print(f"{name}: 1 process {one:.1f} s, {jobs} processes {many:.1f} s, speed-up {ratio:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench_jobs.py", description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    bench(arguments.paths, arguments.jobs, arguments.runs)
