"""Starting: what is read is the same with a full cache, an empty one and none; a changed rule is taken up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ontology.kept import SWITCH

READ = """
import sys
from pathlib import Path
from extractors import extract
from ontology import kept
from ontology.records import Document
made = []
store = kept._store
kept._store = lambda path, body: (made.append(path.name.split("-")[0]), store(path, body))
rules = tuple(map(Path, sys.argv[1:]))
document = Document(id="a", text="红杉中国领投了摩尔线程的A轮融资。红杉中国掰手腕摩尔线程。")
print(extract(document, rules).model_dump_json())
kept.MEMO.save()
print(*sorted(made), "spacy" in sys.modules, "jieba" in sys.modules)
"""
RULES = """
relation: COMPETES_WITH
idioms:
  - id: mine.wrestles
    words: 掰手腕
    pattern: '{S:firm}掰手腕{O:firm}'
    examples:
      - text: "{甲科技:Company}掰手腕{乙电子:Company}"
        facts: ["甲科技 COMPETES_WITH 乙电子"]
"""


def start(cache: Path, *rules: Path, **more: str) -> subprocess.Popen[str]:
    system = {"XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LOCALAPPDATA": str(cache)}
    environment = {name: value for name, value in os.environ.items() if name != SWITCH} | system | more
    command = [sys.executable, "-c", READ, *map(str, rules)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> list[str]:
    said = process.communicate()[0].splitlines()
    assert process.returncode == 0
    return said


def read(cache: Path, *rules: Path, **more: str) -> list[str]:
    return finish(start(cache, *rules, **more))


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A full cache, and what was read while it was filled."""
    cache = tmp_path_factory.mktemp("warm")
    said, made = read(cache)
    assert made == "lists memo rules words False True"
    return cache, said


def test_a_second_process_makes_nothing(warm: tuple[Path, str]) -> None:
    cache, said = warm
    assert read(cache) == [said, "False False"]


def test_two_first_processes_at_once(warm: tuple[Path, str], tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    assert [finish(process)[0] for process in both] == [warm[1]] * 2
    assert read(tmp_path)[0] == warm[1]


def test_broken_files_are_made_anew(warm: tuple[Path, str], tmp_path: Path) -> None:
    shutil.copytree(warm[0], tmp_path, dirs_exist_ok=True)
    for number, path in enumerate(sorted(tmp_path.rglob("*.kept"))):
        path.write_bytes(path.read_bytes()[: 1000 * number])
    said, made = read(tmp_path)
    assert said == warm[1]
    assert made.startswith("lists memo rules words")


def test_without_a_cache_the_same_is_read(warm: tuple[Path, str], tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder would be")
    assert read(blocked, HOME=str(tmp_path))[0] == warm[1]
    assert read(tmp_path / "off", **{SWITCH: "0"}) == [warm[1], "False True"]


def test_a_changed_rule_is_taken_up(warm: tuple[Path, str], tmp_path: Path) -> None:
    cache, _ = warm
    file = tmp_path / "mine.yml"
    file.write_text(RULES, encoding="utf-8")
    assert "mine.wrestles" in read(cache, tmp_path)[0]
    assert "mine.wrestles" in read(cache, tmp_path)[0]
    file.write_text(RULES.replace("mine.wrestles", "mine.grapples"), encoding="utf-8")
    said = read(cache, tmp_path)[0]
    assert "mine.wrestles" not in said
    assert "mine.grapples" in said
