"""The wheel carries the rules, lists and schemas, and nothing that is not the package."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.build import build_wheel
from house import PACKAGES, ROOT, own_files


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        name = build_wheel(str(folder))
    return set(ZipFile(folder / name).namelist())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_the_wheel(packed: set[str], package: str) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in own_files() if path.is_relative_to(ROOT / package)}
    assert f"{package}/py.typed" in files
    assert files <= packed


def test_nothing_else_is_in_it(packed: set[str]) -> None:
    others = {Path(name).parts[0] for name in packed} - set(PACKAGES)
    assert all(name.endswith(".dist-info") for name in others)
