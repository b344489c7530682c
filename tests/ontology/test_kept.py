"""What is kept in the cache folder: read again, made anew where it is broken, foreign or cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ontology import kept
from ontology.kept import Memo, keep


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(kept.SWITCH, raising=False)
    return tmp_path / "cache" / "kept"


class Maker:
    """Makes the same values each time and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Iterator[tuple[str, object]]:
        self.times += 1
        yield from (("甲", [1, 2.5, None]), ("", {"乙": ("丙", frozenset({"丁"}))}))


def values(made: kept.Kept) -> list[object]:
    return [made.get("甲"), made.get(""), made.get("戊")]


EXPECTED = [[1, 2.5, None], {"乙": ("丙", frozenset({"丁"}))}, None]


def test_what_was_kept_is_not_made_again() -> None:
    make = Maker()
    assert values(keep("x", "1", make)) == values(keep("x", "1", make)) == EXPECTED
    assert make.times == 1


def test_another_key_has_values_of_its_own() -> None:
    make = Maker()
    keep("x", "1", make)
    keep("x", "2", make)
    assert make.times == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other", "index"])
def test_a_broken_file_is_made_anew(folder: Path, damage: str) -> None:
    make = Maker()
    keep("x", "1", make)
    [file] = folder.glob("*.kept")
    data = file.read_bytes()
    broken = {
        "cut": data[:-3],
        "flipped": data[:-3] + bytes([data[-3] ^ 255]) + data[-2:],
        "empty": b"",
        "other": b"something else" * 10,
        "index": data[:24] + b"\xff" * 8 + data[32:],
    }
    file.write_bytes(broken[damage])
    assert values(keep("x", "1", make)) == EXPECTED
    assert file.read_bytes() == data
    assert make.times == 2


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
def test_what_others_may_write_is_not_read(folder: Path) -> None:
    make = Maker()
    keep("x", "1", make)
    [file] = folder.glob("*.kept")
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    file.chmod(0o666)
    assert values(keep("x", "1", make)) == EXPECTED
    assert make.times == 2


def test_without_a_folder_to_write_to_it_is_made_each_time(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder would be")
    make = Maker()
    assert values(keep("x", "1", make)) == values(keep("x", "1", make)) == EXPECTED
    assert make.times == 2


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.SWITCH, "0")
    assert values(keep("x", "1", Maker())) == EXPECTED
    assert not folder.exists()


def test_several_at_once_leave_one_whole_file(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: values(keep("x", "1", Maker())), range(40)))
    assert made == [EXPECTED] * 40
    assert [path.suffix for path in folder.iterdir()] == [".kept"]


def test_of_many_keys_the_last_few_are_kept(folder: Path) -> None:
    for number in range(9):
        keep("x", str(number), Maker())
    keep("y", "1", Maker())
    assert sorted(path.name[:2] for path in folder.iterdir()) == ["x-"] * 4 + ["y-"]


def test_a_memo_remembers_across_processes_what_marshal_knows() -> None:
    first, second = Memo("m"), Memo("m")
    assert (first.get("a", lambda: None), second.get("b", lambda: (1, "二"))) == (None, (1, "二"))
    assert first.get("c", object) is not first.get("c", object)
    first.save()
    second.save()
    third = Memo("m")
    assert (third.get("a", lambda: 9), third.get("b", lambda: 9)) == (None, (1, "二"))


def test_a_memo_that_cannot_be_written_goes_on(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder would be")
    memo = Memo("m")
    assert memo.get("a", lambda: 1) == 1
    memo.save()
    assert memo.get("a", lambda: 2) == 1
