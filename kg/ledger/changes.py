"""What a write changed: edges and deals before and after."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.ledger import claims, deals
from kg.ledger.claims import FACT
from ontology.deals.groups import Asked
from ontology.records import Deal, Fact

State = Fact | Deal
What = Literal["new", "changed", "supported", "gone"]


@dataclass(frozen=True)
class Change:
    """One edge or deal before and after a write; `None` where nobody claims it."""

    id: str
    before: State | None
    after: State | None
    at: str = ""
    document: str = ""

    @property
    def state(self) -> State:
        """The edge or deal as it stands, or as it last stood."""
        state = self.after or self.before
        assert state is not None
        return state

    @property
    def what(self) -> What:
        """`changed` when what is said differs, `supported` when only who says it does."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "changed" if said(self.before) != said(self.after) else "supported"


def said(state: State) -> tuple[object, ...]:
    """The part of an edge or deal that is its content, without who says it."""
    qualifiers = dict(state.qualifiers)
    return (qualifiers,) if isinstance(state, Fact) else (qualifiers, state.status, state.parties)


def voices(state: State) -> set[str]:
    """The documents that say it."""
    return {piece.document for piece in state.evidence}


def differ(before: State | None, after: State | None) -> bool:
    """Whether content or the documents that say it differ; words that only moved within a document do not count."""
    if before is None or after is None:
        return before is not after
    return said(before) != said(after) or voices(before) != voices(after)


@dataclass(frozen=True)
class Standing:
    """Some edges, and what tells some deals, by id."""

    facts: Mapping[str, Fact]
    told: deals.Gathered


def standing(connection: sqlite3.Connection, facts: Collection[str], about: Asked) -> Standing:
    """Some edges, and the deals of some kinds about some entities, as they stand now."""
    return Standing(claims.read_unions_of(connection, FACT, facts), deals.tellings_about(connection, about))


def between(
    connection: sqlite3.Connection, before: Standing, after: Standing, formerly: Mapping[str, str]
) -> tuple[dict[str, State], dict[str, State]]:
    """The edges before and after, and the deals that are not told by the same tellings."""
    moved = {key for key in before.told.keys() | after.told.keys() if before.told.get(key) != after.told.get(key)}
    first, then = ({key: told for key, told in one.told.items() if key in moved} for one in (before, after))
    old, new = deals.united(connection, first, formerly), deals.united(connection, then, {})
    return {**before.facts, **old}, {**after.facts, **new}


def compare(before: Mapping[str, State], after: Mapping[str, State], at: str, document: str) -> list[Change]:
    """The changes between two snapshots, sorted by id."""
    ids = sorted(before.keys() | after.keys())
    pairs = ((key, before.get(key), after.get(key)) for key in ids)
    return [Change(key, old, new, at, document) for key, old, new in pairs if differ(old, new)]
