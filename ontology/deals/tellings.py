"""What one fact tells of a deal: its kind, its parties in roles, its status and its terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ontology.records import Claim, Deal, Fact, Party
from ontology.schema import DEAL_KINDS, Roles, load_ontology

TERMS = ("amount", "percent", "shares", "price", "round", "date", "target")
SHARE = ("amount", "amount_op", "currency", "percent", "shares", "price")
KEPT = (*SHARE, "round", "date", "date_basis", "target", "product", "topic")
PARTY = "PARTY"
TALK = frozenset({"NEGOTIATING_WITH", "SIGNED_CONTRACT_WITH"})
BOTH_ALIKE = Roles(subject=PARTY, object=PARTY)


def kind_of(fact: Fact) -> str:
    """The kind of deal a fact tells, that of talks and signatures by what they are about; empty where it tells none."""
    relation = load_ontology().relations.get(fact.predicate)
    about = fact.qualifiers.get("kind", "")
    if fact.predicate in TALK and about in DEAL_KINDS:
        return about
    return (relation.deal if relation else None) or ""


def telling(fact: Fact, shared: Mapping[str, str]) -> Deal:
    """A fact as a deal of its own; `shared` holds terms that belong to several pairs together.

    Those who invest together are one deal and have its total; elsewhere each pair is a deal of its own, without it.

    Raises KeyError for a fact of no deal.
    """
    roles = load_ontology().relations[fact.predicate].roles or BOTH_ALIKE
    kind = kind_of(fact)
    lead = {"lead": "true"} if fact.qualifiers.get("lead") else {}
    actor = Party(role=roles.subject, entity=fact.subject, qualifiers=lead)
    total = shared if kind == "investment" else {}
    claims = tuple(claims_in(fact, status_of(fact, kind), total, roles.subject != roles.object))
    return Deal(
        id="",
        type=kind,
        name="",
        status=claims[0].status,
        qualifiers=claims[0].qualifiers,
        parties=(actor, Party(role=roles.object, entity=fact.object)),
        facts=(fact.id,),
        evidence=fact.evidence,
        claims=claims,
    )


def claims_in(fact: Fact, status: str, shared: Mapping[str, str], has_actor: bool) -> Iterator[Claim]:
    """Yield what each sentence says of the whole, and of the share of the one who acts."""
    own = {key: value for key, value in fact.qualifiers.items() if key in KEPT}
    total = {key: value for key, value in shared.items() if key in KEPT and key not in own}
    for sentence in fact.evidence:
        if total:
            rest = {key: value for key, value in own.items() if key not in SHARE}
            yield Claim(status=status, qualifiers={**rest, **total}, evidence=sentence)
        if not total or any(key in own for key in SHARE):
            yield Claim(status=status, qualifiers=own, evidence=sentence, party=fact.subject if has_actor else "")


def status_of(fact: Fact, kind: str) -> str:
    """The status of the deal: talks are open, and what is signed about a purchase is agreed, not yet done."""
    said = fact.qualifiers.get("status", "")
    if fact.predicate == "NEGOTIATING_WITH":
        return said or "negotiating"
    if fact.predicate == "SIGNED_CONTRACT_WITH" and kind != "contract" and said in ("", "completed"):
        return "agreed"
    return said or "completed"


def is_deal(deal: Deal) -> bool:
    """Whether what one document tells is more than an edge: it has terms, or takes more than one edge to say."""
    return is_more_than_edges(deal) or any(term in deal.qualifiers for term in TERMS)


def is_more_than_edges(deal: Deal) -> bool:
    """Whether a deal has more than two parties or a status that moved, which no single edge says."""
    return len(deal.parties) > 2 or len({claim.status for claim in deal.claims}) > 1


def claims_of(deal: Deal) -> Sequence[Claim]:
    """What its sentences say one by one; of a deal that keeps no claims, all of it as one."""
    if deal.claims or not deal.evidence:
        return deal.claims
    return (Claim(status=deal.status, qualifiers=deal.qualifiers, evidence=deal.evidence[0]),)


@cache
def takers(kind: str) -> frozenset[str]:
    """The roles that say what a kind of deal is about; the other roles are those who act."""
    if kind == "listing":
        return frozenset({"ISSUER"})
    relations = load_ontology().relations.values()
    return frozenset(r.roles.object for r in relations if r.deal == kind and r.roles) - {PARTY}


def subjects(deal: Deal) -> tuple[str, ...]:
    """The parties it is about, sorted: both where they are alike."""
    about = takers(deal.type)
    found = {party.entity for party in deal.parties if party.role in about}
    return tuple(sorted(found or {party.entity for party in deal.parties}))


def actors(deal: Deal) -> frozenset[str]:
    """The parties who act: all but those it is about."""
    about = takers(deal.type)
    return frozenset(party.entity for party in deal.parties if party.role not in about)


@cache
def roles_between(kind: str) -> Roles:
    """The roles that two parties of a kind take once it is known who acts."""
    relations = load_ontology().relations.values()
    return next((r.roles for r in relations if r.deal == kind and r.roles and not r.symmetric), BOTH_ALIKE)
