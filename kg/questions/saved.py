"""The questions as saved queries for Neo4j Browser: one file each, the title in its first line, values written out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.questions.question import Parameter, Question, load_questions

LIMIT = 300


def write_saved(folder: Path) -> list[Path]:
    """Write every question to `folder` as `name.cypher` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{name}.cypher": saved(question) for name, question in load_questions().items()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def saved(question: Question, values: Mapping[str, str] | None = None) -> str:
    """The text of a saved query with these values or the examples; entities are matched by name."""
    query, notes = question.query, [f"//{question.title_zh}", f"// {question.title_en}"]
    for name, parameter in question.parameters.items():
        value = literal((values or {}).get(name, parameter.example))
        notes.append(f"// {parameter.title_zh}：{value}")
        query = query.replace(placeholder(name, parameter), filled(parameter, value))
    return "\n".join((*notes, query, f"LIMIT {LIMIT}", ""))


def placeholder(name: str, parameter: Parameter) -> str:
    """How a parameter stands in the Cypher of a question."""
    return f"{{id: ${name}}}" if parameter.type == "entity" else f"${name}"


def filled(parameter: Parameter, value: str) -> str:
    """What stands there in a saved query."""
    return f"{{name: {value}}}" if parameter.type == "entity" else value


def literal(text: str) -> str:
    """A text as Cypher writes it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
