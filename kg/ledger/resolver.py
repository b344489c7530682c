"""Profiles in the store: what documents show enters, what none shows leaves, and only what these touch is resolved."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from kg.ledger import judgements
from kg.ledger.claims import read_said
from kg.ledger.identity import Contradiction, Pairs, rank, resolve
from kg.ledger.profiles import PERSON, Profile, employers, firm_profile, person_profile, spoken
from ontology.records import Document, Extraction

CHUNK = 500
Shown = Mapping[str, Mapping[str, Profile]]
"""By document and its own ids: the profiles of what it shows."""


class Resolver:
    """The table of profiles with the id of each, kept true to documents and judgements within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        judged = list(judgements.read(connection))
        self.merged: Pairs = [(j.a, j.b) for j in judged if j.verdict == "merge"]
        self.apart: Pairs = [(j.a, j.b) for j in judged if j.verdict == "split" and not j.documents]
        self.aside = {(key, j.a): j.b.removeprefix(j.a) for j in judged for key in j.documents}

    def settle(
        self, shown: Mapping[str, Extraction], gone: Collection[str] = (), marks: Iterable[str] = ()
    ) -> dict[str, Extraction]:
        """Take in what documents show now, and what judgements about `marks` changed.

        Gives all documents some of whose things have other ids than before, with what they said; people come after
        firms, since employers tell them apart.
        """
        said, seeds = dict(shown), {f"is:{mark}" for mark in marks}
        nothing: dict[str, Mapping[str, Profile]] = {key: {} for key in gone}
        moved = self.place({key: self.firms(found) for key, found in said.items()} | nothing, seeds, people=False)
        said |= self.said_by(moved, said)
        moved = self.place({key: self.people(found) for key, found in said.items()} | nothing, seeds, people=True)
        return said | self.said_by(moved, said)

    def firms(self, extraction: Extraction) -> dict[str, Profile]:
        """The profiles of all but people, by the ids of the document."""
        names, key = spoken(extraction), extraction.document.id
        return {
            entity.id: firm_profile(entity, names[entity.id], self.aside.get((key, entity.id), ""))
            for entity in extraction.entities
            if entity.type != PERSON
        }

    def people(self, extraction: Extraction) -> dict[str, Profile]:
        """The profiles of people, by the ids of the document, with employers as they are called by now."""
        names, key, employed = spoken(extraction), extraction.document.id, employers(extraction)
        people = [entity for entity in extraction.entities if entity.type == PERSON]
        ids = self.ids(key) if people else {}
        return {
            entity.id: person_profile(
                entity, names[entity.id], employed.get(entity.id, ()), ids, self.aside.get((key, entity.id), "")
            )
            for entity in people
        }

    def ids(self, document: str) -> dict[str, str]:
        """The ids across documents of what a document shows, by its own."""
        query = "SELECT r.local, p.entity FROM referents r JOIN profiles p ON p.id = r.profile WHERE r.document = ?"
        return {str(local): str(entity) for local, entity in self.connection.execute(query, (document,))}

    def place(self, shown: Shown, seeds: set[str], people: bool) -> set[int]:
        """Write who shows what, resolve what that touches, and give the profiles whose id has changed."""
        stale: set[int] = set()
        keys = set(seeds)
        for document, profiles in shown.items():
            before = self.referents(document, people)
            after = {local: self.enter(profile, keys) for local, profile in profiles.items()}
            if before != after:
                self.refer(document, before.keys(), after)
                stale |= set(before.values()) - set(after.values())
        for gone in stale:
            self.leave(gone, keys)
        return self.resolve(keys)

    def referents(self, document: str, people: bool) -> dict[str, int]:
        """The profiles of what a document shows, people or all others."""
        query = (
            "SELECT r.local, p.id FROM referents r JOIN profiles p ON p.id = r.profile"
            " WHERE r.document = ? AND (p.space = 'person') = ?"
        )
        return {str(local): int(key) for local, key in self.connection.execute(query, (document, people))}

    def refer(self, document: str, before: Iterable[str], after: Mapping[str, int]) -> None:
        """Write which profiles a document shows."""
        self.connection.executemany(
            "DELETE FROM referents WHERE document = ? AND local = ?", ((document, local) for local in before)
        )
        self.connection.executemany(
            "INSERT INTO referents VALUES (?, ?, ?)", ((document, local, key) for local, key in after.items())
        )

    def enter(self, profile: Profile, keys: set[str]) -> int:
        """The row of a profile, written where it is new; what it may be tied by is added to `keys` then."""
        text = profile.model_dump_json()
        known = self.connection.execute("SELECT id FROM profiles WHERE body = ?", (text,)).fetchone()
        if known:
            return int(known[0])
        row = (profile.space, text)
        written = self.connection.execute("INSERT INTO profiles (space, body, entity) VALUES (?, ?, '')", row).lastrowid
        assert written is not None
        self.connection.executemany(
            "INSERT INTO profile_keys VALUES (?, ?)", ((key, written) for key in sorted(profile.keys))
        )
        keys |= profile.keys
        return written

    def leave(self, key: int, keys: set[str]) -> None:
        """Remove a profile that no document shows any more."""
        if self.connection.execute("SELECT 1 FROM referents WHERE profile = ? LIMIT 1", (key,)).fetchone():
            return
        for _, profile, _ in self.load([key]):
            keys |= profile.keys
        self.connection.execute("DELETE FROM profile_keys WHERE profile = ?", (key,))
        self.connection.execute("DELETE FROM profiles WHERE id = ?", (key,))

    def resolve(self, keys: set[str]) -> set[int]:
        """Give every profile that these keys reach its id; those that changed."""
        rows = self.reach(keys)
        found = resolve([profile for _, profile, _ in rows], self.merged, self.apart)
        moved = {key: entity for (key, _, was), entity in zip(rows, found.ids, strict=True) if entity != was}
        self.connection.executemany(
            "UPDATE profiles SET entity = ? WHERE id = ?", ((entity, key) for key, entity in moved.items())
        )
        return set(moved)

    def reach(self, keys: set[str]) -> list[tuple[int, Profile, str]]:
        """The profiles that any chain of keys and judgements ties to some keys."""
        judged: dict[str, set[str]] = {}
        for a, b in self.merged:
            judged.setdefault(f"is:{a}", set()).add(f"is:{b}")
            judged.setdefault(f"is:{b}", set()).add(f"is:{a}")
        seen: set[str] = set()
        rows: dict[int, tuple[int, Profile, str]] = {}
        while fresh := keys - seen:
            seen |= fresh
            new = [key for key in self.carriers(fresh) if key not in rows]
            rows |= {row[0]: row for row in self.load(new)}
            keys = set(chain.from_iterable(judged.get(key, ()) for key in fresh))
            keys = keys.union(*(rows[key][1].keys for key in new))
        return sorted(rows.values(), key=lambda row: row[0])

    def carriers(self, keys: Collection[str]) -> set[int]:
        """The profiles that carry any of some keys."""
        query = "SELECT profile FROM profile_keys WHERE key IN ({})"
        return {int(key) for (key,) in self.some(query, keys)}

    def load(self, ids: Collection[int]) -> Iterator[tuple[int, Profile, str]]:
        """Yield profiles by row with the id each has."""
        for key, text, entity in self.some("SELECT id, body, entity FROM profiles WHERE id IN ({})", ids):
            yield int(key), Profile.model_validate_json(text), str(entity)

    def some(self, query: str, values: Collection[str] | Collection[int]) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query that takes any number of values."""
        ordered = list(values)
        for start in range(0, len(ordered), CHUNK):
            part = ordered[start : start + CHUNK]
            yield from self.connection.execute(query.format(", ".join("?" * len(part))), part).fetchall()

    def said_by(self, moved: Collection[int], known: Collection[str]) -> dict[str, Extraction]:
        """What the further documents said that show some profiles."""
        query = "SELECT DISTINCT document FROM referents WHERE profile IN ({})"
        documents = {str(key) for (key,) in self.some(query, moved)} - set(known)
        return {key: read_said(self.connection, Document(id=key, text="")) for key in sorted(documents)}

    def marks(self, entity: str) -> list[str]:
        """The ids by which a judgement may mean an entity, the best first."""
        rows = self.connection.execute("SELECT body FROM profiles WHERE entity = ?", (entity,))
        profiles = sorted((Profile.model_validate_json(text) for (text,) in rows), key=rank)
        return list(dict.fromkeys(mark for profile in profiles for mark in profile.marks))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """All that profiles contradict each other in, sorted by name."""
        texts = self.connection.execute("SELECT body FROM profiles ORDER BY body")
        profiles = [Profile.model_validate_json(text) for (text,) in texts]
        return resolve(profiles, self.merged, self.apart).contradictions
