"""How Sphinx makes a site of the documents; `scripts/docs` runs it.

The folder of the sources is the project's own, so that README, CONTRIBUTING and `docs/` link to each other here as they
do in a checkout, and no text stands twice. `docs/generated/` is written from the code before pages are looked for.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path

import jieba
from docutils.nodes import document
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

jieba.setLogLevel(logging.WARNING)
project = "yanbao-kg"
version = release = installed("yanbao-kg")
extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/*.md", "docs/generated/*.md", "tests/samples/*.md"]
language = "en"
html_search_language = "zh"  # Chinese words by jieba, English ones as well

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_copyright = False

myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
default_role = "code"


def write_commands(app: Sphinx) -> None:
    """Write the page of every command and option from the commands themselves."""
    page = Path(app.srcdir) / "docs" / "generated" / "commands.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "typer", "kg.cli.commands", "utils", "docs", "--name", "kg", "--output", str(page)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "KG_LANG": "en"})


def leave_out_samples(app: Sphinx, doctree: document) -> None:
    """Samples are linked to, and stand in no table of contents."""
    if app.env.docname.startswith("tests/"):
        app.env.metadata[app.env.docname]["orphan"] = True


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to write what is generated, and that tables of values are plain text."""
    app.add_lexer("csv", TextLexer)
    app.connect("builder-inited", write_commands)
    app.connect("doctree-read", leave_out_samples)
