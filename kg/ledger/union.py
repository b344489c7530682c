"""What many documents say together: each union is a function of the set of claims, never of their arrival.

Every function takes the claims newest document first, ties by document id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from ontology.records import Deal, Entity, Evidence, Fact, Metric

TOGETHER = (("amount", "amount_op", "currency"), ("date", "date_basis"), ("price", "price_currency"))

T = TypeVar("T")


def merge_qualifiers(claims: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The newest value of each key; keys that only mean something together come from one claim."""
    merged: dict[str, str] = {}
    for claim in claims:
        taken = {key for group in TOGETHER if any(k in merged for k in group) for key in group}
        merged |= {key: value for key, value in claim.items() if key not in merged and key not in taken}
    return dict(sorted(merged.items()))


def conflicts(claims: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """The keys to which claims give different values, with the values, newest first."""
    values: dict[str, dict[str, None]] = {}
    for key, value in chain.from_iterable(claim.items() for claim in claims):
        values.setdefault(key, {})[value] = None
    return {key: tuple(given) for key, given in sorted(values.items()) if len(given) > 1}


def unite_entities(claims: Sequence[Entity]) -> Entity:
    """One entity: the name and type most documents use, every other name as an alias, all labels."""
    name = most_common(claim.name for claim in claims)
    names = {claim.name for claim in claims}.union(*(claim.aliases for claim in claims))
    kind = most_common(claim.type for claim in claims)
    labels = set(chain.from_iterable(claim.labels for claim in claims))
    return Entity(
        id=claims[0].id,
        type=kind,
        labels=(kind, *sorted(labels - {kind})),
        name=name,
        aliases=tuple(sorted(names - {name})),
        attributes=merge_qualifiers(claim.attributes for claim in claims),
    )


def unite_facts(claims: Sequence[Fact]) -> Fact:
    """One edge: newest qualifiers, all evidence, the highest confidence with its rule."""
    surest = max(claims, key=lambda claim: claim.confidence)
    return claims[0].model_copy(
        update={
            "qualifiers": merge_qualifiers(claim.qualifiers for claim in claims),
            "rule": surest.rule,
            "confidence": surest.confidence,
            "evidence": unite_evidence(claims),
        }
    )


def unite_deals(claims: Sequence[Deal]) -> Deal:
    """One deal: newest name, status and terms, all parties, facts and evidence."""
    parties = {party for claim in claims for party in claim.parties}
    return claims[0].model_copy(
        update={
            "qualifiers": merge_qualifiers(claim.qualifiers for claim in claims),
            "parties": tuple(sorted(parties, key=lambda party: (party.role, party.entity))),
            "facts": tuple(sorted({fact for claim in claims for fact in claim.facts})),
            "evidence": unite_evidence(claims),
        }
    )


def unite_metrics(claims: Sequence[Metric]) -> Metric:
    """One figure: the newest value, all evidence."""
    return claims[0].model_copy(update={"evidence": unite_evidence(claims)})


def unite_evidence(claims: Iterable[Fact | Deal | Metric]) -> tuple[Evidence, ...]:
    """Each piece of evidence once, newest document first."""
    return tuple(dict.fromkeys(chain.from_iterable(claim.evidence for claim in claims)))


def most_common(values: Iterable[T]) -> T:
    """The value given most often; of equals the newest."""
    return Counter(values).most_common(1)[0][0]
