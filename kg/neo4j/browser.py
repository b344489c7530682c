"""Neo4j Browser as the desk: the pages that are served beside it, and the opening of it, connected."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from kg.neo4j.guide import guide_page
from kg.neo4j.home import OwnServer, write_private

FOLDER = "kg"
"""Where the pages lie under the address of Browser."""
GUIDE = f"browser/{FOLDER}/guide.html"


def with_pages(jars: Sequence[Path], home: Path, uri: str) -> list[Path]:
    """The class path with Browser replaced by a copy, in the server's home, that serves the pages as well."""
    return [_copy_with_pages(jar, home, uri) if jar.name.startswith("neo4j-browser-") else jar for jar in jars]


def _copy_with_pages(jar: Path, home: Path, uri: str) -> Path:
    copy = home / "run" / jar.name
    shutil.copyfile(jar, copy)
    with zipfile.ZipFile(copy, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in pages(uri).items():
            archive.writestr(f"browser/{FOLDER}/{name}", text)
    return copy


def pages(uri: str) -> dict[str, str]:
    """Name and text of the pages; `uri` is where the database listens."""
    folder = files("kg.neo4j").joinpath("pages")
    page, script = (folder.joinpath(f"connect.{end}").read_text(encoding="utf-8") for end in ("html", "js"))
    return {"guide.html": guide_page(), "connect.html": page, "connect.js": script.replace("$BOLT", uri)}


def open_browser(server: OwnServer) -> bool:
    """Open Browser, connected, in the user's own browser; False where there is none.

    A file that only the user can read leads there, so that no process list shows the password.
    """
    if not _has_display():
        return False
    door = server.home / "run" / "open.html"
    write_private(door, door_page(server))
    try:
        return webbrowser.open(door.as_uri())
    except webbrowser.Error:
        return False


def door_page(server: OwnServer) -> str:
    """A page that leads to Browser with user and password behind the `#`, which is not sent to any server."""
    secrets = urlencode({"username": server.username, "password": server.password})
    address = f"{server.browser}{FOLDER}/connect.html#{secrets}"
    return f'<!doctype html>\n<meta charset="utf-8">\n<script>location.replace("{address}")</script>\n'


def _has_display() -> bool:
    """Whether a browser has where to appear; what the user names in BROWSER is believed."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
