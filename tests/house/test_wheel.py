"""The wheel carries the rules, lists and schemas, and nothing that is not the package; the sdist makes it; it runs."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.build import build_sdist, build_wheel
from house import PACKAGES, ROOT, own_files

LINE = '{"id": "a", "text": "红杉中国领投了摩尔线程的A轮融资。"}'


def build(tree: Path, folder: Path) -> Path:
    """A wheel built from a tree."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tree)
        return folder / build_wheel(str(folder))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the project's tree."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def packed(wheel: Path) -> set[str]:
    """The names in the wheel."""
    return set(ZipFile(wheel).namelist())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_the_wheel(packed: set[str], package: str) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in own_files() if path.is_relative_to(ROOT / package)}
    assert f"{package}/py.typed" in files
    assert files <= packed


def test_nothing_else_is_in_it(packed: set[str]) -> None:
    others = {Path(name).parts[0] for name in packed} - set(PACKAGES)
    assert all(name.endswith(".dist-info") for name in others)


def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    source = tmp_path / build_sdist(str(tmp_path))
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    [tree] = (tmp_path / "unpacked").iterdir()
    assert {"LICENSE", "README.md", "pyproject.toml", "requirements.lock"} <= {path.name for path in tree.iterdir()}
    assert build(tree, tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_runs_where_no_tree_is(wheel: Path, tmp_path: Path) -> None:
    """An environment that borrows the dependencies of this one, whose own link to the tree is not followed."""
    venv.create(tmp_path / "env", with_pip=False)
    place = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "env"), "platbase": str(tmp_path / "env")}))
    with ZipFile(wheel) as archive:
        archive.extractall(place)
    (place / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    says = "import kg; from kg.cli import main; print(kg.__file__); main()"
    words = [python, "-I", "-X", "utf8", "-c", says, "extract", "-", "--format", "table"]
    run = subprocess.run(words, cwd=tmp_path, input=LINE, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    assert Path(run.stdout.splitlines()[0]).is_relative_to(place)
    assert "INVESTED_IN" in run.stdout
