"""Which function answers which question; each yields the cells of its rows in the order of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.questions import dealing, estimates, money, talk, trade
from kg.questions.desk import Cells

Answer = Callable[..., Iterator[Cells]]

ANSWERS: Mapping[str, Answer] = {
    answer.__name__: answer
    for answer in (
        money.investments,
        money.investments_of,
        money.investors_in,
        money.co_investors,
        money.rounds,
        money.shareholders,
        money.circular_deals,
        dealing.deals,
        talk.open_deals,
        talk.moved_deals,
        talk.rumours,
        talk.changed,
        talk.differing,
        talk.quotes,
        trade.customers,
        trade.suppliers,
        trade.supply_path,
        trade.chips_of,
        trade.users_of,
        trade.rivals,
        trade.movers,
        estimates.revisions,
    )
}
