"""The questions as saved queries for Neo4j Browser: one file each, the title in its first line, values written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.questions.question import Question, load_questions

LIMIT = 300
PLACEHOLDER = re.compile(r"\{id: \$(?P<entity>\w+)\}|\$(?P<name>\w+)")


def write_saved(folder: Path) -> list[Path]:
    """Write every question to `folder` as `name.cypher` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{name}.cypher": saved(question) for name, question in load_questions().items()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def saved(question: Question, values: Mapping[str, str] | None = None) -> str:
    """The text of a saved query with these values or the examples; entities are matched by name."""
    given = {name: parameter.example for name, parameter in question.parameters.items()} | dict(values or {})
    notes = (f"// {question.parameters[name].title_zh}：{literal(value)}" for name, value in given.items())
    query = PLACEHOLDER.sub(lambda found: filled(found, given), question.query)
    return "\n".join((f"//{question.title_zh}", f"// {question.title_en}", *notes, query, f"LIMIT {LIMIT}", ""))


def filled(found: re.Match[str], values: Mapping[str, str]) -> str:
    """What stands in a saved query for `{id: $name}` or `$name`."""
    value = literal(values[found["entity"] or found["name"]])
    return f"{{name: {value}}}" if found["entity"] else value


def literal(text: str) -> str:
    """A text as Cypher writes it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
