"""Ask a ready question of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from kg import names
from kg.ledger import Ledger
from kg.questions.answers import ANSWERS
from kg.questions.desk import Cell, Desk
from kg.questions.question import Question, arguments, question_named

Row = dict[str, Cell]


def ask(ledger: Ledger, name: str, given: Mapping[str, str]) -> list[Row]:
    """The rows of a question, sorted; raises LookupFailed for unknown questions, parameters and names."""
    question = question_named(name)
    values = resolved(ledger, question, arguments(question, given))
    rows = sorted(ANSWERS[name](Desk(ledger), **values))
    return [dict(zip(question.columns, row, strict=True)) for row in rows]


def resolved(ledger: Ledger, question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """The values with ids in place of names."""
    types = {name: parameter.type for name, parameter in question.parameters.items()}
    return {
        name: names.resolve(ledger, value).id if value and types[name] == "entity" else value
        for name, value in values.items()
    }
