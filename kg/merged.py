"""Facts over all documents, each once with all its evidence, out of the stream: the ids are those of the documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter

from kg.ledger.union import unite_facts
from ontology import stream
from ontology.records import Fact

Claim = tuple[str, str, str, str]
"""Id of a fact; date and id of the document that says it; the fact as JSON."""


def claims_of(text: str) -> Iterator[Claim]:
    """Yield what the lines of one document claim."""
    head, *rows = map(json.loads, text.split("\n"))
    for row in rows:
        if row.pop("kind") == "fact":
            yield row["id"], head["date"], head["id"], json.dumps(row, ensure_ascii=False)


def unite(claims: Iterable[Claim]) -> str:
    """The line of a fact out of all claims of it, in whatever order they come."""
    oldest_first = sorted(set(claims), key=itemgetter(2, 3))
    newest_first = sorted(oldest_first, key=itemgetter(1), reverse=True)
    return stream.encode(stream.row("fact", unite_facts([Fact.model_validate_json(body) for *_, body in newest_first])))


def merge_facts(texts: Iterable[str]) -> Iterator[str]:
    """Yield the line of every fact that the lines of documents claim, sorted by id; claims are sorted on disk."""
    with closing(sqlite3.connect("")) as disk:
        disk.execute("CREATE TABLE claims (id TEXT, date TEXT, document TEXT, body TEXT)")
        disk.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?)", (claim for text in texts for claim in claims_of(text))
        )
        rows: Iterator[Claim] = disk.execute("SELECT * FROM claims ORDER BY id")
        for _, same in groupby(rows, key=itemgetter(0)):
            yield unite(same)
