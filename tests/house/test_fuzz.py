"""Hostile inputs end in one line or in data, all the way from file to export; `scripts/fuzz` feeds many more."""

from __future__ import annotations

from pathlib import Path
from random import Random

import fuzz
import hostile
import pytest

COUNT = 300


def test_hostile_inputs_end_in_one_line_or_in_data(tmp_path: Path) -> None:
    run = fuzz.Fuzz(seed=20260102, folder=tmp_path)
    run.run(COUNT)
    assert run.faults == []
    assert run.counts["documents"] > COUNT / 4
    assert run.counts["facts"] > COUNT / 20
    assert run.counts["refused"] > COUNT / 20


def test_the_same_seed_makes_the_same_inputs() -> None:
    first, second = (hostile.hostile(Random("1-7")) for _ in range(2))
    assert first == second


def test_faults_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(fuzz.extractors, "extract", lambda document: None)
    monkeypatch.setattr(fuzz, "read", fail)
    monkeypatch.setattr(fuzz, "LONGEST", -1.0)
    run = fuzz.Fuzz(seed=1, folder=tmp_path)
    run.run(1)
    assert "IndexError" in run.faults[0]
    assert run.faults[1].endswith(" s")
