"""Whether a document would be read otherwise than before: what was asked then is asked of the rules and lists of now.

A reading follows from text, code, and what rules and lists answer; where none of them differs, it is the same.
"""

from __future__ import annotations

from pathlib import Path

from extractors.entities.consulted import Consulted
from extractors.entities.gazetteer import load_gazetteer
from extractors.fingerprint import Reason, parts_of
from extractors.language.normalise import normalise
from extractors.read.layout import READ, lay_out
from extractors.relations.heard import Heard
from extractors.relations.rules import load_rules
from ontology.records import Document, Footing


def why_reread(
    document: Document, footing: Footing, before: str, now: str, rules: tuple[Path, ...], lists: tuple[Path, ...]
) -> Reason:
    """Why a document has to be read again that the same program read by other rules and lists."""
    old, new = parts_of(before), parts_of(now)
    if old.rules != new.rules and Heard(load_rules(rules)).ask(footing.lines) != footing.rules:
        return "rules"
    if old.lists != new.lists and Consulted(load_gazetteer(lists)).ask(texts(document), footing.names) != footing.lists:
        return "lists"
    return ""


def texts(document: Document) -> list[str]:
    """The normalised texts in which names are looked for."""
    blocks = lay_out(document.text, document.title)
    return [normalise(document.text, block.start, block.end).text for block in blocks if block.kind in READ]
