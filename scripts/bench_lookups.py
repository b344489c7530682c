"""Processor time of look-ups: medians over entities drawn evenly, and over ends of relations, where hubs come often.

scripts/made_up.py kg.db --edges 1000000
scripts/bench_lookups.py kg.db
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.ledger import Ledger

Asked = Callable[[str, str], object]


def drawn(graph: KnowledgeGraph, number: int, query: str) -> list[str]:
    """Names of entities out of a query for ids, the same ones each time."""
    keys = sorted(str(key) for (key,) in graph.ledger.select(query))
    return [graph.entity(key).name for key in random.Random(7).sample(keys, number)]


def measured(ask: Asked, names: Sequence[str]) -> str:
    """Median and slowest tenth in milliseconds of processor time."""
    took = []
    for a, b in zip(names, reversed(names), strict=True):
        start = time.process_time()
        ask(a, b)
        took.append((time.process_time() - start) * 1000)
    return f"{statistics.median(took):.1f} ({statistics.quantiles(took, n=10)[-1]:.1f})"


def two_hops(ledger: Ledger, key: str) -> set[str]:
    """The ids of all within two relations, either direction."""
    return {far for near in ledger.neighbours(key) for far in ledger.neighbours(near)}


def bench(store: Path, number: int) -> None:
    """Print medians, and in brackets what nine in ten stay below."""
    with KnowledgeGraph(store) as graph:
        asked: dict[str, Asked] = {
            "entity": lambda a, b: graph.entity(a),
            "relations from it": lambda a, b: graph.relations(subject=a),
            "relations to it": lambda a, b: graph.relations(object=a),
            "two hops": lambda a, b: two_hops(graph.ledger, graph.entity(a).id),
            "path": graph.path,
            "deals": lambda a, b: graph.deals(company=a),
        }
        evenly = drawn(graph, number, "SELECT DISTINCT id FROM claims WHERE kind = 'entity'")
        by_ends = drawn(graph, number, "SELECT subject FROM claims WHERE kind = 'fact'")
        for what, ask in asked.items():
            print(
                f"{what:20} {measured(ask, evenly):>16} ms evenly {measured(ask, by_ends):>16} ms by ends", flush=True
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench_lookups.py", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--number", type=int, default=101)
    given = parser.parse_args()
    bench(given.store, given.number)
