"""From records of the ledger to answers with names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg import answers
from kg.answers import Difference, End, Quote, Relation
from kg.ledger import Change, Ledger
from kg.ledger.claims import FACT, METRIC
from kg.sayings import dated
from kg.series import moves, reported
from ontology.records import Deal, Document, Entity, Evidence, Fact, Metric
from ontology.schema import load_ontology

LINE_ENDS = "\n\r。！？!?"


def entity(ledger: Ledger, record: Entity) -> answers.Entity:
    """An entity with the documents that name it."""
    return answers.Entity(**record.model_dump(), documents=ledger.documents_of("entity", record.id))


def facts_between(ledger: Ledger, ids: Mapping[str, str], predicate: str | None) -> list[Fact]:
    """Edges with these ends (`subject`, `object`) sorted by id, symmetric ones from either end."""
    only = {"predicate": predicate} if predicate else {}
    turned = {"subject": "object", "object": "subject"}
    found = {fact.id: fact for fact in ledger.facts_where(**ids, **only)}
    if ids:
        back = ledger.facts_where(**{turned[end]: key for end, key in ids.items()}, **only)
        found |= {fact.id: fact for fact in back if load_ontology().relations[fact.predicate].symmetric}
    return [found[key] for key in sorted(found)]


def ends(ledger: Ledger, ids: Iterable[str]) -> dict[str, End]:
    """Ids with their names; an id nobody names any more stands for itself."""
    wanted = set(ids)
    known = ledger.names_of(wanted)
    return {key: End(id=key, name=known.get(key, key)) for key in wanted}


def relations(ledger: Ledger, facts: Sequence[Fact]) -> list[Relation]:
    """Edges with the names of their ends, in the order given."""
    named = ends(ledger, (key for fact in facts for key in (fact.subject, fact.object)))
    return [
        Relation(
            id=fact.id,
            subject=named[fact.subject],
            predicate=fact.predicate,
            label_zh=load_ontology().relations[fact.predicate].label_zh,
            object=named[fact.object],
            status=fact.qualifiers.get("status", ""),
            qualifiers=fact.qualifiers,
            confidence=fact.confidence,
            rule=fact.rule,
            documents=documents(fact.evidence),
            evidence=fact.evidence,
        )
        for fact in facts
    ]


def metrics(ledger: Ledger, records: Sequence[Metric]) -> list[answers.Metric]:
    """Figures with the names of their entities, in the order given."""
    named = ends(ledger, (metric.entity for metric in records))
    return [answers.Metric(**{**dict(metric), "entity": named[metric.entity]}) for metric in records]


def revisions(ledger: Ledger, name: str, period: str, since: str, entity: str) -> list[answers.Revision]:
    """Figures that a source gave otherwise than before, newest first."""
    told = dated(ledger)
    found = [
        (claims[0], move)
        for _, claims in ledger.metric_claims(entity, name, period)
        for move in moves(reported(claims, told))
        if move.after.date >= since
    ]
    named = ends(ledger, (metric.entity for metric, _ in found))
    rows = [
        answers.Revision(
            id=metric.id,
            entity=named[metric.entity],
            name=metric.name,
            period=metric.period,
            unit=move.after.unit,
            source=move.after.source,
            date=move.after.date,
            before=move.before.value,
            after=move.after.value,
            direction=move.direction,
            documents=(move.before.document, move.after.document),
        )
        for metric, move in found
    ]
    return sorted(sorted(rows, key=lambda one: (one.entity.name, one.id)), key=lambda one: one.date, reverse=True)


def documents(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The documents of some evidence, each once."""
    return tuple(dict.fromkeys(piece.document for piece in evidence))


def quotes(ledger: Ledger, kind: str, key: str) -> list[Quote]:
    """The evidence of a fact, deal or metric with document and sentence."""
    readers: dict[str, Callable[[], Sequence[Fact | Deal | Metric]]] = {
        "fact": lambda: ledger.claims(FACT, key),
        "deal": lambda: [deal for deal in ledger.deals() if deal.id == key],
        "metric": lambda: ledger.claims(METRIC, key),
    }
    pieces = dict.fromkeys(piece for claim in readers[kind]() for piece in claim.evidence)
    return [quote(document, piece) for piece in pieces if (document := ledger.document(piece.document))]


def quote(document: Document, piece: Evidence) -> Quote:
    """One piece of evidence with its document and the sentence around it."""
    head = {key: getattr(document, key) for key in ("title", "publisher", "date")}
    words = sentence(document.text, piece.start, piece.end)
    return Quote(**piece.model_dump(), **head, page=document.page(piece.start), sentence=words)


def sentence(text: str, start: int, end: int) -> str:
    """The line or sentence of `text` that holds `text[start:end]`."""
    first = max(text.rfind(mark, 0, start) for mark in LINE_ENDS) + 1
    stops = [at for mark in LINE_ENDS if (at := text.find(mark, max(start, end - 1))) >= 0]
    last = min(stops, default=len(text) - 1)
    return text[first : last + 1].strip()


def differences(ledger: Ledger, changes: Sequence[Change]) -> list[Difference]:
    """Changes of edges and deals in words, in the order given."""
    states = [change.state for change in changes]
    named = ends(ledger, (key for s in states if isinstance(s, Fact) for key in (s.subject, s.object)))
    return [
        Difference(
            id=change.id,
            what=change.what,
            text=describe(change.state, named),
            at=change.at,
            document=change.document,
            terms=changed_terms(change),
        )
        for change in changes
    ]


def describe(state: Fact | Deal, named: Mapping[str, End]) -> str:
    """An edge or deal in one line."""
    if isinstance(state, Deal):
        return f"{state.name} ({state.type})"
    return f"{named[state.subject]} {state.predicate} {named[state.object]}"


def changed_terms(change: Change) -> dict[str, tuple[str, str]]:
    """The terms that differ, before and after, where both are known."""
    if not change.before or not change.after:
        return {}
    before, after = terms(change.before), terms(change.after)
    keys = sorted(before.keys() | after.keys())
    pairs = {key: (before.get(key, ""), after.get(key, "")) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def terms(state: Fact | Deal) -> dict[str, str]:
    """Qualifiers, and of a deal its status."""
    return {**state.qualifiers, "status": state.status} if isinstance(state, Deal) else dict(state.qualifiers)
