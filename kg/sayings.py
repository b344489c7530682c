"""What documents say of one relation or deal, one after the other: since when, how it moved, on what they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.ledger import Ledger
from kg.wording import amount_in_words
from ontology.deals.fold import of_the_whole, steps
from ontology.merge import merge_qualifiers
from ontology.records import Deal, Fact

SEPARATOR = " | "
KEPT = 20_000
SIDE_TERMS = frozenset({"amount_op", "currency", "date_basis", "attribution"})

Dated = Mapping[str, tuple[str, str]]
Course = dict[str, str | list[str]]


@dataclass(frozen=True)
class Saying:
    """The terms as one document gives them; `date` is that of the document, `source` its publisher, title or id."""

    date: str
    source: str
    terms: Mapping[str, str]


class Heads(dict[str, tuple[str, str]]):
    """Date and source of each document by its id, looked up when first asked for; of very many not all are kept."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def __missing__(self, key: str) -> tuple[str, str]:
        one = self._ledger.source(key)
        if one is None:
            raise KeyError(key)
        if len(self) >= KEPT:
            self.clear()
        self[key] = found = one.date, one.publisher or one.title or one.id
        return found


def dated(ledger: Ledger) -> Dated:
    """Date and source of each document by its id."""
    return Heads(ledger)


def course(claims: Sequence[Fact], documents: Dated) -> Course:
    """Flat properties from claims given newest first; dates are those of the documents.

    `first_said`, `last_said`; `status_before`, `status_since` where the status moved; `changed_on` where any term did;
    `versions`, one line `term | value | date | source` for every value of a term that has more than one.
    """
    sayings = [
        Saying(*documents[claim.evidence[0].document], comparable(claim.qualifiers)) for claim in reversed(claims)
    ]
    return told(sayings, sayings)


def course_of_deal(deal: Deal, documents: Dated) -> Course:
    """The same of a deal, and its `history`: one line `date | status | source` for every step it took."""
    sentences = [
        Saying(*documents[claim.evidence.document], comparable({**terms, "status": claim.status}))
        for claim, terms in zip(deal.claims, of_the_whole(deal, deal.claims), strict=True)
    ]
    history = [SEPARATOR.join((date, status, source)) for date, source, status in moves(deal, documents)]
    return {**told(list(by_document(deal, documents)), sentences), "history": history}


def by_document(deal: Deal, documents: Dated) -> Iterator[Saying]:
    """Yield what each document says of a deal all in all, oldest first."""
    for key, group in groupby(deal.claims, key=lambda claim: claim.evidence.document):
        claims = list(group)
        terms = merge_qualifiers(of_the_whole(deal, claims))
        yield Saying(*documents[key], comparable({**terms, "status": steps(claims)[-1].status}))


def moves(deal: Deal, documents: Dated) -> Iterator[tuple[str, str, str]]:
    """Yield date, source and status of every step of a deal, oldest first."""
    for claim in steps(deal.claims):
        yield *documents[claim.evidence.document], claim.status


def told(sayings: Sequence[Saying], sentences: Sequence[Saying]) -> Course:
    """The properties from what documents say, oldest first, and from their sentences."""
    dates = sorted(filter(None, (saying.date for saying in sayings)))
    ends = {"first_said": dates[0], "last_said": dates[-1]} if dates else {}
    moved: Course = {"changed_on": changed_on(sayings), "versions": versions(sentences)}
    return {**ends, **status_move(sayings), **{key: value for key, value in moved.items() if value}}


def comparable(terms: Mapping[str, str]) -> dict[str, str]:
    """The terms that can differ, the amount with its currency in words."""
    words = amount_in_words(terms)
    kept = {key: value for key, value in terms.items() if key not in SIDE_TERMS}
    return {**kept, **({"amount": words} if words else {})}


def status_move(sayings: Sequence[Saying]) -> dict[str, str]:
    """The status before the present one, and when it moved."""
    told = [(saying.date, saying.terms["status"]) for saying in sayings if "status" in saying.terms]
    since = next((at for at in range(len(told) - 1, 0, -1) if told[at][1] != told[at - 1][1]), 0)
    return {"status_before": told[since - 1][1], "status_since": told[since][0]} if since else {}


def changed_on(sayings: Sequence[Saying]) -> str:
    """The date of the last document that gave a term anew or otherwise than before; empty where none did."""
    known: dict[str, str] = dict(sayings[0].terms)
    last = ""
    for saying in sayings[1:]:
        if not saying.terms.items() <= known.items():
            last = saying.date
        known |= saying.terms
    return last


def versions(sayings: Sequence[Saying]) -> list[str]:
    """A line for each value of the terms that have several, oldest first within a term."""
    terms = sorted({key for saying in sayings for key in saying.terms})
    lines = (list(lines_of(term, sayings)) for term in terms if len(values(term, sayings)) > 1)
    return [line for group in lines for line in group]


def values(term: str, sayings: Sequence[Saying]) -> Collection[str]:
    """The different values of a term."""
    return {saying.terms[term] for saying in sayings if term in saying.terms}


def lines_of(term: str, sayings: Sequence[Saying]) -> Iterator[str]:
    """Each telling of a term once."""
    told = (SEPARATOR.join((term, s.terms[term], s.date, s.source)) for s in sayings if term in s.terms)
    yield from dict.fromkeys(told)
