"""What many documents say together: each union is a function of the set of claims, never of their arrival.

Every function takes the claims newest document first, ties by document id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from ontology.merge import merge_qualifiers
from ontology.records import Deal, Entity, Evidence, Fact, Metric

T = TypeVar("T")


def unite_entities(claims: Sequence[Entity]) -> Entity:
    """One entity: the name and type most documents use, every other name as an alias, all labels."""
    name = most_common(claim.name for claim in claims)
    kind = most_common(claim.type for claim in claims)
    different = {id(claim): claim for claim in claims}.values()  # what many say alike is one object
    names = {claim.name for claim in different}.union(*(claim.aliases for claim in different))
    labels = set(chain.from_iterable(claim.labels for claim in different))
    return Entity(
        id=claims[0].id,
        type=kind,
        labels=(kind, *sorted(labels - {kind})),
        name=name,
        aliases=tuple(sorted(names - {name})),
        attributes=merge_qualifiers(claim.attributes for claim in different),
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


def newest_deal(claims: Sequence[Deal]) -> Deal:
    """The newest claim of a deal; `kg.ledger.deals` works out which claims tell one deal."""
    return claims[0]


def unite_metrics(claims: Sequence[Metric]) -> Metric:
    """One figure: the newest value, all evidence."""
    return claims[0].model_copy(update={"evidence": unite_evidence(claims)})


def unite_evidence(claims: Iterable[Fact | Deal | Metric]) -> tuple[Evidence, ...]:
    """Each piece of evidence once, newest document first."""
    return tuple(dict.fromkeys(chain.from_iterable(claim.evidence for claim in claims)))


def most_common(values: Iterable[T]) -> T:
    """The value given most often; of equals the newest."""
    return Counter(values).most_common(1)[0][0]
