"""Neo4j Browser as an analyst meets it: a real Chromium at a real server that holds the graph of the samples.

With KG_SCREENSHOTS=1 the pictures in `docs/images` are taken anew.
"""

from __future__ import annotations

import json
import os
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Desk, start_chromium
from servers import skip_or_fail

from kg import KnowledgeGraph, rows
from kg.neo4j.browser import open_browser
from kg.neo4j.connect import Address, Connection, connected
from kg.neo4j.guide import load_guide
from kg.neo4j.home import OwnServer
from kg.neo4j.server import temporary_server
from kg.neo4j.style import grass
from kg.neo4j.sync import sync
from kg.questions import load_questions
from kg.questions.saved import saved
from ontology.errors import ServerError
from ontology.schema import load_ontology

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "images"
SETTLES = 3  # seconds until a drawn graph stands still
ASKED = {"company": "澄岚电子", "start": "英伟达", "goal": "比亚迪", "chip": "Orin", "since": "2022-05-30"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server with a password that holds the graph of the samples."""
    running = temporary_server(auth=True, repository=os.environ.get("KG_MAVEN_REPOSITORY", ""))
    try:
        found = running.__enter__()
    except ServerError as error:
        skip_or_fail(str(error))
    try:
        with connected(address(found)) as neo4j, KnowledgeGraph(tmp_path_factory.mktemp("samples") / "kg.db") as graph:
            graph.build([ROOT / "tests" / "samples"])
            sync(neo4j.driver, neo4j.database, rows.nodes(graph.ledger), rows.edges(graph.ledger))
        yield found
    finally:
        running.__exit__(None, None, None)


def address(server: OwnServer) -> Address:
    return Address(server.uri, server.username, server.password)


@pytest.fixture(scope="module")
def neo4j(server: OwnServer) -> Iterator[Connection]:
    with connected(address(server)) as connection:
        yield connection


@pytest.fixture(scope="module")
def desk(server: OwnServer) -> Iterator[Desk]:
    """Browser as `kg neo4j start --open` opens it, the style dropped onto it."""
    with pytest.MonkeyPatch.context() as patch, pytest.MonkeyPatch.context() as environment:
        opened: list[str] = []
        environment.setenv("BROWSER", "chromium")
        patch.setattr(webbrowser, "open", lambda url: bool(opened.append(url)) or True)
        driver = start_chromium()
        try:
            assert open_browser(server)
            assert server.password not in opened[0]
            found = Desk(driver)
            found.open(opened[0])
            found.first("guidesDrawer")
            picture(found, "browser-guide")
            found.drop("style.grass", grass(load_ontology()))
            found.wait(lambda: "label_zh" in found.kept("grass"))
            yield found
        finally:
            driver.quit()


def picture(desk: Desk, name: str) -> None:
    """Take a picture for the documents where they are asked for."""
    if os.environ.get("KG_SCREENSHOTS") == "1":
        time.sleep(SETTLES)
        desk.photograph(PICTURES / f"{name}.png")


def test_it_opens_connected_and_leaves_the_password_nowhere(desk: Desk, server: OwnServer) -> None:
    desk.wait(lambda: json.loads(desk.kept("connections"))["connectionState"] == 1)
    assert desk.driver.current_url == server.browser
    door = server.home / "run" / "open.html"
    assert door.stat().st_mode & 0o777 == 0o600


def test_the_guide_walks_through_the_graph(desk: Desk) -> None:
    guide = load_guide()
    for slide in guide.slides:
        drawer = desk.first("guidesDrawer")
        desk.wait(lambda slide=slide, drawer=drawer: slide.title in drawer.text)
        assert len(drawer.find_elements("css selector", "pre.runnable")) == len(slide.questions)
        if slide is not guide.slides[-1]:
            desk.first("guideNextSlide").click()


def test_a_click_in_the_guide_runs_its_query(desk: Desk) -> None:
    desk.first("pagination-2").click()
    desk.wait(lambda: "谁投了谁" in desk.first("guidesDrawer").text)
    desk.first("guidesDrawer").find_element("css selector", "pre.runnable").click()
    desk.first("editor-Run").click()
    frame = desk.wait(lambda: desk.filled_frame("//谁投了谁"))
    assert "投资" in desk.texts(frame, "g.relationship text")
    picture(desk, "browser-investments")
    desk.close(frame)
    desk.first("navigationGuides").click()


@pytest.mark.parametrize("name", load_questions())
def test_a_saved_query_draws_what_it_finds(desk: Desk, neo4j: Connection, name: str) -> None:
    query = saved(load_questions()[name], values(name))
    ids, types = drawn(neo4j, query)
    frame = desk.run(f"{name}.cypher", query)
    assert desk.outcome(frame) == ("graph" if ids else "nothing")
    nodes = desk.texts(frame, "g.node")
    assert len(nodes) == len(ids)
    assert types <= {*desk.texts(frame, "g.relationship text")}
    picture(desk, f"browser-{name}") if name in ("open_deals", "rounds") else None
    desk.close(frame)


def values(name: str) -> dict[str, str]:
    """What the question is asked about in the samples."""
    return {key: value for key, value in ASKED.items() if key in load_questions()[name].parameters}


def drawn(neo4j: Connection, query: str) -> tuple[set[str], set[str]]:
    """The ids of the nodes a query returns, and the Chinese names of the relationships between them."""
    found = neo4j.driver.execute_query(query, database_=neo4j.database)  # type: ignore[arg-type,unused-ignore]
    paths = [path for record in found.records for path in flat(record["graph"])]
    nodes = {node["id"] for path in paths for node in path.nodes}
    return nodes, {edge["label_zh"] for path in paths for edge in path.relationships}


def flat(graph: Any) -> list[Any]:
    """The paths in a cell."""
    return [path for part in graph for path in flat(part)] if isinstance(graph, list) else [graph]
