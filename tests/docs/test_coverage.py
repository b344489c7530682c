"""Nothing public is missing from the documents, and every link leads somewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from pages import COMMANDS, PYTHON, anchors, documents, links, section
from pydantic import BaseModel
from reference_blocks import ROOT

import kg
from kg.cli.commands import app
from ontology import errors

COMMON = {"--help"}


def commands(group: object = None, name: str = "kg") -> Iterator[tuple[str, set[str]]]:
    """Every command with its options."""
    command = group or typer.main.get_command(app)
    for key, found in command.commands.items():  # type: ignore[attr-defined]
        if hasattr(found, "commands"):
            yield from commands(found, f"{name} {key}")
        else:
            options = (option for parameter in found.params for option in parameter.opts if option.startswith("-"))
            yield f"{name} {key}", set(options) - COMMON


@pytest.mark.parametrize(("command", "options"), sorted(commands()), ids=[name for name, _ in sorted(commands())])
def test_every_command_is_documented_with_its_options(command: str, options: set[str]) -> None:
    body = section(COMMANDS.read_text("utf-8"), command)
    assert re.search(rf"^ .*\b{command}\b", body, re.M), f"no example of {command} in docs/commands.md"
    assert {option for option in options if f"`{option}" not in body} == set()


def test_no_command_is_documented_that_is_none() -> None:
    known = {name for name, _ in commands()} | {"kg neo4j"}
    assert set(re.findall(r"^#+ (kg .+)$", COMMANDS.read_text("utf-8"), re.M)) == known


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert f"`{name}" in PYTHON.read_text("utf-8") or f"# {name}" in PYTHON.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(name for name in vars(kg.KnowledgeGraph) if not name.startswith("_")))
def test_every_method_is_documented(name: str) -> None:
    assert re.search(rf"^\| `{name}[(`]", PYTHON.read_text("utf-8"), re.M)


def test_every_field_of_what_is_returned_is_documented() -> None:
    text = PYTHON.read_text("utf-8")
    for name in kg.__all__:
        found = getattr(kg, name)
        if isinstance(found, type) and issubclass(found, BaseModel):
            [row] = re.findall(rf"^\| `{name}` \|.*$", text, re.M)
            assert {field for field in found.model_fields if f"`{field}`" not in row} == set(), name


def test_every_error_is_documented() -> None:
    known = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, Exception)}
    assert known
    assert {name for name in known if f"`ontology.errors.{name}`" not in PYTHON.read_text("utf-8")} == set()


def test_every_environment_variable_is_documented() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "kg").rglob("*.py"))
    code += (ROOT / "ontology" / "schema.py").read_text("utf-8")
    named = set(re.findall(r"(?:environ(?:\.get)?[\[(]|envvar=)\"(\w+)\"", code))
    assert {"KG_STORE", "NEO4J_URI"} <= named
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert {name for name in named if f"`{name}`" not in text} == set(), readme


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in links(document):
        name, _, anchor = target.partition("#")
        page = Path(os.path.normpath(document.parent / name)) if name else document
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), target
