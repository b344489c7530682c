"""How values read: amounts, shares and qualifiers in the words people use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
UNITS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
CURRENCIES = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元"}
OPERATORS = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "约 "}
SHOWN = ("round", "percent", "title", "target", "rating", "topic", "product", "kind", "date", "attribution")
ROLES = {
    "BIDDER": "投标方",
    "BUYER": "买方",
    "CUSTOMER": "客户",
    "DEBTOR": "被担保方",
    "DEFENDANT": "被告",
    "EXCHANGE": "交易所",
    "GUARANTOR": "担保方",
    "INVESTEE": "被投方",
    "INVESTOR": "投资方",
    "ISSUER": "发行人",
    "PARTY": "参与方",
    "PLAINTIFF": "原告",
    "PLEDGEE": "质权人",
    "PLEDGOR": "出质人",
    "SELLER": "卖方",
    "SUPPLIER": "供应方",
    "TARGET": "标的",
    "TENDERER": "招标方",
}
"""What the parties of deals are called; a role of one's own goes by its own name."""


def role_in_words(role: str) -> str:
    """What a party of a deal is called."""
    return ROLES.get(role, role)


def amount_in_words(qualifiers: Mapping[str, str]) -> str:
    """The amount as `≥ 100 亿美元`; empty where there is none."""
    amount = qualifiers.get("amount", "")
    if not amount:
        return ""
    currency = qualifiers.get("currency", "")
    unit = CURRENCIES.get(currency, f" {currency}" if currency else "")
    return f"{OPERATORS.get(qualifiers.get('amount_op', ''), '')}{number_in_words(amount)}{unit}"


def number_in_words(number: str) -> str:
    """A decimal string in 万 or 亿; what is no number stays as it is."""
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    size, word = next(((size, f" {word}") for size, word in UNITS if abs(value) >= size), (Decimal(1), ""))
    return f"{(value / size).normalize():f}{word}" if value.is_finite() else number


def qualifiers_in_words(qualifiers: Mapping[str, str]) -> str:
    """The qualifiers a person looks for first, on one line."""
    parts = [f"{qualifiers[key]}%" if key == "percent" else qualifiers[key] for key in SHOWN if key in qualifiers]
    flags = [word for key, word in (("lead", "领投"), ("former", "曾任")) if qualifiers.get(key) == "true"]
    return " · ".join(filter(None, (*flags, amount_in_words(qualifiers), *parts)))


def printable(text: str) -> str:
    """The text with control and direction characters replaced."""
    return CONTROL.sub("\ufffd", text)
