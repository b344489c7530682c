"""A sync during which the server goes away and comes back, while another writer locks the same nodes the other way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import psutil
import pytest
from graphs import company, investment
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError, TransientError
from servers import skip_or_fail

from kg.neo4j import database, server
from kg.neo4j import sync as syncing
from kg.neo4j.check import check
from kg.neo4j.config import pick_port
from kg.neo4j.connect import Address, connected
from kg.neo4j.home import OwnServer
from kg.neo4j.sync import sync
from ontology.errors import ServerError

COUNT, BATCH = 800, 50
NAMES = [f"公司{number:04}" for number in range(COUNT)]
NODES = [company(name, name) for name in NAMES]
EDGES = [
    investment(NAMES[number], NAMES[(number * 7 + step) % COUNT], f"{step}轮")
    for number in range(COUNT)
    for step in (1, 2)
]
RESTARTED_AT = (5, 30)
HOLD, LET_GO = "MATCH (n:Entity {id: $id}) SET n.held = 1", "MATCH (n:Entity) WHERE n.held = 1 REMOVE n.held"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnServer]:
    """A server of one's own in a folder of its own, that comes back at the same address."""
    monkeypatch.setattr(server, "homes_folder", lambda: tmp_path)
    monkeypatch.setattr(server, "saved_servers", lambda: filter(None, map(server.load_server, tmp_path.iterdir())))
    for name in ("BOLT_PORT", "HTTP_PORT"):
        monkeypatch.setattr(server, name, pick_port(0, lambda step: None))
    try:
        yield server.start()
    except ServerError as error:
        skip_or_fail(str(error))
    finally:
        server.stop()


@dataclass
class Rival:
    """Another writer: it locks nodes in any order and lets them go; `deadlocks` counts those it was the victim of."""

    address: Address
    done: Event = field(default_factory=Event)
    deadlocks: int = 0

    def __enter__(self) -> Rival:
        self.thread = Thread(target=self.work)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()

    def work(self) -> None:
        chance = Random(1)
        auth = self.address.username, self.address.password
        with GraphDatabase.driver(self.address.uri, auth=auth) as driver:
            while not self.done.is_set():
                try:
                    with driver.session(database="neo4j") as session, session.begin_transaction() as transaction:
                        for name in chance.sample(NAMES, 60):
                            transaction.run(HOLD, id=name).consume()
                        transaction.run(LET_GO).consume()
                        transaction.commit()
                except TransientError:
                    self.deadlocks += 1
                except (DriverError, Neo4jError):
                    self.done.wait(0.2)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of transient errors by which batches of the sync were refused."""
    seen: list[str] = []
    count = database._count

    def counted(*given: Any) -> int:
        try:
            return count(*given)
        except TransientError as error:
            seen.append(error.code or "")
            raise

    monkeypatch.setattr(database, "_count", counted)
    monkeypatch.setattr(syncing, "BATCH", BATCH)
    return seen


def kill() -> None:
    """End the server at once, as a power cut does."""
    running = server.running_server()
    assert running
    process = psutil.Process(running.pid)
    process.kill()
    process.wait()


@pytest.mark.parametrize("end", [server.stop, kill])
def test_a_sync_loses_and_doubles_nothing(own: OwnServer, refused: list[str], end: Callable[[], object]) -> None:
    address = Address(own.uri, own.username, own.password)
    batches, restarts = 0, list[Thread]()

    def restart() -> None:
        end()
        server.start()

    def progress(stage: str, done: int) -> None:
        nonlocal batches
        batches += 1
        if batches in RESTARTED_AT:
            restarts.append(Thread(target=restart))
            restarts[-1].start()

    with Rival(address) as rival:
        for _ in range(20):
            with suppress(ServerError), connected(address) as neo4j:
                sync(neo4j.driver, neo4j.database, NODES, EDGES, progress=progress)
                break
            for thread in restarts:
                thread.join()
        else:
            pytest.fail("no sync came to its end")
        for thread in restarts:
            thread.join()
    assert len(restarts) == len(RESTARTED_AT)
    assert rival.deadlocks + sum("Deadlock" in code for code in refused) > 0
    with connected(address) as neo4j:
        neo4j.driver.execute_query(LET_GO, database_=neo4j.database)
        assert check(neo4j.driver, neo4j.database, NODES, EDGES) == []
        assert sync(neo4j.driver, neo4j.database, NODES, EDGES).written == 0
        for what, wanted in (("(x:Entity)", COUNT), ("()-[x]->()", len(EDGES))):
            query = f"MATCH {what} RETURN count(x), count(DISTINCT x.id)"
            [record] = neo4j.driver.execute_query(query, database_=neo4j.database).records  # type: ignore[arg-type,unused-ignore]
            assert tuple(record) == (wanted, wanted)
