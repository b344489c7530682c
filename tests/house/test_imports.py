"""Imports point one way: ontology <- extractors <- kg."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from house import ROOT
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_the_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_an_import_against_the_direction_is_found(tmp_path: Path) -> None:
    modules = ("kg", "kg/ledger", "kg/view", "kg/export", "kg/picture", "kg/neo4j", "extractors", "ontology")
    for name in modules:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "kg" / "ledger" / "wrong.py").write_text("import extractors\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "not extractors BROKEN" in run.stdout
