"""A store of its own for every test, and a pipeline that reads the toy language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from toy import read_toy

import extractors
from kg.ledger import Ledger
from ontology.records import Extraction


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "kg.db"


@pytest.fixture
def ledger(store: Path) -> Iterator[Ledger]:
    with Ledger(store, create=True) as ledger:
        yield ledger


@pytest.fixture
def fill(ledger: Ledger) -> Callable[..., Ledger]:
    """Record extractions in the order given."""

    def record(*extractions: Extraction) -> Ledger:
        for extraction in extractions:
            ledger.record(extraction, "rules 1", "2025-12-24")
        return ledger

    return record


@pytest.fixture
def toy_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pipeline read the toy language."""
    monkeypatch.setattr(extractors, "extract", read_toy)
    monkeypatch.setattr(extractors, "fingerprint", lambda: "toy")
