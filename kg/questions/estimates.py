"""How figures move from report to report."""

from __future__ import annotations

from collections.abc import Iterator

from kg import present
from kg.questions.desk import Cells, Desk


def revisions(desk: Desk, metric: str, period: str, since: str) -> Iterator[Cells]:
    """Date, company, figure, period, house, value before and after, raised or lowered, id."""
    for one in present.revisions(desk.ledger, metric, period, since, ""):
        moved = one.before, one.after, one.direction
        yield one.date, one.entity.name, one.name, one.period, one.source, *moved, one.id
