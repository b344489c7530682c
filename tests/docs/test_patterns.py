"""Every element of the pattern language, and every word of status, reads the example beside it."""

from __future__ import annotations

import pytest
from pages import CONTRIBUTING, STATUS, section, table_rows

from extractors.relations.examples import read_example, rule_failures
from extractors.relations.rules import Example, Forms, Idiom, RelationRules, RuleBook, load_rules
from ontology.validate import STATUSES

WORDS = table_rows(section(STATUS.read_text("utf-8"), "Seven words"))[1:]
ROWS = [row[2:] for row in table_rows(section(CONTRIBUTING.read_text("utf-8"), "The pattern language"))[1:]]


@pytest.mark.parametrize(("pattern", "text"), [[cell.strip("`") for cell in row] for row in ROWS])
def test_an_element_reads_its_example(pattern: str, text: str) -> None:
    first, *_, last = [part.split(":")[0] for part in text.split("{")[1:]]
    wanted = Example(text=text, facts=(f"{first} COMPETES_WITH {last}",))
    idiom = Idiom(id="documented", words="掰腕", pattern=pattern, examples=(wanted,))
    rules = RelationRules(relation="COMPETES_WITH", idioms=(idiom,))
    book = RuleBook((rules,), Forms(forms={}), load_rules().cues)
    assert not list(rule_failures(rules, book))


def test_the_elements_are_all_there() -> None:
    assert len(ROWS) >= 8


@pytest.mark.parametrize(("status", "text"), [(row[0].strip("`"), row[2]) for row in WORDS])
def test_a_status_is_read_from_its_example(status: str, text: str) -> None:
    [fact] = read_example(Example(text=text, facts=()), load_rules())
    assert f"status={status}" in fact.split()


def test_the_words_of_status_are_all_there() -> None:
    assert {row[0].strip("`") for row in WORDS} == set(STATUSES)
