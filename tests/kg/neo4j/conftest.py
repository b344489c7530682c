"""A real server for the tests: on free ports, with an empty database, gone at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kg.neo4j.connect import Address, Connection, connected
from kg.neo4j.home import OwnServer
from kg.neo4j.releases import DEFAULT_VERSION
from kg.neo4j.server import temporary_server
from ontology.errors import ServerError

VERSIONS = (DEFAULT_VERSION, "5.26.21")


def must_run() -> bool:
    """Whether a missing server is a failure."""
    return os.environ.get("CI") == "true" or os.environ.get("KG_REQUIRE_NEO4J") == "1"


@pytest.fixture(scope="session", params=VERSIONS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A running server of each version."""
    running = temporary_server(request.param, repository=os.environ.get("KG_MAVEN_REPOSITORY", ""))
    try:
        found = running.__enter__()
    except ServerError as error:
        reason = f"NO NEO4J {request.param}, NOTHING OF IT IS TESTED: {error}"
        pytest.fail(reason) if must_run() else pytest.skip(reason)
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
