"""The way of a report, top to bottom: read, extract, record; and what a folder no longer holds is taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from glob import has_magic
from pathlib import Path
from typing import TypeVar

import extractors
from kg.crew import TRIES, Crew, Lost
from kg.errors import RefreshStopped
from kg.held import Held, Sorted
from kg.inputs import is_under, locate
from kg.ledger import Ledger
from kg.ledger.files import facts_of
from kg.ledger.writer import only_writer
from kg.limits import Tally, exceeded, load_limits
from kg.reports import BuildReport
from kg.results import Results
from kg.run import Run
from ontology import stream
from ontology.errors import InputError, YanbaoError
from ontology.records import Document, Extraction

Progress = Callable[[str], None]
Result = TypeVar("Result")


def build(
    ledger: Ledger,
    paths: Sequence[str],
    now: str,
    jobs: int = 1,
    progress: Progress | None = None,
    results: Path | None = None,
) -> BuildReport:
    """Read, extract and record what is new or changed under `paths`; what stands in `results` is not extracted."""
    with only_writer(ledger.path):
        run = Run(ledger, extractors.fingerprint(), now)
        for extraction in read(run, paths, jobs, progress, results):
            run.record(extraction)
        return finish(run, paths)


def refresh(
    ledger: Ledger,
    paths: Sequence[str],
    now: str,
    jobs: int = 1,
    progress: Progress | None = None,
    accept: bool = False,
    limits: Path | None = None,
    results: Path | None = None,
) -> BuildReport:
    """The same as `build`, and what vanished from `paths`, or from the folders built from before, is retracted.

    All is read before anything is written; raises RefreshStopped where it is far less than before, unless `accept`.
    """
    roots = [*paths] or ledger.roots()
    if not roots:
        raise YanbaoError("no folder to refresh", str(ledger.path), "name one: kg refresh FOLDER")
    with only_writer(ledger.path), Held() as held:
        run = Run(ledger, extractors.fingerprint(), now)
        for extraction in read(run, roots, jobs, progress, results):
            held.add(extraction)
        gone = vanished(run, roots)
        if not accept and (held.facts or gone or run.failed):
            judge(run, held, gone, roots, limits)
        for extraction in held:
            run.record(extraction)
        for key in gone:
            run.retract(key)
        return finish(run, roots)


def read(
    run: Run, paths: Sequence[str], jobs: int, progress: Progress | None, results: Path | None = None
) -> Iterator[Extraction]:
    """Yield what every new or changed document under `paths` says, first what stands in `results` already."""
    documents = run.fresh(paths)
    known = Results(results, run.rules) if results else None
    for result in extract_others(documents, known, jobs) if known else extract_all(documents, jobs):
        if isinstance(result, InputError):
            run.fail(result)
            continue
        yield result
        if progress:
            progress(result.document.id)


def finish(run: Run, paths: Sequence[str]) -> BuildReport:
    """Remember folders and files for the next run, and tell of this one."""
    run.ledger.add_roots([locate(path) for path in paths if has_magic(path) or Path(path).is_dir()])
    run.remember([locate(path) for path in paths])
    return run.report()


def vanished(run: Run, roots: Sequence[str]) -> list[str]:
    """The recorded documents that are no longer under `roots`; what cannot be read is not gone."""
    unread, under = run.unread(), [locate(root) for root in roots]
    missing = [source for source in run.ledger.sources() if source.id not in run.seen]
    return [s.id for s in missing if is_under(s.origin, under) and not is_under(s.origin, unread)]


def judge(run: Run, held: Held, gone: Collection[str], roots: Sequence[str], limits: Path | None) -> None:
    """Raise RefreshStopped for the first folder under which a run finds far less than stood there."""
    facts = facts_of(run.ledger)
    for root in roots:
        reasons = list(exceeded(tally(run, held, gone, facts, locate(root)), load_limits(root, limits)))
        if reasons:
            raise RefreshStopped("; ".join(reasons), root, "nothing was written; run again with --accept")


def tally(run: Run, held: Held, gone: Collection[str], facts: Mapping[str, int], root: str) -> Tally:
    """What stood under a folder, `facts` by document, and what the run finds there."""
    recorded = {source.id for source in run.ledger.sources() if is_under(source.origin, [root])}
    read = [key for key in held.facts if is_under(run.origins[key], [root])]
    lost = recorded.difference(gone, held.facts, run.outcomes)
    mean = sum(facts.get(key, 0) for key in recorded) / max(len(recorded), 1)
    return Tally(
        recorded=len(recorded),
        vanished=len(recorded.intersection(gone)),
        unreadable=len(lost),
        read=len(read),
        facts=sum(held.facts[key] for key in read),
        expected=sum(facts.get(key, 0) if key in recorded else mean for key in read),
    )


def extract_all(
    documents: Iterable[Document], jobs: int = 1, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()
) -> Iterator[Extraction | InputError]:
    """Yield the extractions in the order of the documents, worked out in `jobs` processes.

    `rules` and `lists` are folders of the user's own, read after the packaged ones.
    """
    return work_all(partial(extractors.extract, rules=rules, lists=lists), documents, jobs)


def extract_others(documents: Iterable[Document], known: Results, jobs: int) -> Iterator[Extraction | InputError]:
    """Yield the extractions that are known, then those of the other documents."""
    others = Sorted()
    for document in documents:
        extraction = known.of(document)
        if extraction:
            yield extraction
        else:
            others.add(document)
    yield from extract_all(others, jobs)


def tell_all(
    documents: Iterable[Document], jobs: int = 1, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()
) -> Iterator[str | InputError]:
    """The same as lines of the stream, written where the documents are read."""
    return work_all(partial(tell, rules=rules, lists=lists), documents, jobs)


def tell(document: Document, rules: tuple[Path, ...], lists: tuple[Path, ...]) -> str:
    """The lines of the stream about a document."""
    return "\n".join(stream.lines(extractors.extract(document, rules, lists)))


def work_all(
    reading: Callable[[Document], Result], documents: Iterable[Document], jobs: int
) -> Iterator[Result | InputError]:
    """Yield what `reading` makes of every document, in their order, worked out in `jobs` processes."""
    work = partial(attempt, reading)
    if jobs <= 1:
        yield from map(work, documents)
        return
    work(Document(id="warm", text="。"))  # once, for the processes to share where they are forked
    with Crew(work, jobs, lambda document: len(document.text)) as crew:
        for result in crew.map(documents):
            yield given_up(result.item) if isinstance(result, Lost) else result


def given_up(document: Document) -> InputError:
    """The error for a document at which process after process was killed."""
    return InputError(f"killed {TRIES} times while it was read", document.id, "see whether memory is enough for it")


def attempt(reading: Callable[[Document], Result], document: Document) -> Result | InputError:
    """What `reading` makes of a document, or an error, so that one text no rule foresaw does not stop a whole run."""
    try:
        return reading(document)
    except YanbaoError:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return InputError(f"extraction failed: {fault}", document.id, "report it with the text; the others go on")
