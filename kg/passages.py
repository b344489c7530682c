"""Documents and their sections as nodes, tied to what they name: for who asks where something is told."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import attrgetter

from kg.ledger import Ledger, Source
from kg.rows import EdgeRow, NodeRow, Value, edge_row, node_row
from ontology.records import Deal, Evidence, Fact, Mention, Metric, content_id

HAS_SECTION, MENTIONS = "HAS_SECTION", "MENTIONS"
STRUCTURE = {HAS_SECTION: "章节", MENTIONS: "提及"}
"""The types of edges that tie documents to sections and both to entities, in Chinese."""
PATH_MARK = " / "

Sections = Mapping[str, Mapping[str, list[Evidence]]]


def document_nodes(ledger: Ledger) -> Iterator[NodeRow]:
    """Yield documents, then the sections in which something is told, each sorted by id of the document."""
    sources = ledger.sources()
    yield from map(document_node, sources)
    sections = told_in(ledger)
    for source in sources:
        yield from (section_node(source.id, heading, pieces) for heading, pieces in sections[source.id].items())


def document_edges(ledger: Ledger) -> Iterator[EdgeRow]:
    """Yield the edges from documents to their sections, and from both to the entities they mention."""
    sections = told_in(ledger)
    for document, headings in sorted(sections.items()):
        for heading in headings:
            ends = document_key(document), section_key(document, heading)
            yield edge(HAS_SECTION, ends, {})
    for document, mentions in groupby(ledger.mentions(), key=attrgetter("document")):
        yield from mention_edges(document, list(mentions), sections.get(document, {}))


def mention_edges(document: str, mentions: list[Mention], told: Mapping[str, list[Evidence]]) -> Iterator[EdgeRow]:
    """Yield an edge for every entity a document names, and for every entity that the sentences of a section name."""
    places = Places(told)
    named = Counter((document_key(document), mention.entity) for mention in mentions)
    named.update((section_key(document, places.at(m.start)), m.entity) for m in mentions if places.at(m.start))
    for ends, count in sorted(named.items()):
        yield edge(MENTIONS, ends, {"count": count})


class Places:
    """Which section a place in a document belongs to, as far as its sentences tell."""

    def __init__(self, told: Mapping[str, list[Evidence]]) -> None:
        pieces = sorted(chain.from_iterable(told.values()), key=attrgetter("start", "end"))
        self.starts = [piece.start for piece in pieces]
        self.pieces = pieces

    def at(self, place: int) -> str:
        """The heading of the section; empty where no sentence that tells something stands."""
        before = bisect_right(self.starts, place) - 1
        return self.pieces[before].section if before >= 0 and place < self.pieces[before].end else ""


def told_in(ledger: Ledger) -> Sections:
    """The evidence of relations, deals and figures by document and heading; sections without a heading are left out."""
    found: dict[str, dict[str, list[Evidence]]] = defaultdict(dict)
    records: Iterable[Fact | Deal | Metric] = chain(ledger.facts(), ledger.each_deal(), ledger.metrics())
    for record in records:
        for piece in record.evidence:
            if piece.section:
                found[piece.document].setdefault(piece.section, []).append(piece)
    return found


def document_node(source: Source) -> NodeRow:
    """A document, called by its title."""
    head: dict[str, Value] = {key: value for key, value in source.head().items() if value}
    named = {**head, "name": source.title or source.id, "document": source.id}
    return node_row(document_key(source.id), ("Document",), named)


def section_node(document: str, heading: str, pieces: list[Evidence]) -> NodeRow:
    """A section, called by the last of its headings; `start` and `end` hold all that is told in it."""
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    name = heading.rpartition(PATH_MARK)[2]
    properties: dict[str, Value] = {"name": name, "heading": heading, "document": document, "start": start, "end": end}
    return node_row(section_key(document, heading), ("Section",), properties)


def edge(kind: str, ends: tuple[str, str], properties: dict[str, Value]) -> EdgeRow:
    """An edge that no rule read."""
    return edge_row(content_id(kind.lower(), *ends), kind, ends, {**properties, "label_zh": STRUCTURE[kind]})


def document_key(document: str) -> str:
    """The id of a document's node, apart from those of entities."""
    return f"document:{document}"


def section_key(document: str, heading: str) -> str:
    """The id of a section's node."""
    return content_id("section", document, heading)
