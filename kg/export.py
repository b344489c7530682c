"""The graph as files for other programs: JSON Lines, CSV and GraphML, the same bytes for the same ledger."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from kg.ledger import Ledger
from kg.rows import EdgeRow, NodeRow, Value, edges, nodes
from ontology.records import Record
from ontology.stream import encode, row

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LIST_MARK = "|"
MEASURES = frozenset({"amount", "percent", "price", "shares", "value"})


def jsonl(ledger: Ledger) -> Iterator[str]:
    """Yield the stream over all documents, one object a line: each kind sorted by id, mentions by place."""
    documents = ({"id": s.id, "source": s.source, **s.head()} for s in ledger.sources())
    yield from (encode({"kind": "document", **document}) for document in documents)
    groups: tuple[tuple[str, Iterable[Record]], ...] = (
        ("entity", ledger.entities()),
        ("mention", ledger.mentions()),
        ("fact", ledger.facts()),
        ("deal", ledger.each_deal()),
        ("metric", ledger.metrics()),
    )
    for kind, records in groups:
        yield from (encode(row(kind, record)) for record in records)


def graphml(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of a GraphML file; lists are joined with `|`, characters XML cannot hold are replaced.

    `label` is what Gephi and yEd write beside a node or an edge.
    """
    import networkx as nx  # the other formats do without

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes(ledger):
        properties = {"label": node.properties["name"], "type": node.labels[0], **node.properties}
        graph.add_node(in_xml(node.id), labels=LIST_MARK.join(node.labels), **in_graphml(properties))
    for edge in edges(ledger):
        ends = in_xml(edge.source), in_xml(edge.target)
        properties = {"label": edge.properties.get("label_zh", edge.type), **edge.properties}
        graph.add_edge(*ends, key=edge.id, type=edge.type, **in_graphml(properties))
    writer = nx.GraphMLWriter()
    writer.add_graph_element(graph)
    name_keys(writer.xml)
    yield from str(writer).splitlines()


def in_graphml(properties: Mapping[str, Value]) -> dict[str, Any]:
    """Properties as one type each: measures as numbers, so that Gephi and Cytoscape can rank and filter by them."""
    values = flat(properties, in_xml)
    numbers = {key: float(values[key]) for key in MEASURES & values.keys() if NUMBER.fullmatch(values[key])}
    return {key: numbers.get(key, value) for key, value in values.items() if key not in MEASURES or key in numbers}


def name_keys(xml: Element) -> None:
    """Call the keys of a GraphML file after their attributes; Gephi takes a key `d3` for the label of a node."""
    names = {key.attrib["id"]: f"{key.attrib['for']}-{key.attrib['attr.name']}" for key in xml.iter("key")}
    for key in xml.iter("key"):
        key.set("id", names[key.attrib["id"]])
    for value in xml.iter("data"):
        value.set("key", names[value.attrib["key"]])


def write_csv(ledger: Ledger, folder: Path) -> None:
    """Write `nodes.csv` and `edges.csv` (UTF-8 with BOM) into `folder`; no cell can run as a formula."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = [("id", "labels"), ("id", "type", "source", "target")]
    tables = [map(node_cells, nodes(ledger)), map(edge_cells, edges(ledger))]
    for name, head, table in zip(("nodes.csv", "edges.csv"), heads, tables, strict=True):
        rows = list(table)
        columns = [*head, *sorted(set(chain.from_iterable(rows)) - set(head))]
        write_table(folder / name, columns, rows)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write one CSV file with a header; lines end as RFC 4180 has it, so that every kind of line end is quoted."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def node_cells(node: NodeRow) -> dict[str, str]:
    """A node as cells by column."""
    return {"id": harmless(node.id), "labels": LIST_MARK.join(node.labels), **cells(node.properties)}


def edge_cells(edge: EdgeRow) -> dict[str, str]:
    """An edge as cells by column."""
    ends = {"source": harmless(edge.source), "target": harmless(edge.target)}
    return {"id": edge.id, "type": edge.type, **ends, **cells(edge.properties)}


def cells(properties: Mapping[str, Value]) -> dict[str, str]:
    """Properties as cells."""
    return {key: str(value) for key, value in flat(properties, harmless).items()}


def flat(properties: Mapping[str, Value], clean: Callable[[str], str]) -> dict[str, Any]:
    """Properties with lists joined and texts cleaned."""
    joined = {key: LIST_MARK.join(value) if isinstance(value, list) else value for key, value in properties.items()}
    return {key: clean(value) if isinstance(value, str) else value for key, value in joined.items()}


def harmless(text: str) -> str:
    """The text with a leading `'` where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def in_xml(text: str) -> str:
    """The text with what XML cannot hold replaced by U+FFFD."""
    return NOT_XML.sub("\ufffd", text)
