"""The site of the documents is made without a warning; a broken link and a page that no contents name are warnings."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from reference_blocks import ROOT

pytest.importorskip("myst_parser", reason="Sphinx's parser of Markdown needs Python 3.11")


def make(source: Path, site: Path) -> str:
    """Make a site as `scripts/docs` does; what is wrong."""
    words = ["-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-c", str(ROOT / "docs"), "-d", f"{site}-trees"]
    run = subprocess.run([sys.executable, *words, str(source), str(site)], capture_output=True, text=True, check=False)
    return run.stderr if run.returncode else ""


def test_the_site_is_made_and_holds_what_is_generated(tmp_path: Path) -> None:
    assert make(ROOT, tmp_path / "site") == ""
    pages = tmp_path / "site" / "docs"
    assert "--gazetteers" in (pages / "generated" / "commands.html").read_text("utf-8")
    assert 'id="kg.KnowledgeGraph.build"' in (pages / "api.html").read_text("utf-8")
    assert "INVESTED_IN" in (pages / "ontology.html").read_text("utf-8")
    assert (tmp_path / "site" / "README.html").exists()
    loaded = re.compile(r"<(?:link|script|img)\b[^>]*(?:href|src)=\"(?:https?:)?//")
    assert not [page.name for page in pages.rglob("*.html") if loaded.search(page.read_text("utf-8"))]


def test_what_leads_nowhere_and_what_no_contents_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    links = "[a](nowhere.md) [b](lost.md#nothing) [c](missing.csv)"
    contents = "# Contents\n\n```{toctree}\ngenerated/commands\ngone\n```\n"
    (tmp_path / "docs" / "index.md").write_text(contents + links, "utf-8")
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n", "utf-8")
    said = make(tmp_path, tmp_path / "site")
    wrong = ("nowhere.md", "'nothing'", "missing.csv", "docs/gone", "lost.md: WARNING: document isn't included in any")
    assert [each for each in wrong if each not in said] == []
