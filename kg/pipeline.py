"""The way of a report, top to bottom: read, extract, record; and what became of every input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from glob import has_magic
from itertools import islice
from pathlib import Path, PurePath
from typing import TypeVar

import extractors
from extractors.read import read
from extractors.read.sources import expand
from kg.ledger import Change, Ledger, Recorded
from kg.ledger.changes import net
from kg.reports import BuildReport, FactCounts
from ontology.errors import InputError, YanbaoError
from ontology.records import Document, Extraction, Fact

Progress = Callable[[str], None]
Result = TypeVar("Result")
STANDARD_INPUT = "-"
BATCH = 64
LARGEST_LOSS = 0.5
SMALL_ENOUGH = 3


@dataclass
class Run:
    """One build or refresh while it goes: what was read, what failed, what changed."""

    ledger: Ledger
    rules: str
    now: str
    seen: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[str, InputError]] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def fresh(self, paths: Iterable[str]) -> Iterator[Document]:
        """Yield the documents that have to be extracted; note the failed and the unchanged."""
        for origin, item in read_all(paths):
            if isinstance(item, InputError):
                self.failed.append((origin, item))
            elif self.is_first(item, origin):
                if self.ledger.holds(item, self.rules):
                    self.keep(item, origin)
                else:
                    yield item

    def is_first(self, document: Document, origin: str) -> bool:
        """Whether this id comes for the first time in this run; other content under a known id is a failure."""
        known = self.seen.setdefault(document.id, document.content_hash)
        if known != document.content_hash:
            where = f"{origin} and {self.origins[document.id]}"
            self.failed.append((origin, InputError(f"two documents with the id {document.id!r}", where, "rename one")))
        return self.origins.setdefault(document.id, origin) == origin and document.id not in self.outcomes

    def keep(self, document: Document, origin: str) -> None:
        """Note an unchanged document, and where it is now if its file has moved."""
        self.outcomes[document.id] = "unchanged"
        before = self.ledger.origin(document.id)
        if before != origin and not Path(before).exists():
            self.ledger.relocate(document.id, document.source, origin)

    def record(self, extraction: Extraction) -> None:
        """Write one extraction into the ledger."""
        key = extraction.document.id
        recorded: Recorded = self.ledger.record(extraction, self.rules, self.now, self.origins[key])
        self.outcomes[key] = recorded.outcome
        self.changes.extend(recorded.changes)
        if not extraction.facts:
            self.empty.append(key)

    def retract(self, key: str) -> None:
        """Take back a document that vanished."""
        self.changes.extend(self.ledger.retract(key, self.now))
        self.retracted.append(key)

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
            facts=count_facts(self.changes),
        )


def build(
    ledger: Ledger, paths: Sequence[str], now: str, jobs: int = 1, progress: Progress | None = None
) -> BuildReport:
    """Read, extract and record what is new or changed under `paths`."""
    run = go(ledger, paths, now, jobs, progress)
    return run.report()


def refresh(
    ledger: Ledger,
    paths: Sequence[str],
    now: str,
    jobs: int = 1,
    progress: Progress | None = None,
    accept: bool = False,
) -> BuildReport:
    """The same as `build`, and what vanished from `paths`, or from the folders built from before, is retracted."""
    roots = [*paths] or ledger.roots()
    if not roots:
        raise YanbaoError("no folder to refresh", str(ledger.path), "name one: kg refresh FOLDER")
    run = go(ledger, roots, now, jobs, progress)
    for key in vanished(run, [locate(root) for root in roots], accept):
        run.retract(key)
    return run.report()


def go(ledger: Ledger, paths: Sequence[str], now: str, jobs: int, progress: Progress | None) -> Run:
    """Bring every document under `paths` into the ledger."""
    run = Run(ledger, extractors.fingerprint(), now)
    for result in extract_all(run.fresh(paths), jobs):
        if isinstance(result, InputError):
            run.failed.append((run.origins[result.where], result))
            continue
        run.record(result)
        if progress:
            progress(result.document.id)
    ledger.add_roots([locate(path) for path in paths if has_magic(path) or Path(path).is_dir()])
    return run


def read_all(paths: Iterable[str]) -> Iterator[tuple[str, Document | InputError]]:
    """Yield every document under `paths` with the file it stands in, and an error for what cannot be read."""
    for path in paths:
        try:
            for file in expand([path]):
                yield from ((locate(str(file)), item) for item in read(file))
        except InputError as error:
            yield locate(path), error
        except OSError as error:
            yield locate(path), InputError(error.strerror or "unreadable", path, "check the path and its permissions")


def locate(path: str) -> str:
    """The absolute path; standard input stays as it is."""
    return path if path == STANDARD_INPUT else os.path.abspath(path)


def extract_all(
    documents: Iterable[Document], jobs: int = 1, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()
) -> Iterator[Extraction | InputError]:
    """Yield the extractions in the order of the documents, worked out in `jobs` processes.

    `rules` and `lists` are folders of the user's own, read after the packaged ones.
    """
    return work_all(partial(extractors.extract, rules=rules, lists=lists), documents, jobs)


def work_all(
    reading: Callable[[Document], Result], documents: Iterable[Document], jobs: int
) -> Iterator[Result | InputError]:
    """Yield what `reading` makes of every document, in their order, worked out in `jobs` processes."""
    work = partial(attempt, reading)
    if jobs <= 1:
        yield from map(work, documents)
        return
    waiting = iter(documents)
    with ProcessPoolExecutor(jobs) as pool:
        while batch := list(islice(waiting, BATCH * jobs)):
            yield from pool.map(work, batch, chunksize=max(1, len(batch) // (jobs * 4)))


def attempt(reading: Callable[[Document], Result], document: Document) -> Result | InputError:
    """What `reading` makes of a document, or an error, so that one text no rule foresaw does not stop a whole run."""
    try:
        return reading(document)
    except YanbaoError:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return InputError(f"extraction failed: {fault}", document.id, "report it with the text; the others go on")


def vanished(run: Run, roots: Sequence[str], accept: bool) -> list[str]:
    """The recorded documents that are no longer under `roots`; raises YanbaoError when they are suspiciously many."""
    unread = [origin for origin, _ in run.failed]
    recorded = [source for source in run.ledger.sources() if is_under(source.origin, roots)]
    gone = [s.id for s in recorded if s.id not in run.seen and not is_under(s.origin, unread)]
    if not accept and len(gone) > max(SMALL_ENOUGH, LARGEST_LOSS * len(recorded)):
        raise YanbaoError(
            f"{len(gone)} of {len(recorded)} documents have vanished", ", ".join(roots), "run again with --accept"
        )
    return gone


def is_under(origin: str, roots: Iterable[str]) -> bool:
    """Whether a file is one of `roots`, stands in one, or matches a pattern among them."""
    return any(fnmatch(origin, root) or PurePath(origin).is_relative_to(root) for root in roots)


def count_facts(changes: Iterable[Change]) -> FactCounts:
    """How many edges came, changed in content, and went."""
    whats = [change.what for change in net(changes) if isinstance(change.state, Fact)]
    return FactCounts(new=whats.count("new"), changed=whats.count("changed"), gone=whats.count("gone"))
