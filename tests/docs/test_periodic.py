"""The recipes of docs/periodic.md: the cron line runs, systemd takes its files, the tasks of the DAG run in order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType

import pytest
from reference_blocks import ROOT, blocks, put_program

from kg import KnowledgeGraph

PLACE = "/srv/yanbao"
CRON = re.compile(r"(?P<when>(?:[\d*/,-]+ ){5})(?P<command>.+)\n")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cron, systemd and Airflow are for Unix")


@pytest.fixture
def recipes(tmp_path: Path) -> Mapping[str, str]:
    """The files of the page by name, written for a place of their own in which reports and program are."""
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "tests" / "samples" / "weekly-a.md", tmp_path / "reports")
    (tmp_path / ".venv").mkdir()
    put_program(tmp_path / ".venv" / "bin" / "kg", "-c", "from kg.cli import main; main()")
    found = blocks((ROOT / "docs" / "periodic.md").read_text("utf-8"))
    return {block.option("file"): block.text.replace(PLACE, str(tmp_path)) for block in found if block.option("file")}


def documents(folder: Path) -> list[str]:
    with KnowledgeGraph(folder / "kg.db") as graph:
        return [source.id for source in graph.ledger.sources()]


def shell(command: str) -> int:
    return subprocess.run(["sh", "-c", command], check=False, env={"PATH": os.environ["PATH"]}).returncode


@pytest.mark.skipif(not shutil.which("flock"), reason="no flock")
def test_the_cron_line_refreshes_and_leaves_a_run_out_while_another_is_at_work(
    recipes: Mapping[str, str], tmp_path: Path
) -> None:
    found = CRON.fullmatch(recipes["yanbao.cron"])
    assert found
    assert "%" not in found["command"], "cron makes a line break of it"
    assert shell(f"flock {tmp_path}/refresh.lock -c '! {found['command'].removesuffix(' 2>&1')}'") == 0
    assert not (tmp_path / "kg.db").exists()
    assert shell(found["command"]) == 0
    assert documents(tmp_path) == ["weekly-a"]
    assert (tmp_path / "refresh.log").read_text("utf-8").startswith("documents: 1 new")


def test_systemd_takes_the_timer_and_the_service(recipes: Mapping[str, str], tmp_path: Path) -> None:
    units = [name for name in recipes if name.startswith("yanbao-refresh.")]
    assert len(units) == 2
    for name in units:
        (tmp_path / name).write_text(recipes[name], "utf-8")
        ConfigParser().read_string(recipes[name])
    if shutil.which("systemd-analyze"):
        words = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in units)]
        run = subprocess.run(words, check=False, capture_output=True, text=True)
        assert (run.returncode, [line for line in run.stderr.splitlines() if "yanbao" in line]) == (0, [])


def test_the_service_refreshes(recipes: Mapping[str, str], tmp_path: Path) -> None:
    [command] = re.findall(r"^ExecStart=(.+)$", recipes["yanbao-refresh.service"], re.M)
    assert shell(command) == 0
    assert documents(tmp_path) == ["weekly-a"]


class StandIn:
    """A stand-in for a DAG and its Bash tasks, no Airflow: it runs their commands in the order of their ties."""

    def __init__(self, **given: object) -> None:
        self.given = given
        self.behind: list[StandIn] = []

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *error: object) -> None: ...

    def __rshift__(self, other: StandIn) -> StandIn:
        self.behind.append(other)
        return other

    def run(self) -> list[str]:
        words = ["bash", "-c", str(self.given["bash_command"])]
        said = subprocess.run(words, check=True, capture_output=True, text=True, encoding="utf-8").stdout
        return [said, *(line for task in self.behind for line in task.run())]


def test_the_tasks_of_the_dag_run_in_a_stand_in(recipes: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("airflow", "airflow.sdk", "airflow.providers", "airflow.providers.standard"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    for name in ("airflow.providers.standard.operators", "airflow.providers.standard.operators.bash"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys.modules["airflow.sdk"], "DAG", StandIn, raising=False)
    monkeypatch.setattr(sys.modules[name], "BashOperator", StandIn, raising=False)
    names: dict[str, StandIn] = {}
    exec(compile(recipes["yanbao_refresh.py"], "yanbao_refresh.py", "exec"), names)
    refreshed, changed = names["refresh"].run()
    assert names["dag"].given["max_active_runs"] == 1
    assert refreshed.startswith("documents: 1 new")
    assert changed.startswith("# What changed")
