"""What stands in the page: the same bytes for the same ledger, data that is never markup, code that loads nothing."""

from __future__ import annotations

import json
import math
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from toy import say
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.ledger import Ledger
from kg.picture import page
from kg.picture.layout import positions
from kg.picture.page import as_data, asset

Fill = Callable[..., Ledger]
WRITE = "import sys; from kg.cli import main; sys.argv[1:] = ['export', '--format', 'html', *sys.argv[1:]]; main()"


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the JSON in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][1].get("id") == "data":
            self.data += data


def text_of(ledger: Ledger) -> str:
    return "\n".join(page(ledger))


def contents(ledger: Ledger) -> Any:
    return json.loads(Tags(text_of(ledger)).data)


def test_the_page_holds_relations_with_status_day_terms_and_sentences(fill: Fill) -> None:
    said = say(
        "a", "甲创投 INVESTED_IN 乙 status=completed date=2021-11 amount=15000000 currency=CNY", date="2022-05-24"
    )
    shown = contents(fill(said))
    [edge] = shown["edges"]
    assert (edge["status"], edge["date"], edge["terms"]) == ("completed", "2021-11", "1500 万元")
    assert (shown["nodes"][edge["from"]]["name"], shown["nodes"][edge["to"]]["name"]) == ("甲创投", "乙")
    [sentence] = edge["said"]
    assert sentence["text"].startswith("甲创投 INVESTED_IN 乙")
    [document] = shown["documents"]
    assert document == {"id": "a", "title": "title of a", "publisher": "", "date": "2022-05-24"}


def test_names_that_look_like_markup_make_no_tags(fill: Fill) -> None:
    plain, wild = fill(say("a", "甲 SUPPLIES 乙")), "<script>alert(1)</script>"
    tags = [tag for tag, _ in Tags(text_of(plain)).tags]
    plain.record(
        say("b", f"{wild} SUPPLIES <!--丙&amp;", f"</script><img/src=x/onerror=alert(2)> SUPPLIES {wild}"), "r"
    )
    text = text_of(plain)
    assert [tag for tag, _ in Tags(text).tags] == tags
    assert {wild, "<!--丙&amp;"} <= {node["name"] for node in json.loads(Tags(text).data)["nodes"]}
    assert wild not in text


def test_data_survives_every_character_that_ends_a_script_or_a_line() -> None:
    content = {"a": "</script><!-- & \u2028 \u2029 \\u003c \" ' {{script}}"}
    assert json.loads(as_data(content)) == content
    assert not re.search("[<>&\u2028\u2029]", as_data(content))


def test_names_of_parts_in_the_data_are_not_filled_in(fill: Fill) -> None:
    names = {node["name"] for node in contents(fill(say("a", "{{script}} SUPPLIES {{data}}")))["nodes"]}
    assert names == {"{{script}}", "{{data}}"}


def test_nothing_in_the_page_leads_out_of_it(fill: Fill) -> None:
    text = text_of(fill(say("a", "甲 SUPPLIES 乙")))
    leading = {key: value for _, keys in Tags(text).tags for key, value in keys.items() if key in ("src", "href")}
    assert leading == {"href": "data:,"}
    assert not re.search(r"https?:|//[a-z]|@import|url\(|fetch\(|XMLHttp|WebSocket|sendBeacon|innerHTML", text)
    policy = next(keys["content"] for _, keys in Tags(text).tags if "http-equiv" in keys)
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_path_a_document_was_read_from_is_not_handed_on(store: Path, tmp_path: Path, toy_rules: None) -> None:
    (tmp_path / "secret-folder").mkdir()
    (tmp_path / "secret-folder" / "a.md").write_text("甲 SUPPLIES 乙", "utf-8")
    assert CliRunner().invoke(app, ["build", str(tmp_path / "secret-folder"), "--store", str(store)]).exit_code == 0
    written = CliRunner().invoke(app, ["export", "--format", "html", "--store", str(store)]).stdout
    assert '"nodes":[{"id":"乙"' in written
    assert "secret-folder" not in written


def test_an_empty_graph_is_a_page_too(ledger: Ledger) -> None:
    assert contents(ledger)["edges"] == []


def test_the_same_bytes_from_any_process_and_in_any_order(fill: Fill, tmp_path: Path) -> None:
    said = [say("a", "甲 SUPPLIES 乙", "乙 SUPPLIES 丙"), say("b", "丙 INVESTED_IN 丁 round=A轮", "丁 SUPPLIES 戊")]
    ledger = fill(*said)
    with Ledger(tmp_path / "other.db", create=True) as other:
        for one in reversed(said):
            other.record(one, "rules 1", "2025-12-25")
    for seed, store in (("1", ledger.path), ("2", tmp_path / "other.db")):
        order = [sys.executable, "-c", WRITE, "--store", str(store), "-o", str(tmp_path / f"{seed}.html")]
        subprocess.run(order, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    first, second = ((tmp_path / f"{seed}.html").read_bytes() for seed in "12")
    assert first == second
    assert first.decode() == text_of(ledger) + "\n"


@pytest.mark.parametrize("count", [2, 300, 1500])
def test_nodes_stand_apart_and_neighbours_close(count: int) -> None:
    chance = random.Random(count)
    edges = [(chance.randrange(node), node) for node in range(1, count)]
    places = positions(count, edges)
    assert places == positions(count, edges[::-1])
    assert len(set(places)) == count
    tied = sum(math.dist(places[a], places[b]) for a, b in edges) / len(edges)
    anyone = sum(math.dist(places[a], places[-a - 1]) for a in range(count // 2)) / (count // 2)
    assert tied <= anyone if count == 2 else tied < anyone / 2


def test_interface_says_the_same_in_both_languages() -> None:
    chinese, english = re.findall(r"^  (?:zh|en): \{(.*?)^  \}", asset("words.js"), re.M | re.S)
    keys = [set(re.findall(r'(?:^|[,{]\s)\s*(\w+|""): "', half, re.M)) for half in (chinese, english)]
    assert len(keys[0]) > 30
    assert keys[0] == keys[1]
