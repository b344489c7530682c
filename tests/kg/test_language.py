"""Commands in Chinese: every help text has its Chinese, and what is filled into a message is filled in there too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.cli.language import EXAMPLE, chinese
from kg.neo4j.releases import DEFAULT_VERSION

SLOT = re.compile(r"\{\w+\}")
CODE = Path(__file__).parents[2] / "kg"


def helps(command: Any) -> Iterator[str]:
    for part in (command, *command.params):
        if getattr(part, "help", None):
            yield part.help.partition(EXAMPLE)[0].strip()
    for inner in getattr(command, "commands", {}).values():
        yield from helps(inner)


def said_in(text: str, *words: str) -> str:
    return CliRunner(env={"KG_LANG": text}).invoke(app, words).output


def test_every_help_text_has_its_chinese() -> None:
    told = {
        text for text in helps(get_command(app)) if DEFAULT_VERSION not in text and not text.startswith("Show this")
    }
    assert len(told) > 40
    assert told - chinese().keys() == set()


def test_every_message_is_one_that_commands_say() -> None:
    code = "".join(path.read_text("utf-8") for folder in ("cli", "neo4j") for path in (CODE / folder).glob("*.py"))
    known = set(helps(get_command(app)))
    counted = {f"{{count}} {word}" for word in ("new", "changed", "unchanged", "retracted", "failed")}
    plural = {"no relations", "no deals", "no figures", "Example:"}
    unsaid = {key for key in chinese() if key not in known | counted | plural and f'"{key}"' not in code}
    assert unsaid == set()


def test_what_is_filled_in_is_filled_in_there_too() -> None:
    wrong = {key for key, words in chinese().items() if set(SLOT.findall(key)) != set(SLOT.findall(words))}
    assert wrong == set()


@pytest.mark.parametrize("wanted", ["zh", "zh_CN.UTF-8"])
def test_help_in_chinese(wanted: str) -> None:
    assert "把报告读入图谱" in said_in(wanted, "--help")
    assert "存放图谱的文件。" in said_in(wanted, "build", "--help")
    assert "示例： kg neo4j stop" in said_in(wanted, "neo4j", "stop", "--help")


@pytest.mark.parametrize("wanted", ["", "en", "fr"])
def test_help_in_english(wanted: str) -> None:
    assert "Read reports into the graph" in said_in(wanted, "--help")


def test_results_in_chinese(toy_rules: None, tmp_path: Path) -> None:
    report, store = tmp_path / "a.txt", ("--store", str(tmp_path / "kg.db"))
    report.write_text("甲 SUPPLIES 乙", "utf-8")
    assert (
        said_in("zh", "build", str(report), *store)
        == "文档：新增 1, 变化 0, 未变 0, 失败 0；事实：新增 1，变化 0，消失 0\n"
    )
    shown = said_in("zh", "show", "甲", *store)
    assert "关系" in shown
    assert "没有数据" in shown
