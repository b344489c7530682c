"""The graph as Python users see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timezone
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import judging, names, newsletter, notebook, present
from kg.answers import Deal, Difference, Entity, Metric, Quote, Relation, Revision
from kg.deals import present_deals
from kg.errors import LookupFailed, suggestion
from kg.ledger import Contradiction, Judgement, Ledger, fold
from kg.ledger.past import as_of, is_date
from kg.ledger.writer import only_writer
from kg.newsletter import Newsletter
from kg.reports import BuildReport
from ontology.errors import StoreError
from ontology.schema import DEAL_KINDS, load_ontology
from ontology.validate import STATUSES

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.checks import Checked
    from kg.pipeline import Progress


class KnowledgeGraph:
    """A graph in one file: built from reports, asked by name.

    The file is created by the first `build`; asking a graph that was never built raises StoreError.
    Names are full, short, English or former names, stock codes or ids; unknown or ambiguous ones raise LookupFailed.
    """

    def __init__(self, store: str | PathLike[str] = "kg.db") -> None:
        self.store = Path(store)
        self._ledger: Ledger | None = None
        self._day = ""

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._ledger:
            self._ledger.close()
        self._ledger = None

    @property
    def ledger(self) -> Ledger:
        """The ledger behind the graph, opened when first needed."""
        return self._open(create=False)

    def build(
        self,
        paths: Iterable[str | PathLike[str]],
        progress: Progress | None = None,
        jobs: int = 1,
        now: str | None = None,
        results: str | PathLike[str] | None = None,
    ) -> BuildReport:
        """Read files, folders or globs into the graph; `progress` is called with the id of each document read.

        `results` is a folder that `kg extract --engine spark` wrote: what it says of a document is not extracted again.
        """
        from kg import pipeline  # loads the language models, which look-ups do without

        ledger, known = self._writable(create=True), Path(results) if results else None
        return pipeline.build(ledger, texts(paths), now or moment(), jobs, progress, known)

    def refresh(
        self,
        paths: Iterable[str | PathLike[str]] = (),
        progress: Progress | None = None,
        jobs: int = 1,
        now: str | None = None,
        accept: bool = False,
        limits: str | PathLike[str] | None = None,
        results: str | PathLike[str] | None = None,
    ) -> BuildReport:
        """Build, and retract what vanished from `paths` or else from the folders built from before.

        Raises RefreshStopped, with nothing written, when far less is found than stood there, unless `accept` is given;
        `limits` is a YAML file instead of the `kg-limits.yml` beside the documents, `results` as for `build`.
        """
        from kg import pipeline  # loads the readers, which look-ups do without

        ledger, given = self._writable(create=bool(paths)), Path(limits) if limits else None
        known = Path(results) if results else None
        return pipeline.refresh(ledger, texts(paths), now or moment(), jobs, progress, accept, given, known)

    def retract(self, *documents: str, now: str | None = None) -> int:
        """Take back all that these documents say and return how many edges went; unknown ids raise LookupFailed."""
        ledger = self._writable()
        for document in documents:
            if not ledger.origin(document) and ledger.document(document) is None:
                known = [source.id for source in ledger.sources()]
                remedy = suggestion(document, known, "see `kg export` for the ids")
                raise LookupFailed(f"no document {document!r}", str(self.store), remedy)
        with only_writer(self.store):
            changes = [change for key in documents for change in ledger.retract(key, now or moment())]
        return sum(change.what == "gone" for change in changes)

    def merge(self, a: str, b: str, *, why: str, by: str = "", now: str | None = None) -> Judgement:
        """Judge that two entities are one; raises YanbaoError where they are, or have been told apart."""
        ledger = self._writable()
        with only_writer(self.store):
            return judging.merge(ledger, a, b, why, by, now or moment())

    def split(
        self,
        a: str,
        b: str | None = None,
        *,
        documents: Iterable[str] = (),
        why: str,
        by: str = "",
        now: str | None = None,
    ) -> Judgement:
        """Judge that what goes by the names `a` and `b` is two, or that some documents mean another thing by `a`.

        Raises YanbaoError where they are two already, or nothing tells them apart but the documents.
        """
        ledger = self._writable()
        with only_writer(self.store):
            if b is None:
                return judging.set_aside(ledger, a, list(documents), why, by, now or moment())
            return judging.split(ledger, a, b, why, by, now or moment())

    def undo(self, judgement: str, now: str | None = None) -> Judgement:
        """Take back a judgement, named by its id or the beginning of it."""
        ledger = self._writable()
        with only_writer(self.store):
            return judging.undo(ledger, judgement, now or moment())

    def judgements(self) -> list[Judgement]:
        """All judgements in force, sorted by id."""
        return self.ledger.judgements()

    def contradictions(self) -> list[Contradiction]:
        """Names and codes in which documents contradict each other, for a person to judge."""
        return list(self.ledger.contradictions())

    def entity(self, name: str) -> Entity:
        """The entity with this name or id."""
        return present.entity(self.ledger, names.resolve(self.ledger, name))

    def namesakes(self, name: str) -> list[str]:
        """The ids of other entities that go by the very name of this one."""
        entity = names.resolve(self.ledger, name)
        return [key for key in self.ledger.named(fold(entity.name)) if key != entity.id]

    def search(self, name: str, limit: int = 20) -> list[Entity]:
        """Entities whose name is, contains or resembles `name`, best first."""
        return [present.entity(self.ledger, found) for found in names.search(self.ledger, name, limit)]

    def relations(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        status: str | None = None,
        min_confidence: float = 0.0,
    ) -> list[Relation]:
        """Relations by ends, type, status and confidence, sorted by id; a symmetric one is found from either end.

        Raises LookupFailed for a type or status that does not exist.
        """
        check_choice("relation", predicate, load_ontology().relations)
        check_choice("status", status, STATUSES)
        ends = {"subject": subject, "object": object}
        ids = {end: names.resolve(self.ledger, name).id for end, name in ends.items() if name is not None}
        facts = present.facts_between(self.ledger, ids, predicate)
        wanted = [f for f in facts if f.confidence >= min_confidence and status in (None, f.qualifiers.get("status"))]
        return present.relations(self.ledger, wanted)

    def deals(
        self, company: str | None = None, kind: str | None = None, status: str | None = None, since: str = ""
    ) -> list[Deal]:
        """Deals by party, kind, status, and the date of the newest document that tells of them, sorted by id.

        Raises LookupFailed for a kind or status that does not exist.
        """
        check_choice("kind", kind, DEAL_KINDS)
        check_choice("status", status, STATUSES)
        party = names.resolve(self.ledger, company).id if company is not None else None
        found = [d for d in self.ledger.deals(party) if kind in (None, d.type) and status in (None, d.status)]
        return [deal for deal in present_deals(self.ledger, found) if max(c.date for c in deal.claims) >= since]

    def deal(self, id: str) -> Deal:
        """The deal with this id or the beginning of it."""
        kind, key = self.complete(id)
        found = [deal for deal in self.ledger.deals() if deal.id == key]
        if kind != "deal" or not found:
            raise LookupFailed(f"no deal {id!r}", str(self.store), "`kg ask deals` prints the ids")
        return present_deals(self.ledger, found)[0]

    def metrics(self, entity: str | None = None, name: str = "", period: str = "") -> list[Metric]:
        """Figures by entity, name (`EPS`) and period (`2026E`), sorted by id."""
        key = names.resolve(self.ledger, entity).id if entity is not None else ""
        return present.metrics(self.ledger, list(self.ledger.metrics(key, name, period)))

    def revisions(
        self, metric: str = "", period: str = "", since: str = "", entity: str | None = None
    ) -> list[Revision]:
        """Figures that a source raised or lowered in a document of `since` (ISO 8601) or later, newest first."""
        key = names.resolve(self.ledger, entity).id if entity is not None else ""
        return present.revisions(self.ledger, metric, period, since, key)

    def check(self) -> Checked:
        """Test the arithmetic of every document's own figures; what cannot be right is listed, nothing corrected."""
        from kg import checks

        documents = ((self.ledger.document(key), metrics) for key, metrics in self.ledger.metrics_by_document())
        names = {entity.id: entity.name for entity in self.ledger.entities()}
        return checks.check(((document, metrics) for document, metrics in documents if document), names)

    def path(self, a: str, b: str) -> list[Relation]:
        """The fewest relations that tie two entities, whatever their direction; empty where nothing does."""
        from kg import view  # loads networkx, which other look-ups do without

        start, goal = names.resolve(self.ledger, a).id, names.resolve(self.ledger, b).id
        return present.relations(self.ledger, view.shortest_path(self.ledger, start, goal))

    def evidence(self, id: str) -> list[Quote]:
        """The words that carry a fact, deal or metric, named by its id or the beginning of it."""
        return present.quotes(self.ledger, *self.complete(id))

    def as_of(self, date: str) -> KnowledgeGraph:
        """The graph as the documents up to a date (ISO 8601, as exact as wished) tell it; it can only be asked.

        Documents without a date are left out. Raises LookupFailed for what is no date.
        """
        if not is_date(date):
            raise LookupFailed(f"no date {date!r}", remedy="write 2025, 2025-12 or 2025-12-24")
        graph = KnowledgeGraph(self.store)
        graph._day = date
        return graph

    def changes(self, since: str = "") -> list[Difference]:
        """What was recorded at or after `since` (ISO 8601): one line for each edge or deal, summed up."""
        return present.differences(self.ledger, self.ledger.changes(since))

    def newsletter(self, since: str = "") -> Newsletter:
        """The same as news: new deals and relations, what moved on, amounts that changed, disputes, what is gone."""
        return newsletter.newsletter(self.ledger, since)

    def history(self, id: str) -> list[Difference]:
        """Every recorded change of one edge or deal, oldest first; those that are gone have one too."""
        return present.differences(self.ledger, self.ledger.history(self.complete(id)[1]))

    def ask(self, question: str, **parameters: str) -> list[dict[str, str | int | list[str]]]:
        """The rows of a ready question; `kg ask` lists questions, parameters and columns."""
        from kg.questions import ask  # loads networkx, which look-ups do without

        return ask(self.ledger, question, parameters)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Entities, deals, relations and roles; nodes and edge keys are ids."""
        from kg import view  # loads networkx, which other look-ups do without

        return view.to_networkx(self.ledger)

    def to_pandas(self, table: str = "relations") -> pd.DataFrame:
        """A table of `relations`, `entities`, `deals` or `metrics`; raises YanbaoError where pandas is missing."""
        from kg import frames  # loads pandas, which look-ups do without

        return frames.frame(self, table)

    def _repr_html_(self) -> str:
        return notebook.graph_html(self)

    def complete(self, prefix: str) -> tuple[str, str]:
        """Kind and id of the one fact, deal or metric whose id begins so; raises LookupFailed."""
        found = self.ledger.completions(prefix) if prefix else []
        exact = [pair for pair in found if pair[1] == prefix] or found
        if not exact:
            raise LookupFailed(f"no fact, deal or metric {prefix!r}", str(self.store), "`kg show NAME` prints the ids")
        if len(exact) > 1:
            some = ", ".join(key for _, key in exact[:5])
            raise LookupFailed(f"{prefix!r} begins {len(exact)} ids", some, "give more of it")
        return exact[0]

    def _open(self, create: bool) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger(self.store, create and not self._day)
            if self._day:
                as_of(self._ledger.connection, self._day)
        return self._ledger

    def _writable(self, create: bool = False) -> Ledger:
        if self._day:
            raise StoreError(f"a graph as of {self._day} is read-only", str(self.store), "write to it without a date")
        return self._open(create)


def check_choice(name: str, value: str | None, known: Collection[str]) -> None:
    """Raise LookupFailed for a value that is none of those known."""
    if value is not None and value not in known:
        raise LookupFailed(
            f"no {name} {value!r}", remedy=suggestion(value, known, f"known: {', '.join(sorted(known))}")
        )


def texts(paths: Iterable[str | PathLike[str]]) -> Sequence[str]:
    """Paths as text."""
    return [fspath(path) for path in paths]


def moment() -> str:
    """Now, in UTC, as ISO 8601 to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
