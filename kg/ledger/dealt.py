"""All deals of a ledger, worked out block by block on disk, so that memory holds no more than one block of tellings."""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg.ledger.deals import (
    SAID,
    Gathered,
    Said,
    as_telling,
    is_between_alike,
    marks,
    name_of,
    predicates,
    worth_telling,
)
from ontology.deals import named
from ontology.deals.groups import Pair, directions, gather_block, oriented
from ontology.deals.tellings import subjects
from ontology.records import Deal

TABLES = """
CREATE TABLE tellings (kind TEXT, ends TEXT, plain INTEGER, id TEXT, document TEXT, body TEXT, day TEXT, told BLOB);
CREATE TABLE alike (a TEXT, b TEXT, plain INTEGER, id TEXT, document TEXT, body TEXT, day TEXT, told BLOB);
CREATE TABLE ways (kind TEXT, a TEXT, b TEXT, actor TEXT, other TEXT, UNIQUE (kind, a, b, actor, other));
CREATE TABLE deals (id TEXT PRIMARY KEY, deal BLOB) WITHOUT ROWID;
"""
BETWEEN = "\0"
NAMES = 20_000
Telling = tuple[Said, Deal]


class Dealt:
    """The deals that the claims of a ledger tell, kept in a temporary file as long as this object lives.

    What `kg.ledger.deals` works out at once is cut here at its joints: tellings of one kind about the same make a
    block, and only the roles of two alike are read off other blocks.
    """

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._disk.close)
        self._disk.executescript(TABLES)
        with self._disk:
            self._disk.execute("BEGIN")
            for telling in tellings(ledger):
                self._sort_in(telling)
            self._orient()
            self._unite(ledger)
            for table in ("tellings", "alike", "ways"):
                self._disk.execute(f"DROP TABLE {table}")

    def __iter__(self) -> Iterator[Deal]:
        """Yield the deals sorted by id."""
        for (deal,) in self._disk.execute("SELECT deal FROM deals ORDER BY id"):
            yield pickle.loads(deal)

    def _sort_in(self, telling: Telling) -> None:
        _, deal = telling
        if is_between_alike(deal):
            self._disk.execute("INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*pair(deal), *row(telling)))
            return
        self._insert(telling)
        found = ((kind, *ends, *way) for (kind, ends), ways in directions([deal]).items() for way in ways)
        self._disk.executemany("INSERT OR IGNORE INTO ways VALUES (?, ?, ?, ?, ?)", found)

    def _insert(self, telling: Telling) -> None:
        _, deal = telling
        block = deal.type, BETWEEN.join(subjects(deal))
        self._disk.execute("INSERT INTO tellings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*block, *row(telling)))

    def _orient(self) -> None:
        """Give those who are alike the roles that others give them."""
        query = "SELECT a, b, plain, id, document, day, body, told FROM alike"
        for a, b, plain, key, document, day, body, told in self._disk.execute(query):
            deal: Deal = pickle.loads(told)
            asked = deal.type, a, b
            ways = self._disk.execute("SELECT actor, other FROM ways WHERE kind = ? AND a = ? AND b = ?", asked)
            directed: Mapping[tuple[str, Pair], set[Pair]] = {(deal.type, (a, b)): {*ways}}
            self._insert((("fact" if plain else "deal", key, document, day, body), oriented(deal, directed)))

    def _unite(self, ledger: sqlite3.Connection) -> None:
        """Work out the deals of each block."""

        @lru_cache(NAMES)
        def name(key: str) -> str:
            return name_of(ledger, key) or key

        order = "kind, ends, plain, iif(plain, id, ''), document, day, body"
        rows = self._disk.execute(f"SELECT kind, ends, plain, day, told FROM tellings ORDER BY {order}")
        for _, group in groupby(rows, key=itemgetter(0, 1)):
            block = list(group)
            if len(block) == 1 and block[0][2]:
                continue  # an edge of its own tells no more than itself
            deals = list(worth_telling(gathered((pickle.loads(told), day) for *_, day, told in block)))
            parties = {party.entity for deal in deals for party in deal.parties}
            found = ((deal.id, pickle.dumps(deal)) for deal in named(deals, {key: name(key) for key in parties}))
            self._disk.executemany("INSERT OR REPLACE INTO deals VALUES (?, ?)", found)


def tellings(ledger: sqlite3.Connection) -> Iterator[Telling]:
    """Yield what tells of a deal: what documents state, and the edges that no statement of their document holds."""
    where = f"(c.kind = 'deal' OR c.kind = 'fact' AND c.predicate IN ({marks(predicates())})) ORDER BY c.document"
    for _, group in groupby(ledger.execute(SAID + where, predicates()), key=itemgetter(2)):
        said = {*group}
        stated = [(row, deal) for row in said if row[0] == "deal" and (deal := as_telling(row))]
        held = {fact for _, deal in stated for fact in deal.facts}
        plain = ((row, as_telling(row)) for row in said if row[0] == "fact" and row[1] not in held)
        yield from ((row, deal) for row, deal in (*stated, *plain) if deal and deal.evidence)


def gathered(block: Iterable[tuple[Deal, str]]) -> Gathered:
    """The tellings of one block, given with the dates of their documents, by the deal they tell."""
    told = list(block)
    days = {deal.evidence[0].document: day for deal, day in told}
    groups = gather_block((deal for deal, _ in told), days)
    return {key: tuple((one, days[one.evidence[0].document]) for one in group) for key, group in groups}


def pair(deal: Deal) -> Pair:
    """Two parties that are alike, sorted."""
    a, b = subjects(deal)
    return a, b


def row(telling: Telling) -> tuple[object, ...]:
    """A telling as it is kept."""
    (kind, key, document, day, body), deal = telling
    return int(kind == "fact"), key, document, body, day, pickle.dumps(deal)
