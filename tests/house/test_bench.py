"""The bench measures a whole build, and the sample stays within the memory that was promised."""

from __future__ import annotations

import re
import subprocess
import sys

import bench
import pytest

MEMORY = 500


def test_it_prints_time_memory_and_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    bench.bench(str(bench.SAMPLE), 1)
    said = capsys.readouterr().out
    cold = re.search(r"cold:\s+([\d.]+) s, peak (\d+) MB", said)
    ratio = re.search(r"reading / jieba.lcut:\s+([\d.]+)", said)
    assert cold
    assert ratio
    assert float(cold[1]) > 0
    assert 50 < int(cold[2]) < MEMORY
    assert float(ratio[1]) > 0


def test_quick_runs_as_a_command() -> None:
    said = subprocess.run(
        [sys.executable, bench.__file__, "--quick"], capture_output=True, text=True, check=True
    ).stdout
    speeds = [int(figure.replace(",", "")) for figure in re.findall(r"([\d,]+) characters a second", said)]
    assert len(speeds) == 2
    assert min(speeds) > 100


def test_a_missing_report_ends_in_one_line() -> None:
    with pytest.raises(SystemExit, match=r"bench: .*absent\.md"):
        bench.bench("absent.md", 1)
