"""The tutorial walked from the first report to Browser on a real server, every block as it stands."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from reference_blocks import ROOT, Block, ExampleFailed, Session, blocks
from servers import skip_or_fail

PAGES = [ROOT / "docs" / name for name in ("tutorial.md", "tutorial.zh.md")]


def typed(page: Path) -> list[Block]:
    """What is typed into the terminal and into Browser after the clone and the demo, which has tests of its own."""
    found = [block for block in blocks(page.read_text("utf-8")) if block.language in ("bash", "cypher")]
    assert "git clone" in found[0].text
    assert found[1].text == "scripts/demo\n"
    return found[2:]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Session]:
    """A terminal of a user without a server, whose browser is a program that does nothing."""
    session = Session(tmp_path)
    repository = os.environ.get("KG_MAVEN_REPOSITORY", "")
    session.run_bash(f"export XDG_DATA_HOME='{tmp_path}/data' BROWSER=true KG_MAVEN_REPOSITORY='{repository}'")
    yield session
    session.run_bash("kg neo4j stop || true")


def ask(terminal: Session, query: str) -> list[list[object]]:
    """What the server answers to a query over HTTP, as to Browser."""
    [file] = terminal.folder.glob("data/**/connection.json")
    server = json.loads(file.read_text("utf-8"))
    with urlopen(f"{server['http']}/browser/") as page:
        assert "Neo4j Browser" in page.read().decode()
    known = base64.b64encode(f"{server['username']}:{server['password']}".encode()).decode()
    head = {"Content-Type": "application/json", "Authorization": f"Basic {known}"}
    body = json.dumps({"statement": query}).encode()
    with urlopen(Request(f"{server['http']}/db/neo4j/query/v2", body, head)) as answer:
        rows: list[list[object]] = json.load(answer)["data"]["values"]
    return rows


@pytest.mark.skipif(sys.platform == "win32", reason="the tutorial is for Linux and macOS")
def test_every_block_is_typed_as_it_stands(terminal: Session) -> None:
    said, answers = "", []
    for block in typed(PAGES[0]):
        if block.language == "cypher":
            answers.append(ask(terminal, block.text))
        else:
            try:
                said += terminal.run_bash(block.text)
            except ExampleFailed as error:
                skip_or_fail(str(error)) if "cannot be fetched" in str(error) else pytest.fail(str(error))
    assert len(answers) == 2
    assert all(answers)
    assert said.count("Neo4j holds what the graph says") == 1
    assert "Neo4j 2" in said.splitlines()[-1]
    assert said.splitlines()[-1].endswith("stopped")


def test_both_languages_type_the_same() -> None:
    english, chinese = ([block.text for block in typed(page)] for page in PAGES)
    assert english == chinese


def test_every_block_of_the_terminal_is_run() -> None:
    for block in typed(PAGES[0]):
        assert block.language == "cypher" or set(block.options) & {"run", "server"}
