"""Values come back from their spelling, and other spellings are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.values import (
    CURRENCIES,
    OPERATORS,
    Money,
    PartialDate,
    Percent,
    Round,
    Shares,
    StockCode,
    format_number,
    parse_number,
)

NUMBERS = st.decimals(min_value=0, max_value=10**15, places=4)


@given(NUMBERS, st.sampled_from(sorted(CURRENCIES)), st.sampled_from(OPERATORS))
def test_money_comes_back(amount: Decimal, currency: str, op: str) -> None:
    money = Money(amount, currency, op)
    assert Money.parse(str(money)) == money


@given(st.dates())
def test_dates_come_back_at_every_precision(day: object) -> None:
    text = str(day)
    for spelling in (text, text[:7], text[:4]):
        assert str(PartialDate.parse(spelling)) == spelling


@given(NUMBERS)
def test_numbers_come_back(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


def test_money_is_given_as_qualifiers() -> None:
    money = Money(Decimal("1E+10"), "USD", ">=")
    assert money.qualifiers() == {"amount": "10000000000", "currency": "USD", "amount_op": ">="}


def test_a_vaguer_date_sorts_first_and_contains_the_exact_one() -> None:
    spellings = ["2025-12-05", "2025", "2026", "2025-12"]
    dates = [PartialDate.parse(text) for text in spellings]
    assert [str(date) for date in sorted(dates)] == ["2025", "2025-12", "2025-12-05", "2026"]
    assert PartialDate(2025).contains(PartialDate(2025, 12))
    assert not PartialDate(2025, 12).contains(PartialDate(2025))
    assert not PartialDate(2025, 1).contains(PartialDate(2025, 10))


def test_rounds_sort_by_stage() -> None:
    names = ["B轮", "A+轮", "天使+++轮", "Pre-A+轮", "A轮", "种子轮", "A2轮", "Pre-A轮", "天使轮"]
    ordered = sorted(names, key=lambda name: Round.parse(name).stage or ())
    assert ordered == ["种子轮", "天使轮", "天使+++轮", "Pre-A轮", "Pre-A+轮", "A轮", "A+轮", "A2轮", "B轮"]
    assert Round.parse("战略融资").stage is None


@pytest.mark.parametrize("code", ["688795.SH", "00700.HK", "NVDA.O", "BRK.B.N", "2330.TW", "005930.KS", "6758.T"])
def test_stock_codes_come_back(code: str) -> None:
    assert str(StockCode.parse(code)) == code


@pytest.mark.parametrize("text", ["16.5329", "0", "100"])
def test_percents_come_back(text: str) -> None:
    assert str(Percent.parse(text)) == text


def test_shares_come_back() -> None:
    assert str(Shares.parse("23278415")) == "23278415"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Money, "100亿 USD"),
        (Money, "100 RMB"),
        (Money, "!100 CNY"),
        (Money, "1,000 CNY"),
        (PartialDate, "2025-13"),
        (PartialDate, "2025-02-30"),
        (PartialDate, "2025-00"),
        (PartialDate, "25-12"),
        (PartialDate, "2025年"),
        (Percent, "16.5%"),
        (Percent, "101"),
        (Percent, "1.50"),
        (Shares, "1.5"),
        (Shares, "-3"),
        (StockCode, "688795"),
        (StockCode, "68879.SH"),
        (StockCode, "700.HK"),
        (StockCode, "688795.XX"),
        (Round, ""),
        (Round, "A"),
        (Round, "本次，A轮"),
    ],
)
def test_other_spellings_are_refused(kind: type[Money], text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        kind.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="no month"):
        PartialDate(2025, 0, 5)
