"""What building costs as the ledger grows: processor time of reading and recording, and memory, a step after another.

scripts/recombine.py reports/ --output many --documents 10000
scripts/bench_ledger.py many
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

import extractors
from kg import pipeline
from kg.ledger import Ledger

P = ParamSpec("P")
R = TypeVar("R")
NOW = "2026-01-01"
HEADS = ("documents", "claims", "reading s", "recording s", "rest s", "peak MB", "ledger MB")


@dataclass
class Stopwatch:
    """Seconds of processor time inside some functions, by name."""

    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        """The function, its time counted."""

        def run(*given: P.args, **named: P.kwargs) -> R:
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start

        return run


def peak() -> float:
    """The most memory in MB that this process has had; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def size(store: Path) -> float:
    """Size of a ledger in MB."""
    return sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*")) / 1e6


def bench(folder: Path, store: Path) -> None:
    """Build a ledger file after file, as one run each, and print what each step took."""
    watch = Stopwatch()
    extractors.extract = watch.timed("reading", extractors.extract)
    Ledger.record = watch.timed("recording", Ledger.record)  # type: ignore[method-assign]
    print(" | ".join(HEADS))
    with Ledger(store, create=True) as ledger:
        for path in sorted(folder.glob("*.jsonl")):
            watch.seconds, start = {}, time.process_time()
            pipeline.build(ledger, [str(path)], NOW)
            spent = time.process_time() - start
            reading, recording = (watch.seconds[name] for name in ("reading", "recording"))
            counts = (ledger.select(f"SELECT count(*) FROM {what}")[0][0] for what in ("documents", "claims"))
            figures = (reading, recording, spent - reading - recording, peak(), size(store))
            print(" | ".join([*map(str, counts), *(f"{figure:.1f}" for figure in figures)]), flush=True)
    refresh(folder, store)


def refresh(folder: Path, store: Path) -> None:
    """Print what it takes to find that nothing has changed."""
    with Ledger(store) as ledger:
        pipeline.refresh(ledger, [str(folder)], NOW)
        start = time.process_time()
        report = pipeline.refresh(ledger, [str(folder)], NOW)
        print(f"refresh: {len(report.unchanged)} unchanged, {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench_ledger.py", description=__doc__)
    parser.add_argument("folder", type=Path)
    with tempfile.TemporaryDirectory() as place:
        bench(parser.parse_args().folder, Path(place) / "kg.db")
