"""All tests of one document, and what cannot be right in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pydantic import Field

from kg.answers import End
from kg.checks.equations import Tested, tests_of
from kg.checks.rounding import Between
from kg.checks.sums import Added, totals_of
from kg.present import sentence
from kg.wording import number_in_words
from ontology.records import Document, Evidence, Metric, Record

FACTORS = (100, 1000, 10_000, 1_000_000, 100_000_000)


class Wrong(Record):
    """A figure that cannot be right beside the others: `stated` as written, `computed` from the others, and where.

    `factor` is set where the figure is right but for a multiple, `100000000` or `1/10000`: most often a wrong unit.
    """

    kind: str
    entity: End
    name: str
    period: str
    stated: str
    computed: str
    by: str
    factor: str = ""
    evidence: Evidence
    sentence: str


class Checked(Record):
    """How many figures were tested by kind (`PE`, `net`, `growth`, `gain`, `sum`), and those that cannot be right."""

    documents: int = 0
    tested: dict[str, int] = Field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()


def check(readings: Iterable[tuple[Document, Sequence[Metric]]], names: Mapping[str, str]) -> Checked:
    """Test the figures of documents, each on its own; `names` are those of the entities by id."""
    tested: Counter[str] = Counter()
    wrong: list[Wrong] = []
    documents = 0
    for document, metrics in readings:
        documents += 1
        for kind, finding in verdicts(document, metrics, names):
            tested[kind] += 1
            wrong += [finding] if finding else []
    return Checked(documents=documents, tested=dict(sorted(tested.items())), wrong=tuple(wrong))


def verdicts(
    document: Document, metrics: Sequence[Metric], names: Mapping[str, str]
) -> Iterator[tuple[str, Wrong | None]]:
    """Yield the kind of each test with what it found wrong."""
    for tested in tests_of(metrics):
        yield tested.kind, None if tested.stated.meets(tested.computed) else of_figure(document, tested, names)
    for added in totals_of(document):
        yield "sum", None if added.stated.meets(added.computed) else of_table(document, added)


def of_figure(document: Document, tested: Tested, names: Mapping[str, str]) -> Wrong:
    """What is wrong with a figure."""
    metric = tested.metric
    return Wrong(
        kind=tested.kind,
        entity=End(id=metric.entity, name=names.get(metric.entity, metric.entity)),
        name=metric.name,
        period=metric.period,
        stated=f"{number_in_words(metric.value)} {metric.unit}".removesuffix(" 1"),
        computed=f"{in_words(tested.result)} {metric.unit}".removesuffix(" 1"),
        by=tested.in_words,
        factor=factor(tested.stated, tested.computed),
        evidence=tested.evidence,
        sentence=sentence(document.text, tested.evidence.start, tested.evidence.end),
    )


def of_table(document: Document, added: Added) -> Wrong:
    """What is wrong with a total or a share."""
    return Wrong(
        kind="sum",
        entity=End(id="", name=""),
        name=added.what,
        period="",
        stated=added.written,
        computed=in_words(added.computed.middle),
        by="rows of the table",
        factor=factor(added.stated, added.computed),
        evidence=added.evidence,
        sentence=sentence(document.text, added.evidence.start, added.evidence.end),
    )


def in_words(computed: Decimal) -> str:
    """What was computed, to two decimals."""
    return number_in_words(str(computed.quantize(Decimal("0.01"))))


def factor(stated: Between, computed: Between) -> str:
    """The multiple by which a figure is off, if a change of unit explains it; empty otherwise."""
    for multiple in FACTORS:
        if stated.times(multiple).meets(computed):
            return str(multiple)
        if computed.times(multiple).meets(stated):
            return f"1/{multiple}"
    return ""
