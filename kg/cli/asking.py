"""`kg ask`: the ready questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from kg.cli.language import tr
from kg.cli.options import STORE, Json, Store
from kg.cli.output import say, say_json, say_table, short
from kg.graph import KnowledgeGraph
from kg.questions import Question, load_questions, question_named
from ontology.errors import YanbaoError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ask)


def ask(
    question: Annotated[str | None, typer.Argument(help="A question; without one, all are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="What it asks about, as key=value.")] = None,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Answer a ready question, or list them all.

    Example: kg ask co_investors company=沐曦
    """
    if question is None:
        list_all(json)
        return
    asked, given = question_named(question), dict(map(pair, parameters or []))
    with KnowledgeGraph(store) as graph:
        found = graph.ask(question, **given)
    if json:
        say_json(found)
    else:
        tell(asked, found)


def pair(word: str) -> tuple[str, str]:
    """`key=value` as a pair."""
    key, sign, value = word.partition("=")
    if not sign or not key:
        raise YanbaoError(f"no parameter: {word!r}", remedy="write key=value, as company=沐曦")
    return key, value


def list_all(json: bool) -> None:
    """Print every question with what it takes."""
    questions = load_questions().values()
    if json:
        say_json([question.model_dump(exclude={"cypher"}) for question in questions])
    else:
        say_table(("question", "", "", "takes"), (cells(question) for question in questions))


def cells(question: Question) -> tuple[str, ...]:
    """A question as cells; a parameter that may be left out stands in brackets."""
    takes = (name if p.default is None else f"[{name}]" for name, p in question.parameters.items())
    return question.name, question.title_zh, question.title_en, ", ".join(takes)


def tell(question: Question, rows: Iterable[dict[str, str | int | list[str]]]) -> None:
    """Print rows as a table under the title of the question."""
    table = [[cell(column, value) for column, value in row.items()] for row in rows]
    say(f"{question.title_zh} · {question.title_en}")
    say_table(question.columns, table) if table else say(tr("nothing"))


def cell(column: str, value: str | int | list[str]) -> str:
    """A value as it is printed; lists joined, ids shortened."""
    if isinstance(value, list):
        return "、".join(value)
    return short(str(value)) if column.split("_")[-1] == "id" else str(value)
