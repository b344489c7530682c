"""What the extractor hands over: frozen records, one class for each line kind of the stream."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Immutable value; two records with the same content are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Record):
    """A text as read. Every offset in every record counts Unicode code points of `text`.

    `pages` holds where each page begins, as such offsets; it is empty where the source has no pages.
    """

    id: str
    text: str = Field(repr=False)
    source: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    pages: tuple[int, ...] = ()

    def page(self, offset: int) -> int | None:
        """The page, from 1, on which the character at `offset` stands; None where the source has no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else None

    @property
    def content_hash(self) -> str:
        """Hash of all that is said of the text and in it: title, publisher, date, and where its pages begin."""
        pages = map(str, self.pages)
        seen = "\0".join((self.id, self.title, self.publisher, self.date, self.text, *pages))
        return hashlib.sha256(seen.encode()).hexdigest()


class Mention(Record):
    """Where a document names an entity: `document.text[start:end] == text`."""

    entity: str
    document: str
    start: int
    end: int
    text: str


class Entity(Record):
    """One real thing as one document shows it; `aliases` excludes `name` and is sorted."""

    id: str
    type: str
    labels: tuple[str, ...]
    name: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = Field(default_factory=dict)


class Evidence(Record):
    """The words that say it: `document.text[start:end] == text`."""

    document: str
    section: str
    start: int
    end: int
    text: str


class Fact(Record):
    """A typed edge between two entities with its qualifiers and the sentences that carry it."""

    id: str
    subject: str
    predicate: str
    object: str
    qualifiers: Mapping[str, str] = Field(default_factory=dict)
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]


class Party(Record):
    """An entity in its role in a deal (`INVESTOR`, `TARGET`, …), with its own share and whether it leads."""

    role: str
    entity: str
    qualifiers: Mapping[str, str] = Field(default_factory=dict)


class Claim(Record):
    """What one sentence says of a deal; `party` is the entity whose share its figures are, empty for the whole."""

    status: str
    qualifiers: Mapping[str, str] = Field(default_factory=dict)
    evidence: Evidence
    party: str = ""


class Deal(Record):
    """One deal with its terms, however many parties and facts it has; `claims` are oldest first."""

    id: str
    type: str
    name: str
    status: str
    qualifiers: Mapping[str, str] = Field(default_factory=dict)
    parties: tuple[Party, ...]
    facts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    claims: tuple[Claim, ...] = ()


class Metric(Record):
    """A figure an entity reports: `value` in base units as a decimal string with a sign, `written` as it stands.

    `unit` is ISO 4217, `%`, `pp` (percentage points), what is counted (颗, 家), `1` for a ratio, empty where none is
    told. `period` is `2024`, `2026E` (expected), `2025H1`, `2025Q3`, `2025Q1-Q3`, `2025-11`, a day or two of them;
    `as_of` is the day to which the figure stands: the one stated, else that of the document.
    """

    id: str
    entity: str
    name: str
    period: str
    value: str
    unit: str
    op: str = "="
    as_of: str = ""
    written: str = ""
    evidence: tuple[Evidence, ...]


class Rejected(Record):
    """A candidate fact that validation refused, kept so that it can be listed and counted."""

    reason: str
    subject: str
    predicate: str
    object: str
    rule: str
    evidence: Evidence


class Footing(Record):
    """What a reading asked of lists and rules, and hashes of all they answered: the same answers, the same reading.

    `names` are pairs of a kind of question and a name or code, `lines` pairs of a set of rules and a line.
    """

    names: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str], ...] = Field(default=(), repr=False)
    lists: str
    rules: str


class Extraction(Record):
    """All that one document yields; a pure function of the document, the rules and the lists."""

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    deals: tuple[Deal, ...] = ()
    metrics: tuple[Metric, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    footing: Footing | None = Field(default=None, repr=False)


def content_id(prefix: str, *parts: str) -> str:
    """Stable id: `prefix` and the first 16 hex digits of a SHA-256 over the parts."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{prefix}:{digest[:16]}"
