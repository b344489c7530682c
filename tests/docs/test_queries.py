"""Every query in the documents finds something in the graph of the samples, on a real server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import documents
from reference_blocks import ROOT, blocks
from servers import skip_or_fail

from kg import KnowledgeGraph, rows
from kg.neo4j.connect import Address, Connection, connected
from kg.neo4j.server import temporary_server
from kg.neo4j.sync import sync
from ontology.errors import ServerError

QUERIES = {
    block.text: f"{document.name}-{number}"
    for document in documents()
    for number, block in enumerate(blocks(document.read_text("utf-8")))
    if block.language == "cypher"
}


@pytest.fixture(scope="module")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A server that holds the graph of the samples."""
    running = temporary_server(repository=os.environ.get("KG_MAVEN_REPOSITORY", ""))
    try:
        server = running.__enter__()
    except ServerError as error:
        skip_or_fail(str(error))
    try:
        with connected(Address(server.uri)) as connection:
            fill(connection, tmp_path_factory.mktemp("samples") / "kg.db")
            yield connection
    finally:
        running.__exit__(None, None, None)


def fill(connection: Connection, store: Path) -> None:
    """Build the samples and write them to the server."""
    with KnowledgeGraph(store) as graph:
        graph.build([ROOT / "tests" / "samples"])
        sync(connection.driver, connection.database, rows.nodes(graph.ledger), rows.edges(graph.ledger))


@pytest.mark.parametrize("query", QUERIES, ids=QUERIES.values())
def test_a_query_finds_something(neo4j: Connection, query: str) -> None:
    found, _, _ = neo4j.driver.execute_query(query, database_=neo4j.database)  # type: ignore[arg-type]
    assert found
