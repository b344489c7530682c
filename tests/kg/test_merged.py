"""Facts over all documents, each once with all its evidence, whatever the order of documents."""

from __future__ import annotations

import json
import random

from toy import say

from kg.merged import merge_facts
from ontology import stream

TOLD = [
    say("a", "甲 INVESTED_IN 乙 round=A轮 amount=100 confidence=0.7", "丙 SUPPLIES 丁", date="2024-01-01"),
    say("b", "甲 INVESTED_IN 乙 round=A轮 amount=200 confidence=0.9", date="2025-01-01"),
    say("c", "甲 INVESTED_IN 乙 round=A轮 confidence=0.8", "", date="2023-01-01"),
    say("d", "nothing"),
]
TEXTS = ["\n".join(stream.lines(extraction)) for extraction in TOLD]


def merged(texts: list[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in merge_facts(texts)]


def test_a_fact_stands_once_with_all_its_evidence_the_newest_first() -> None:
    facts = {fact["predicate"]: fact for fact in merged(TEXTS)}
    assert len(facts) == 2
    shared = facts["INVESTED_IN"]
    assert [piece["document"] for piece in shared["evidence"]] == ["b", "a", "c"]  # type: ignore[index, attr-defined]
    assert (shared["qualifiers"], shared["confidence"]) == ({"round": "A轮", "amount": "200"}, 0.9)


def test_facts_are_sorted_and_the_same_from_any_order_and_with_documents_told_twice() -> None:
    expected = merged(TEXTS)
    assert [fact["id"] for fact in expected] == sorted(str(fact["id"]) for fact in expected)
    shuffled = TEXTS * 2
    random.Random(7).shuffle(shuffled)
    assert merged(shuffled) == expected
