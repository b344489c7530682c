"""Deals: facts that tell one transaction, with its parties in roles and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ontology.records import Deal, Entity, Evidence, Fact, Party, content_id
from ontology.schema import RelationType, load_ontology

_TERMS = ("amount", "percent", "shares", "price", "round", "date", "target")
_KEPT = (
    "amount",
    "amount_op",
    "currency",
    "percent",
    "shares",
    "price",
    "round",
    "date",
    "date_basis",
    "target",
    "product",
    "topic",
)
_KIND_NAMES = {
    "investment": "融资",
    "acquisition": "收购",
    "stake_transfer": "股权转让",
    "stake_increase": "增持",
    "stake_reduction": "减持",
    "contract": "合同",
    "bid": "中标",
    "listing": "上市",
    "loan_or_guarantee": "担保",
    "litigation": "诉讼",
}


def find_deals(
    facts: Iterable[Fact], shared: Mapping[str, Mapping[str, str]], entities: Mapping[str, Entity]
) -> Iterator[Deal]:
    """Yield one deal for each group of facts on one transaction; `shared` holds terms several pairs share."""
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        relation = load_ontology().relations[fact.predicate]
        if relation.deal:
            groups.setdefault(_key(relation, fact), []).append(fact)
    for key, group in groups.items():
        terms = _terms(group, shared)
        if any(term in terms for term in _TERMS) or len(group) > 1:
            yield _deal(key, group, terms, entities)


def _key(relation: RelationType, fact: Fact) -> tuple[str, ...]:
    """What makes two facts one deal: kind and target, and the round, or where there is none the sentence."""
    kind, target = str(relation.deal), fact.qualifiers.get("target", "")
    if kind == "investment":
        told = fact.qualifiers.get("round") or f"{fact.evidence[0].start}"
        return kind, fact.object, told
    ends = (fact.subject, fact.object) if not relation.symmetric else tuple(sorted((fact.subject, fact.object)))
    return kind, *ends, target


def _terms(group: list[Fact], shared: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Terms of the deal: shared totals, and what every fact that states it agrees on."""
    terms: dict[str, str] = {}
    for fact in group:
        terms |= shared.get(fact.id, {})
    for key in _KEPT:
        values = {fact.qualifiers[key] for fact in group if key in fact.qualifiers}
        if len(values) == 1:
            terms.setdefault(key, values.pop())
    return dict(sorted(terms.items()))


def _deal(key: tuple[str, ...], group: list[Fact], terms: dict[str, str], entities: Mapping[str, Entity]) -> Deal:
    parties = dict.fromkeys(party for fact in group for party in _parties(fact))
    return Deal(
        id=content_id("deal", *key),
        type=key[0],
        name=_name(key[0], group[0], terms, entities),
        status=group[0].qualifiers.get("status", "completed"),
        qualifiers=terms,
        parties=tuple(sorted(parties, key=lambda party: (party.role, party.entity))),
        facts=tuple(fact.id for fact in group),
        evidence=_evidence(group),
    )


def _parties(fact: Fact) -> Iterator[Party]:
    roles = load_ontology().relations[fact.predicate].roles
    if roles:
        yield Party(role=roles.subject, entity=fact.subject)
        yield Party(role=roles.object, entity=fact.object)


def _evidence(group: list[Fact]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for fact in group for evidence in fact.evidence))


def _name(kind: str, fact: Fact, terms: Mapping[str, str], entities: Mapping[str, Entity]) -> str:
    subject, target = entities[fact.subject].name, entities[fact.object].name
    if kind == "investment":
        return f"{target} {terms.get('round', '融资')}"
    return f"{subject} {_KIND_NAMES.get(kind, kind)} {target}" if kind != "listing" else f"{subject} 上市"
