"""How to reach Neo4j: the environment's server, else one's own; what the driver raises becomes one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.neo4j import cypher
from kg.neo4j.home import saved_servers
from ontology.errors import ServerError

DEFAULT_DATABASE = "neo4j"
TIMEOUT = 15.0  # seconds to reach a server


@dataclass(frozen=True)
class Address:
    """Where a server is and who asks; `username` empty where it asks for no password."""

    uri: str
    username: str = ""
    password: str = field(default="", repr=False)
    database: str = DEFAULT_DATABASE
    own: bool = False


@dataclass(frozen=True)
class Connection:
    """An open driver and the database to name in every call."""

    driver: Driver
    database: str
    uri: str


def find_address() -> Address:
    """`NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NEO4J_DATABASE`, else the server of one's own; ServerError."""
    database = os.environ.get("NEO4J_DATABASE") or DEFAULT_DATABASE
    if uri := os.environ.get("NEO4J_URI"):
        password = os.environ.get("NEO4J_PASSWORD", "")
        username = os.environ.get("NEO4J_USERNAME") or ("neo4j" if password else "")
        return Address(uri, username, password, database)
    for server in saved_servers():
        if server.pid:
            return Address(server.uri, server.username, server.password, database, own=True)
    raise ServerError("no Neo4j server", remedy="kg neo4j start, or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD")


@contextmanager
def connected(address: Address | None = None) -> Iterator[Connection]:
    """An open connection that has been tried; raises ServerError for all that Neo4j and its driver complain of."""
    target = address or find_address()
    try:
        with _driver(target) as driver:
            driver.verify_connectivity()
            driver.execute_query(cypher.PING, database_=target.database)
            yield Connection(driver, target.database, target.uri)
    except (DriverError, Neo4jError) as error:
        raise _explained(error, target) from None


def _driver(target: Address) -> Driver:
    auth = (target.username, target.password) if target.username else None
    try:
        return GraphDatabase.driver(target.uri, auth=auth, notifications_min_severity="OFF", connection_timeout=TIMEOUT)
    except (ConfigurationError, ValueError):
        remedy = "set NEO4J_URI to something like bolt://localhost:7687"
        raise ServerError("not the address of a Neo4j server", target.uri, remedy) from None


def _explained(error: DriverError | Neo4jError, target: Address) -> ServerError:
    if isinstance(error, AuthError):
        return ServerError("Neo4j refuses user or password", target.uri, "set NEO4J_USERNAME and NEO4J_PASSWORD")
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        remedy = "kg neo4j start" if target.own else "start that server, or correct NEO4J_URI"
        return ServerError("Neo4j does not answer", target.uri, remedy)
    if isinstance(error, ClientError) and error.code and error.code.endswith("DatabaseNotFound"):
        return ServerError(f"no database {target.database!r}", target.uri, "set NEO4J_DATABASE")
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ServerError(f"Neo4j refuses: {said:.200}", target.uri, "see the server's log")
