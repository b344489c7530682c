"""Pieces that patterns share."""

from __future__ import annotations

import pytest
import yaml

from extractors.relations.patterns import compile_pattern
from extractors.relations.rules import RULES

FRAGMENTS = yaml.safe_load((RULES / "shared" / "fragments.yml").read_text("utf-8"))["fragments"]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_serves_several_patterns(name: str) -> None:
    texts = [path.read_text("utf-8") for path in (RULES / "relations").glob("*.yml")]
    assert sum(text.count(f"{{{name}}}") for text in texts) > 1


def test_a_fragment_stands_for_its_piece() -> None:
    assert compile_pattern("卖{goods}").fullmatch("卖芯片")


def test_an_unknown_fragment_is_named() -> None:
    with pytest.raises(ValueError, match="unknown fragment 'gods'; known are " + ", ".join(sorted(FRAGMENTS))):
        compile_pattern("卖{gods}")
