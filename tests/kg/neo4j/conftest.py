"""A real server for the tests: on free ports, with an empty database, gone at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import skip_or_fail
from toy import say

from kg.ledger import Ledger
from kg.neo4j.connect import Address, Connection, connected
from kg.neo4j.home import OwnServer
from kg.neo4j.releases import DEFAULT_VERSION
from kg.neo4j.server import temporary_server
from ontology.errors import ServerError

VERSIONS = (DEFAULT_VERSION, "5.26.21")


@pytest.fixture(scope="session", params=VERSIONS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A running server of each version."""
    running = temporary_server(request.param, repository=os.environ.get("KG_MAVEN_REPOSITORY", ""))
    try:
        found = running.__enter__()
    except ServerError as error:
        skip_or_fail(f"{request.param}: {error}")
    try:
        yield found
    finally:
        running.__exit__(None, None, None)


@pytest.fixture
def neo4j(server: OwnServer) -> Iterator[Connection]:
    """A connection to an emptied database."""
    with connected(Address(server.uri)) as connection:
        connection.driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        yield connection


@pytest.fixture
def filled_store(store: Path, fill: Callable[..., Ledger]) -> Path:
    """A store with a few edges and a deal."""
    fill(say("a", "甲 INVESTED_IN 乙 round=A轮", "丙 SUPPLIES 乙", "deal investment 甲 乙 status=agreed"))
    return store
