"""One build or refresh while it goes: what was read, what failed, what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.inputs import STANDARD_INPUT, Inputs, is_under
from kg.ledger import Change, Ledger, Recorded
from kg.ledger.changes import State, said
from kg.ledger.files import File, Files, Standing
from kg.reports import BuildReport, FactCounts, RereadCounts
from kg.rereading import Rereading
from ontology.errors import InputError
from ontology.records import Document, Extraction, Fact

Edges = dict[str, tuple[int | None, int | None]]
"""By id of an edge: a number for what was said on it before the run and what is said now; None where nothing was."""


@dataclass
class Run:
    """`seen` maps the documents met to their content, `origins` to their files, `outcomes` to what became of them.

    `unsure` are files that have to be read again next time, whether or not they change.
    """

    ledger: Ledger
    rules: str
    now: str
    seen: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[str, InputError]] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    edges: Edges = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    moved: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rereading = Rereading(self.ledger, self.rules)
        self.files = Files(self.ledger, self.rereading)
        self.inputs = Inputs(self.files)

    def fresh(self, paths: Iterable[str]) -> Iterator[Document]:
        """Yield the documents that have to be extracted; note the failed and the unchanged."""
        for origin, item in self.inputs.items(paths):
            if isinstance(item, InputError):
                self.failed.append((origin, item))
            elif not self.is_first(item, origin):
                self.unsure.add(origin)
            elif isinstance(item, Standing):
                self.outcomes[item.id] = "unchanged"
            elif self.files.holds(item):
                self.keep(item, origin)
            else:
                yield item

    def is_first(self, document: Document | Standing, origin: str) -> bool:
        """Whether this id comes for the first time in this run; other content under a known id is a failure."""
        known = self.seen.setdefault(document.id, document.content_hash)
        is_first = document.id not in self.origins
        if known != document.content_hash:
            where = f"{origin} and {self.origins[document.id]}"
            self.failed.append((origin, InputError(f"two documents with the id {document.id!r}", where, "rename one")))
        self.origins.setdefault(document.id, origin)
        return is_first

    def fail(self, error: InputError) -> None:
        """Note a document that could not be extracted."""
        origin = self.origins[error.where]
        self.failed.append((origin, error))
        self.unsure.add(origin)

    def keep(self, document: Document, origin: str) -> None:
        """Note an unchanged document, and where it is now if its file has moved."""
        self.outcomes[document.id] = "unchanged"
        before = self.ledger.origin(document.id)
        if before != origin and not Path(before).exists():
            self.moved.append((document.id, document.source, origin))

    def record(self, extraction: Extraction) -> None:
        """Write one extraction into the ledger."""
        key = extraction.document.id
        recorded: Recorded = self.ledger.record(extraction, self.rules, self.now, self.origins[key])
        self.outcomes[key] = recorded.outcome
        note(recorded.changes, self.edges)
        if not extraction.facts:
            self.empty.append(key)

    def retract(self, key: str) -> None:
        """Take back a document that vanished."""
        note(self.ledger.retract(key, self.now), self.edges)
        self.retracted.append(key)

    def unread(self) -> list[str]:
        """The files and paths of which something could not be read."""
        return [origin for origin, _ in self.failed]

    def remember(self, roots: Sequence[str]) -> None:
        """Note where files have moved to, and which were read whole and need not be read again until they change."""
        self.rereading.confirm()
        for moved in self.moved:
            self.ledger.relocate(*moved)
        documents: dict[str, list[str]] = defaultdict(list)
        for key, origin in self.origins.items():
            documents[origin].append(key)
        read = {
            origin: File(self.inputs.digests[origin], self.rules, tuple(keys), self.errors_in(origin))
            for origin, keys in documents.items()
            if origin not in self.unsure | {STANDARD_INPUT}
        }
        self.files.remember(read, [p for p in self.files.before if p not in read and is_under(p, roots)])

    def errors_in(self, origin: str) -> tuple[tuple[str, str, str], ...]:
        """What could not be read in a file."""
        return tuple((error.what, error.where, error.remedy) for error in self.inputs.errors.get(origin, ()))

    def report(self) -> BuildReport:
        """What became of every input and of the facts."""
        by_outcome = {
            outcome: tuple(sorted(key for key, value in self.outcomes.items() if value == outcome))
            for outcome in ("new", "changed", "unchanged")
        }
        return BuildReport(
            **by_outcome,
            retracted=tuple(sorted(self.retracted)),
            failed=tuple(str(error) for _, error in self.failed),
            empty=tuple(sorted(self.empty)),
            facts=count_facts(self.edges),
            reread=RereadCounts(**Counter(filter(None, self.rereading.reasons.values()))),
        )


def note(changes: Iterable[Change], edges: Edges) -> None:
    """Note what was said on each edge before the run, and what is said now."""
    for change in changes:
        if isinstance(change.state, Fact):
            first, _ = edges.get(change.id) or (mark(change.before), None)
            edges[change.id] = first, mark(change.after)


def mark(state: State | None) -> int | None:
    """A number for what is said on an edge, since all the words of a run would not fit into memory."""
    return None if state is None else hash(repr(said(state)))


def count_facts(edges: Edges) -> FactCounts:
    """How many edges came, changed in content, and went."""
    moved = [(first, last) for first, last in edges.values() if first != last]
    new, gone = sum(first is None for first, _ in moved), sum(last is None for _, last in moved)
    return FactCounts(new=new, changed=len(moved) - new - gone, gone=gone)
