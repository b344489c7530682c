"""The gate between what a rule proposes and what is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from enum import Enum

from ontology.records import Entity, content_id
from ontology.schema import Ontology, RelationType
from ontology.values import CURRENCIES, OPERATORS, PartialDate, Percent, Round, Shares, parse_number

STATUSES = ("completed", "agreed", "planned", "negotiating", "conditional", "terminated", "denied")
DATE_BASES = ("stated", "document", "relative")


class Reason(Enum):
    """Why a candidate fact is refused."""

    UNKNOWN_RELATION = "unknown relation"
    SUBJECT_TYPE = "subject type"
    OBJECT_TYPE = "object type"
    SAME_ENDS = "same ends"
    UNKNOWN_QUALIFIER = "unknown qualifier"
    BAD_VALUE = "bad value"
    PLAN_AS_DONE = "plan stored as done"


def reject(
    ontology: Ontology, subject: Entity, predicate: str, object: Entity, qualifiers: Mapping[str, str]
) -> Reason | None:
    """The first reason to refuse the fact, or None; ends are matched by all their labels."""
    relation = ontology.relations.get(predicate)
    if relation is None:
        return Reason.UNKNOWN_RELATION
    return _reject_ends(relation, subject, object) or _reject_qualifiers(relation, qualifiers)


def edge_id(relation: RelationType, subject: str, object: str, qualifiers: Mapping[str, str]) -> str:
    """Stable id over type, ends (sorted where symmetric) and the qualifiers that tell two edges apart."""
    ends = sorted((subject, object)) if relation.symmetric else [subject, object]
    marks = (f"{key}={qualifiers[key]}" for key in relation.distinguishing if key in qualifiers)
    return content_id("fact", relation.name, *ends, *marks)


def count(rejections: Iterable[Reason]) -> Mapping[Reason, int]:
    """How often each reason came up, most frequent first; ties in the order of `Reason`."""
    counted = Counter(rejections)
    order = list(Reason)
    return {reason: counted[reason] for reason in sorted(counted, key=lambda r: (-counted[r], order.index(r)))}


def _reject_ends(relation: RelationType, subject: Entity, object: Entity) -> Reason | None:
    if subject.id == object.id:
        return Reason.SAME_ENDS
    if not set(relation.subject) & set(subject.labels):
        return Reason.SUBJECT_TYPE
    if not set(relation.object) & set(object.labels):
        return Reason.OBJECT_TYPE
    return None


def _reject_qualifiers(relation: RelationType, qualifiers: Mapping[str, str]) -> Reason | None:
    if not set(qualifiers) <= set(relation.qualifiers):
        return Reason.UNKNOWN_QUALIFIER
    if not all(is_value(key, value) for key, value in qualifiers.items()):
        return Reason.BAD_VALUE
    if relation.pending and qualifiers.get("status", "completed") != "completed":
        return Reason.PLAN_AS_DONE
    return None


def is_value(key: str, value: str) -> bool:
    """Whether `value` is in the canonical spelling of the qualifier `key`."""
    if key in _CHOICES:
        return value in _CHOICES[key]
    try:
        _PARSERS.get(key, _parse_text)(value)
    except ValueError:
        return False
    return True


def _parse_text(text: str) -> str:
    if not text or text != text.strip() or "\n" in text:
        raise ValueError(f"text {text!r}: empty or with white space around")
    return text


_CHOICES: Mapping[str, Container[str]] = {
    "status": STATUSES,
    "date_basis": DATE_BASES,
    "amount_op": OPERATORS,
    "currency": CURRENCIES,
    "lead": ("true",),
    "former": ("true",),
}
_PARSERS: Mapping[str, Callable[[str], object]] = {
    "amount": parse_number,
    "price": parse_number,
    "percent": Percent.parse,
    "shares": Shares.parse,
    "date": PartialDate.parse,
    "round": Round.parse,
}
