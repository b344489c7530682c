"""First sync of a ledger to a fresh server against a bare UNWIND of the same rows, and a sync with nothing to do."""

from __future__ import annotations

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
from kg.neo4j.sync import BATCH, SyncReport, sync
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


def bench(store: Path) -> None:
    """Print the figures of one ledger."""
    with Ledger(store) as ledger:
        nodes, edges = [*rows.nodes(ledger)], [*rows.edges(ledger)]
        print(f"{len(nodes):,} nodes, {len(edges):,} edges", flush=True)
        with fresh() as neo4j:
            unwound = timed(lambda: bare(neo4j, nodes, edges))
        print(f"  bare UNWIND:     {unwound:.1f} s", flush=True)
        with fresh() as neo4j:
            view, reports, before = View(ledger, neo4j.driver, neo4j.database), list[SyncReport](), peak()
            synced = timed(lambda: reports.append(sync(neo4j.driver, neo4j.database, nodes, edges)))
            print(f"  first sync:      {synced:.1f} s, {unwound / synced:.2f} of its speed", flush=True)
            print(f"  memory:          {before:.0f} MB with the rows, {peak():.0f} MB at most while they were written")
            view.note(view.source(), reports[0])
            print(f"  nothing to do:   {timed(view.sync):.2f} s", flush=True)


def peak() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    bench(Path(sys.argv[1]))
