"""First sync of a ledger to a fresh server against a bare UNWIND of the same rows, and a sync with nothing to do.

scripts/made_up.py kg.db --edges 100000
scripts/bench_neo4j.py kg.db
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from kg import rows
from kg.ledger import Ledger
from kg.neo4j import cypher
from kg.neo4j.connect import Address, Connection, connected
from kg.neo4j.content import edge_parameters, node_parameters
from kg.neo4j.noted import View
from kg.neo4j.server import temporary_server
from kg.neo4j.sync import BATCH
from kg.rows import EdgeRow, NodeRow

BARE_NODES = """
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n = row.properties
SET n:$(row.labels)
"""


@contextmanager
def fresh() -> Iterator[Connection]:
    """A server with an empty database."""
    with temporary_server() as server, connected(Address(server.uri)) as connection:
        yield connection


def bare(neo4j: Connection, nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    """Write rows that are known to be new, in batches of one statement each, the constraint first."""
    run(neo4j, cypher.NODE_SCHEMA[0], [])
    for start in range(0, len(nodes), BATCH):
        run(neo4j, BARE_NODES, [*map(node_parameters, nodes[start : start + BATCH])])
    for kind, group in groupby(sorted(edges, key=lambda row: row.type), key=lambda row: row.type):
        some = [*map(edge_parameters, group)]
        run(neo4j, cypher.edge_schema(kind), [])
        for start in range(0, len(some), BATCH):
            run(neo4j, cypher.write_edges(kind), some[start : start + BATCH])


def run(neo4j: Connection, query: str, values: Sequence[object]) -> None:
    """Run one statement."""
    neo4j.driver.execute_query(query, rows=values, database_=neo4j.database)  # type: ignore[arg-type,unused-ignore]


def timed(work: Callable[[], object]) -> float:
    """Seconds of some work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_bare(store: Path) -> None:
    """Make all rows, hold them, write them: what a sync is measured by."""
    with Ledger(store) as ledger, fresh() as neo4j:
        start = time.perf_counter()
        nodes, edges = [*rows.nodes(ledger)], [*rows.edges(ledger)]
        made = time.perf_counter() - start
        print(f"{len(nodes):,} nodes, {len(edges):,} edges", flush=True)
        wrote = timed(lambda: bare(neo4j, nodes, edges))
    print(f"  rows made, and held:      {made:.1f} s, {peak():.0f} MB", flush=True)
    print(f"  bare UNWIND of them:      {wrote:.1f} s, {peak():.0f} MB", flush=True)


def sync_twice(store: Path) -> None:
    """Sync as `kg neo4j sync` does, rows made on the way; then again."""
    with Ledger(store) as ledger, fresh() as neo4j:
        view, before = View(ledger, neo4j.driver, neo4j.database), peak()
        synced = timed(view.sync)
        print(
            f"  first sync, rows and all: {synced:.1f} s, {before:.0f} MB before, {peak():.0f} MB at most", flush=True
        )
        print(f"  nothing to do:            {timed(view.sync):.2f} s", flush=True)
        view.forget()
        print(f"  the same, row by row:     {timed(view.sync):.1f} s, {peak():.0f} MB at most", flush=True)


def bench(store: Path) -> None:
    """Print the figures of one ledger, each half in a process of its own for the sake of its memory."""
    for half in (write_bare, sync_twice):
        process = multiprocessing.get_context("spawn").Process(target=half, args=(store,))
        process.start()
        process.join()


def peak() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    bench(Path(sys.argv[1]))
