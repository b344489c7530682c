"""A sync with nothing to do, told from the revision of the ledger and the bookmark the last one left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import ontology
from kg import rows
from kg.ledger import Ledger
from kg.neo4j.check import Difference, check
from kg.neo4j.database import Database
from kg.neo4j.sync import Progress, SyncReport, Tally, sync
from kg.passages import document_edges, document_nodes
from kg.rows import EdgeRow, NodeRow
from ontology.errors import StoreError
from ontology.schema import own_schemas

if TYPE_CHECKING:
    from neo4j import Driver


@dataclass(frozen=True)
class View:
    """The view of a ledger in one database, on request with the documents themselves."""

    ledger: Ledger
    driver: Driver
    database: str
    documents: bool = False

    def sync(self, dry_run: bool = False, full: bool = False, progress: Progress | None = None) -> SyncReport:
        """Sync rows, but where neither side changed since the last sync; raises ServerError as `sync` does."""
        source = self.source()
        known = None if full else self.unchanged(source)
        if known:
            return SyncReport(*known, dry_run=dry_run)
        report = sync(self.driver, self.database, *self.rows(), dry_run, full, progress)
        if not dry_run:
            self.note(source, report)
        return report

    def check(self) -> list[Difference]:
        """All differences; where there are any the next sync compares row by row."""
        found = check(self.driver, self.database, *self.rows())
        if found:
            self.forget()
        return found

    def rows(self) -> tuple[Iterator[NodeRow], Iterator[EdgeRow]]:
        """What Neo4j is to hold."""
        if not self.documents:
            return rows.nodes(self.ledger), rows.edges(self.ledger)
        nodes = chain(rows.nodes(self.ledger), document_nodes(self.ledger))
        return nodes, chain(rows.edges(self.ledger), document_edges(self.ledger))

    def source(self) -> str:
        """What rows are made of: the state of the ledger, the code and the types, and whether documents are shown."""
        return f"{self.ledger.revision()} {making()} {self.documents}"

    def unchanged(self, source: str) -> tuple[Tally, Tally] | None:
        """What the last sync left standing, nodes and edges; None where either side may have changed since."""
        key, bookmark = Database(self.driver, self.database).standing()
        state = json.loads(self.ledger.noted(key) or "{}")
        if (state.get("source"), state.get("bookmark")) != (source, bookmark):
            return None
        return Tally(unchanged=state["nodes"], kept=state["kept"]), Tally(unchanged=state["edges"])

    def note(self, source: str, report: SyncReport) -> None:
        """Keep what a sync left on both sides."""
        key, bookmark = Database(self.driver, self.database).standing()
        counts = {"nodes": report.nodes.standing, "kept": report.nodes.kept, "edges": report.edges.standing}
        self.keep(key, json.dumps({"source": source, "bookmark": bookmark, **counts}))

    def forget(self) -> None:
        """Let the next sync compare row by row."""
        key, _ = Database(self.driver, self.database).standing()
        self.keep(key, "")

    def keep(self, key: str, state: str) -> None:
        """Note a state; a ledger that cannot be written goes without, which costs time alone."""
        with suppress(StoreError):
            self.ledger.note(key, state)


def making() -> str:
    """Hash of the code and the types that make rows of a ledger."""
    digest = hashlib.sha256()
    for path in made_by():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def made_by() -> Iterator[Path]:
    """Yield the files of code and types, in an order that is always the same."""
    for root in (Path(__file__).resolve().parents[1], Path(ontology.__file__).parent, *own_schemas()):
        yield from sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yml"))
