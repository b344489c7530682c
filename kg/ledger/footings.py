"""What readings asked of rules and lists, kept beside the documents that hold nearly all of the words."""

from __future__ import annotations

import json
import sqlite3
import zlib

from ontology.records import Document, Footing

WINDOW = 1 << 15


def write(connection: sqlite3.Connection, document: Document, footing: Footing) -> None:
    """Keep the footing of a document that stands in the store."""
    said = json.dumps([footing.names, footing.lines, footing.lists, footing.rules], ensure_ascii=False)
    packer = zlib.compressobj(9, zdict=words_of(document))
    body = packer.compress(said.encode()) + packer.flush()
    connection.execute("INSERT INTO footings VALUES (?, ?)", (document.id, body))


def read(connection: sqlite3.Connection, document: Document) -> Footing | None:
    """The footing of a document; None where none was kept."""
    row = connection.execute("SELECT body FROM footings WHERE document = ?", (document.id,)).fetchone()
    if not row:
        return None
    unpacker = zlib.decompressobj(zdict=words_of(document))
    names, lines, lists, rules = json.loads(unpacker.decompress(row[0]) + unpacker.flush())
    return Footing(names=names, lines=lines, lists=lists, rules=rules)


def words_of(document: Document) -> bytes:
    """The end of the text, whose pieces need not be kept twice."""
    return document.text[-WINDOW:].encode()[-WINDOW:]
