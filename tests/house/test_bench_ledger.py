"""Documents made by recombination are always the same, and the bench of the ledger tells what each file took."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bench
import bench_ledger
import pytest
import recombine

import extractors
from kg.ledger import Ledger


def made(folder: Path, documents: int) -> Path:
    """A folder with recombined documents in two files."""
    sentences = recombine.sentences([str(bench.SAMPLE)])
    exchange = recombine.Exchange()
    for start in (0, documents):
        lines = (recombine.recombine(sentences, start + n, 200, exchange) for n in range(documents))
        (folder / f"{start}.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return folder


def test_a_document_is_the_same_for_its_number_and_names_other_firms() -> None:
    sentences, exchange = recombine.sentences([str(bench.SAMPLE)]), recombine.Exchange()
    first, again, plain = (recombine.recombine(sentences, 7, 2_000, each) for each in (exchange, exchange, None))
    assert first == again
    assert first["text"] != plain["text"]
    assert len(first["text"].split("\n")) == len(plain["text"].split("\n"))


def test_the_bench_tells_what_each_file_took_and_what_a_refresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extractors, "extract", extractors.extract)
    monkeypatch.setattr(Ledger, "record", Ledger.record)
    store = tmp_path / "kg.db"
    (tmp_path / "made").mkdir()
    bench_ledger.bench(made(tmp_path / "made", 5), store)
    said = capsys.readouterr().out
    assert [int(documents) for documents in re.findall(r"^(\d+) \| ", said, re.M)] == [5, 10]
    assert re.search(r"^refresh: 10 unchanged, [\d.]+ s$", said, re.M)
