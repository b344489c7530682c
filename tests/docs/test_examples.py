"""Every example in a document runs, and prints what stands below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import documents
from reference import ONTOLOGY
from reference_blocks import Block, Session, blocks, missing_lines, outputs, refreshed, shortened
from reference_ontology import ontology_page

from extractors.read import sources


@pytest.fixture(autouse=True)
def own_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that a document adds are gone after its test."""
    monkeypatch.setattr(sources, "READERS", dict(sources.READERS))


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_examples_print_what_stands_below_them(document: Path, tmp_path: Path) -> None:
    for block, printed in outputs(document.read_text("utf-8"), tmp_path):
        assert block.text, f"no output in {document.name}; scripts/reference --refresh writes it"
        assert not missing_lines(block, printed), "scripts/reference --refresh writes the output anew"


def test_the_page_of_the_ontology_is_up_to_date() -> None:
    assert ONTOLOGY.read_text("utf-8") == ontology_page(), "scripts/reference writes it"


def output(text: str, *options: str) -> Block:
    return Block("text", ("output", *options), text, 0, len(text))


def test_a_line_that_is_not_printed_is_found() -> None:
    stated = output(" 甲   INVESTED_IN   乙\n…\n 甲   INVESTED_IN   丙\n")
    assert missing_lines(stated, ["甲  INVESTED_IN  乙"]) == [" 甲   INVESTED_IN   丙"]


def test_counts_may_change_and_figures_may_not() -> None:
    assert not missing_lines(output("facts: 3 new\n## New (3)\n"), ["facts: 5 new", "## New (7)"])
    assert missing_lines(output("3 亿元\n"), ["5 亿元"])


def test_only_the_head_of_what_varies_is_checked() -> None:
    assert not missing_lines(output("head\nbody\n", "varies"), ["head"])
    assert missing_lines(output("head\nbody\n", "varies"), ["body"])


def test_output_is_shortened_to_what_is_picked() -> None:
    printed = ["", " 名称          值", " ──────────────", " 很长很长的名  1", " 乙            2", ""]
    assert shortened(output("", "pick=名称|乙"), printed) == [" 名称   值", "…", " 乙     2"]
    assert shortened(output("", "head=1"), ["a", "b"]) == ["a", "…"]


def test_refreshing_writes_output_and_nothing_else(tmp_path: Path) -> None:
    document = "# T\n\n```python\nprint(6 * 7)\n```\n\n```text output\nold\n```\n\nend\n"
    assert refreshed(document, tmp_path) == document.replace("old", "42")


def test_names_and_exports_hold_for_the_next_block(tmp_path: Path) -> None:
    session = Session(tmp_path)
    document = (
        "```bash run\nexport A=1\n```\n```bash run\necho $A\n```\n```python\nb = 2\n```\n```python\nprint(b)\n```\n"
    )
    assert [session.run(block) for block in blocks(document)] == ["", "1\n", "", "2\n"]
