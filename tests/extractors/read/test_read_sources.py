"""Which files a command means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors.read import expand, read
from extractors.read.extra import formats_extra
from ontology.errors import InputError
from ontology.records import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.TXT", "deep/c.jsonl", "deep/picture.png", ".hidden/d.md", ".e.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("文", encoding="utf-8")
    return tmp_path


def names(*paths: Path | str) -> list[str]:
    return [Path(source).name for source in expand(map(str, paths))]


def test_a_folder_gives_its_readable_files_sorted(folder: Path) -> None:
    assert names(folder) == ["a.TXT", "b.md", "c.jsonl"]


def test_a_glob_gives_files_and_folders(folder: Path) -> None:
    assert names(folder / "*") == ["a.TXT", "b.md", "c.jsonl"]
    assert names(folder / "**" / "*.jsonl") == ["c.jsonl"]


def test_a_file_comes_once(folder: Path) -> None:
    assert names(folder / "b.md", folder, folder / "deep" / ".." / "b.md") == ["b.md", "a.TXT", "c.jsonl"]


def test_a_name_with_magic_signs_is_a_name_first(folder: Path) -> None:
    (folder / "[1].md").write_text("文", encoding="utf-8")
    assert names(folder / "[1].md") == ["[1].md"]


def test_standard_input_stays() -> None:
    assert list(expand(["-", "-"])) == ["-"]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "message"), [("gone.md", "no such file"), ("*.md", "no readable file"), ("", "no such")]
)
def test_what_is_missing_is_named(tmp_path: Path, path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        names(os.path.join(tmp_path, "none", path) if path else path)


def test_a_missing_package_is_said_with_the_line_that_installs_it() -> None:
    with pytest.raises(InputError, match=r"^needs the package nowhere \(a\.pdf\); pip install 'yanbao-kg\[formats\]'$"):
        formats_extra("nowhere", "a.pdf")


def test_a_bad_file_leaves_the_others(folder: Path) -> None:
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\n")
    read_or_not = {Path(path).name: list(read(path)) for path in expand([str(folder)]) if isinstance(path, Path)}
    assert sorted(read_or_not) == ["a.TXT", "b.md", "c.jsonl", "c.pdf"]
    [error] = read_or_not["c.pdf"]
    assert isinstance(error, InputError)
    assert isinstance(read_or_not["b.md"][0], Document)
