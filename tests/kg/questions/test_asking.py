"""The questions as data, as a command, and as files for Neo4j Browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from told import tell
from typer.testing import CliRunner, Result

from kg.cli.commands import app
from kg.ledger import Ledger
from kg.neo4j.content import edge_types
from kg.neo4j.style import grass
from kg.questions import Question, load_questions
from kg.questions.answers import ANSWERS
from kg.questions.saved import LIMIT, saved
from kg.questions.talk import DONE_FORMS
from ontology.schema import load_ontology

WEEK = tell("2025-12-10", "甲证券", ("红投", "INVESTED_IN", "沐科技", {"round": "A轮", "lead": "true"}))
Kg = Callable[..., Result]
questions = pytest.mark.parametrize("question", load_questions().values(), ids=load_questions())


@pytest.fixture
def kg(store: Path) -> Kg:
    with Ledger(store, create=True) as ledger:
        ledger.record(WEEK, "rules 1", "2025-12-24")
    runner = CliRunner(env={"KG_STORE": str(store)})
    return lambda *words: runner.invoke(app, [str(word) for word in words])


def test_there_are_at_least_fifteen_and_each_is_answered() -> None:
    assert len(load_questions()) >= 15
    assert ANSWERS.keys() == load_questions().keys()


@questions
def test_cypher_returns_the_columns_and_uses_the_parameters(question: Question) -> None:
    returned = question.cypher.rpartition("\nRETURN ")[2]
    assert returned.strip().endswith("graph")
    assert all(re.search(rf"\b{column}\b", returned) for column in question.columns)
    assert set(re.findall(r"\$(\w+)", question.cypher)) == question.parameters.keys()
    entities = {name for name, parameter in question.parameters.items() if parameter.type == "entity"}
    assert set(re.findall(r"\{id: \$(\w+)\}", question.cypher)) == entities


@questions
def test_cypher_names_only_types_of_the_ontology(question: Question) -> None:
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", question.cypher))
    assert named <= edge_types()


def test_what_is_planned_becomes_what_the_ontology_says() -> None:
    relations = load_ontology().relations.values()
    assert {relation.name: relation.done for relation in relations if relation.done} == DONE_FORMS


def test_without_a_question_all_are_listed(kg: Kg) -> None:
    listed = json.loads(kg("ask", "--json").stdout)
    assert [each["name"] for each in listed] == list(load_questions())
    assert "同一轮的共同投资方" in kg("ask").stdout


def test_rows_as_table_and_as_json(kg: Kg) -> None:
    [row] = json.loads(kg("ask", "rounds", "company=沐科技", "--json").stdout)
    assert row == {
        "date": "",
        "round": "A轮",
        "investors": ["红投"],
        "leads": ["红投"],
        "amounts": [],
        "statuses": [],
    }
    table = kg("ask", "rounds", "company=沐科技").stdout
    assert table.startswith("历轮融资 · Financing rounds over time\n")
    assert "红投" in table
    assert kg("ask", "rounds", "company=红投").stdout.splitlines()[1:] == ["nothing"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("round",), "kg: no question 'round'; did you mean rounds, rumours?"),
        (("谁投了谁",), "kg: no question '谁投了谁'; `kg ask` lists all"),
        (("rounds",), "kg: rounds needs company (公司); kg ask rounds company=摩尔线程"),
        (("rounds", "compny=沐科技"), "kg: no parameter 'compny' (rounds); did you mean company?"),
        (("movers", "x=1"), "kg: no parameter 'x' (movers); it takes none"),
        (("rounds", "沐科技"), "kg: no parameter: '沐科技'; write key=value, as company=沐曦"),
        (("changed", "since=17.12."), "kg: since: date '17.12.': write 2025, 2025-12 or 2025-12-05"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(kg: Kg, words: tuple[str, ...], line: str) -> None:
    result = kg("ask", *words)
    assert (result.exit_code, result.stderr) == (1, f"{line}\n")


def test_an_unknown_name_offers_close_ones(kg: Kg) -> None:
    result = kg("ask", "rounds", "company=木科技")
    assert result.exit_code == 1
    assert "did you mean 沐科技?" in result.stderr


def test_saved_queries_are_files_with_a_title(kg: Kg, tmp_path: Path) -> None:
    assert kg("neo4j", "queries", "-o", tmp_path / "saved").exit_code == 0
    files = {path.stem: path.read_text("utf-8") for path in (tmp_path / "saved").iterdir()}
    assert files.keys() == load_questions().keys()
    for name, text in files.items():
        assert text.splitlines()[0] == f"//{load_questions()[name].title_zh}"
        assert text.endswith(f"\nLIMIT {LIMIT}\n")
        assert "$" not in text


def test_a_name_never_ends_its_quotes() -> None:
    name = "甲' {id: $goal} \\"
    text = saved(load_questions()["supply_path"], {"start": name, "goal": "乙"})
    assert "(a:Entity {name: '甲\\' {id: $goal} \\\\'}), (b:Entity {name: '乙'})" in text


def test_the_style_has_a_rule_for_every_type_and_none_for_identity(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "style.grass"
    assert kg("neo4j", "style", "-o", file).exit_code == 0
    style = file.read_text("utf-8")
    assert style == grass(load_ontology())
    ruled = set(re.findall(r"^node\.(\w+)", style, re.M))
    assert ruled == {entity.name for entity in load_ontology().entities.values() if entity.colour}
    assert set(re.findall(r"^relationship\.(\w+)", style, re.M)) == edge_types()
    assert re.search(r'node\.Company \{[^}]*color: #4C8EDA;[^}]*caption: "\{name\}";', style)


def test_what_cannot_be_written_is_said(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = kg("neo4j", "queries", "-o", tmp_path / "file")
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: cannot write")
