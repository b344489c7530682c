"""Keeps documents true: writes docs/ontology.md from the ontology, and the output of all examples from a run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reference_blocks import ROOT, ExampleFailed, Session, missing_lines, outputs, refreshed
from reference_notebook import NOTEBOOK, differences
from reference_notebook import refresh as refresh_notebook
from reference_ontology import ontology_page

ONTOLOGY = ROOT / "docs" / "ontology.md"


def documents() -> list[Path]:
    """The documents whose examples are run."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def problems() -> Iterator[str]:
    """What is out of date: the page of the ontology, and lines that examples do not print."""
    if not ONTOLOGY.exists() or ONTOLOGY.read_text("utf-8") != ontology_page():
        yield f"{ONTOLOGY.name}: the ontology has changed"
    for document in documents():
        yield from stale_lines(document)
    with TemporaryDirectory() as folder:
        Session(Path(folder))
        yield from (
            f"{NOTEBOOK.name}: no longer prints what stands below: {cell}"
            for cell in differences(NOTEBOOK, Path(folder))
        )


def stale_lines(document: Path) -> Iterator[str]:
    """Lines below the examples of a document that running them does not print."""
    with TemporaryDirectory() as folder:
        for block, printed in outputs(document.read_text("utf-8"), Path(folder)):
            for line in missing_lines(block, printed):
                yield f"{document.name}: not printed: {line.strip()}"


def refresh(document: Path) -> None:
    """Write the output in a document anew."""
    before = document.read_text("utf-8")
    with TemporaryDirectory() as folder:
        after = refreshed(before, Path(folder))
    if after != before:
        document.write_text(after, "utf-8")
        print(f"{document.relative_to(ROOT)} written")


def main() -> None:
    """Write, refresh or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refresh", action="store_true", help="write the output of the examples as well")
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    wanted = parser.parse_args()
    if wanted.check:
        found = list(problems())
        print("\n".join(found) or "the documents are up to date")
        sys.exit(1 if found else 0)
    ONTOLOGY.write_text(ontology_page(), "utf-8")
    if wanted.refresh:
        for document in documents():
            refresh(document)
        with TemporaryDirectory() as folder:
            Session(Path(folder))
            refresh_notebook(NOTEBOOK, Path(folder))


if __name__ == "__main__":
    try:
        main()
    except ExampleFailed as error:
        sys.exit(f"reference: {error}")
