"""The examples beside the vocabulary, run: names are marked in the text, so that figures are tried on their own."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.gazetteer import Gazetteer
from extractors.entities.recognise import Passage
from extractors.entities.registry import Registry
from extractors.figures.stated import to_metrics
from extractors.figures.vocabulary import MetricExample, MetricWords
from extractors.relations.examples import marked_passage
from extractors.relations.read import Reader
from extractors.relations.rules import RuleBook
from ontology.records import Document, Metric

_DATE = "2025-12-24"


def failures(words: MetricWords, book: RuleBook) -> Iterator[str]:
    """Yield one line for each example whose figures are read otherwise than it says."""
    for example in words.examples:
        found = read_example(example, book)
        if found != list(example.figures):
            yield f"metrics.yml: {example.text!r} says {list(example.figures)}, found {found}"


def read_example(example: MetricExample, book: RuleBook) -> list[str]:
    """The figures of an example as `owner name period value unit`."""
    registry = Registry(Gazetteer(()))
    text, passage = marked_passage(example.text, registry)
    document = Document(id="example", text=text, date=_DATE)
    reader = Reader(document, registry, book)
    list(reader.read([passage]))
    return [_write(metric, passage) for metric in to_metrics(document, reader.figures)]


def _write(metric: Metric, passage: Passage) -> str:
    name = next(referent.name for referent in passage.referents if referent.id == metric.entity)
    return f"{name} {metric.name} {metric.period} {metric.value} {metric.unit}"
