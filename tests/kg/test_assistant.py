"""The graph over the Model Context Protocol: asked by the official client, over the pipes of a real process."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from toy import say

from kg.assistant import server
from kg.assistant.tools import Tools, reading
from kg.ledger import Ledger
from ontology.errors import YanbaoError

TOOLS = {"entity", "relations", "deals", "path", "questions", "ask", "evidence", "changes"}
Call = Callable[..., CallToolResult]


@pytest.fixture
def filled(fill: Callable[..., Ledger], store: Path) -> Path:
    fill(
        say("one", "甲创投 INVESTED_IN 乙科技 round=A轮", "乙科技 SUPPLIES 丙集团", "deal investment 甲创投 乙科技"),
        say("two", "丁资本 INVESTED_IN 乙科技 round=A轮", "甲创投 INVESTED_IN 乙科技 round=A轮", date="2025-12-24"),
    )
    return store


async def over_stdio(store: Path, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    program = "from kg.cli import main; main()"
    process = StdioServerParameters(command=sys.executable, args=["-c", program, "mcp", "--store", str(store)])
    async with Client(process, read_timeout_seconds=60) as client:
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        assert all(tool.annotations and tool.annotations.read_only_hint and tool.description for tool in listed)
        return [await client.call_tool(name, arguments) for name, arguments in calls]


def answers(store: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    found = asyncio.run(over_stdio(store, *calls))
    assert not [result for result in found if result.is_error], found
    return [result.structured_content for result in found]


def sentences(answer: dict[str, Any]) -> list[str]:
    return [quote["sentence"] for quote in answer["quotes"]]


def test_the_official_client_asks_every_tool(filled: Path) -> None:
    entity, relations, deals, path, questions, asked, changes = answers(
        filled,
        ("entity", {"name": "乙科技"}),
        ("relations", {"subject": "甲创投"}),
        ("deals", {"company": "乙科技"}),
        ("path", {"a": "丁资本", "b": "丙集团"}),
        ("questions", {}),
        ("ask", {"question": "investors_in", "parameters": {"company": "乙科技"}}),
        ("changes", {"since": "2025"}),
    )
    assert entity["entity"]["name"] == "乙科技"
    assert sentences(entity)[0] == "甲创投 INVESTED_IN 乙科技 round=A轮"
    [invested] = relations["relations"]
    assert (invested["object"]["name"], len(invested["quotes"])) == ("乙科技", 2)
    [deal] = deals["deals"]
    assert (len(sentences(deal)), deal["more_quotes"]) == (3, 1)
    assert [step["predicate"] for step in path["steps"]] == ["INVESTED_IN", "SUPPLIES"]
    assert all(step["quotes"] for step in path["steps"])
    assert "co_investors" in {question["name"] for question in questions["questions"]}
    assert [row["investor"] for row in asked["rows"]] == ["丁资本", "甲创投"]
    assert all(row["quotes"] for row in asked["rows"])
    assert changes["total"] == 4
    assert all(change["quotes"] for change in changes["changes"])


def test_a_wrong_name_is_one_line_with_what_was_meant(filled: Path) -> None:
    [wrong] = asyncio.run(over_stdio(filled, ("entity", {"name": "乙科枝"})))
    [content] = wrong.content
    assert wrong.is_error
    assert isinstance(content, TextContent)
    assert "did you mean 乙科技?" in content.text
    assert "\n" not in content.text


def test_rows_without_an_id_are_quoted_by_what_ties_their_names(filled: Path) -> None:
    [row] = Tools(filled).ask("co_investors", {"company": "乙科技"})["rows"]
    assert len(sentences(row)) == 3


def test_what_is_cut_off_is_counted(filled: Path) -> None:
    answer = Tools(filled).relations(limit=1)
    assert (len(answer["relations"]), answer["total"]) == (1, 3)


def test_evidence_gives_every_quote(filled: Path) -> None:
    tools = Tools(filled)
    [relation] = tools.relations(subject="甲创投")["relations"]
    assert {quote["document"] for quote in tools.evidence(relation["id"])["quotes"]} == {"one", "two"}


def test_nothing_can_be_written(filled: Path) -> None:
    with reading(filled) as graph, pytest.raises(sqlite3.OperationalError, match="readonly"):
        graph.ledger.connection.execute("DELETE FROM documents")


def test_without_a_store_it_says_so_and_ends(store: Path) -> None:
    with pytest.raises(YanbaoError, match="no store"):
        server.serve(store)


def test_without_the_package_it_says_what_to_install(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(YanbaoError, match=r"pip install 'yanbao-kg\[mcp\]'"):
        server.build(Tools(filled))
