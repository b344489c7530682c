"""The JSON Lines stream: how an extraction is written down and read back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ontology.records import Document, Extraction, Record

GROUPS = {"entity": "entities", "mention": "mentions", "fact": "facts", "deal": "deals", "metric": "metrics"}
KINDS = tuple(GROUPS)


def rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Yield the rows of one document in the fixed order: document, entities, mentions, facts, deals, metrics."""
    document = extraction.document.model_dump(
        mode="json", exclude={"text"} if extraction.document.pages else {"text", "pages"}
    )
    yield {"kind": "document", **document}
    groups = (extraction.entities, extraction.mentions, extraction.facts, extraction.deals, extraction.metrics)
    for kind, group in zip(KINDS, groups, strict=True):
        for record in group:
            yield row(kind, record)


def row(kind: str, record: Record) -> dict[str, Any]:
    """One record as a row of the stream."""
    return {"kind": kind, **record.model_dump(mode="json")}


def encode(row: Mapping[str, Any]) -> str:
    """One line of the stream, without its line break; keys keep their order, so the bytes are reproducible."""
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": "))


def lines(extraction: Extraction) -> Iterator[str]:
    """Yield the lines of one document."""
    return map(encode, rows(extraction))


def read_back(lines: Iterable[str], document: Document) -> Extraction:
    """The extraction that the lines of a document write down; its text is not among them."""
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        row = json.loads(line)
        said[row.pop("kind")].append(row)
    groups = {group: said[kind] for kind, group in GROUPS.items()}
    return Extraction.model_validate({"document": document, **groups})
