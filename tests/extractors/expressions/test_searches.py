"""Expressions looked for only where they can match find what they find anywhere."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from extractors.expressions.begins import begins_of, fast, first_characters
from extractors.expressions.needs import longest_match, needs_of
from extractors.expressions.searches import Searches
from extractors.expressions.sieve import NO_MARKS, Sieve
from extractors.language.normalise import normalise
from extractors.relations.rules import load_rules

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.md"))
EXPRESSIONS = (
    r"(?<![A-Z])[A-Z]{2,4}(?:芯片|显卡)",
    r"(?:^|[，。])(?P<name>[一-鿿]{2,6}?)(?=收购|投资)",
    r"[“《](?P<quoted>[^”》]{1,10})[”》]的?(?:系列)?(?:芯片|平台)",
    r"(?:约|超)?\d+(?:\.\d+)?(?:亿|万)?元",
    r"(?:甲|乙)?(?:丙|(?:丁|戊)己)+庚",
    r"(?:大约|超过)?\d+(?:亿|万)?元",
    r"第?[一二三](?:季度|月)|上半年",
    r"[^，。]{3}发布",
    r"(?:收购|并购)[^，。]{0,8}?(?:股权|股份)",
)
SOUP = "大过甲乙丙丁戊己庚，。“”《》的系列芯片平台显卡收购并购投资发布股权股份约超亿万元第一二三季度月上半年ABCX0123.5"


def found(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def soups() -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(SOUP, k=chance.randint(0, 120))) for _ in range(400)]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_searches_find_what_finditer_finds(expression: str) -> None:
    pattern = re.compile(expression)
    searches, quick = Searches([pattern]), fast(expression)
    texts = [*soups(), *(normalise(path.read_text("utf-8")).text for path in SAMPLES)]
    for text in texts:
        assert [match.span() for _, match in searches.find(text)] == found(pattern, text)
        assert found(quick, text) == found(pattern, text)


def test_several_expressions_keep_their_order() -> None:
    searches = Searches([re.compile("乙."), re.compile("甲.")])
    assert [(at, match.group()) for at, match in searches.find("甲一乙二甲三")] == [
        (0, "乙二"),
        (1, "甲一"),
        (1, "甲三"),
    ]


def test_needs_are_what_every_match_holds() -> None:
    needs = needs_of("(?:甲|乙)(?:收购|并购)了?[^，]{0,3}(?!丙)股权")
    assert set(needs.texts) == {frozenset({"甲收购", "甲并购", "乙收购", "乙并购"}), frozenset({"股权"})}
    assert needs_of("(?i:abc)").texts == ()
    assert needs_of("(?:甲)?[丁乙]*").texts == ()


def test_begins_are_known_or_none() -> None:
    assert begins_of("(?<!x)(?:甲乙|丙)丁") == {"甲乙", "丙"}
    assert begins_of("[^甲]乙") is None
    assert begins_of("甲?乙*") is None
    assert first_characters(r"甲?\d") == r"[\d甲]"
    assert longest_match("甲{2,5}乙?") == 6


def test_a_sieve_keeps_the_order_and_what_needs_nothing() -> None:
    sieve = Sieve(((name, needs_of(name)) for name in ("收购", ".", "投资", "收购.{1,3}股权")), NO_MARKS)
    assert sieve.sift("甲收购乙股权") == ["收购", ".", "收购.{1,3}股权"]
    assert sieve.sift("") == ["."]


def test_no_rule_is_kept_from_a_line_it_matches() -> None:
    rules = load_rules().clauses
    every = list(rules)
    lines = [normalise(path.read_text("utf-8")).text for path in SAMPLES]
    for text in (line for whole in lines for line in re.split("(?<=。)", whole)):
        tried = set(map(id, rules.sift(text)))
        left = (rule for rule in every if id(rule) not in tried and rule.trigger.search(text))
        assert [rule.rule.id for rule in left if any(p.search(text) for p in rule.patterns)] == []
