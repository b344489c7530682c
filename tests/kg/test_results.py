"""A graph built from what was read on Spark is the same, and nothing is read twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractors
from kg import export
from kg.graph import KnowledgeGraph
from kg.spark.results import Given, Plan, extract_file
from ontology.errors import YanbaoError
from ontology.records import Document, Extraction

SAMPLES = Path(__file__).parents[1] / "samples"
NOW = "2026-01-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files with four documents."""
    made = tmp_path / "reports"
    made.mkdir()
    for name in ("weekly-a.md", "weekly-b.md"):
        (made / name).write_bytes((SAMPLES / name).read_bytes())
    texts = {"one": "红杉中国领投了摩尔线程的A轮融资。", "two": "云锋基金拟投资OpenAI。"}
    lines = (json.dumps({"id": key, "text": text, "date": "2025-12-24"}) for key, text in texts.items())
    (made / "news.jsonl").write_text("\n".join(lines), "utf-8")
    return made


def read_there(folder: Path, results: Path) -> list[Path]:
    """Write the results that Spark would write, one a file."""
    results.mkdir()
    plan = Plan(results)
    files = sorted(folder.iterdir())
    return [results / str(extract_file(Given(file, str(file)), plan, plan.fingerprint())) for file in files]


def exported(store: Path) -> list[str]:
    """All that a graph exports."""
    with KnowledgeGraph(store) as built:
        return [*export.jsonl(built.ledger), *export.graphml(built.ledger)]


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are extracted here."""
    ids: list[str] = []
    extract = extractors.extract

    def noting(document: Document, *own: tuple[Path, ...], **named: tuple[Path, ...]) -> Extraction:
        ids.append(document.id)
        return extract(document, *own, **named)

    monkeypatch.setattr(extractors, "extract", noting)
    return ids


@pytest.mark.parametrize("refresh", [False, True])
def test_results_give_the_same_bytes(folder: Path, tmp_path: Path, extracted: list[str], refresh: bool) -> None:
    results = tmp_path / "results"
    read_there(folder, results)
    with KnowledgeGraph(tmp_path / "here.db") as here:
        here.build([folder], now=NOW)
    del extracted[:]
    with KnowledgeGraph(tmp_path / "there.db") as there:
        fill = there.refresh if refresh else there.build
        report = fill([folder], now=NOW, results=results)
    assert (extracted, len(report.new), report.failed) == ([], 4, ())
    assert exported(tmp_path / "there.db") == exported(tmp_path / "here.db")


def test_what_no_result_holds_is_read_here(folder: Path, tmp_path: Path, extracted: list[str]) -> None:
    news, *_ = read_there(folder, tmp_path / "results")
    news.unlink()
    (folder / "weekly-a.md").write_text("宁德时代收购摩尔线程10%的股份。", "utf-8")
    with KnowledgeGraph(tmp_path / "here.db") as here:
        here.build([folder], now=NOW)
    del extracted[:]
    with KnowledgeGraph(tmp_path / "there.db") as there:
        there.build([folder], now=NOW, results=tmp_path / "results")
    assert sorted(extracted) == ["one", "two", "weekly-a"]
    assert exported(tmp_path / "there.db") == exported(tmp_path / "here.db")


def test_results_of_other_rules_are_refused(folder: Path, tmp_path: Path) -> None:
    for result in read_there(folder, tmp_path / "results"):
        result.rename(result.with_name(f"{result.name[:32]}-other.jsonl"))
    with KnowledgeGraph(tmp_path / "kg.db") as built, pytest.raises(YanbaoError, match="no results of these rules"):
        built.build([folder], results=tmp_path / "results")
