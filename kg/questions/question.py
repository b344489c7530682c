"""The questions as data: what they are called, what they take, what they return, and how Cypher asks them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from kg.errors import LookupFailed, suggestion
from ontology.errors import YanbaoError
from ontology.schema import SchemaPart, parse_yaml
from ontology.values import PartialDate


class Parameter(SchemaPart):
    """What a question takes: an entity by any of its names, a date, a word out of `choices`, or a text.

    Required where there is no default; an empty default leaves it open.
    """

    type: Literal["entity", "date", "word", "text"]
    title_zh: str
    example: str
    default: str | None = None
    choices: tuple[str, ...] = ()


class Question(SchemaPart):
    """A question; rows hold `columns` in this order and are sorted by them.

    `cypher` ends with a RETURN of the columns and of `graph`, the paths that Neo4j Browser draws. An entity
    stands in it as `{id: $parameter}`.
    """

    name: str
    title_zh: str
    title_en: str
    parameters: Mapping[str, Parameter] = Field(default_factory=dict)
    columns: tuple[str, ...] = Field(min_length=1)
    cypher: str

    @property
    def query(self) -> str:
        """The Cypher that gives the rows in their order."""
        return f"{self.cypher.strip()}\nORDER BY {', '.join(self.columns)}"


@cache
def load_questions() -> Mapping[str, Question]:
    """All questions by name; raises SchemaError where a file is wrong."""
    found: dict[str, Question] = {}
    for file in sorted(files("kg").joinpath("questions").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yml"):
            question = parse_yaml(Question, file.read_text(encoding="utf-8"), f"questions/{file.name}")
            found[question.name] = question
    return found


def question_named(name: str) -> Question:
    """The question of this name; raises LookupFailed with close names."""
    known = load_questions()
    if name not in known:
        raise LookupFailed(f"no question {name!r}", remedy=suggestion(name, known, "`kg ask` lists all"))
    return known[name]


def arguments(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """A value for every parameter, defaults filled in; raises LookupFailed, and YanbaoError for what is no date."""
    for name in given:
        if name not in question.parameters:
            takes = f"it takes {', '.join(question.parameters) or 'none'}"
            raise LookupFailed(f"no parameter {name!r}", question.name, suggestion(name, question.parameters, takes))
    for name, parameter in question.parameters.items():
        if parameter.default is None and name not in given:
            remedy = f"kg ask {question.name} {name}={parameter.example}"
            raise LookupFailed(f"{question.name} needs {name} ({parameter.title_zh})", remedy=remedy)
    values = {name: given.get(name, parameter.default or "") for name, parameter in question.parameters.items()}
    for name, value in values.items():
        if value:
            check(name, question.parameters[name], value)
    return values


def check(name: str, parameter: Parameter, value: str) -> None:
    """Raise YanbaoError for what is no date, LookupFailed for what is none of the choices."""
    if parameter.type == "date":
        check_date(name, value)
    elif parameter.choices and value not in parameter.choices:
        remedy = suggestion(value, dict.fromkeys(parameter.choices), f"known: {', '.join(parameter.choices)}")
        raise LookupFailed(f"no {name} {value!r}", remedy=remedy)


def check_date(name: str, value: str) -> None:
    """Raise YanbaoError unless the value is a year, month or day."""
    try:
        PartialDate.parse(value)
    except ValueError as error:
        raise YanbaoError(f"{name}: {error}") from None
