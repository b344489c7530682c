"""The ledger's one class: record, retract, and read what documents say together."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from kg.ledger import claims, deals, footings, judgements, log, store
from kg.ledger.changes import Change
from kg.ledger.claims import ENTITY, FACT, METRIC, Kind, R
from kg.ledger.dealt import Dealt
from kg.ledger.identity import Contradiction
from kg.ledger.judgements import Judgement
from kg.ledger.resolver import Resolver
from kg.ledger.writing import Writing
from ontology.records import Deal, Document, Entity, Extraction, Fact, Footing, Mention, Metric, Rejected

Outcome = Literal["new", "changed", "unchanged"]
SOURCE = "id, source, title, publisher, date, origin, first_seen, changed_at"


@dataclass(frozen=True)
class Recorded:
    """What recording one document did."""

    outcome: Outcome
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Source:
    """A document in the ledger without its text; `origin` is the file it was read from."""

    id: str
    source: str
    title: str
    publisher: str
    date: str
    origin: str
    first_seen: str
    changed_at: str

    def head(self) -> dict[str, str]:
        """What it says about itself."""
        return {"title": self.title, "publisher": self.publisher, "date": self.date}


class Ledger:
    """Documents and their claims in one SQLite file; one writer at a time, any number of readers.

    Raises StoreError, on opening and later, when the file is missing, locked, newer, or no store.
    """

    def __init__(self, path: str | Path, create: bool = False) -> None:
        self.path = Path(path)
        self.connection = store.connect(self.path, create)
        self._dealt: tuple[str, Dealt] | None = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the ledger cannot be used afterwards."""
        self.connection.close()
        self._dealt = None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction that changes the ledger, and gives it another revision."""
        with store.explained(self.path), store.transaction(self.connection):
            yield
            self.connection.execute("UPDATE revision SET value = lower(hex(randomblob(16)))")

    def revision(self) -> str:
        """What the state of the ledger is called: the same text means the same content."""
        return str(self.select("SELECT value FROM revision")[0][0])

    def noted(self, view: str) -> str:
        """What was noted about a view; empty where nothing was."""
        rows = self.select("SELECT state FROM views WHERE id = ?", view)
        return str(rows[0][0]) if rows else ""

    def note(self, view: str, state: str) -> None:
        """Note something about a view in place of what was noted before; not a change of the ledger."""
        self.select("INSERT OR REPLACE INTO views VALUES (?, ?)", view, state)

    def holds(self, document: Document, rules: str) -> bool:
        """Whether this very document, read by these very rules, stands in the ledger."""
        query = "SELECT 1 FROM documents WHERE id = ? AND content_hash = ? AND rules = ?"
        return bool(self.select(query, document.id, document.content_hash, rules))

    def record(self, extraction: Extraction, rules: str, now: str = "", origin: str = "") -> Recorded:
        """Replace all that the document said before by what it says now, in one transaction."""
        document = extraction.document
        if self.holds(document, rules):
            return Recorded("unchanged")
        with self.changing():
            seen = self.select("SELECT first_seen FROM documents WHERE id = ?", document.id)
            first_seen = str(seen[0][0]) if seen else now
            writing = self.writing(now, document.id)
            said = writing.resolver.settle({document.id: extraction})
            differences = writing.replace_with(
                said, (), lambda: self.replace(extraction, rules, origin, first_seen, now)
            )
        return Recorded("changed" if seen else "new", differences)

    def retract(self, document: str, now: str = "") -> tuple[Change, ...]:
        """Take back all that a document says; unknown ids change nothing."""
        with self.changing():
            writing = self.writing(now, document)
            said = writing.resolver.settle({}, [document])
            return writing.replace_with(said, [document], lambda: self.delete(document))

    def judge(self, judged: Judgement) -> tuple[Change, ...]:
        """Record a judgement, and what follows from it."""
        return self.rejudge(judged, lambda: judgements.write(self.connection, judged))

    def unjudge(self, judged: Judgement, now: str = "") -> tuple[Change, ...]:
        """Take a judgement back, and what followed from it."""
        undone = judged.model_copy(update={"at": now})
        return self.rejudge(undone, lambda: judgements.erase(self.connection, judged.id))

    def rejudge(self, judged: Judgement, write: Callable[[], None]) -> tuple[Change, ...]:
        """Write a judgement and resolve anew what it is about."""
        with self.changing():
            write()
            writing = self.writing(judged.at, judged.id)
            shown = {key: claims.read_said(self.connection, Document(id=key, text="")) for key in judged.documents}
            return writing.replace(writing.resolver.settle(shown, (), (judged.a, judged.b)))

    def judgements(self) -> list[Judgement]:
        """All judgements in force, sorted by id."""
        with store.explained(self.path):
            return list(judgements.read(self.connection))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What documents contradict each other in about names and codes, sorted by name."""
        with store.explained(self.path):
            return Resolver(self.connection).contradictions()

    def marks(self, entity: str) -> list[str]:
        """The ids by which a judgement may mean an entity, the best first."""
        with store.explained(self.path):
            return Resolver(self.connection).marks(entity)

    def mark(self, entity: str) -> str:
        """The id by which a judgement means an entity; of a person, one with an employer where there is any."""
        marks = self.marks(entity)
        return entity if entity in marks else marks[0]

    def called_by(self, document: str, entity: str) -> set[str]:
        """The ids under which a document itself shows an entity."""
        query = (
            "SELECT local FROM referents r JOIN profiles p ON p.id = r.profile WHERE r.document = ? AND p.entity = ?"
        )
        return {str(local) for (local,) in self.select(query, document, entity)}

    def formerly(self, local: str) -> list[str]:
        """The ids now of what documents show under an id of their own, sorted."""
        query = (
            "SELECT DISTINCT p.entity FROM referents r JOIN profiles p ON p.id = r.profile WHERE r.local = ? ORDER BY 1"
        )
        return [str(entity) for (entity,) in self.select(query, local)]

    def writing(self, now: str, cause: str) -> Writing:
        """A write within the present transaction."""
        return Writing(self.connection, Resolver(self.connection), now, cause)

    def replace(self, extraction: Extraction, rules: str, origin: str, first_seen: str, now: str) -> None:
        """Write the row of a document in place of the one it had, with what its reading asked."""
        self.delete(extraction.document.id)
        self.insert(extraction.document, rules, origin, first_seen, now)
        if extraction.footing:
            footings.write(self.connection, extraction.document, extraction.footing)

    def delete(self, document: str) -> None:
        """Remove a document with all its claims."""
        self.connection.execute("DELETE FROM documents WHERE id = ?", (document,))

    def insert(self, document: Document, rules: str, origin: str, first_seen: str, now: str) -> None:
        """Write the row of a document."""
        head = (document.id, document.source, document.title, document.publisher, document.date, origin)
        rest = (document.content_hash, rules, document.text, first_seen, now, " ".join(map(str, document.pages)))
        self.connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*head, *rest))

    def footing(self, document: Document) -> Footing | None:
        """What the reading of a document asked of rules and lists; None where an older version read it."""
        with store.explained(self.path):
            return footings.read(self.connection, document)

    def confirm(self, documents: Collection[str], rules: str) -> None:
        """Note that documents say the same by other rules as well; not a change of the ledger."""
        with store.explained(self.path), store.transaction(self.connection):
            rows = ((rules, document) for document in sorted(documents))
            self.connection.executemany("UPDATE documents SET rules = ? WHERE id = ?", rows)

    def relocate(self, document: str, source: str, origin: str) -> None:
        """Note that an unchanged document is now read from another file."""
        with self.changing():
            self.connection.execute(
                "UPDATE documents SET source = ?, origin = ? WHERE id = ?", (source, origin, document)
            )

    def add_roots(self, paths: Collection[str]) -> None:
        """Remember the files and folders that refresh looks at when none is named."""
        missing = sorted(set(paths) - set(self.roots()))
        if missing:
            with self.changing():
                self.connection.executemany("INSERT INTO roots VALUES (?)", ((path,) for path in missing))

    def roots(self) -> list[str]:
        """The files and folders that were built from, sorted."""
        return [str(path) for (path,) in self.select("SELECT path FROM roots ORDER BY path")]

    def sources(self) -> list[Source]:
        """All documents without their texts, sorted by id."""
        return [Source(*row) for row in self.select(f"SELECT {SOURCE} FROM documents ORDER BY id")]

    def origin(self, document: str) -> str:
        """The file a document was read from; empty where none is known."""
        rows = self.select("SELECT origin FROM documents WHERE id = ?", document)
        return str(rows[0][0]) if rows else ""

    def document(self, key: str) -> Document | None:
        """One document with its text."""
        names = ("id", "text", "source", "title", "publisher", "date")
        rows = self.select(f"SELECT pages, {', '.join(names)} FROM documents WHERE id = ?", key)
        if not rows:
            return None
        pages, *head = rows[0]
        return Document(pages=tuple(map(int, pages.split())), **dict(zip(names, head, strict=True)))

    def entities(self, ids: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield entities sorted by id, all or those of the given ids."""
        return self.unions(ENTITY, ids)

    def names_of(self, ids: Collection[str]) -> dict[str, str]:
        """The names of the given entities, without all else that is said of them; those nobody shows are left out."""
        with store.explained(self.path):
            return deals.names_of(self.connection, ids)

    def facts(self, ids: Collection[str] | None = None) -> Iterator[Fact]:
        """Yield edges sorted by id, all or those of the given ids."""
        return self.unions(FACT, ids)

    def facts_where(self, **ends: str) -> Iterator[Fact]:
        """Yield edges by `subject`, `predicate`, `object`, sorted by id."""
        where = " AND ".join(f"c.{column} = ?" for column in ends) or "1"
        with store.explained(self.path):
            yield from claims.read_unions(self.connection, FACT, where, tuple(ends.values()))

    def neighbours(self, entity: str) -> list[str]:
        """The ids that edges tie to an entity, either direction, sorted."""
        one_way = "SELECT object FROM claims WHERE subject = :id AND kind = 'fact'"
        query = f"{one_way} UNION SELECT subject FROM claims WHERE object = :id AND kind = 'fact' ORDER BY 1"
        return [str(key) for (key,) in self.select(query, id=entity)]

    def tied(self, some: Sequence[str], others: Sequence[str]) -> tuple[str, str] | None:
        """The first of `others` that an edge ties to any of `some`, and the first of those; None where none does."""
        query = (
            "SELECT a.value, b.value FROM json_each(:some) a, json_each(:others) b WHERE EXISTS"
            " (SELECT 1 FROM claims WHERE subject = a.value AND object = b.value AND kind = 'fact') OR EXISTS"
            " (SELECT 1 FROM claims WHERE subject = b.value AND object = a.value AND kind = 'fact')"
            " ORDER BY b.value, a.value LIMIT 1"
        )
        rows = self.select(query, some=json.dumps(some), others=json.dumps(others))
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def deals(self, party: str | None = None) -> list[Deal]:
        """Deals over all documents, sorted by id, all or those in which an entity takes part."""
        if party is None:
            return list(self.each_deal())
        with store.explained(self.path):
            return deals.deals_with(self.connection, party)

    def each_deal(self) -> Iterator[Deal]:
        """Yield the same one by one; they are worked out anew only where the ledger has changed."""
        revision = self.revision()
        if self._dealt is None or self._dealt[0] != revision or self.connection.in_transaction:
            with store.explained(self.path):
                self._dealt = revision, Dealt(self.connection)
        yield from self._dealt[1]

    def metrics(self, entity: str = "", name: str = "", period: str = "") -> Iterator[Metric]:
        """Yield figures sorted by id, all or those of an entity, a name, a period."""
        for _, said in self.metric_claims(entity, name, period):
            yield METRIC.unite(said)

    def metric_claims(self, entity: str = "", name: str = "", period: str = "") -> Iterator[tuple[str, list[Metric]]]:
        """Yield the ids of figures with what each document says, newest first."""
        asked = {"subject": entity, "predicate": name, "object": period}
        given = {column: value for column, value in asked.items() if value}
        where = " AND ".join(f"c.{column} = ?" for column in given) or "1"
        with store.explained(self.path):
            yield from claims.read_claims(self.connection, METRIC, where, tuple(given.values()))

    def metrics_by_document(self) -> Iterator[tuple[str, list[Metric]]]:
        """Yield each document that has figures with them, sorted by id, in the order they were read."""
        query = "SELECT document, body FROM claims WHERE kind = 'metric' ORDER BY document, rowid"
        with store.explained(self.path), closing(self.connection.execute(query)) as rows:
            for document, group in groupby(rows, key=itemgetter(0)):
                yield document, [Metric.model_validate_json(text) for _, text in group]

    def unions(self, kind: Kind[R], ids: Collection[str] | None) -> Iterator[R]:
        """Yield what claims of one kind say together, sorted by id."""
        with store.explained(self.path):
            if ids is None:
                yield from claims.read_unions(self.connection, kind)
            else:
                yield from claims.read_unions_of(self.connection, kind, ids).values()

    def claims(self, kind: Kind[R], key: str) -> list[R]:
        """What each document says about one id, newest first."""
        with store.explained(self.path):
            return [
                claim for _, group in claims.read_claims(self.connection, kind, "c.id = ?", (key,)) for claim in group
            ]

    def mentions(self) -> Iterator[Mention]:
        """Yield all mentions sorted by document and place."""
        query = "SELECT entity, document, start, stop, text FROM mentions ORDER BY document, start, stop, entity"
        with store.explained(self.path), closing(self.connection.execute(query)) as rows:
            for entity, document, start, stop, text in rows:
                yield Mention(entity=entity, document=document, start=start, end=stop, text=text)

    def rejected(self) -> Iterator[Rejected]:
        """Yield what validation refused."""
        with store.explained(self.path):
            yield from claims.read_rejected(self.connection)

    def counts(self, entity: str) -> tuple[int, int]:
        """How many documents name an entity, and how many mentions it has."""
        query = (
            "SELECT (SELECT count(DISTINCT document) FROM claims WHERE kind = 'entity' AND id = :id),"
            " (SELECT count(*) FROM mentions WHERE entity = :id)"
        )
        [(documents, mentions)] = self.select(query, id=entity)
        return int(documents), int(mentions)

    def source(self, key: str) -> Source | None:
        """One document without its text."""
        rows = self.select(f"SELECT {SOURCE} FROM documents WHERE id = ?", key)
        return Source(*rows[0]) if rows else None

    def documents_of(self, kind: str, key: str) -> tuple[str, ...]:
        """The documents that make a claim, newest first."""
        query = (
            "SELECT DISTINCT d.id, d.date FROM claims c JOIN documents d ON d.id = c.document"
            " WHERE c.kind = ? AND c.id = ? ORDER BY d.date DESC, d.id"
        )
        return tuple(str(row[0]) for row in self.select(query, kind, key))

    def named(self, folded: str) -> list[str]:
        """The ids that carry a folded name, sorted."""
        rows = self.select("SELECT DISTINCT entity FROM names WHERE folded = ? ORDER BY 1", folded)
        return [str(key) for (key,) in rows]

    def names(self) -> list[tuple[str, str]]:
        """All folded names with the ids that carry them, sorted."""
        rows = self.select("SELECT DISTINCT folded, entity FROM names ORDER BY 1, 2")
        return [(str(name), str(key)) for name, key in rows]

    def completions(self, prefix: str) -> list[tuple[str, str]]:
        """Kind and id of every fact, deal and metric, gone ones too, whose id, or hash in it, begins with `prefix`."""
        query = (
            "SELECT kind, id FROM (SELECT kind, id FROM claims WHERE kind <> 'deal' UNION SELECT kind, id FROM events)"
            " WHERE kind IN ('fact', 'deal', 'metric')"
            " AND (substr(id, 1, length(:id)) = :id OR substr(id, instr(id, ':') + 1, length(:id)) = :id) ORDER BY 2"
        )
        found = {(str(kind), str(key)) for kind, key in self.select(query, id=prefix)}
        found |= {("deal", deal.id) for deal in self.deals() if deal.id.startswith((prefix, f"deal:{prefix}"))}
        return sorted(found, key=lambda pair: pair[1])

    def changes(self, since: str = "") -> list[Change]:
        """What changed at or after a moment (ISO 8601), summed up by id."""
        with store.explained(self.path):
            return list(log.net_since(self.connection, since))

    def history(self, key: str) -> list[Change]:
        """Every change of one edge or deal, oldest first."""
        with store.explained(self.path):
            return list(log.history(self.connection, key))

    def select(self, query: str, *values: str, **named: str) -> Sequence[tuple[Any, ...]]:
        """All rows of a query, its values in order or by name."""
        with store.explained(self.path):
            return self.connection.execute(query, named or values).fetchall()
