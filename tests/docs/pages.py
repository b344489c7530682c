"""What the tests of documents share: the documents and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reference import documents
from reference_blocks import ROOT

COMMANDS = ROOT / "docs" / "commands.md"
PYTHON = ROOT / "docs" / "python.md"
STATUS = ROOT / "docs" / "status.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.M)

__all__ = ["COMMANDS", "CONTRIBUTING", "PYTHON", "STATUS", "anchors", "documents", "links", "section", "table_rows"]


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one; empty where there is none."""
    found = re.search(rf"^#+ {re.escape(heading)}$(?P<body>.*?)(?=^#|\Z)", outside_blocks(text), re.M | re.S)
    return found["body"] if found else ""


def outside_blocks(text: str) -> str:
    """The text with the lines of its fenced blocks indented, so that no `#` in them is a heading."""
    return re.sub(r"^```.*?^```$", lambda block: block[0].replace("\n", "\n "), text, flags=re.M | re.S)


def links(document: Path) -> Iterator[str]:
    """The targets of all links to files of the project."""
    for match in LINK.finditer(outside_blocks(document.read_text("utf-8"))):
        if "://" not in match["target"]:
            yield match["target"]


def anchors(document: Path) -> set[str]:
    """The anchors that headings give a document."""
    headings = HEADING.finditer(outside_blocks(document.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", match["text"].lower()).replace(" ", "-") for match in headings}


def table_rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, without heads and rules."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in cells if not all(set(cell) <= set("-") for cell in row)]
