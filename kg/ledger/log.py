"""The log of changes: each edge or deal is kept as what differs from how it last stood, and replayed when it is read.

An edge that ten thousand documents tell has ten thousand pieces of evidence; each is written once, when it comes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.ledger import claims
from kg.ledger.changes import Change, State, differ
from ontology.records import Deal, Fact

Json = dict[str, Any]
AS_IT_STOOD = ""
"""In place of a state before an event: the one after the event before it."""
INSERT = "INSERT INTO events (at, document, kind, id, before, after, digest) VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Event:
    """A logged change as data; `None` where nobody claims the edge or deal."""

    id: str
    kind: str
    at: str
    document: str
    before: Json | None
    after: Json | None

    def then(self, later: Event) -> Change:
        """This event and all up to a later one of the same id as one change."""
        return Change(self.id, load(self.kind, self.before), load(self.kind, later.after), later.at, later.document)


def write_log(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Append changes to the log."""
    for change in changes:
        known = last_digest(connection, change.id)
        kind = "fact" if isinstance(change.state, Fact) else "deal"
        before, after = (claims.body(state) if state else None for state in (change.before, change.after))
        row = told(before, after, known)
        connection.execute(INSERT, (change.at, change.document, kind, change.id, *row))


def told(before: str | None, after: str | None, known: str) -> tuple[str | None, str | None, str]:
    """The columns `before`, `after` and `digest` for two states as JSON; `known` is the digest of the last event."""
    base = before if before is None or digest_of(before) != known else AS_IT_STOOD
    if after is None:
        return base, None, ""
    return base, json.dumps(patch(json.loads(before or "{}"), json.loads(after)), ensure_ascii=False), digest_of(after)


def last_digest(connection: sqlite3.Connection, key: str) -> str:
    """The digest of how an edge or deal last stood; empty where it is gone or new."""
    query = "SELECT digest FROM events WHERE id = ? ORDER BY sequence DESC LIMIT 1"
    row = connection.execute(query, (key,)).fetchone()
    return str(row[0]) if row else ""


def digest_of(body: str) -> str:
    """A short hash of a state as JSON."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def patch(before: Json, after: Json) -> tuple[Json, Json]:
    """What makes one state of another: new values; of lists how much stays in front and behind, and what is between."""
    lists = [key for key, value in after.items() if isinstance(value, list) and isinstance(before.get(key), list)]
    values = {key: value for key, value in after.items() if key not in lists and before.get(key, ...) != value}
    return values, {key: splice(before[key], after[key]) for key in lists if before[key] != after[key]}


def splice(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, int, Sequence[Any]]:
    """How many items stay in front and behind, and what stands between."""
    shorter = min(len(before), len(after))
    front = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    shorter -= front
    behind = next((at for at in range(shorter) if before[-1 - at] != after[-1 - at]), shorter)
    return front, behind, after[front : len(after) - behind]


def patched(before: Json, differences: tuple[Json, Json]) -> Json:
    """The state that `patch` told of."""
    values, splices = differences
    lists = {
        key: [*before[key][:front], *between, *before[key][len(before[key]) - behind :]]
        for key, (front, behind, between) in splices.items()
    }
    return {**before, **values, **lists}


def replayed(connection: sqlite3.Connection, ids: str, *values: str) -> Iterator[Event]:
    """Yield all events of the ids that a query gives, id by id, each in the order they happened."""
    query = f"SELECT id, kind, at, document, before, after FROM events WHERE id IN ({ids}) ORDER BY id, sequence"
    last: Event | None = None
    for key, kind, at, document, before, after in connection.execute(query, values):
        stood = last.after if last and last.id == key else None
        base = stood if before == AS_IT_STOOD else None if before is None else json.loads(before)
        last = Event(key, kind, at, document, base, None if after is None else patched(base or {}, json.loads(after)))
        yield last


def history(connection: sqlite3.Connection, key: str) -> Iterator[Change]:
    """Yield every change of one edge or deal, oldest first."""
    for event in replayed(connection, "?", key):
        yield event.then(event)


def net_since(connection: sqlite3.Connection, since: str) -> Iterator[Change]:
    """Yield the sum of what changed at or after a moment: one for each id, none for what ended where it began."""
    sums: dict[str, tuple[Event, Event]] = {}
    for event in replayed(connection, "SELECT id FROM events WHERE at >= ?", since):
        if event.at >= since:
            first, _ = sums.get(event.id, (event, event))
            sums[event.id] = first, event
    changes = (first.then(last) for first, last in sums.values())
    yield from (change for change in changes if differ(change.before, change.after))


def load(kind: str, state: Json | None) -> State | None:
    """A state back from data."""
    if state is None:
        return None
    return Fact.model_validate(state) if kind == "fact" else Deal.model_validate(state)


def compact(connection: sqlite3.Connection) -> None:
    """Write the log of a store anew that kept every state whole."""
    last = "", ""
    for sequence, key in connection.execute("SELECT sequence, id FROM events ORDER BY id, sequence").fetchall():
        before, after = connection.execute(
            "SELECT before, after FROM events WHERE sequence = ?", (sequence,)
        ).fetchone()
        row = told(before, after, last[1] if last[0] == key else "")
        connection.execute("UPDATE events SET before = ?, after = ?, digest = ? WHERE sequence = ?", (*row, sequence))
        last = key, row[2]
