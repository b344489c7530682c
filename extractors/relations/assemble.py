"""From candidates to facts: plans take the planned form, the ontology validates, repeated facts join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.entities.registry import to_entity
from extractors.expressions import ready as re
from extractors.relations.deals import Told, talks_named
from extractors.relations.houses import is_house
from extractors.relations.makers import makes
from extractors.relations.match import Candidate
from ontology.records import Document, Entity, Evidence, Fact, Rejected
from ontology.schema import Ontology, RelationType, load_ontology
from ontology.validate import edge_id, reject

_OPEN = frozenset({"planned", "negotiating", "conditional", "agreed", "terminated", "denied"})


@dataclass(slots=True)
class Assembly:
    """Accepted facts in order of first mention, what their sentences tell one by one, and rejected candidates."""

    facts: list[Fact] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def assemble(candidates: Iterable[Candidate], document: Document, types: dict[str, frozenset[str]]) -> Assembly:
    """Turn candidates into validated facts; facts of one id are joined."""
    ontology = load_ontology()
    told: list[Told] = []
    assembly = Assembly()
    for candidate in reconcile(list(candidates)):
        relation, qualifiers = _form(ontology, candidate)
        subject, object_ = (to_entity(r, types.get(r.id, frozenset())) for r in (candidate.subject, candidate.object))
        evidence = _evidence(document, candidate)
        reason = reject(ontology, subject, relation.name, object_, qualifiers)
        name = str(reason.value) if reason else _contradiction(candidate)
        if name:
            assembly.rejected.append(
                Rejected(
                    reason=name,
                    subject=subject.id,
                    predicate=relation.name,
                    object=object_.id,
                    rule=candidate.rule.id,
                    evidence=evidence,
                )
            )
            continue
        told.append(Told(_fact(relation, subject, object_, qualifiers, candidate, evidence), candidate.shared))
    told = talks_named(told)
    assembly.facts = list(_without_shadows(_joined(one.fact for one in told)))
    kept = {fact.id for fact in assembly.facts}
    assembly.told = [one for one in told if one.fact.id in kept]
    return assembly


def _joined(told: Iterable[Fact]) -> Iterable[Fact]:
    """Facts of one id as one, in order of first mention."""
    facts: dict[str, list[Fact]] = {}
    for fact in told:
        facts.setdefault(fact.id, []).append(fact)
    return map(_united, facts.values())


_TAKEOVERS = frozenset({"ACQUIRED", "MERGED_WITH"})
_TITLE = re.compile(r"[\[【][^\[\]【】。；]{4,}[\]】]$")
_STATES = frozenset({"HOLDS_POSITION", "HOLDS_STAKE_IN", "CONTROLS", "SUBSIDIARY_OF", "COMPETES_WITH", "COVERS"})
_GIVEN_UP = frozenset({"TRANSFERS_STAKE_TO", "REDUCED_STAKE_IN"})


def reconcile(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, those without a word on their status taking the one their section gives the same deal.

    A headline drops 拟 and 将; the body of the same section says them. Nobody takes over one firm twice, so there the
    target alone tells the deal; elsewhere both ends do. What a seller gives up goes with what the buyer of the same
    sentence takes.
    """
    open_deals: dict[tuple[str, ...], str] = {}
    for candidate in candidates:
        if candidate.qualifiers.get("status") in _OPEN:
            for place in _places(candidate):
                open_deals.setdefault(_deal_key(candidate, place), candidate.qualifiers["status"])
        elif candidate.qualifiers.get("status") and not candidate.relation.pending:
            for place in _places(candidate):
                open_deals[_deal_key(candidate, place)] = ""
    for candidate in candidates:
        if not candidate.qualifiers.get("status"):
            _take_status(candidate, open_deals)
    bought = {_sale_key(c, c.object.name): c.qualifiers["status"] for c in candidates if _is_open_takeover(c)}
    for candidate in candidates:
        key = _sale_key(candidate, candidate.qualifiers.get("target", candidate.object.name))
        undecided = candidate.qualifiers.get("status", "planned") == "planned"
        if candidate.relation.name in _GIVEN_UP and undecided and key in bought:
            candidate.qualifiers["status"] = bought[key]
    return candidates


def _take_status(candidate: Candidate, open_deals: dict[tuple[str, ...], str]) -> None:
    """Give a headline, or a takeover told in passing, the status of the deal elsewhere in its section."""
    pending = bool(candidate.relation.pending)
    heads = _is_headline(candidate) and candidate.relation.name not in _STATES
    if not heads and not (pending and candidate.relation.name in _TAKEOVERS):
        return
    place = _places(candidate)[-1 if heads else 0]
    status = _status_for(candidate, open_deals.get(_deal_key(candidate, place), ""))
    if status or (pending and _only_announced(candidate)):
        candidate.qualifiers["status"] = status or "agreed"


def _is_headline(candidate: Candidate) -> bool:
    """Whether a candidate stands in a heading, or in the 【title】 that a paragraph of wire news begins with."""
    passage = candidate.passage
    return passage.block.kind == "heading" or bool(_TITLE.search(passage.text[candidate.start : candidate.end]))


def _places(candidate: Candidate) -> tuple[str, ...]:
    """Where a deal is told: its section, and for a title within a paragraph that paragraph."""
    block = candidate.passage.block
    return (block.section,) if block.kind == "heading" else (block.section, f"{block.start}")


def _is_open_takeover(candidate: Candidate) -> bool:
    return bool(candidate.relation.name == "ACQUIRED" and candidate.qualifiers.get("status") in _OPEN)


def _sale_key(candidate: Candidate, target: str) -> tuple[str, ...]:
    return f"{candidate.passage.block.start}", f"{candidate.start}", target


def _status_for(candidate: Candidate, told: str) -> str:
    """The status told of the deal; one that is off tells nothing of what somebody else did at another time."""
    called_off = told in ("terminated", "denied") and not _is_headline(candidate)
    return "" if called_off or candidate.qualifiers.get("date_basis") == "stated" else told


_ANNOUNCED = frozenset({"ACQUIRED", "INVESTED_IN"})
_CLOSED = re.compile("完成|已|过户|交割|获|了|入股|融资|[领跟参]投")


def _only_announced(candidate: Candidate) -> bool:
    """Whether the title of an announcement (甲：收购乙股权) tells a purchase without a word on its closing."""
    passage = candidate.passage
    title = passage.text[candidate.start : candidate.end]
    spoken = candidate.relation.name in _ANNOUNCED and passage.block.kind == "heading"
    return spoken and bool(re.match("[^，。；：]{2,12}：", title)) and not _CLOSED.search(title)


def _deal_key(candidate: Candidate, place: str) -> tuple[str, ...]:
    if candidate.relation.name in _TAKEOVERS:
        return place, "takeover", candidate.object.id
    return place, candidate.relation.name, candidate.subject.id, candidate.object.id


def _contradiction(candidate: Candidate) -> str:
    """Why a candidate cannot be: a product has another maker, a firm rates a house; else empty."""
    if candidate.relation.name == "COVERS" and is_house(candidate.object) and not is_house(candidate.subject):
        return "a firm rates no house"
    if candidate.relation.name != "DEVELOPS":
        return ""
    if candidate.subject.is_voice and not candidate.object.makers:
        return "a medium makes nothing"
    return "another maker listed" if candidate.object.makers and not makes(candidate.subject, candidate.object) else ""


def _form(ontology: Ontology, candidate: Candidate) -> tuple[RelationType, dict[str, str]]:
    """The relation type and qualifiers a candidate takes: what is not done never takes the plain form."""
    relation, qualifiers = candidate.relation, dict(candidate.qualifiers)
    if relation.pending and qualifiers.get("status") in _OPEN:
        relation = ontology.relations[relation.pending]
    elif relation.pending:
        qualifiers["status"] = "completed"
    return relation, {key: value for key, value in qualifiers.items() if key in relation.qualifiers}


def _evidence(document: Document, candidate: Candidate) -> Evidence:
    start, end = candidate.passage.flow.source(candidate.start, candidate.end)
    return Evidence(
        document=document.id,
        section=candidate.passage.block.section,
        start=start,
        end=end,
        text=document.text[start:end],
    )


def _fact(
    relation: RelationType,
    subject: Entity,
    object_: Entity,
    qualifiers: dict[str, str],
    candidate: Candidate,
    evidence: Evidence,
) -> Fact:
    first, second = (object_, subject) if relation.symmetric and object_.id < subject.id else (subject, object_)
    return Fact(
        id=edge_id(relation, first.id, second.id, qualifiers),
        subject=first.id,
        predicate=relation.name,
        object=second.id,
        qualifiers=dict(sorted(qualifiers.items())),
        rule=candidate.rule.id,
        confidence=round(candidate.rule.confidence * 0.95**candidate.carried * 0.98 ** (candidate.pairs - 1), 3),
        evidence=(evidence,),
    )


def _united(facts: Sequence[Fact]) -> Fact:
    """Facts of one id as one: qualifiers fill up, evidence adds up, the surest rule names it."""
    surest = max(facts, key=lambda fact: fact.confidence)
    qualifiers = {key: value for fact in reversed(facts) for key, value in fact.qualifiers.items()}
    return facts[0].model_copy(
        update={
            "qualifiers": dict(sorted(qualifiers.items())),
            "evidence": tuple(dict.fromkeys(piece for fact in facts for piece in fact.evidence)),
            "rule": surest.rule,
            "confidence": surest.confidence,
        }
    )


def _without_shadows(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts without those that only say less of the same sentence than another does."""
    between: dict[tuple[str, str], list[Fact]] = {}
    rows = list(facts)
    for fact in rows:
        between.setdefault((fact.subject, fact.object), []).append(fact)
    for fact in rows:
        others = between[fact.subject, fact.object]
        if not any(_shadows(other, fact) for other in others if other is not fact):
            yield fact


def _shadows(other: Fact, fact: Fact) -> bool:
    """Whether one of two facts between the same ends says all that the other does, of the same sentences."""
    if not set(fact.evidence) <= set(other.evidence):
        return False
    if load_ontology().relations[fact.predicate].pending == other.predicate:
        return True
    return fact.predicate == other.predicate and fact.qualifiers.items() < other.qualifiers.items()
