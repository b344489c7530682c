"""A figure as it was read, and the records that a document's figures become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.entities.registry import Referent
from extractors.figures.numbers import spell
from ontology.records import Document, Evidence, Metric, content_id


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of `referent` that `start:end` of the document says, under the headings `section`.

    `as_of` is the day to which it stands, empty where that is the document's.
    """

    referent: Referent
    name: str
    period: str
    value: Decimal
    unit: str
    written: str
    start: int
    end: int
    section: str
    op: str = "="
    as_of: str = ""


def to_metrics(document: Document, figures: Iterable[Stated]) -> tuple[Metric, ...]:
    """One record for each figure, in the order of the text; said twice, it has two pieces of evidence.

    Where a document gives two values to one figure, both stand, under one id.
    """
    found: dict[tuple[str, ...], Metric] = {}
    for figure in sorted(figures, key=lambda one: (one.start, one.end)):
        metric = _metric(document, figure)
        key = (metric.id, metric.value, metric.unit)
        known = found.get(key)
        if known:
            evidence = tuple(dict.fromkeys((*known.evidence, *metric.evidence)))
            metric = known.model_copy(update={"evidence": evidence})
        found[key] = metric
    return tuple(found.values())


def _metric(document: Document, figure: Stated) -> Metric:
    quote = document.text[figure.start : figure.end]
    evidence = Evidence(document=document.id, section=figure.section, start=figure.start, end=figure.end, text=quote)
    return Metric(
        id=content_id("metric", figure.referent.id, figure.name, figure.period),
        entity=figure.referent.id,
        name=figure.name,
        period=figure.period,
        value=spell(figure.value),
        unit=figure.unit,
        op=figure.op,
        as_of=figure.as_of or document.date,
        written=figure.written,
        evidence=(evidence,),
    )
