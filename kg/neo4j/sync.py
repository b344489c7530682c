"""Bring Neo4j to what the ledger says: read ids and hashes, write the difference, touch nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.neo4j import cypher
from kg.neo4j.content import edge_parameters, edge_types, known_type, node_parameters
from kg.neo4j.database import Database
from kg.rows import EdgeRow, NodeRow
from ontology.errors import ServerError

if TYPE_CHECKING:
    from neo4j import Driver

BATCH = 5_000

Progress = Callable[[str, int], None]


@dataclass
class Tally:
    """How many nodes or edges were, or on a dry run would be, written; `kept` are gone but hold others' edges."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    kept: int = 0

    @property
    def written(self) -> int:
        """All that changed."""
        return self.created + self.updated + self.deleted

    @property
    def standing(self) -> int:
        """All that both sides hold afterwards."""
        return self.created + self.updated + self.unchanged


@dataclass
class SyncReport:
    """What a sync did."""

    nodes: Tally = field(default_factory=Tally)
    edges: Tally = field(default_factory=Tally)
    dry_run: bool = False

    @property
    def written(self) -> int:
        """All nodes and edges that changed; 0 when the database was up to date."""
        return self.nodes.written + self.edges.written


class Hashed(Protocol):
    """A row with an id and a hash of its content."""

    @property
    def id(self) -> str: ...

    @property
    def hash(self) -> str: ...


Row = TypeVar("Row", bound=Hashed)
T = TypeVar("T")


def sync(
    driver: Driver,
    database: str,
    nodes: Iterable[NodeRow],
    edges: Iterable[EdgeRow],
    dry_run: bool = False,
    full: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Write the difference between the rows and the database; a second sync writes nothing.

    Edges come after the nodes they tie. `full` writes every row, whatever the hashes say. `progress` gets the
    stage and the number of rows done. Raises ServerError where the database refuses or lacks an end of an edge.
    """
    work = _Sync(Database(driver, database), SyncReport(dry_run=dry_run), full, progress or (lambda stage, done: None))
    work.prepare()
    gone_nodes = work.write_nodes(nodes)
    gone_edges = work.write_edges(edges)
    work.delete_edges(gone_edges)
    work.delete_nodes(gone_nodes)
    return work.report


@dataclass
class _Sync:
    database: Database
    report: SyncReport
    full: bool
    progress: Progress
    types: set[str] = field(default_factory=set)

    def prepare(self) -> None:
        if self.report.dry_run:
            return
        for statement in (*cypher.NODE_SCHEMA, cypher.AWAIT_INDEXES):
            self.database.define(statement)

    def write_nodes(self, rows: Iterable[NodeRow]) -> list[str]:
        """Write new and changed nodes; gives the ids that are gone."""
        others = {key for (key,) in self.database.read(cypher.READ_NODES_OF_OTHERS)}
        held = {key: value for _, pairs in self.database.read(cypher.READ_NODES) for key, value in pairs}
        changed = self.changed(_not_of_others(rows, others), held, self.report.nodes)
        for batch in _batches(changed, BATCH):
            if not self.report.dry_run:
                self.database.write_all(cypher.WRITE_NODES, [*map(node_parameters, batch)], "nodes")
            self.progress("nodes", len(batch))
        return sorted(held)

    def write_edges(self, rows: Iterable[EdgeRow]) -> dict[str, list[str]]:
        """Write new and changed edges; gives the ids that are gone, by type."""
        read = self.database.read(cypher.READ_EDGES)
        for type_name in sorted({type_name for type_name, _ in read} & edge_types()):
            self.define_type(type_name)
        old_types = {key: type_name for type_name, pairs in read for key, _ in pairs}
        held = {key: value for _, pairs in read for key, value in pairs}
        for type_name, batch in _batches_by_type(self.changed(rows, held, self.report.edges)):
            if not self.report.dry_run:
                self.write_edge_batch(type_name, sorted(batch, key=lambda row: (row.source, row.id)), old_types)
            self.progress("edges", len(batch))
        return _grouped((old_types[key], key) for key in sorted(held))

    def write_edge_batch(self, type_name: str, batch: list[EdgeRow], old_types: dict[str, str]) -> None:
        """Write edges of one type; what stood elsewhere under the same id goes first."""
        self.define_type(type_name)
        for old_type, rows in _grouped((old_types[row.id], row) for row in batch if row.id in old_types).items():
            self.database.write(cypher.delete_moved_edges(old_type), [*map(edge_parameters, rows)])
        self.database.write_all(cypher.write_edges(type_name), [*map(edge_parameters, batch)], f"{type_name} edges")

    def define_type(self, type_name: str) -> None:
        """Keep the ids of a type unique, whoever wrote its first edges."""
        if type_name not in self.types and not self.report.dry_run:
            self.database.define(cypher.edge_schema(type_name))
            self.types.add(type_name)

    def changed(self, rows: Iterable[Row], held: MutableMapping[str, str], tally: Tally) -> Iterator[Row]:
        """Yield what is new or differs; takes what it meets out of `held`."""
        for row in rows:
            known = held.pop(row.id, None)
            if known == row.hash and not self.full:
                tally.unchanged += 1
                continue
            tally.created += known is None
            tally.updated += known is not None
            yield row

    def delete_edges(self, gone: dict[str, list[str]]) -> None:
        """Delete edges nobody says any more."""
        for type_name, ids in gone.items():
            for batch in _batches(ids, BATCH):
                self.report.edges.deleted += self.delete(cypher.delete_edges(type_name), batch, "gone edges")

    def delete_nodes(self, gone: list[str]) -> None:
        """Delete nodes nobody names any more, but those that others tied something to."""
        for batch in _batches(gone, BATCH):
            deleted = self.delete(cypher.DELETE_NODES, batch, "gone nodes")
            self.report.nodes.deleted += deleted
            self.report.nodes.kept += len(batch) - deleted

    def delete(self, query: str, ids: list[str], stage: str) -> int:
        """Delete by id, or on a dry run count; gives how many."""
        deleted = len(ids) if self.report.dry_run else self.database.write(query, ids)
        self.progress(stage, len(ids))
        return deleted


def _not_of_others(rows: Iterable[NodeRow], others: set[str]) -> Iterator[NodeRow]:
    for row in rows:
        if row.id in others:
            remedy = "remove or relabel it, or name another database with NEO4J_DATABASE"
            raise ServerError("a node of somebody else has the label Entity and an id of ours", row.id, remedy)
        yield row


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _batches_by_type(rows: Iterable[EdgeRow]) -> Iterator[tuple[str, list[EdgeRow]]]:
    waiting: dict[str, list[EdgeRow]] = defaultdict(list)
    for row in rows:
        batch = waiting[known_type(row)]
        batch.append(row)
        if len(batch) == BATCH:
            yield row.type, waiting.pop(row.type)
    yield from sorted(waiting.items())


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
