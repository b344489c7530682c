"""The page as its readers meet it, in a real Chromium.

With KG_SCREENSHOTS=1 the picture in `docs/images` is taken anew.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from reader import Reader
from selenium import webdriver
from selenium.webdriver.common.by import By
from toy import say

from kg import KnowledgeGraph
from kg.ledger import Ledger
from kg.picture import page
from ontology.records import Extraction

ROOT = Path(__file__).parents[3]
Show = Callable[..., Reader]
WILD = "<script>alert(1)</script>"
TOLD = (
    say(
        "a",
        "甲创投 INVESTED_IN 乙科技 status=completed date=2021-11 round=A轮",
        "甲创投 PLANS_TO_INVEST_IN 丙电子 status=planned",
        date="2022-05-24",
    ),
    say("b", "alias 乙科技 = Beta_Tech", "丁软件 SUPPLIES 乙科技", "丁软件 PARTNERS_WITH 戊", date="2023-01-05"),
    say("c", "戊 NEGOTIATING_WITH 己 status=denied"),
)
EDGE = "return along(course(edges.find(edge => edge.type === arguments[0])), 0.5)"
NODE = "return spot(nodes.find(node => node.name === arguments[0]))"
LOADS = """
const [address, done] = arguments;
const script = document.createElement("script"), image = new Image();
script.textContent = "document.title = 'ran'";
image.src = address + "image";
document.body.append(script, image);
navigator.sendBeacon(address + "beacon", "words");
image.onerror = () => fetch(address + "fetch").then(() => done("fetched"), () => done("refused"));
"""
PACE = "const start = performance.now(); for (let n = 0; n < 10; n++) draw(); return (performance.now() - start) / 10"
OVERLAPS = """
const boxes = [], write = pen.fillText.bind(pen);
pen.fillText = (text, x, y) => {
  const half = pen.measureText(text).width / 2;
  boxes.push([x - half, y - 6, x + half, y + 6]);
  write(text, x, y);
};
draw();
delete pen.fillText;
const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
return [boxes.length, boxes.filter((box, at) => boxes.slice(at + 1).some(other => meet(box, other))).length];
"""


heard: list[str] = []


class Ear(BaseHTTPRequestHandler):
    """Notes what is asked for."""

    def do_GET(self) -> None:
        heard.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[ThreadingHTTPServer]:
    """A server on this machine to which a request of the page would come."""
    heard.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def show(chromium: webdriver.Chrome, fill: Callable[..., Ledger], tmp_path: Path) -> Show:
    """Open the page of some toy documents."""

    def opened(*said: Extraction) -> Reader:
        file = tmp_path / "graph.html"
        file.write_text("\n".join(page(fill(*said))), "utf-8")
        return Reader(chromium, file.as_uri())

    return opened


def test_it_opens_without_a_complaint_and_asks_for_nothing_else(show: Show) -> None:
    reader = show(*TOLD)
    assert reader.text("count") == "5 of 5 relations, 6 entities"
    assert reader.errors() == []
    assert [Path(address).name for address in reader.requests()] == ["graph.html"]


def test_no_request_leaves_it_even_where_code_gets_in(show: Show, listener: ThreadingHTTPServer) -> None:
    reader = show(*TOLD)
    address = f"http://127.0.0.1:{listener.server_port}/"
    assert reader.browser.execute_async_script(LOADS, address) == "refused"
    assert heard == []
    assert reader.browser.title == "yanbao-kg"
    assert all("Content Security Policy" in error for error in reader.errors())
    reader.browser.get(f"{address}open")
    assert "/open" in heard


def test_a_click_on_an_edge_tells_sentence_document_and_status(show: Show) -> None:
    reader = show(*TOLD)
    reader.click_at(reader.run(EDGE, "PLANS_TO_INVEST_IN"))
    told = reader.text("panel")
    for words in ("甲创投 PLANS_TO_INVEST_IN 丙电子 status=planned", "title of a · 2022-05-24 · a", "Status\nplanned"):
        assert words in told


def test_a_click_on_a_node_lists_its_relations_and_one_beside_it_nothing(show: Show) -> None:
    reader = show(*TOLD)
    reader.click_at(reader.run(NODE, "乙科技"))
    assert "Beta Tech" in reader.text("panel")
    listed = reader.browser.find_elements(By.CSS_SELECTOR, "#panel li button")
    assert len(listed) == 2
    listed[0].click()
    assert "title of" in reader.text("panel")
    reader.click_at({"x": 3, "y": 3})
    assert "Click on a line" in reader.text("panel")


@pytest.mark.parametrize(
    ("group", "value", "left"),
    [("statuses", "planned", 4), ("statuses", "", 3), ("relations", "SUPPLIES", 4), ("types", "Company", 0)],
)
def test_boxes_take_relations_out_and_back(show: Show, group: str, value: str, left: int) -> None:
    reader = show(*TOLD)
    reader.choose(group, value)
    assert reader.shown() == left
    reader.choose(group, value)
    assert reader.shown() == 5


def test_none_and_all_turn_a_group(show: Show) -> None:
    reader = show(*TOLD)
    for place, left in ((1, 0), (0, 5)):
        reader.browser.find_elements(By.CSS_SELECTOR, "#statuses legend button")[place].click()
        assert reader.shown() == left
        assert reader.browser.find_element(By.ID, "nothing").is_displayed() == (left == 0)


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        ("2021", "2021", 1),
        ("2021-11-15", "2021-11-20", 1),
        ("2022-05-24", "2022-05-24", 1),
        ("2022-05-25", "", 2),
        ("", "2022", 2),
        ("", "", 5),
    ],
)
def test_dates_are_those_of_the_relation_else_of_its_document(show: Show, since: str, until: str, left: int) -> None:
    reader = show(*TOLD)
    reader.write("since", since)
    reader.write("until", until)
    assert reader.shown() == left


def test_what_is_no_date_is_marked_and_filters_nothing(show: Show) -> None:
    reader = show(*TOLD)
    reader.write("since", "last week")
    assert (reader.shown(), reader.browser.find_element(By.ID, "since").get_attribute("class")) == (5, "wrong")


@pytest.mark.parametrize("name", ["乙科技", "beta tech"])
def test_a_firm_leaves_itself_and_its_neighbours(show: Show, name: str) -> None:
    reader = show(*TOLD)
    reader.write("firm", name)
    assert reader.shown() == 2
    reader.run("const steps = document.getElementById('steps'); steps.value = '2'; steps.onchange()")
    assert reader.shown() == 4
    reader.press("reset")
    assert reader.shown() == 5


def test_search_finds_by_part_of_any_name_and_goes_there(show: Show) -> None:
    reader = show(*TOLD)
    reader.write("search", "beta")
    assert reader.text("found") == "乙科技"
    assert reader.text("panel").startswith("乙科技")
    reader.write("search", "没有")
    assert reader.text("found") == ""


def test_it_speaks_both_languages(show: Show) -> None:
    reader = show(*TOLD)
    assert reader.run("return document.documentElement.lang") == "en"
    assert "invested in" in reader.text("relations")
    reader.press("language")
    assert reader.run("return document.documentElement.lang") == "zh"
    assert "投资" in reader.text("relations")
    assert "计划中" in reader.text("statuses")
    assert reader.text("count").startswith("5 / 5 条关系")
    assert reader.errors() == []


def test_a_name_that_is_a_script_stays_text(show: Show) -> None:
    reader = show(say("a", f"{WILD} SUPPLIES 乙", "乙 PARTNERS_WITH <img/src=x/onerror=document.title=1>"))
    scripts = len(reader.browser.find_elements(By.TAG_NAME, "script"))
    reader.click_at(reader.run(EDGE, "SUPPLIES"))
    assert f"{WILD} SUPPLIES 乙" in reader.text("panel")
    reader.write("search", "<")
    assert WILD in reader.text("found")
    reader.write("firm", WILD)
    assert reader.shown() == 1
    assert len(reader.browser.find_elements(By.TAG_NAME, "script")) == scripts
    assert not reader.browser.find_elements(By.TAG_NAME, "img")
    assert (reader.browser.title, reader.errors()) == ("yanbao-kg", [])


def test_the_picture_moves_and_zooms(show: Show) -> None:
    reader = show(*TOLD)
    whole = reader.run("return view.zoom")
    reader.press("closer")
    assert reader.run("return view.zoom") > whole
    reader.press("whole")
    assert reader.run("return view.zoom") == pytest.approx(whole)


def test_two_thousand_relations_are_drawn_at_once_and_names_never_cover_each_other(show: Show) -> None:
    chance = random.Random(1)
    firms = [f"公司{number}" for number in range(1400)]
    weights = [1 / (place + 1) ** 0.7 for place in range(len(firms))]
    pairs = {(chance.choices(firms, weights)[0], chance.choice(firms)) for _ in range(2100)}
    lines = [f"{a} SUPPLIES {b}" for a, b in sorted(pairs) if a != b][:2000]
    reader = show(say("a", *lines))
    assert reader.shown() == 2000
    assert reader.run(PACE) < 400
    names, covered = reader.run(OVERLAPS)
    assert names > 30
    assert covered == 0
    hub = reader.run("return nodes.reduce((a, b) => a.edges.length > b.edges.length ? a : b).name")
    reader.write("search", hub)
    names, covered = reader.run(OVERLAPS)
    assert names > 10
    assert reader.text("panel").startswith(hub)


def test_the_samples_make_the_picture_of_the_documents(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    with KnowledgeGraph(tmp_path / "kg.db") as graph:
        graph.build([ROOT / "tests" / "samples"], now="2022-05-31")
        (tmp_path / "graph.html").write_text("\n".join(page(graph.ledger)), "utf-8")
    reader = Reader(chromium, (tmp_path / "graph.html").as_uri())
    reader.run("show(edges.find(edge => edge.type === 'PLANS_TO_ACQUIRE' && edge.status === 'terminated'))")
    assert "终止英伟达收购 ARM" in reader.text("panel")
    if os.environ.get("KG_SCREENSHOTS") == "1":
        (ROOT / "docs" / "images").mkdir(exist_ok=True)
        chromium.save_screenshot(str(ROOT / "docs" / "images" / "graph.png"))
