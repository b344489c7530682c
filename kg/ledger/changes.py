"""What a write changed, and the log of it that `kg changes` and `kg history` read."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.ledger import claims, deals
from kg.ledger.claims import FACT
from kg.ledger.dealt import Dealt
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

    def then(self, later: Change) -> Change:
        """This change and a later one of the same id as one."""
        return Change(self.id, self.before, later.after, later.at, later.document)


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


def net(changes: Iterable[Change]) -> list[Change]:
    """The sum of changes in order: one for each id, none for what ended where it began."""
    summed: dict[str, Change] = {}
    for change in changes:
        earlier = summed.get(change.id)
        summed[change.id] = earlier.then(change) if earlier else change
    return [change for _, change in sorted(summed.items()) if differ(change.before, change.after)]


def catch_up(connection: sqlite3.Connection) -> None:
    """Log what another version of this program saw otherwise, without a date, since no document changed it."""
    logged = {change.id: change.after for change in net(read_log(connection, "1", ()))}
    stands: dict[str, State] = {fact.id: fact for fact in claims.read_unions(connection, FACT)}
    stands |= {deal.id: deal for deal in Dealt(connection)}
    write_log(connection, compare({key: state for key, state in logged.items() if state}, stands, "", ""))


def write_log(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Append changes to the log."""
    connection.executemany(
        "INSERT INTO events (at, document, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        ((c.at, c.document, kind_of(c.state), c.id, dump(c.before), dump(c.after)) for c in changes),
    )


def read_log(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> Iterator[Change]:
    """Yield logged changes in the order they happened."""
    query = f"SELECT kind, id, before, after, at, document FROM events WHERE {where} ORDER BY sequence"
    for kind, key, before, after, at, document in connection.execute(query, values):
        yield Change(key, load(kind, before), load(kind, after), at, document)


def kind_of(state: State) -> str:
    """The kind of claim a state is made of."""
    return "fact" if isinstance(state, Fact) else "deal"


def dump(state: State | None) -> str | None:
    """A state as JSON."""
    return None if state is None else claims.body(state)


def load(kind: str, text: str | None) -> State | None:
    """A state back from JSON."""
    if text is None:
        return None
    return Fact.model_validate_json(text) if kind == "fact" else Deal.model_validate_json(text)
