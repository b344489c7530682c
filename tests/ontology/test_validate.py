"""What passes the gate, what does not and why, and how edges are told apart."""

from __future__ import annotations

import pytest

from ontology.records import Entity
from ontology.schema import load_ontology
from ontology.validate import Reason, count, edge_id, reject

ONTOLOGY = load_ontology()


def entity(name: str, *labels: str) -> Entity:
    return Entity(id=name, type=labels[-1], labels=labels, name=name)


FIRM = entity("甲科技", "Company")
FUND = entity("乙资本", "Company", "Investor")
CHIP = entity("丙一号", "Chip")
BOARD = entity("科创板", "Exchange")
PERSON = entity("丁先生", "Person")


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "qualifiers"),
    [
        (FUND, "INVESTED_IN", FIRM, {"round": "Pre-A+轮", "lead": "true", "amount": "100000000", "currency": "CNY"}),
        (FUND, "INVESTED_IN", FIRM, {"status": "completed"}),
        (FUND, "PLANS_TO_INVEST_IN", FIRM, {"status": "terminated"}),
        (FUND, "DEVELOPS", CHIP, {"status": "planned"}),
        (FIRM, "PLANS_TO_LIST_ON", BOARD, {"date": "2025-12"}),
        (PERSON, "HOLDS_POSITION", FIRM, {"title": "董事长", "former": "true"}),
        (PERSON, "NEGOTIATING_WITH", FIRM, {"topic": "收购"}),
    ],
)
def test_sound_facts_pass(subject: Entity, predicate: str, object: Entity, qualifiers: dict[str, str]) -> None:
    assert reject(ONTOLOGY, subject, predicate, object, qualifiers) is None


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "qualifiers", "reason"),
    [
        (FUND, "LIKES", FIRM, {}, Reason.UNKNOWN_RELATION),
        (CHIP, "INVESTED_IN", FIRM, {}, Reason.SUBJECT_TYPE),
        (FUND, "INVESTED_IN", CHIP, {}, Reason.OBJECT_TYPE),
        (FIRM, "LISTED_ON", FUND, {}, Reason.OBJECT_TYPE),
        (FIRM, "PARTNERS_WITH", FIRM, {}, Reason.SAME_ENDS),
        (FIRM, "COMPETES_WITH", FUND, {"round": "A轮"}, Reason.UNKNOWN_QUALIFIER),
        (FUND, "INVESTED_IN", FIRM, {"amount": "1亿"}, Reason.BAD_VALUE),
        (FUND, "INVESTED_IN", FIRM, {"currency": "RMB"}, Reason.BAD_VALUE),
        (FUND, "INVESTED_IN", FIRM, {"lead": "false"}, Reason.BAD_VALUE),
        (FUND, "INVESTED_IN", FIRM, {"date": "2025-13"}, Reason.BAD_VALUE),
        (FUND, "INVESTED_IN", FIRM, {"status": "done"}, Reason.BAD_VALUE),
        (PERSON, "HOLDS_POSITION", FIRM, {"title": " "}, Reason.BAD_VALUE),
        (FUND, "INVESTED_IN", FIRM, {"status": "planned"}, Reason.PLAN_AS_DONE),
        (FIRM, "LISTED_ON", BOARD, {"status": "denied"}, Reason.PLAN_AS_DONE),
    ],
)
def test_unsound_facts_are_refused_with_a_reason(
    subject: Entity, predicate: str, object: Entity, qualifiers: dict[str, str], reason: Reason
) -> None:
    assert reject(ONTOLOGY, subject, predicate, object, qualifiers) is reason


def test_rounds_stay_two_edges_and_a_corrected_amount_updates_one() -> None:
    relation = ONTOLOGY.relations["INVESTED_IN"]
    first = edge_id(relation, "乙", "甲", {"round": "A轮", "amount": "1"})
    assert first == edge_id(relation, "乙", "甲", {"round": "A轮", "amount": "2", "date": "2025"})
    assert first != edge_id(relation, "乙", "甲", {"round": "B轮", "amount": "1"})
    assert first != edge_id(relation, "甲", "乙", {"round": "A轮", "amount": "1"})


def test_a_mark_is_not_taken_for_another() -> None:
    relation = ONTOLOGY.relations["HOLDS_POSITION"]
    assert edge_id(relation, "丁", "甲", {"title": "董事长"}) != edge_id(relation, "丁", "甲", {"title": "总经理"})
    assert edge_id(relation, "丁", "甲", {}) != edge_id(relation, "丁", "甲", {"title": "总经理"})


@pytest.mark.parametrize("name", sorted(ONTOLOGY.relations))
def test_only_symmetric_edges_read_both_ways(name: str) -> None:
    relation = ONTOLOGY.relations[name]
    assert (edge_id(relation, "甲", "乙", {}) == edge_id(relation, "乙", "甲", {})) is relation.symmetric


def test_reasons_are_counted_most_frequent_first() -> None:
    counted = count([Reason.BAD_VALUE, Reason.SAME_ENDS, Reason.BAD_VALUE])
    assert list(counted.items()) == [(Reason.BAD_VALUE, 2), (Reason.SAME_ENDS, 1)]
    assert count([]) == {}
