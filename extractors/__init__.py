"""How facts are read from Chinese text: `extract(document)` is pure, and the same bytes on every machine."""

from __future__ import annotations

from pathlib import Path

from extractors.fingerprint import Reason, fingerprint, has_same_program
from ontology.records import Document, Extraction, Footing

__all__ = ["Reason", "extract", "fingerprint", "has_same_program", "why_reread"]


def extract(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """Entities, mentions, facts and deals of one document: a pure function of document, rules and lists."""
    from extractors import pipeline  # loads the language models, which a run with nothing to read does without

    return pipeline.extract(document, rules, lists)


def why_reread(
    document: Document,
    footing: Footing | None,
    before: str,
    now: str,
    rules: tuple[Path, ...] = (),
    lists: tuple[Path, ...] = (),
) -> Reason:
    """Why a document that was read by the fingerprint `before` has to be read again by `now`; empty where it has not.

    `footing` is what its reading asked of rules and lists; without it nobody can tell.
    """
    if footing is None or not has_same_program(before, now):
        return "program"
    from extractors import rereading

    return rereading.why_reread(document, footing, before, now, rules, lists)
