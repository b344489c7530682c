"""Deals and how they went on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.questions.desk import Cells, Desk, lines, text, texts


def deals(desk: Desk, company: str, kind: str, status: str, since: str) -> Iterator[Cells]:
    """Date it was last said, name, kind, status, amount, parties, history, id."""
    for deal, row in desk.deals_of(company):
        fits = kind in ("", deal.type) and status in ("", deal.status)
        if fits and text(row, "last_said") >= since:
            parties = sorted({desk.name(party.entity) for party in deal.parties})
            known = texts(row, "last_said", "name", "kind", "status", "amount_text")
            yield *known, parties, lines(row, "history"), deal.id
