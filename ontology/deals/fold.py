"""Several tellings as one deal: all parties, all claims, the terms and the status that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from ontology.deals.tellings import SHARE, actors, claims_of
from ontology.deals.traits import STEP
from ontology.merge import merge_qualifiers
from ontology.records import Claim, Deal, Evidence, Party

Days = Mapping[str, str]


def fold(tellings: Sequence[Deal], days: Days) -> Deal:
    """One deal of tellings that belong together; its id and name are still to be given."""
    if len(tellings) == 1 and tellings[0].id and tellings[0].claims:
        return tellings[0]
    told = sorted(tellings, key=lambda one: place(one, days))
    newest = sorted(told, key=lambda one: days.get(one.evidence[0].document, ""), reverse=True)
    claims = in_order(chain.from_iterable(map(claims_of, told)), days)
    whole = told[0].model_copy(update={"claims": claims, "parties": united(p for one in told for p in one.parties)})
    terms = merge_qualifiers(of_the_whole(whole, newest_first(claims, days)))
    return whole.model_copy(
        update={
            "status": steps(claims)[-1].status,
            "qualifiers": terms,
            "parties": tuple(with_share(party, whole, terms, days) for party in whole.parties),
            "facts": tuple(sorted({fact for one in told for fact in one.facts})),
            "evidence": tuple(dict.fromkeys(chain.from_iterable(one.evidence for one in newest))),
        }
    )


def place(deal: Deal, days: Days) -> tuple[str, str, int, tuple[str, ...]]:
    """Where a telling stands: the date of its document, the document, the place in it; then which facts tell it."""
    at = deal.evidence[0]
    return days.get(at.document, ""), at.document, min(e.start for e in deal.evidence), deal.facts


def in_order(claims: Iterable[Claim], days: Days) -> tuple[Claim, ...]:
    """Claims by the date of their documents, then in the order of the text, each once."""
    unique = {claim.model_dump_json(): claim for claim in claims}
    key_of = {key: spot(claim.evidence, days) for key, claim in unique.items()}
    return tuple(unique[key] for key in sorted(unique, key=lambda key: (key_of[key], key)))


def spot(evidence: Evidence, days: Days) -> tuple[str, str, int]:
    """The date of a document, the document and the place in it."""
    return days.get(evidence.document, ""), evidence.document, evidence.start


def newest_first(claims: Sequence[Claim], days: Days) -> list[Claim]:
    """Claims with the newest document first, in the order of the text within it."""
    return sorted(claims, key=lambda claim: days.get(claim.evidence.document, ""), reverse=True)


def of_the_whole(deal: Deal, claims: Iterable[Claim]) -> list[dict[str, str]]:
    """The terms of the deal itself: a figure that is the share of one of several who act is none of them."""
    several = len(actors(deal)) > 1
    hidden = [frozenset(SHARE if several and claim.party else ()) for claim in claims]
    return [
        {k: v for k, v in claim.qualifiers.items() if k not in out} for claim, out in zip(claims, hidden, strict=True)
    ]


def united(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once in each role, sorted; what is said of it adds up."""
    found: dict[tuple[str, str], Party] = {}
    for party in parties:
        known = found.get((party.role, party.entity), party)
        terms = dict(sorted({**party.qualifiers, **known.qualifiers}.items()))
        found[party.role, party.entity] = party.model_copy(update={"qualifiers": terms})
    return tuple(party for _, party in sorted(found.items()))


def with_share(party: Party, deal: Deal, terms: Mapping[str, str], days: Days) -> Party:
    """A party with the share it is said to have, unless that is all there is."""
    lead = {key: value for key, value in party.qualifiers.items() if key == "lead"}
    own = [claim for claim in newest_first(deal.claims, days) if claim.party == party.entity]
    share = merge_qualifiers({k: v for k, v in claim.qualifiers.items() if k in SHARE} for claim in own)
    alone = len(actors(deal)) == 1 or share.items() <= terms.items()
    return party.model_copy(update={"qualifiers": lead if alone else dict(sorted({**lead, **share}.items()))})


def steps(claims: Sequence[Claim]) -> list[Claim]:
    """The claims at which the status moved, oldest first; within a document it never goes back."""
    found: list[Claim] = []
    for claim in claims:
        same = bool(found) and found[-1].evidence.document == claim.evidence.document
        back = same and STEP.get(claim.status, 0) < STEP.get(found[-1].status, 0)
        if not found or (claim.status != found[-1].status and not back):
            found.append(claim)
    return found
