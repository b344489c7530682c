"""What look-ups return: frozen views that carry names beside ids."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from kg.notebook import deal_html, entity_html, relation_html
from ontology import records
from ontology.records import Evidence, Record


class Entity(records.Entity):
    """An entity over all documents that name it; `documents` newest first."""

    documents: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Its stock codes."""
        return tuple(value for key, value in sorted(self.attributes.items()) if key.startswith("code"))

    def _repr_html_(self) -> str:
        return entity_html(self)


class End(Record):
    """An end of a relation or a party of a deal."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name


class Relation(Record):
    """A directed edge with everything documents say about it; `documents` newest first."""

    id: str
    subject: End
    predicate: str
    label_zh: str
    object: End
    status: str
    qualifiers: Mapping[str, str]
    confidence: float
    rule: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"

    def _repr_html_(self) -> str:
        return relation_html(self)


class Role(Record):
    """A party of a deal in its role; `qualifiers` hold its own share and whether it leads."""

    role: str
    party: End
    qualifiers: Mapping[str, str] = Field(default_factory=dict)


class Statement(Record):
    """A value with the document and the words that give it; `date` and `publisher` are those of the document."""

    value: str
    document: str
    date: str
    publisher: str
    text: str


class Conflict(Record):
    """A term on which claims differ, with each value and who says it, newest document first."""

    term: str
    values: tuple[Statement, ...]


class DealClaim(Record):
    """What one sentence says of a deal: status and terms; `party` is whose share the figures are, empty for all."""

    status: str
    qualifiers: Mapping[str, str]
    party: str
    date: str
    publisher: str
    evidence: Evidence


class Deal(Record):
    """A deal over all documents.

    `history` holds the steps of its status, oldest first, the last of which stands; `conflicts` the terms on which
    claims differ; `claims` what each sentence says, oldest first.
    """

    id: str
    kind: str
    name: str
    status: str
    qualifiers: Mapping[str, str]
    parties: tuple[Role, ...]
    history: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]
    claims: tuple[DealClaim, ...]
    facts: tuple[str, ...]
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return self.name

    def _repr_html_(self) -> str:
        return deal_html(self)


class Metric(Record):
    """A figure with the entity it belongs to; the newest document's value, the evidence of all."""

    id: str
    entity: End
    name: str
    period: str
    value: str
    unit: str
    op: str = "="
    as_of: str = ""
    written: str = ""
    evidence: tuple[Evidence, ...]


class Revision(Record):
    """A figure that a source gives otherwise than before: when, whose, by whom, from what to what, `raised` or not.

    `date` is that of the document that gives the new value; `documents` are the one before and that one.
    """

    id: str
    entity: End
    name: str
    period: str
    unit: str
    source: str
    date: str
    before: str
    after: str
    direction: str
    documents: tuple[str, str]


class Quote(Record):
    """A piece of evidence with the document it stands in; `sentence` is the line around `text`.

    `page` counts from 1 and is None where the document has no pages.
    """

    document: str
    title: str
    publisher: str
    date: str
    section: str
    page: int | None = None
    start: int
    end: int
    text: str
    sentence: str


class Difference(Record):
    """How an edge or deal changed: `what` is new, changed, supported or gone; `terms` maps key to (before, after)."""

    id: str
    what: str
    text: str
    at: str
    document: str
    terms: Mapping[str, tuple[str, str]] = Field(default_factory=dict)
