"""Every example and counter-example beside a rule holds."""

from extractors.relations.examples import failures
from extractors.relations.rules import load_rules


def test_examples_hold() -> None:
    assert list(failures(load_rules())) == []
