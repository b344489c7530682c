"""Which tellings are one deal, and what the deal then says: two rounds, bids and contracts stay two."""

from __future__ import annotations

from itertools import permutations

import pytest

from ontology.deals import named, resolve, telling
from ontology.records import Deal, Evidence, Fact, content_id

Said = tuple[str, str, str, str, dict[str, str]]
"""Date of the document, subject, type, object, terms; every telling stands in a document of its own."""


def fact(day: str, a: str, kind: str, b: str, terms: dict[str, str], start: int = 0, text: str = "。") -> Fact:
    evidence = Evidence(document=f"d{day}", section="", start=start, end=start + 5, text=text)
    key = content_id("fact", a, kind, b, terms.get("round", ""))
    return Fact(
        id=key, subject=a, predicate=kind, object=b, qualifiers=terms, rule="r", confidence=0.9, evidence=(evidence,)
    )


def deals(*said: Said) -> list[Deal]:
    """The deals of these tellings, whatever their order."""
    tellings = [telling(fact(*one, start=10 * at), {}) for at, one in enumerate(said)]
    days = {f"d{day}": day for day, *_ in said}
    found = [named(resolve(order, days, lambda deal: True), {}) for order in permutations(tellings)]
    assert all(each == found[0] for each in found)
    return found[0]


@pytest.mark.parametrize(
    "said",
    [
        [
            ("2025-12-10", "甲", "INVESTED_IN", "乙", {"round": "A轮"}),
            ("2025-12-10", "甲", "INVESTED_IN", "乙", {"round": "B轮"}),
        ],
        [("2025-12-10", "甲", "PLANS_TO_ACQUIRE", "丁", {}), ("2025-12-10", "乙", "PLANS_TO_ACQUIRE", "丁", {})],
        [
            ("2025-12-10", "甲", "SUPPLIES", "乙", {"amount": "100", "currency": "CNY"}),
            ("2025-12-17", "甲", "SUPPLIES", "乙", {"amount": "300", "currency": "CNY"}),
        ],
        [
            ("2025-12-10", "甲", "SUPPLIES", "乙", {"product": "晶圆"}),
            ("2025-12-10", "甲", "SUPPLIES", "乙", {"product": "服务器"}),
        ],
        [
            ("2025-06-10", "甲", "WON_BID_FROM", "乙", {"date": "2025-06-01"}),
            ("2025-12-10", "甲", "WON_BID_FROM", "乙", {"date": "2025-12-01"}),
        ],
        [("2025-01-10", "甲", "WON_BID_FROM", "乙", {}), ("2025-12-10", "甲", "WON_BID_FROM", "乙", {})],
        [
            ("2025-12-10", "甲", "ACQUIRED", "乙", {"percent": "51"}),
            ("2025-12-17", "甲", "ACQUIRED", "乙", {"percent": "49"}),
        ],
        [
            ("2025-12-10", "甲", "INVESTED_IN", "乙", {"date": "2019"}),
            ("2025-12-17", "甲", "PLANS_TO_INVEST_IN", "乙", {"status": "negotiating"}),
        ],
        [
            ("2025-06-10", "甲", "INVESTED_IN", "乙", {}),
            ("2025-12-17", "甲", "PLANS_TO_INVEST_IN", "乙", {"status": "planned"}),
        ],
        [
            ("2025-12-10", "甲", "INVESTED_IN", "乙", {"amount": "100", "currency": "USD"}),
            ("2025-12-17", "甲", "INVESTED_IN", "乙", {"amount": "1000", "currency": "USD"}),
        ],
        [("2025-12-10", "甲", "INVESTED_IN", "乙", {}), ("2025-12-17", "乙", "INVESTED_IN", "甲", {})],
    ],
    ids=[
        *("rounds", "bidders", "contracts", "goods", "bids", "bids long apart", "parts"),
        *("once before", "done and again", "far amounts", "both ways"),
    ],
)
def test_two_stay_two(said: list[Said]) -> None:
    assert len(deals(*said)) == 2


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        (
            [
                ("2025-12-10", "甲", "NEGOTIATING_WITH", "乙", {"kind": "investment"}),
                ("2025-12-17", "甲", "PLANS_TO_INVEST_IN", "乙", {"status": "agreed"}),
                ("2025-12-24", "甲", "INVESTED_IN", "乙", {"status": "completed"}),
            ],
            ["negotiating", "agreed", "completed"],
        ),
        (
            [
                ("2025-12-10", "甲", "PLANS_TO_INVEST_IN", "乙", {"status": "planned"}),
                ("2025-12-17", "乙", "SIGNED_CONTRACT_WITH", "甲", {"kind": "investment", "status": "completed"}),
                ("2025-12-24", "甲", "PLANS_TO_INVEST_IN", "乙", {"status": "terminated"}),
            ],
            ["planned", "agreed", "terminated"],
        ),
        (
            [
                ("2025-12-10", "甲", "PLANS_TO_INVEST_IN", "乙", {"amount": "100", "amount_op": ">="}),
                ("2025-12-17", "甲", "PLANS_TO_INVEST_IN", "乙", {"amount": "500", "amount_op": "="}),
            ],
            ["completed"],
        ),
        (
            [
                ("2021-12-10", "甲", "INVESTED_IN", "乙", {"round": "A轮"}),
                ("2025-12-17", "丙", "INVESTED_IN", "乙", {"round": "A轮", "amount": "5"}),
            ],
            ["completed"],
        ),
        (
            [
                ("2022-05-24", "甲", "PLANS_TO_ACQUIRE", "乙", {"status": "agreed", "amount": "610", "amount_op": "~"}),
                ("2023-11-22", "甲", "ACQUIRED", "乙", {"status": "completed", "amount": "690"}),
            ],
            ["agreed", "completed"],
        ),
        (
            [
                ("2025-12-10", "甲", "MERGED_WITH", "乙", {"status": "completed"}),
                ("2025-12-17", "乙", "ACQUIRED", "甲", {"status": "completed"}),
            ],
            ["completed"],
        ),
        (
            [
                ("2025-12-10", "甲", "LISTED_ON", "板", {"status": "completed", "date": "2025-12-05"}),
                ("2025-12-08", "甲", "PLANS_TO_LIST_ON", "板", {"status": "planned"}),
            ],
            ["planned", "completed"],
        ),
    ],
    ids=["talks to deed", "called off", "at least", "one round", "a year and a half", "merged", "listed"],
)
def test_one_stays_one(said: list[Said], statuses: list[str]) -> None:
    [deal] = deals(*said)
    moved = dict.fromkeys(claim.status for claim in deal.claims)
    assert (list(moved), deal.status) == (statuses, statuses[-1])


def test_a_vague_telling_that_fits_two_rounds_joins_neither() -> None:
    rounds = [("2021-12-10", "甲", "INVESTED_IN", "乙", {"round": name}) for name in ("A轮", "B轮")]
    assert len(deals(*rounds, ("2025-12-17", "甲", "INVESTED_IN", "乙", {}))) == 3
    assert len(deals(rounds[0], ("2025-12-17", "甲", "INVESTED_IN", "乙", {}))) == 1


def test_a_correction_changes_the_contract_it_corrects() -> None:
    terms = {"amount": "86000000", "currency": "CNY"}
    wrong = telling(fact("2022-05-24", "甲", "SUPPLIES", "乙", terms), {})
    told = fact(
        "2022-05-31", "甲", "SUPPLIES", "乙", {**terms, "amount": "68000000"}, text="金额有误，现更正为6800万元。"
    )
    days = {"d2022-05-24": "2022-05-24", "d2022-05-31": "2022-05-31"}
    [deal] = resolve([wrong, telling(told, {})], days)
    assert deal.qualifiers["amount"] == "68000000"


def test_within_a_document_the_status_goes_forward_only() -> None:
    told = [
        telling(fact("2025-12-10", "甲", "PLANS_TO_ACQUIRE", "乙", {"status": status}, start=10 * at), {})
        for at, status in enumerate(("planned", "agreed", "negotiating"))
    ]
    [deal] = resolve(told, {"d2025-12-10": "2025-12-10"})
    assert deal.status == "agreed"


def test_a_total_is_of_the_deal_and_a_share_of_its_party() -> None:
    total = telling(fact("2025-12-10", "甲", "INVESTED_IN", "丁", {"round": "A轮", "lead": "true"}), {"amount": "5"})
    share = telling(fact("2025-12-10", "乙", "INVESTED_IN", "丁", {"round": "A轮", "amount": "1"}), {})
    [deal] = named(resolve([total, share], {"d2025-12-10": "2025-12-10"}), {"丁": "丁科技"})
    assert (deal.name, deal.qualifiers) == ("丁科技 A轮融资", {"amount": "5", "round": "A轮"})
    shares = {party.entity: dict(party.qualifiers) for party in deal.parties}
    assert shares == {"甲": {"lead": "true"}, "乙": {"amount": "1"}, "丁": {}}


@pytest.mark.parametrize(
    ("kind", "terms", "name"),
    [
        ("INVESTED_IN", {"round": "Pre-A+轮"}, "乙 Pre-A+轮融资"),
        ("INVESTED_IN", {"round": "战略融资"}, "乙 战略融资"),
        ("PLANS_TO_INVEST_IN", {"status": "negotiating"}, "甲洽谈投资乙"),
        ("PLANS_TO_ACQUIRE", {"status": "planned"}, "甲拟收购乙"),
        ("PLANS_TO_ACQUIRE", {"status": "terminated"}, "甲拟收购乙（终止）"),
        ("NEGOTIATING_WITH", {"kind": "investment"}, "乙与甲洽谈投资"),
        ("TRANSFERS_STAKE_TO", {"target": "丙"}, "甲向乙转让丙股份"),
        ("REDUCED_STAKE_IN", {}, "甲减持乙"),
        ("SUPPLIES", {"product": "晶圆", "status": "agreed"}, "甲向乙供应晶圆"),
        ("WON_BID_FROM", {}, "甲中标乙项目"),
        ("PLANS_TO_LIST_ON", {"status": "planned"}, "甲拟在乙上市"),
        ("PLEDGED_SHARES_TO", {}, "甲向乙质押股份"),
        ("GUARANTEES", {}, "甲为乙担保"),
        ("SUED", {}, "甲起诉乙"),
    ],
)
def test_names_read_well(kind: str, terms: dict[str, str], name: str) -> None:
    [deal] = deals(("2025-12-10", "甲", kind, "乙", terms))
    assert deal.name == name


def test_ids_can_be_read_and_later_documents_leave_them_as_they_are() -> None:
    first = ("2025-01-10", "甲", "WON_BID_FROM", "乙", {})
    later = ("2025-12-10", "甲", "WON_BID_FROM", "乙", {})
    assert [deal.id for deal in deals(first)] == ["deal:乙:bid:甲"]
    assert [deal.id for deal in deals(first, later)] == ["deal:乙:bid:甲", "deal:乙:bid:甲:2025-12-10"]
