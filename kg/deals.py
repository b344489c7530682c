"""Deals as users see them: with names, their history, every claim, and the terms on which claims differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import present
from kg.answers import Conflict, Deal, DealClaim, End, Role, Statement
from kg.ledger import Ledger
from kg.sayings import comparable
from ontology import records
from ontology.deals.fold import of_the_whole, steps
from ontology.deals.tellings import actors
from ontology.deals.traits import normal_round
from ontology.records import Claim
from ontology.values import PartialDate

Heads = Mapping[str, tuple[str, str]]


def present_deals(ledger: Ledger, found: Sequence[records.Deal]) -> list[Deal]:
    """Deals with the names of their parties, in the order given."""
    named = present.ends(ledger, (party.entity for deal in found for party in deal.parties))
    told = {claim.evidence.document for deal in found for claim in deal.claims}
    heads = {key: (source.date, source.publisher) for key in told if (source := ledger.source(key))}
    return [present_deal(deal, named, heads) for deal in found]


def present_deal(deal: records.Deal, named: Mapping[str, End], heads: Heads) -> Deal:
    """A deal with names; `heads` holds date and publisher of its documents."""
    roles = (Role(role=p.role, party=named[p.entity], qualifiers=p.qualifiers) for p in deal.parties)
    return Deal(
        id=deal.id,
        kind=deal.type,
        name=deal.name,
        status=deal.status,
        qualifiers=deal.qualifiers,
        parties=tuple(roles),
        history=tuple(statement(claim.status, claim, heads) for claim in steps(deal.claims)),
        conflicts=tuple(conflicts(deal, heads)),
        claims=tuple(shown(deal, named, heads)),
        facts=deal.facts,
        documents=present.documents(deal.evidence),
        evidence=deal.evidence,
    )


def statement(value: str, claim: Claim, heads: Heads) -> Statement:
    """A value with the sentence that gives it."""
    date, publisher = heads[claim.evidence.document]
    place = {"document": claim.evidence.document, "text": claim.evidence.text}
    return Statement(value=value, date=date, publisher=publisher, **place)


def shown(deal: records.Deal, named: Mapping[str, End], heads: Heads) -> Iterator[DealClaim]:
    """Yield the claims with the names of the parties whose shares they tell, each once; one who acts alone has none."""
    several = len(actors(deal)) > 1
    found: dict[str, DealClaim] = {}
    for claim in deal.claims:
        date, publisher = heads[claim.evidence.document]
        party = named[claim.party].name if several and claim.party in named else ""
        about = {"date": date, "publisher": publisher, "party": party}
        told = DealClaim(status=claim.status, qualifiers=claim.qualifiers, evidence=claim.evidence, **about)
        found.setdefault(told.model_dump_json(), told)
    yield from found.values()


def conflicts(deal: records.Deal, heads: Heads) -> Iterator[Conflict]:
    """Yield the terms to which claims give different values, sorted; the status moves and is none of them."""
    terms = [comparable(terms) for terms in of_the_whole(deal, deal.claims)]
    for term in sorted({key for known in terms for key in known}):
        given = [(known[term], claim) for known, claim in zip(terms, deal.claims, strict=True) if term in known]
        if disagree(term, given):
            values = (statement(value, claim, heads) for value, claim in given)
            yield Conflict(term=term, values=tuple(dict.fromkeys(sorted(values, key=lambda v: v.date, reverse=True))))


def disagree(term: str, given: Sequence[tuple[str, Claim]]) -> bool:
    """Whether values cannot all be right: a date may be told more exactly, and another step has another date."""
    if term == "date":
        by_status: dict[str, set[str]] = {}
        for value, claim in given:
            by_status.setdefault(claim.status, set()).add(value)
        return any(dates_differ(values) for values in by_status.values())
    return len({normal_round(value) if term == "round" else value for value, _ in given}) > 1


def dates_differ(values: Iterable[str]) -> bool:
    """Whether some date is no more exact form of another."""
    dates = sorted(map(PartialDate.parse, values), key=lambda date: len(str(date)))
    return any(not one.contains(other) for at, one in enumerate(dates) for other in dates[at + 1 :])
