"""Deals of a document: its tellings of one transaction, wherever they stand, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractors.expressions import ready as re
from ontology.deals import kind_of, named, resolve, telling
from ontology.deals.tellings import TALK
from ontology.records import Deal, Document, Entity, Fact

_TALK = "洽谈|商谈|磋商|商讨|谈判|协商|接洽|商议|洽商|密谈|讨论|接触|探讨|会谈|沟通|谈"
_PAPER = "协议|合同|备忘录|意向书"
_PURCHASES = {
    "acquisition": "收购|并购|私有化|买下|竞购|合并|控股权|控制权",
    "investment": "投资(?!者|人|方|银行|部|总监|经理|公司|集团|基金|机构|顾问)|入股|参股|注资|增资|融资|认购",
}
_SPOKEN = {
    kind: re.compile(
        f"(?:{_TALK})[^，。；]{{0,16}}?(?:{words})|就[^，。；]{{0,20}}?(?:{words})[^，。；]{{0,16}}?(?:{_TALK})"
        f"|(?:{words})[^，。；]{{0,6}}?(?:{_PAPER})|(?:{_PAPER})，[^，。；]{{0,30}}?(?:{words})"
    )
    for kind, words in _PURCHASES.items()
}
_SIGNED = re.compile("签(?:署|订|约|定|下|了)")
_OTHER_BUSINESS = re.compile("供货|供应|采购|销售|订单|代工|租赁|租用|授权|许可|合资|合作")


_LOAN = re.compile("(?:并购|收购|投资|增持|回购)(?:专项)?(?:融资|贷款)")


@dataclass(frozen=True)
class Told:
    """A fact as one sentence tells it, and the terms that several pairs of the sentence share."""

    fact: Fact
    shared: Mapping[str, str]


def find_deals(told: Iterable[Told], document: Document, entities: Mapping[str, Entity]) -> Iterator[Deal]:
    """Yield the deals of a document, sorted by id."""
    tellings = [telling(one.fact, one.shared) for one in told if kind_of(one.fact)]
    names = {key: entity.name for key, entity in entities.items()}
    yield from named(resolve(tellings, {document.id: document.date}), names)


def talks_named(told: list[Told]) -> list[Told]:
    """The same, talks and signatures with the purchase they are about, where the document says it of the two."""
    purchases = [one.fact for one in told if one.fact.predicate not in TALK and kind_of(one.fact) in _PURCHASES]
    named = [Told(_named(one.fact, purchases), one.shared) for one in told]
    kinds: dict[frozenset[str], set[str]] = {}
    for one in named:
        if kind_of(one.fact) in _PURCHASES:
            kinds.setdefault(ends(one.fact), set()).add(kind_of(one.fact))
    return [Told(_named_like(one.fact, kinds.get(ends(one.fact), set())), one.shared) for one in named]


def _named(fact: Fact, purchases: list[Fact]) -> Fact:
    """A fact with the kind its own sentence says; where that tells a purchase of somebody else it stays without.

    An agreement that is only named (双方的投资协议) is no signature.
    """
    if fact.predicate not in TALK or "kind" in fact.qualifiers:
        return fact
    words = fact.evidence[0]
    spoken = _LOAN.sub("", words.text)
    kind = next((kind for kind, pattern in _SPOKEN.items() if pattern.search(spoken)), "")
    here = [other for other in purchases if kind_of(other) == kind and other.evidence[0].start == words.start]
    theirs = any(ends(other) == ends(fact) for other in here)
    others = bool(here) and not theirs
    unsigned = fact.predicate == "SIGNED_CONTRACT_WITH" and not theirs and not _SIGNED.search(words.text)
    return fact if not kind or others or unsigned else _with_kind(fact, kind)


def _named_like(fact: Fact, kinds: set[str]) -> Fact:
    """Talks of two firms with the one purchase their document tells of the two, unless they speak of other business."""
    speaks_of_other = _OTHER_BUSINESS.search(fact.evidence[0].text)
    if fact.predicate != "NEGOTIATING_WITH" or "kind" in fact.qualifiers or len(kinds) != 1 or speaks_of_other:
        return fact
    return _with_kind(fact, *kinds)


def _with_kind(fact: Fact, kind: str) -> Fact:
    return fact.model_copy(update={"qualifiers": dict(sorted({**fact.qualifiers, "kind": kind}.items()))})


def ends(fact: Fact) -> frozenset[str]:
    """Both ends."""
    return frozenset((fact.subject, fact.object))
