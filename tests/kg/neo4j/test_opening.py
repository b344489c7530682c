"""The pages beside Browser, and the opening of it: nothing tells the password, nothing leads elsewhere."""

from __future__ import annotations

import re
import webbrowser
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.neo4j import browser, server
from kg.neo4j.browser import open_browser, pages, with_pages
from kg.neo4j.config import lay_home, write_config
from kg.neo4j.guide import guide_page, load_guide
from kg.neo4j.home import OwnServer
from kg.questions import load_questions

TOPICS = ("谁投了谁", "还在谈的", "循环交易", "芯片归属", "供应链", "这条边的原文")
DISPLAYS = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")


@pytest.fixture
def own(tmp_path: Path) -> OwnServer:
    """A server that is told of and does not run."""
    lay_home(tmp_path)
    return OwnServer("2026.09.0", tmp_path, "bolt://127.0.0.1:17687", "http://127.0.0.1:17474", "neo4j", "s3&cret")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser is asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(asked.append(url)) or True)
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    return asked


def test_the_guide_walks_through_every_topic() -> None:
    guide = load_guide()
    titles = [slide.title for slide in guide.slides]
    assert tuple(titles[1:]) == TOPICS
    assert {name for slide in guide.slides for name in slide.questions} <= load_questions().keys()
    assert all(slide.questions for slide in guide.slides[1:])


def test_the_guide_is_whole_and_escaped() -> None:
    article = ElementTree.fromstring(re.search("<article.*</article>", guide_page(), re.S)[0])  # type: ignore[index]
    codes = [pre.text or "" for pre in article.iter("pre")]
    assert len(codes) == sum(len(slide.questions) for slide in load_guide().slides)
    assert all(code.startswith("//") and "LIMIT" in code for code in codes)


def test_a_copy_of_browser_serves_the_pages(own: OwnServer, tmp_path: Path) -> None:
    jars = [tmp_path / "neo4j-2026.09.0.jar", tmp_path / "neo4j-browser-5.24.0.jar"]
    with zipfile.ZipFile(jars[1], "w") as archive:
        archive.writestr("browser/index.html", "Browser")
    before = jars[1].read_bytes()
    first, second = with_pages(jars, own.home, own.uri)
    with zipfile.ZipFile(second) as archive:
        assert {name.rpartition("/")[2] for name in archive.namelist()} == {"index.html", *pages(own.uri)}
    assert (first, jars[1].read_bytes()) == (jars[0], before)


def test_the_door_leads_to_the_own_database_only(own: OwnServer) -> None:
    script = pages(own.uri)["connect.js"]
    assert f'host: "{own.uri}"' in script
    assert "given.get" in script
    assert "s3" not in "".join(pages(own.uri).values())


def test_browser_is_opened_by_a_private_file_that_names_no_password(
    own: OwnServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert open_browser(own)
    door = own.home / "run" / "open.html"
    assert opened == [door.as_uri()]
    assert door.stat().st_mode & 0o777 == 0o600
    assert "http://127.0.0.1:17474/browser/kg/connect.html#username=neo4j&password=s3%26cret" in door.read_text("utf-8")


def test_a_browser_that_cannot_be_started_is_no_error(
    own: OwnServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str) -> bool:
        raise webbrowser.Error("no browser")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", refuse)
    assert not open_browser(own)


def test_without_a_display_the_address_is_printed(
    own: OwnServer, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "start", lambda *words: own)
    monkeypatch.setattr(server, "running_server", lambda: own)
    result = CliRunner().invoke(app, ["neo4j", "start", "--open"])
    assert (result.exit_code, opened) == (0, [])
    assert result.stderr == "kg: no browser can be opened here; the address is http://127.0.0.1:17474/browser/\n"


def test_browser_may_read_guides_of_this_machine_only(tmp_path: Path) -> None:
    lay_home(tmp_path)
    write_config(tmp_path, 17687, 17474, auth=True)
    lines = (tmp_path / "conf" / "neo4j.conf").read_text().splitlines()
    assert "browser.remote_content_hostname_whitelist=127.0.0.1,localhost" in lines
    assert "browser.post_connect_cmd=guide http://127.0.0.1:17474/browser/kg/guide.html" in lines
