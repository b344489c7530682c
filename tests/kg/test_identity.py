"""What is one thing across documents, and what stays two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shown import FULL, OTHER_FULL, Thing, firm, person, show

from kg.export import jsonl
from kg.ledger import Ledger
from kg.ledger.judgements import judgement
from kg.rows import edges, nodes
from ontology.records import Extraction

Fill = Callable[..., Ledger]

INTRODUCED = firm(FULL, "星河微", FULL)
NAMESAKE = firm(OTHER_FULL, "星河微", OTHER_FULL)
BARE = firm("星河微")
CODED = firm("688999.SH", "星河微", code="688999.SH")
CUSTOMER = firm("月湖汽车")
LI, LATIN_LI = person("李明远"), person("李明远", "Mingyuan Li")


def ids(ledger: Ledger) -> list[str]:
    return [entity.id for entity in ledger.entities()]


def contradictions(ledger: Ledger) -> list[tuple[str, str]]:
    return [(each.name, each.reason) for each in ledger.contradictions()]


def export(ledger: Ledger) -> str:
    return "\n".join(jsonl(ledger))


ONE = {
    "short name of an introduced one": (FULL, [INTRODUCED, BARE]),
    "full name alone": (FULL, [INTRODUCED, firm(FULL)]),
    "code beside the full name": (
        "688999.SH",
        [firm("688999.SH", FULL, code="688999.SH"), firm(FULL), INTRODUCED, BARE],
    ),
    "code beside the short name": ("688999.SH", [CODED, INTRODUCED, BARE]),
    "two listings": (
        "688999.SH",
        [firm("688999.SH", "甲", code="688999.SH|06999.HK"), firm("06999.HK", code="06999.HK")],
    ),
    "first listing abroad": ("2330.TW", [firm("TSM.N", code="2330.TW|TSM.N"), firm("2330.TW", code="2330.TW|TSM.N")]),
    "OCR spaces": (FULL, [INTRODUCED, firm("星 河微", "星 河 微")]),
    "traditional characters": ("联丰", [firm("联丰", "联丰", "聯豐電子"), firm("联丰电子")]),
    "former name in a bracket": (
        "北京星河股份有限公司",
        [firm("北京星河股份有限公司", "北京星河股份有限公司", "北京银河股份有限公司"), firm("北京银河股份有限公司")],
    ),
    "English name": ("星河微", [firm("星河微", "星河微", "Starriver"), firm("Starriver")]),
    "chip called a product": ("chip:X1", [Thing("chip:X1", ("X1",), "Chip"), Thing("product:X1", ("X1",), "Product")]),
}
TWO = {
    "two full names, one short": [INTRODUCED, NAMESAKE],
    "two codes, one name": [CODED, firm("300999.SZ", "星河微", code="300999.SZ")],
    "two codes, one full name": [firm("688999.SH", FULL, code="688999.SH"), firm("300999.SZ", FULL, code="300999.SZ")],
    "parent and fund": [firm("星河集团"), firm("星河集团基金")],
    "firm and department": [firm("月湖证券"), firm("月湖证券研究所")],
    "firm and product of its name": [BARE, Thing("product:星河微", ("星河微",), "Product")],
    "words for a role": [firm("甲有限公司", "甲有限公司", "合资公司"), firm("乙有限公司", "乙有限公司", "合资公司")],
    "code whose list gives another full name": [firm("688999.SH", "星河微", OTHER_FULL, code="688999.SH"), INTRODUCED],
}


@pytest.mark.parametrize(("key", "things"), ONE.values(), ids=ONE)
def test_names_of_one_thing_lead_to_one_id(key: str, things: list[Thing], fill: Fill) -> None:
    ledger = fill(*(show(f"d{at}", thing) for at, thing in enumerate(things)))
    assert (ids(ledger), contradictions(ledger)) == ([key], [])


@pytest.mark.parametrize("things", TWO.values(), ids=TWO)
def test_two_things_stay_two(things: list[Thing], fill: Fill) -> None:
    ledger = fill(*(show(f"d{at}", thing) for at, thing in enumerate(things)))
    assert ids(ledger) == sorted(thing.local for thing in things)


def test_short_name_of_two_belongs_to_neither_and_is_listed(fill: Fill) -> None:
    ledger = fill(show("a", INTRODUCED), show("b", BARE), show("c", NAMESAKE))
    assert ids(ledger) == sorted([FULL, OTHER_FULL, "星河微"])
    assert contradictions(ledger) == [("星河微", "one name, two full names")]


def test_two_codes_of_one_name_are_listed(fill: Fill) -> None:
    ledger = fill(*(show(f"d{at}", thing) for at, thing in enumerate(TWO["two codes, one full name"])))
    assert contradictions(ledger) == [(FULL, "one name, two codes")]


def test_what_one_document_states_goes_with_it(fill: Fill) -> None:
    ledger = fill(show("a", INTRODUCED), show("b", edges=[(BARE, "SUPPLIES", CUSTOMER)]))
    assert {fact.subject for fact in ledger.facts()} == {FULL}
    changes = ledger.retract("a")
    assert sorted(change.what for change in changes) == ["gone", "new"]
    assert {fact.subject for fact in ledger.facts()} == {"星河微"}


def test_claims_of_one_edge_unite_across_names(fill: Fill) -> None:
    told = [show("b", edges=[(BARE, "SUPPLIES", CUSTOMER)]), show("c", edges=[(firm(FULL), "SUPPLIES", CUSTOMER)])]
    ledger = fill(*told)
    assert len(list(ledger.facts())) == 2
    ledger.record(show("a", INTRODUCED), "rules 1")
    [fact] = ledger.facts()
    assert (fact.subject, [piece.document for piece in fact.evidence]) == (FULL, ["b", "c"])


def test_edges_mentions_names_figures_and_rows_take_the_id_of_all_documents(fill: Fill) -> None:
    ledger = fill(show("a", CODED), show("b", INTRODUCED, edges=[(BARE, "PARTNERS_WITH", CUSTOMER)], figure="7"))
    assert {mention.entity for mention in ledger.mentions()} == {"688999.SH", "月湖汽车"}
    assert [metric.entity for metric in ledger.metrics("688999.SH")] == ["688999.SH"]
    assert ledger.named("星河微") == ledger.named(FULL) == ["688999.SH"]
    known = {node.id for node in nodes(ledger)}
    assert {end for edge in edges(ledger) for end in (edge.source, edge.target)} == known
    assert ledger.counts("688999.SH") == (2, 4)


def test_edge_between_what_turns_out_to_be_one_is_gone_until_it_is_two_again(fill: Fill) -> None:
    ledger = fill(show("b", edges=[(firm(FULL), "SUPPLIES", BARE)]))
    assert len(list(ledger.facts())) == 1
    ledger.record(show("a", INTRODUCED), "rules 1")
    assert list(ledger.facts()) == []
    ledger.retract("a")
    assert len(list(ledger.facts())) == 1


def posts(*held: tuple[Thing, str]) -> list[Extraction]:
    return [show(f"d{at}", edges=[(who, "HOLDS_POSITION", firm(where))]) for at, (who, where) in enumerate(held)]


def people(ledger: Ledger) -> list[str]:
    return [entity.id for entity in ledger.entities() if entity.type == "Person"]


def test_namesakes_are_told_apart_by_employer(fill: Fill) -> None:
    ledger = fill(*posts((LI, "星河微"), (LI, "月湖汽车"), (LI, "星河微")), show("z", LI))
    assert people(ledger) == ["person:李明远", "person:李明远@星河微", "person:李明远@月湖汽车"]
    assert contradictions(ledger) == [("李明远", "one name, two employers")]


def test_one_who_moved_is_one_where_a_document_names_both_employers(fill: Fill) -> None:
    both = show("x", edges=[(LI, "HOLDS_POSITION", BARE), (LI, "HOLDS_POSITION", CUSTOMER)])
    assert people(fill(*posts((LI, "星河微"), (LI, "月湖汽车")), both)) == ["person:李明远"]


def test_employers_that_turn_out_to_be_one_make_namesakes_one(fill: Fill) -> None:
    ledger = fill(*posts((LI, "星河微"), (LI, FULL)))
    assert len(people(ledger)) == 2
    ledger.record(show("x", INTRODUCED), "rules 1")
    assert people(ledger) == ["person:李明远"]


def test_english_name_of_a_person_at_the_same_employer_is_the_same(fill: Fill) -> None:
    assert people(fill(*posts((LATIN_LI, "星河微"), (person("Mingyuan Li"), "星河微")))) == ["person:李明远"]


def test_merge_unites_edges_and_undo_takes_it_back(fill: Fill) -> None:
    ledger = fill(
        show("a", edges=[(BARE, "SUPPLIES", CUSTOMER)]), show("b", edges=[(firm("星河集成"), "SUPPLIES", CUSTOMER)])
    )
    before = export(ledger)
    judged = judgement("merge", "星河微", "星河集成", why="renamed in 2024", at="2026-01-01")
    changes = ledger.judge(judged)
    assert sorted(change.what for change in changes) == ["gone", "supported"]
    assert {change.document for change in changes} == {judged.id}
    [fact] = ledger.facts()
    assert (fact.subject, len(fact.evidence)) == ("星河微", 2)
    ledger.unjudge(judged)
    assert export(ledger) == before


ROUND = {"round": "A轮", "amount": "90000000", "currency": "CNY"}


def test_merge_unites_the_deals_of_both_and_undo_parts_them(fill: Fill) -> None:
    first = show("a", told=[(firm("红投"), "INVESTED_IN", BARE, ROUND)])
    ledger = fill(first, show("b", told=[(firm("蓝投"), "INVESTED_IN", firm("星河集成"), ROUND)]))
    before = ledger.deals()
    assert [deal.id for deal in before] == ["deal:星河微:investment:A轮", "deal:星河集成:investment:A轮"]
    judged = judgement("merge", "星河微", "星河集成", why="renamed in 2024", at="2026-01-01")
    moved = {change.id: change.what for change in ledger.judge(judged) if change.id.startswith("deal:")}
    assert moved == {"deal:星河微:investment:A轮": "changed", "deal:星河集成:investment:A轮": "gone"}
    [deal] = ledger.deals()
    assert [party.entity for party in deal.parties] == ["星河微", "红投", "蓝投"]
    assert set(deal.facts) == {fact.id for fact in ledger.facts()}
    assert ledger.deals("蓝投") == [deal]
    assert {change.what for change in ledger.unjudge(judged)} == {"changed", "new", "gone"}
    assert ledger.deals() == before


def test_a_deal_with_oneself_waits_until_the_two_are_told_apart(fill: Fill) -> None:
    investors = [(firm("红投"), "INVESTED_IN", BARE, ROUND), (firm("星河集成"), "INVESTED_IN", BARE, ROUND)]
    ledger = fill(show("a", told=investors), show("b", told=[(firm("星河集成"), "ACQUIRED", BARE, ROUND)]))
    before = ledger.deals()
    judged = judgement("merge", "星河微", "星河集成", why="renamed in 2024")
    ledger.judge(judged)
    [deal] = ledger.deals()
    assert [(party.role, party.entity) for party in deal.parties] == [("INVESTEE", "星河微"), ("INVESTOR", "红投")]
    assert deal.facts == tuple(fact.id for fact in ledger.facts())
    ledger.unjudge(judged)
    assert ledger.deals() == before


def test_investors_that_turn_out_to_be_one_have_one_share(fill: Fill) -> None:
    shares = [(BARE, ROUND), (firm("星河集成"), {**ROUND, "amount": "10000000"})]
    ledger = fill(show("a", told=[(who, "INVESTED_IN", CUSTOMER, terms) for who, terms in shares]))
    assert "amount" not in ledger.deals()[0].qualifiers
    ledger.judge(judgement("merge", "星河微", "星河集成", why="renamed in 2024"))
    [deal] = ledger.deals()
    assert [party.role for party in deal.parties] == ["INVESTEE", "INVESTOR"]
    assert deal.qualifiers["amount"] in ("90000000", "10000000")


def test_merge_overrules_two_codes(fill: Fill) -> None:
    ledger = fill(show("a", CODED), show("b", firm("300999.SZ", "星河微", code="300999.SZ")))
    ledger.judge(judgement("merge", "688999.SH", "300999.SZ", why="moved to another board"))
    assert (ids(ledger), contradictions(ledger)) == (["300999.SZ"], [])


def test_split_keeps_apart_what_a_document_introduced(fill: Fill) -> None:
    ledger = fill(show("a", INTRODUCED), show("b", BARE))
    judged = judgement("split", "星河微", FULL, why="another firm in b")
    ledger.judge(judged)
    assert ids(ledger) == sorted([FULL, "星河微"])
    ledger.unjudge(judged)
    assert ids(ledger) == [FULL]


def test_name_told_not_to_be_the_one_is_the_other(fill: Fill) -> None:
    ledger = fill(show("a", INTRODUCED), show("b", BARE), show("c", NAMESAKE))
    ledger.judge(judgement("split", "星河微", FULL, why="b speaks of sensors"))
    assert ids(ledger) == sorted([FULL, OTHER_FULL])


def test_contradiction_that_a_judgement_settles_is_listed_no_more(fill: Fill) -> None:
    ledger = fill(show("a", INTRODUCED), show("c", NAMESAKE))
    assert len(contradictions(ledger)) == 1
    ledger.judge(judgement("split", FULL, OTHER_FULL, why="two firms in two cities"))
    assert contradictions(ledger) == []


def test_document_set_aside_means_another_one_by_the_same_name(fill: Fill) -> None:
    ledger = fill(show("a", BARE), show("b", edges=[(BARE, "SUPPLIES", CUSTOMER)]))
    judged = judgement("split", "星河微", "星河微@b", ["b"], why="a developer of that name")
    ledger.judge(judged)
    assert ids(ledger) == ["星河微", "星河微@b", "月湖汽车"]
    ledger.record(show("b", BARE, CUSTOMER), "rules 2")
    assert ids(ledger) == ["星河微", "星河微@b", "月湖汽车"]
    ledger.unjudge(judged)
    assert ids(ledger) == ["星河微", "月湖汽车"]


def test_writing_a_document_that_names_nothing_new_touches_no_other(fill: Fill) -> None:
    ledger = fill(*(show(f"d{at}", INTRODUCED, CUSTOMER) for at in range(20)))
    before = ledger.connection.total_changes
    ledger.record(show("x", INTRODUCED, CUSTOMER), "rules 1")
    assert ledger.connection.total_changes - before < 20
