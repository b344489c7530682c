"""Bring Neo4j to what the ledger says: read ids and hashes, write the difference, touch nothing else.

Memory holds a few batches of rows, however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.neo4j import cypher
from kg.neo4j.behind import Behind
from kg.neo4j.content import edge_parameters, edge_types, known_type, node_parameters
from kg.neo4j.database import Database
from kg.neo4j.shelf import Known, Shelf
from kg.rows import EdgeRow, NodeRow
from ontology.errors import ServerError

if TYPE_CHECKING:
    from neo4j import Driver

BATCH = 5_000
"""Rows of one statement."""
LOOKED_UP = 1_000
WAITING = 10_000
"""Edges in memory at once, which wait until enough of their type are together."""
NEW: Known = (None, "")

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
Changed = tuple[Row, str]
"""A row to be written, and the type under which it is held; empty where it is new."""


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
    done = progress or (lambda stage, number: None)
    with Shelf() as held_nodes, Shelf() as held_edges, Behind(done) as behind:
        report, source = SyncReport(dry_run=dry_run), Database(driver, database)
        work = _Sync(source, report, full, done, behind, held_nodes, held_edges)
        work.prepare()
        work.write_nodes(nodes)
        work.write_edges(edges)
        work.delete_edges()
        work.delete_nodes()
        return work.report


@dataclass
class _Sync:
    database: Database
    report: SyncReport
    full: bool
    progress: Progress
    behind: Behind
    nodes: Shelf
    edges: Shelf
    types: set[str] = field(default_factory=set)

    def prepare(self) -> None:
        if self.report.dry_run:
            return
        for statement in (*cypher.NODE_SCHEMA, cypher.AWAIT_INDEXES):
            self.database.define(statement)

    def write_nodes(self, rows: Iterable[NodeRow]) -> None:
        """Write new and changed nodes."""
        self.database.read_into(cypher.READ_NODES, self.nodes.fill)
        changed = self.changed(rows, self.nodes, self.report.nodes)
        for batch in _batches((row for row, _ in changed), BATCH):
            self.behind.write(partial(self.write_node_batch, batch), "nodes", len(batch))
        self.behind.finish()

    def write_node_batch(self, batch: Sequence[NodeRow]) -> None:
        """Write nodes, but on a dry run."""
        if not self.report.dry_run:
            self.database.write_all(cypher.WRITE_NODES, [*map(node_parameters, batch)], "nodes")

    def write_edges(self, rows: Iterable[EdgeRow]) -> None:
        """Write new and changed edges."""
        self.database.read_into(cypher.READ_EDGES, self.edges.fill)
        for type_name in sorted({*self.edges.types()} & edge_types()):
            self.define_type(type_name)
        for type_name, batch in _batches_by_type(self.changed(rows, self.edges, self.report.edges)):
            self.behind.write(partial(self.write_edge_batch, type_name, batch), "edges", len(batch))
        self.behind.finish()

    def write_edge_batch(self, type_name: str, batch: Sequence[Changed[EdgeRow]]) -> None:
        """Write edges of one type, but on a dry run; what stood elsewhere under the same id goes first."""
        if self.report.dry_run:
            return
        self.define_type(type_name)
        for old_type, rows in _grouped((old_type, row) for row, old_type in batch if old_type).items():
            self.database.write(cypher.delete_moved_edges(old_type), [*map(edge_parameters, rows)])
        written = [edge_parameters(row) for row, _ in sorted(batch, key=lambda pair: (pair[0].source, pair[0].id))]
        self.database.write_all(cypher.write_edges(type_name), written, f"{type_name} edges")

    def define_type(self, type_name: str) -> None:
        """Keep the ids of a type unique, whoever wrote its first edges."""
        if type_name not in self.types and not self.report.dry_run:
            self.database.define(cypher.edge_schema(type_name))
            self.types.add(type_name)

    def changed(self, rows: Iterable[Row], held: Shelf, tally: Tally) -> Iterator[Changed[Row]]:
        """Yield what is new or differs; takes what it meets out of `held`."""
        for batch in _batches(rows, LOOKED_UP):
            known = held.take(row.id for row in batch)
            for row in batch:
                value, old_type = known.pop(row.id, NEW)
                if old_type and value is None:
                    raise _of_others(row.id)
                if value == row.hash and not self.full:
                    tally.unchanged += 1
                    continue
                tally.created += not old_type
                tally.updated += bool(old_type)
                yield row, old_type

    def delete_edges(self) -> None:
        """Delete edges nobody says any more."""
        for type_name, ids in self.edges.left():
            for batch in _batches(ids, BATCH):
                self.report.edges.deleted += self.delete(cypher.delete_edges(type_name), batch, "gone edges")

    def delete_nodes(self) -> None:
        """Delete nodes nobody names any more, but those that others tied something to."""
        for _, ids in self.nodes.left():
            for batch in _batches(ids, BATCH):
                deleted = self.delete(cypher.DELETE_NODES, batch, "gone nodes")
                self.report.nodes.deleted += deleted
                self.report.nodes.kept += len(batch) - deleted

    def delete(self, query: str, ids: list[str], stage: str) -> int:
        """Delete by id, or on a dry run count; gives how many."""
        deleted = len(ids) if self.report.dry_run else self.database.write(query, ids)
        self.progress(stage, len(ids))
        return deleted


def _of_others(key: str) -> ServerError:
    remedy = "remove or relabel it, or name another database with NEO4J_DATABASE"
    return ServerError("a node of somebody else has the label Entity and an id of ours", key, remedy)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _batches_by_type(rows: Iterable[Changed[EdgeRow]]) -> Iterator[tuple[str, list[Changed[EdgeRow]]]]:
    """Yield edges by type, as many at once as fit: a type that has a batch, and where all is full the largest one."""
    waiting: dict[str, list[Changed[EdgeRow]]] = defaultdict(list)
    number = 0
    for row, old_type in rows:
        waiting[known_type(row)].append((row, old_type))
        number += 1
        if len(waiting[row.type]) == BATCH or number == WAITING:
            largest = max(waiting, key=lambda key: len(waiting[key]))
            number -= len(waiting[largest])
            yield largest, waiting.pop(largest)
    yield from sorted(waiting.items())


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
