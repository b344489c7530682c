"""Judgements by hand: from names a person types to what the ledger keeps of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg import names
from kg.errors import LookupFailed
from kg.ledger import Judgement, Ledger, fold
from kg.ledger.judgements import judgement
from kg.ledger.profiles import space_of
from ontology.errors import YanbaoError

ASIDE = "@"


def merge(ledger: Ledger, a: str, b: str, why: str, by: str, now: str) -> Judgement:
    """Judge that two entities are one."""
    first, second = names.resolve(ledger, a), names.resolve(ledger, b)
    if first.id == second.id:
        raise YanbaoError(f"{a!r} and {b!r} are one already", first.id)
    if space_of(first.type) != space_of(second.type):
        raise YanbaoError(f"{first.name} is a {first.type}, {second.name} a {second.type}", remedy="these stay two")
    judged = judgement("merge", ledger.mark(first.id), ledger.mark(second.id), why=reason(why), by=by, at=now)
    refuse(ledger, judgement("split", judged.a, judged.b, why=why))
    ledger.judge(judged)
    return judged


def split(ledger: Ledger, a: str, b: str, why: str, by: str, now: str) -> Judgement:
    """Judge that what goes by two names is two."""
    entity, other = names.resolve(ledger, a), names.resolve(ledger, b)
    if entity.id != other.id:
        raise YanbaoError(f"{a!r} and {b!r} are two already", f"{entity.id}, {other.id}")
    marks = ledger.marks(entity.id)
    judged = judgement("split", meant(a, marks), meant(b, marks), why=reason(why), by=by, at=now)
    if judged.a == judged.b:
        raise YanbaoError(f"no document tells {a!r} from {b!r}", entity.id, "name the documents that mean another one")
    refuse(ledger, judgement("merge", judged.a, judged.b, why=why))
    ledger.judge(judged)
    return judged


def set_aside(ledger: Ledger, name: str, documents: Sequence[str], why: str, by: str, now: str) -> Judgement:
    """Judge that some documents mean another thing than all others by a name."""
    entity, shown = names.resolve(ledger, name), set()
    for document in documents:
        found = ledger.called_by(document, entity.id)
        if not found:
            raise LookupFailed(f"document {document!r} does not name {entity.name}", entity.id, f"see `kg show {name}`")
        shown |= found
    if len(shown) > 1:
        raise LookupFailed(
            f"these documents name {entity.name} differently", ", ".join(sorted(shown)), "split one by one"
        )
    [local] = shown
    other = f"{local}{ASIDE}{min(documents)}"
    judged = judgement("split", local, other, documents, why=reason(why), by=by, at=now)
    ledger.judge(judged)
    return judged


def undo(ledger: Ledger, key: str, now: str) -> Judgement:
    """Take back the one judgement whose id begins so."""
    found = [judged for judged in ledger.judgements() if key and key in (judged.id, *starts(judged.id, len(key)))]
    if len(found) != 1:
        what = f"{len(found)} judgements begin with {key!r}" if found else f"no judgement {key!r}"
        raise LookupFailed(what, str(ledger.path), "`kg judgements` lists their ids")
    ledger.unjudge(found[0], now)
    return found[0]


def starts(key: str, length: int) -> tuple[str, str]:
    """The beginnings by which an id may be meant: of the whole, and of the hash in it."""
    return key[:length], key.partition(":")[2][:length]


def meant(name: str, marks: Sequence[str]) -> str:
    """The mark that a name means among those of one entity; raises LookupFailed where it is not spelled so."""
    found = [mark for mark in marks if fold(mark) == fold(name)] or [m for m in marks if fold(name) in fold(m)]
    if len(found) != 1:
        raise LookupFailed(f"{name!r} is no single id among those that documents use", ", ".join(marks), "name one")
    return found[0]


def reason(why: str) -> str:
    """The reason; raises YanbaoError where there is none."""
    if not why.strip():
        raise YanbaoError("a judgement without a reason", remedy="say why, with --why")
    return why.strip()


def refuse(ledger: Ledger, opposite: Judgement) -> None:
    """Raise YanbaoError where the opposite has been judged."""
    if any(judged.id == opposite.id for judged in ledger.judgements()):
        remedy = f"take that back first: kg judgements --undo {opposite.id}"
        raise YanbaoError(f"the opposite has been judged: {opposite.verdict}", f"{opposite.a}, {opposite.b}", remedy)
