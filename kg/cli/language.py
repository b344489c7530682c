"""What commands say, in English or with KG_LANG=zh in Chinese; the Chinese stands in `chinese.yml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from typer.core import TyperGroup

EXAMPLE = "Example: "


@cache
def chinese() -> Mapping[str, str]:
    """The Chinese of every message by its English."""
    text = files("kg.cli").joinpath("chinese.yml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    return words


def tr(message: str) -> str:
    """A message in the language of KG_LANG; what has no Chinese stays as it is."""
    wanted = os.environ.get("KG_LANG", "").casefold()
    return chinese().get(message, message) if wanted.startswith("zh") else message


def in_language(help: str) -> str:
    """A help text in the language of KG_LANG, its example as it is."""
    about, mark, example = help.partition(EXAMPLE)
    words = about.strip()
    return f"{tr(words)}\n\n{tr(EXAMPLE.strip())} {example}" if mark else tr(words)


def translate(command: Any) -> None:
    """Put the help texts of a command and its options into the language of KG_LANG."""
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = in_language(part.help)


class SpokenGroup(TyperGroup):
    """Commands whose help texts are in the language of KG_LANG."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command with its help texts, if there is one of this name."""
        command = super().get_command(ctx, cmd_name)
        if command:
            translate(command)
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print what the group is for, and its commands."""
        translate(self)
        super().format_help(ctx, formatter)
