"""A report keeps its facts whatever program it was saved with: the sample weekly as HTML, Word and PDF."""

from __future__ import annotations

import os
import shutil
import warnings
from pathlib import Path
from typing import NoReturn

import formats
import pytest

from extractors import extract
from extractors.read import read
from kg import KnowledgeGraph
from ontology.records import Document

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "weekly-a.md"
KEPT = 0.95


def skip_or_fail(missing: str) -> NoReturn:
    """Say loudly what is missing; a failure in CI and where it is required."""
    told = f"NO PDF OF A REPORT IS TESTED: no {missing}"
    if os.environ.get("CI") == "true" or os.environ.get("KG_REQUIRE_OFFICE") == "1":
        pytest.fail(told)
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)


def converted(variant: str, folder: Path) -> Path:
    """The sample weekly in another format."""
    try:
        return formats.write_variant(SAMPLE.read_text("utf-8"), folder, variant)
    except FileNotFoundError as error:
        skip_or_fail(str(error).removeprefix("no "))


@pytest.fixture(scope="module")
def markdown() -> tuple[set[tuple[str, str, str]], set[str]]:
    """Facts and entities of the sample weekly as it is."""
    return formats.told(extract(formats.read_one(SAMPLE)))


@pytest.mark.parametrize("variant", formats.VARIANTS)
def test_facts_and_entities_are_kept(
    variant: str, markdown: tuple[set[tuple[str, str, str]], set[str]], tmp_path: Path
) -> None:
    document = formats.read_one(converted(variant, tmp_path))
    extraction = extract(document)
    facts, entities = formats.told(extraction)
    assert len(facts & markdown[0]) >= KEPT * len(markdown[0]), sorted(markdown[0] - facts)
    assert len(entities & markdown[1]) >= KEPT * len(markdown[1]), sorted(markdown[1] - entities)
    assert len(facts - markdown[0]) <= (1 - KEPT) * len(markdown[0]), sorted(facts - markdown[0])
    assert all(document.text[e.start : e.end] == e.text for fact in extraction.facts for e in fact.evidence)
    original = formats.read_one(SAMPLE)
    assert (document.title, document.date, document.publisher) == (original.title, original.date, original.publisher)


def test_evidence_names_the_page_of_a_pdf(tmp_path: Path) -> None:
    file = converted("one-column.pdf", tmp_path)
    [document] = read(file)
    assert isinstance(document, Document)
    with KnowledgeGraph(tmp_path / "kg.db") as graph:
        graph.build([str(file)])
        [relation] = graph.relations(subject="软银集团", predicate="ACQUIRED")
        pages = {quote.page for quote in graph.evidence(relation.id)}
    assert pages == {document.page(document.text.index("软银集团在 2016 年"))}
    assert pages != {1}


def test_a_missing_office_is_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NO PDF OF A REPORT IS TESTED: no LibreOffice"):
        converted("one-column.pdf", tmp_path)
