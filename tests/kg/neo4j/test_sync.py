"""The view in a real server, of both lines of releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar
from weakref import ref

import pytest
from graphs import EDGES, NODES, company, investment

from kg.neo4j.check import Difference, check
from kg.neo4j.connect import Connection
from kg.neo4j.sync import SyncReport, Tally, sync
from kg.rows import EdgeRow, NodeRow, edge_row, node_row
from ontology.errors import SchemaError, ServerError

Row = TypeVar("Row", NodeRow, EdgeRow)


def ask(neo4j: Connection, query: str) -> list[Any]:
    """The rows of a query; a row of one value as that value."""
    records = neo4j.driver.execute_query(query, database_=neo4j.database).records  # type: ignore[arg-type,unused-ignore]
    return [record[0] if len(record) == 1 else tuple(record) for record in records]


def write(
    neo4j: Connection, nodes: Iterable[NodeRow] = NODES, edges: Iterable[EdgeRow] = EDGES, **options: Any
) -> SyncReport:
    """Sync rows."""
    return sync(neo4j.driver, neo4j.database, nodes, edges, **options)


def differences(
    neo4j: Connection, nodes: Iterable[NodeRow] = NODES, edges: Iterable[EdgeRow] = EDGES
) -> list[Difference]:
    """Check rows."""
    return check(neo4j.driver, neo4j.database, nodes, edges)


def test_first_sync_writes_all_and_second_nothing(neo4j: Connection) -> None:
    first, second = write(neo4j), write(neo4j)
    assert (first.nodes, first.edges) == (Tally(created=4), Tally(created=4))
    assert (second.nodes, second.edges) == (Tally(unchanged=4), Tally(unchanged=4))
    assert second.written == 0
    assert differences(neo4j) == []


def test_counts_hashes_and_content_are_read_back(neo4j: Connection) -> None:
    write(neo4j)
    nodes = {key: (set(labels), held) for key, labels, held in ask(neo4j, "MATCH (n) RETURN n.id, labels(n), n{.*}")}
    edges = {key: rest for key, *rest in ask(neo4j, "MATCH (a)-[r]->(b) RETURN r.id, type(r), a.id, b.id, r{.*}")}
    assert nodes == {
        row.id: ({"Entity", *row.labels}, {**row.properties, "id": row.id, "kg_hash": row.hash}) for row in NODES
    }
    assert edges == {
        row.id: [row.type, row.source, row.target, {**row.properties, "id": row.id, "kg_hash": row.hash}]
        for row in EDGES
    }


def test_changed_property_and_label_that_no_longer_hold(neo4j: Connection) -> None:
    write(neo4j)
    changed = (company("688795.SH", "摩尔线程", "Investor"), company("联想创投", "联想创投"), *NODES[2:])
    report = write(neo4j, changed)
    assert report.nodes == Tally(updated=2, unchanged=2)
    told = ask(neo4j, "MATCH (n:Company) WHERE n.name <> '沐曦' RETURN n.name, n:Investor, n.founded ORDER BY n.name")
    assert told == [("摩尔线程", True, None), ("联想创投", False, None)]
    assert differences(neo4j, changed) == []


def test_what_is_gone_is_deleted(neo4j: Connection) -> None:
    write(neo4j)
    report = write(neo4j, NODES[:3], EDGES[:1])
    assert (report.nodes.deleted, report.edges.deleted) == (1, 3)
    assert ask(neo4j, "MATCH ()-[r]->() RETURN r.round") == ["Pre-A+轮"]
    assert differences(neo4j, NODES[:3], EDGES[:1]) == []


def test_nodes_and_edges_of_others_survive(neo4j: Connection) -> None:
    write(neo4j)
    ask(neo4j, "CREATE (:Note {text: 'mine'}), (:Entity {id: 'foreign'})")
    ask(neo4j, "MATCH (n:Note), (e:Entity {id: '沐曦'}) CREATE (n)-[:INVESTED_IN {id: 'about'}]->(e)")
    report = write(neo4j, NODES[:2], EDGES[:2])
    assert report.nodes == Tally(unchanged=2, deleted=1, kept=1)
    assert ask(neo4j, "MATCH (n:Note)-[r]->(e) RETURN n.text, r.id, e.id") == [("mine", "about", "沐曦")]
    assert ask(neo4j, "MATCH (n:Entity {id: 'foreign'}) RETURN count(n)") == [1]
    assert differences(neo4j, NODES[:2], EDGES[:2]) == [Difference("node", "沐曦", "surplus")]


def test_a_node_of_others_with_our_id_stops_the_sync(neo4j: Connection) -> None:
    ask(neo4j, "CREATE (:Entity {id: '沐曦', text: 'mine'})")
    with pytest.raises(ServerError, match="somebody else"):
        write(neo4j)
    assert ask(neo4j, "MATCH (n {id: '沐曦'}) RETURN n.text") == ["mine"]


def test_an_edge_that_moved_stays_one(neo4j: Connection) -> None:
    write(neo4j)
    edges = (
        edge_row(EDGES[0].id, "INVESTED_IN", ("联想创投", "沐曦"), {}),
        edge_row(EDGES[1].id, "PLANS_TO_INVEST_IN", ("联想创投", "688795.SH"), {}),
        *EDGES[2:],
    )
    assert write(neo4j, edges=edges).edges == Tally(updated=2, unchanged=2)
    assert differences(neo4j, edges=edges) == []


def test_dry_run_writes_nothing(neo4j: Connection) -> None:
    write(neo4j)
    planned = write(neo4j, NODES[1:], (), dry_run=True)
    assert (planned.nodes.deleted, planned.edges.deleted) == (1, 4)
    assert differences(neo4j) == []


def test_check_tells_each_problem_and_full_sync_heals(neo4j: Connection) -> None:
    write(neo4j, NODES[:3], EDGES[:2])
    ask(neo4j, "MATCH (n {id: '688795.SH'}) SET n.name = 'x'")
    ask(neo4j, "MATCH ()-[r {round: 'A轮'}]->() SET r.kg_hash = 'x'")
    nodes = (*NODES[:2], NODES[3])
    assert differences(neo4j, nodes, EDGES[:2]) == [
        Difference("edge", EDGES[1].id, "outdated"),
        Difference("node", "688795.SH", "altered"),
        Difference("node", "deal:1", "missing"),
        Difference("node", "沐曦", "surplus"),
    ]
    write(neo4j, nodes, EDGES[:2], full=True)
    assert differences(neo4j, nodes, EDGES[:2]) == []


def test_an_edge_without_its_end_is_an_error(neo4j: Connection) -> None:
    with pytest.raises(ServerError, match="0 of 1 INVESTED_IN edges"):
        write(neo4j, NODES, (investment("联想创投", "nobody", "A轮"),))


def test_an_unknown_type_never_reaches_cypher(neo4j: Connection) -> None:
    with pytest.raises(SchemaError, match="unknown relationship type"):
        write(neo4j, edges=(replace(EDGES[0], type="X`]->() DETACH DELETE a //"),))


def test_text_is_only_ever_a_value(neo4j: Connection) -> None:
    odd = node_row("a`'\"}) DETACH DELETE n //", ("Company",), {"name": "`) RETURN 1 //"})
    write(neo4j, (*NODES, odd))
    assert differences(neo4j, (*NODES, odd)) == []


def test_schema_and_full_text(neo4j: Connection) -> None:
    write(neo4j)
    constraints = ask(neo4j, "SHOW CONSTRAINTS YIELD name RETURN name")
    assert {"kg_entity_id", "kg_invested_in_id", "kg_investor_id", "kg_competes_with_id"} <= {*constraints}


@pytest.mark.parametrize("sought", ["寒武纪", "AI芯片", "OpenAI", "openai", "开放人工智能"])
def test_full_text_finds_names_and_aliases(neo4j: Connection, sought: str) -> None:
    names = (("寒武纪", "思元"), ("某某AI芯片公司", "甲"), ("OpenAI", "开放人工智能"), ("深度求索", "DeepSeek"))
    write(neo4j, [node_row(name, ("Company",), {"name": name, "aliases": [alias]}) for name, alias in names], ())
    ask(neo4j, "CALL db.awaitIndexes(60)")
    found = ask(
        neo4j, f"CALL db.index.fulltext.queryNodes('kg_names', '{sought}') YIELD node RETURN node{{.*}} LIMIT 1"
    )
    assert [sought.lower() in f"{node['name']} {node['aliases']}".lower() for node in found] == [True]


def test_amounts_are_numbers_and_exact_dates_are_dates(neo4j: Connection) -> None:
    terms = {"amount": "7430000000.5", "percent": "16.5329", "shares": "23278415"}
    edges = [
        edge_row("one", "INVESTED_IN", ("联想创投", "沐曦"), {**terms, "date": "2025-12-05"}),
        edge_row("two", "INVESTED_IN", ("联想创投", "688795.SH"), {"amount": "10000000000", "date": "2021-11"}),
    ]
    write(neo4j, edges=edges)
    assert ask(neo4j, "MATCH ()-[r]->() RETURN sum(r.amount)") == [17430000000.5]
    held = ask(neo4j, "MATCH ()-[r]->() WHERE r.date >= date('2025-12-01') RETURN r.percent, r.shares, r.date.week")
    assert held == [(16.5329, 23278415, 49)]
    assert ask(neo4j, "MATCH ()-[r {id: 'two'}]->() RETURN r.date") == ["2021-11"]
    assert differences(neo4j, edges=edges) == []


def test_batches_of_many_rows(neo4j: Connection) -> None:
    nodes = [company(f"c{number}", f"公司{number}") for number in range(5_001)]
    edges = [investment("c0", node.id, "A轮") for node in nodes[1:]]
    seen: dict[str, int] = {}
    report = sync(
        neo4j.driver,
        neo4j.database,
        nodes,
        edges,
        progress=lambda stage, done: seen.update({stage: seen.get(stage, 0) + done}),
    )
    assert (report.nodes.created, report.edges.created) == (5_001, 5_000)
    assert seen == {"nodes": 5_001, "edges": 5_000}
    assert write(neo4j, nodes, edges).written == 0


def test_a_sync_that_was_cut_goes_on(neo4j: Connection) -> None:
    def cut(stage: str, done: int) -> None:
        if stage == "edges":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(neo4j, progress=cut)
    rest = write(neo4j)
    assert (rest.nodes.written, 0 < rest.edges.written < len(EDGES)) == (0, True)
    assert differences(neo4j) == []


def test_few_rows_are_in_memory_at_once(neo4j: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, rows in {"BATCH": 100, "WAITING": 200, "LOOKED_UP": 50}.items():
        monkeypatch.setattr(f"kg.neo4j.sync.{name}", rows)
    alive: dict[int, object] = {}
    most = [0]

    def watched(rows: Iterable[Row]) -> Iterator[Row]:
        for number, row in enumerate(rows):
            alive[number] = ref(row, lambda _, number=number: alive.pop(number))  # type: ignore[misc]
            most[0] = max(most[0], len(alive))
            yield row

    def written(edges: int) -> int:
        nodes = (company(f"c{number}", f"公司{number}") for number in range(1_500))
        tied = (relation(number) for number in range(edges))
        return write(neo4j, watched(nodes), watched(tied)).written

    assert [written(3_000), written(3_000), written(10)] == [4_500, 0, 2_990]
    assert most[0] < 1_000


def relation(number: int) -> EdgeRow:
    """One of many edges of several types."""
    kind = ("INVESTED_IN", "SUPPLIES", "COMPETES_WITH", "USES")[number % 4]
    return edge_row(f"e{number}", kind, (f"c{number % 1_500}", f"c{number * 7 % 1_500}"), {})
