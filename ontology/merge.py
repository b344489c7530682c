"""Qualifiers of several claims as one set of qualifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

TOGETHER = (("amount", "amount_op", "currency"), ("date", "date_basis"), ("price", "price_currency"))


def merge_qualifiers(claims: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The first value of each key; keys that only mean something together come from one claim."""
    merged: dict[str, str] = {}
    for claim in claims:
        taken = {key for group in TOGETHER if any(k in merged for k in group) for key in group}
        merged |= {key: value for key, value in claim.items() if key not in merged and key not in taken}
    return dict(sorted(merged.items()))
