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
from story import FIRST, SECOND, UPDATE

from kg import KnowledgeGraph, rows
from kg.ledger import Ledger
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
ASKED = {"company": "沐科技", "start": "台厂", "goal": "终端厂", "chip": "曦片", "since": "2025-12-17"}
ASKED_OTHERWISE = {"investments_of": {"company": "红投"}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server with a password that holds the graph of the samples."""
    running = temporary_server(auth=True, repository=os.environ.get("KG_MAVEN_REPOSITORY", ""))
    try:
        found = running.__enter__()
    except ServerError as error:
        skip_or_fail(str(error))
    try:
        store = tmp_path_factory.mktemp("samples") / "kg.db"
        with connected(address(found)) as connection, KnowledgeGraph(store) as graph:
            graph.build([ROOT / "tests" / "samples"])
            show(connection, graph.ledger)
        yield found
    finally:
        running.__exit__(None, None, None)


def show(neo4j: Connection, ledger: Ledger) -> None:
    """Bring the server to what a ledger says."""
    sync(neo4j.driver, neo4j.database, rows.nodes(ledger), rows.edges(ledger))


@pytest.fixture(scope="module")
def story(neo4j: Connection, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The story in place of the samples: every question finds something in it."""
    with Ledger(tmp_path_factory.mktemp("story") / "kg.db", create=True) as ledger:
        for week in (FIRST, UPDATE, SECOND):
            ledger.record(week, "rules 1")
        show(neo4j, ledger)


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
            found.drop("style.grass", grass(load_ontology()))
            found.wait(lambda: "label_zh" in found.kept("grass"))
            found.close(found.first("frame"))
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
    assert json.loads(desk.kept("settings"))["allowUserStats"] is False
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
    frame = desk.run_edited("//谁投了谁")
    assert "投资" in desk.texts(frame, "g.relationship text")
    picture(desk, "browser-guide")
    desk.close(frame)
    desk.first("navigationGuides").click()


def test_deals_are_drawn_with_their_parties(desk: Desk) -> None:
    frame = desk.run("rounds.cypher", saved(load_questions()["rounds"]))
    assert {"投资", "被投方"} <= {*desk.texts(frame, "g.relationship text")}
    picture(desk, "browser-rounds")
    desk.close(frame)


def test_a_click_on_an_edge_shows_the_sentence(desk: Desk) -> None:
    frame = desk.run("open_deals.cypher", saved(load_questions()["open_deals"]))
    time.sleep(SETTLES)
    frame.find_element("css selector", "g.relationship path.overlay").click()
    inspector = desk.wait(lambda: desk.inspected(frame, "quote"))
    assert all(key in inspector for key in ("status", "document", "section", "rule", "confidence", "label_zh"))
    picture(desk, "browser-open-deals")
    desk.close(frame)


@pytest.mark.parametrize("name", load_questions())
@pytest.mark.usefixtures("story")
def test_a_saved_query_draws_what_it_finds(desk: Desk, neo4j: Connection, name: str) -> None:
    query = saved(load_questions()[name], values(name))
    ids, types = drawn(neo4j, query)
    frame = desk.run(f"{name}.cypher", query)
    assert len(desk.texts(frame, "g.node")) == len(ids) > 0
    assert types <= {*desk.texts(frame, "g.relationship text")}
    desk.close(frame)


def values(name: str) -> dict[str, str]:
    """What the question is asked about in the story."""
    given = {key: value for key, value in ASKED.items() if key in load_questions()[name].parameters}
    return given | ASKED_OTHERWISE.get(name, {})


def drawn(neo4j: Connection, query: str) -> tuple[set[str], set[str]]:
    """The ids of the nodes a query returns, and the Chinese names of the relationships between them."""
    found = neo4j.driver.execute_query(query, database_=neo4j.database)  # type: ignore[arg-type,unused-ignore]
    paths = [path for record in found.records for path in flat(record["graph"])]
    nodes = {node["id"] for path in paths for node in path.nodes}
    return nodes, {edge["label_zh"] for path in paths for edge in path.relationships}


def flat(graph: Any) -> list[Any]:
    """The paths in a cell."""
    return [path for part in graph for path in flat(part)] if isinstance(graph, list) else [graph]
