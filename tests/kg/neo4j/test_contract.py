"""Every ready question gives the same rows from the ledger and from a real server, as it is and as a saved query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from told import STRANGE_NAMES, made_up

from kg import KnowledgeGraph
from kg.ledger import Ledger
from kg.neo4j.connect import Connection
from kg.neo4j.sync import sync
from kg.questions import Question, ask, load_questions
from kg.questions.question import Parameter
from kg.questions.saved import LIMIT, saved
from kg.rows import edges, nodes

SAMPLES = Path(__file__).parents[2] / "samples"
EDGES = 1_000
TRIES, CHAINED, SAVED = 5, 3, 3
ODD = frozenset(STRANGE_NAMES)
Values = Mapping[str, str]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the two weeklies."""
    store = tmp_path_factory.mktemp("samples") / "kg.db"
    with KnowledgeGraph(store) as graph:
        assert graph.build([SAMPLES]).facts.new
    return store


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up weeks."""
    store = tmp_path_factory.mktemp("generated") / "kg.db"
    with Ledger(store, create=True) as ledger:
        for extraction in made_up(EDGES):
            ledger.record(extraction, "rules 1", "2025-12-24")
    return store


def test_the_weeklies_give_the_same_rows(neo4j: Connection, samples: Path) -> None:
    with Ledger(samples) as ledger:
        differing, answered = compare(neo4j, ledger)
    assert not differing
    assert len(answered) >= 8


def test_made_up_weeks_give_the_same_rows(neo4j: Connection, generated: Path) -> None:
    with Ledger(generated) as ledger:
        differing, answered = compare(neo4j, ledger)
    assert not differing
    assert answered == load_questions().keys()


def compare(neo4j: Connection, ledger: Ledger) -> tuple[list[tuple[str, Values]], set[str]]:
    """What ledger and server answer differently, and the questions that had an answer."""
    sync(neo4j.driver, neo4j.database, nodes(ledger), edges(ledger))
    differing, answered = [], set()
    for question in load_questions().values():
        for number, values in enumerate(choices(ledger, question)):
            told = ask(ledger, question.name, values)
            if by_driver(neo4j, ledger, question, values) != told:
                differing.append((question.name, values))
            if number < SAVED and run(neo4j, question, saved(question, values)) != told[:LIMIT]:
                differing.append((f"{question.name}.cypher", values))
            answered |= {question.name} if told else set()
    return differing, answered


def by_driver(neo4j: Connection, ledger: Ledger, question: Question, values: Values) -> list[dict[str, Any]]:
    """The rows of the server, asked with ids as parameters."""
    ids = {entity.name: entity.id for entity in ledger.entities()}
    types = {name: parameter.type for name, parameter in question.parameters.items()}
    given = {name: ids[value] if value and types[name] == "entity" else value for name, value in values.items()}
    return run(neo4j, question, question.query, given)


def run(neo4j: Connection, question: Question, query: str, given: Values | None = None) -> list[dict[str, Any]]:
    """The columns of a query."""
    records = neo4j.driver.execute_query(query, dict(given or {}), database_=neo4j.database).records  # type: ignore[arg-type,unused-ignore]
    assert all(record.keys() == [*question.columns, "graph"] for record in records)
    return [{column: record[column] for column in question.columns} for record in records]


def choices(ledger: Ledger, question: Question) -> Iterator[Values]:
    """What to ask a question about: some of each thing it takes, one by one where all may be left out."""
    kinds = [parameter.type for parameter in question.parameters.values()]
    names = ends(ledger, question, TRIES if len(kinds) == 1 else CHAINED)
    few = {name: options(parameter, names) for name, parameter in question.parameters.items()}
    open_ones = {name: parameter.default for name, parameter in question.parameters.items() if parameter.default == ""}
    if few and len(open_ones) == len(few):
        yield from ({**open_ones, name: value} for name, values in few.items() for value in values)
    else:
        yield from (dict(zip(few, some, strict=True)) for some in product(*few.values()))


def options(parameter: Parameter, names: list[str]) -> Sequence[str]:
    """Some values of a parameter, none among them where it may be left out."""
    some = {
        "entity": names,
        "date": ["2022-05-30", "2025-12-17", "2999"],
        "word": parameter.choices[:2],
        "text": [parameter.example],
    }
    return [*some[parameter.type], *([] if parameter.default is None else [parameter.default])]


def ends(ledger: Ledger, question: Question, number: int) -> list[str]:
    """Names of some ends of the relations a question asks for, and of some other entities."""
    names = {entity.id: entity.name for entity in ledger.entities()}
    facts = [fact for fact in ledger.facts() if fact.predicate in question.cypher]
    found = dict.fromkeys(names[end] for fact in facts[:number] for end in (fact.subject, fact.object))
    parties = [party.entity for deal in ledger.deals()[:number] for party in deal.parties] if not facts else []
    return list(dict.fromkeys([*ODD.intersection(names.values()), *found, *(names[key] for key in parties)]))
