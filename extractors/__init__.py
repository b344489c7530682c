"""How facts are read from Chinese text: `extract(document)` is pure, and the same bytes on every machine."""

from __future__ import annotations

from pathlib import Path

from extractors.fingerprint import fingerprint
from ontology.records import Document, Extraction

__all__ = ["extract", "fingerprint"]


def extract(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """Entities, mentions, facts and deals of one document: a pure function of document, rules and lists."""
    from extractors import pipeline  # loads the language models, which a run with nothing to read does without

    return pipeline.extract(document, rules, lists)
