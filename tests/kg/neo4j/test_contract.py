"""Every ready question gives the same rows by `kg ask`, `graph.ask`, its Cypher and its saved query on real servers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from told import STRANGE_NAMES, crowd, made_up
from typer.testing import CliRunner

from kg import KnowledgeGraph
from kg.cli.commands import app
from kg.ledger import Ledger
from kg.neo4j.connect import Connection
from kg.neo4j.sync import sync
from kg.questions import Question, ask, load_questions
from kg.questions.question import Parameter
from kg.questions.saved import LIMIT, saved
from kg.rows import edges, nodes

SAMPLES = Path(__file__).parents[2] / "samples"
EDGES, TOLD = 10_000, 1_000
TRIES, CHAINED, PAIRED, SAVED = 4, 2, 4, 2
ODD = frozenset(STRANGE_NAMES)
Values = Mapping[str, str]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """A store and what is to be asked of it, with the answers of the ledger."""

    store: Path
    answers: list[tuple[Question, Values, Rows]]

    @property
    def answered(self) -> set[str]:
        """The questions that found something."""
        return {question.name for question, _, rows in self.answers if rows}


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The store of the two weeklies."""
    store = tmp_path_factory.mktemp("samples") / "kg.db"
    with KnowledgeGraph(store) as graph:
        assert graph.build([SAMPLES]).facts.new
    return asked(store)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """A store of made-up weeks."""
    store = tmp_path_factory.mktemp("generated") / "kg.db"
    with Ledger(store, create=True) as ledger:
        for extraction in (*made_up(TOLD), crowd(EDGES)):
            ledger.record(extraction, "rules 1", "2025-12-24")
        assert sum(1 for _ in edges(ledger)) >= EDGES
    return asked(store)


def asked(store: Path) -> Asked:
    """Ask the ledger, once for all servers."""
    with Ledger(store) as ledger:
        questions = load_questions().values()
        return Asked(store, [(q, given, ask(ledger, q.name, given)) for q in questions for given in choices(ledger, q)])


def test_the_weeklies_give_the_same_rows(neo4j: Connection, samples: Asked) -> None:
    assert not differing(neo4j, samples)
    assert len(samples.answered) >= 8


def test_made_up_weeks_give_the_same_rows(neo4j: Connection, generated: Asked) -> None:
    assert not differing(neo4j, generated)
    assert generated.answered == load_questions().keys()


def test_python_and_the_command_line_give_the_same_rows(samples: Asked, generated: Asked) -> None:
    for one in (samples, generated):
        first = {question.name: (values, rows) for question, values, rows in reversed(one.answers)}
        with KnowledgeGraph(one.store) as graph:
            assert {name: graph.ask(name, **values) for name, (values, _) in first.items()} == {
                name: rows for name, (_, rows) in first.items()
            }
    for name, (values, rows) in first.items():
        words = ["ask", name, *(f"{key}={value}" for key, value in values.items()), "--store", str(generated.store)]
        assert json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout) == rows


def differing(neo4j: Connection, one: Asked) -> list[tuple[str, Values]]:
    """What the server answers otherwise than the ledger, by parameters or as a saved query."""
    with Ledger(one.store) as ledger:
        sync(neo4j.driver, neo4j.database, nodes(ledger), edges(ledger))
        ids = {entity.name: entity.id for entity in ledger.entities()}
    found, seen = [], Counter[str]()
    for question, values, rows in one.answers:
        if by_driver(neo4j, ids, question, values) != rows:
            found.append((question.name, values))
        seen[question.name] += 1
        if seen[question.name] <= SAVED and run(neo4j, question, saved(question, values)) != rows[:LIMIT]:
            found.append((f"{question.name}.cypher", values))
    return found


def by_driver(neo4j: Connection, ids: Mapping[str, str], question: Question, values: Values) -> Rows:
    """The rows of the server, asked with ids as parameters."""
    types = {name: parameter.type for name, parameter in question.parameters.items()}
    given = {name: ids[value] if value and types[name] == "entity" else value for name, value in values.items()}
    return run(neo4j, question, question.query, given)


def run(neo4j: Connection, question: Question, query: str, given: Values | None = None) -> Rows:
    """The columns of a query."""
    records = neo4j.driver.execute_query(query, dict(given or {}), database_=neo4j.database).records  # type: ignore[arg-type,unused-ignore]
    assert all(record.keys() == [*question.columns, "graph"] for record in records)
    return [{column: record[column] for column in question.columns} for record in records]


def choices(ledger: Ledger, question: Question) -> Iterator[Values]:
    """What to ask a question about: some of each thing it takes, one by one where all may be left out."""
    kinds = [parameter.type for parameter in question.parameters.values()]
    one_by_one = bool(kinds) and all(parameter.default == "" for parameter in question.parameters.values())
    names = ends(ledger, question, TRIES if len(kinds) == 1 else CHAINED)
    some = names if one_by_one or len(kinds) == 1 else names[-PAIRED:]
    few = {name: options(parameter, some) for name, parameter in question.parameters.items()}
    if one_by_one:
        yield from ({**dict.fromkeys(few, ""), name: value} for name, values in few.items() for value in values)
    else:
        yield from (dict(zip(few, each, strict=True)) for each in product(*few.values()))


def options(parameter: Parameter, names: list[str]) -> Sequence[str]:
    """Some values of a parameter, none among them where it may be left out."""
    some = {
        "entity": names,
        "date": ["2025-12-17", "2999"],
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
    return list(dict.fromkeys([*sorted(ODD.intersection(names.values())), *found, *(names[key] for key in parties)]))
