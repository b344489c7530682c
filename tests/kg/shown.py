"""Documents that show things under their own ids and names, without text: what identity is decided from."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.ledger import Judgement, Ledger
from kg.ledger.judgements import judgement
from ontology.deals import kind_of, named, resolve, telling
from ontology.records import Deal, Document, Entity, Evidence, Extraction, Fact, Mention, Metric, content_id
from ontology.schema import load_ontology
from ontology.validate import edge_id


@dataclass(frozen=True)
class Thing:
    """What a document shows under an id of its own, called by some names, the first of them its name."""

    local: str
    names: tuple[str, ...]
    type: str = "Company"
    code: str = ""


Edge = tuple[Thing, str, Thing]
Told = tuple[Thing, str, Thing, Mapping[str, str]]


def firm(local: str, *names: str, code: str = "") -> Thing:
    return Thing(local, names or (local,), code=code)


def person(name: str, *names: str) -> Thing:
    return Thing(f"person:{name}", (name, *names), "Person")


def show(
    key: str,
    *things: Thing,
    edges: Iterable[Edge] = (),
    told: Iterable[Told] = (),
    date: str = "",
    figure: str = "",
) -> Extraction:
    """A document that shows things and edges between them, those that are `told` with terms; all make deals.

    `figure` is a revenue of the first.
    """
    edges = [*((a, kind, b, {}) for a, kind, b in edges), *told]
    shown = {thing.local: thing for a, _, b, _ in edges for thing in (a, b)} | {thing.local: thing for thing in things}
    evidence = (Evidence(document=key, section="", start=0, end=1, text="。"),)
    facts = {fact.id: fact for fact in (as_fact(edge, evidence) for edge in edges)}
    figures = [as_metric(things[0], figure, evidence)] if figure else []
    return Extraction(
        document=Document(id=key, text="。", date=date, title=repr((things, edges, figure))),
        entities=tuple(as_entity(shown[local]) for local in sorted(shown)),
        mentions=tuple(mentions(key, shown.values())),
        facts=tuple(facts.values()),
        deals=tuple(as_deals(facts.values(), key, date, shown)),
        metrics=tuple(figures),
    )


def as_entity(thing: Thing) -> Entity:
    attributes = {"code": thing.code} if thing.code else {}
    first, *others = thing.names
    aliases = tuple(sorted(others))
    return Entity(
        id=thing.local, type=thing.type, labels=(thing.type,), name=first, aliases=aliases, attributes=attributes
    )


def mentions(key: str, things: Iterable[Thing]) -> Iterator[Mention]:
    for thing in things:
        for name in thing.names:
            yield Mention(entity=thing.local, document=key, start=0, end=1, text=name)


def as_deals(facts: Iterable[Fact], key: str, date: str, shown: Mapping[str, Thing]) -> Iterator[Deal]:
    tellings = [telling(fact, {}) for fact in facts if kind_of(fact)]
    yield from named(resolve(tellings, {key: date}), {local: thing.names[0] for local, thing in shown.items()})


def as_fact(edge: Told, evidence: tuple[Evidence, ...]) -> Fact:
    a, kind, b, terms = edge
    relation = load_ontology().relations[kind]
    subject, object_ = sorted((a.local, b.local)) if relation.symmetric else (a.local, b.local)
    return Fact(
        id=edge_id(relation, subject, object_, terms),
        subject=subject,
        predicate=kind,
        object=object_,
        qualifiers=terms,
        rule="shown",
        confidence=0.9,
        evidence=evidence,
    )


def as_metric(thing: Thing, value: str, evidence: tuple[Evidence, ...]) -> Metric:
    key = content_id("metric", thing.local, "营业收入", "2024")
    return Metric(
        id=key, entity=thing.local, name="营业收入", period="2024", value=value, unit="CNY", evidence=evidence
    )


FULL, OTHER_FULL = "北京星河微电子股份有限公司", "苏州星河微传感技术有限公司"
FIRMS = (
    firm(FULL, "星河微", FULL),
    firm(FULL, FULL),
    firm(OTHER_FULL, "星河微", OTHER_FULL),
    firm("星河微"),
    firm("星河"),
    firm("星河", "星河", "星河微"),
    firm("688999.SH", "星河微", code="688999.SH"),
    firm("688999.SH", FULL, code="688999.SH|06999.HK"),
    firm("06999.HK", "星河集成", code="06999.HK"),
    firm("300888.SZ", "月湖", code="300888.SZ"),
    firm("300888.SZ", "月湖", "星河", code="300888.SZ"),
    firm("月湖"),
    firm("月湖基金"),
)
PEOPLE = (person("李明远"), person("李明远", "Mingyuan Li"), person("Mingyuan Li"))
THINGS = (Thing("chip:X1", ("X1",), "Chip"), Thing("product:X1", ("X1",), "Product"))
MARKS = sorted({thing.local for thing in (*FIRMS, *PEOPLE, *THINGS)} | {"person:李明远@星河微", "person:李明远@月湖"})


@dataclass
class History:
    """Documents and judgements that come and go by chance, in a ledger, and what is left of them."""

    ledger: Ledger
    dice: random.Random
    documents: dict[str, Extraction]
    judged: dict[str, Judgement]

    def step(self) -> None:
        """One more thing happens."""
        what = self.dice.choices((self.write, self.retract, self.judge, self.undo), (6, 2, 2, 1))[0]
        what()

    def write(self) -> None:
        extraction = by_chance(self.dice, self.dice.choice("abcdef"))
        self.documents[extraction.document.id] = extraction
        self.ledger.record(extraction, "rules 1")

    def retract(self) -> None:
        key = self.dice.choice("abcdef")
        self.documents.pop(key, None)
        self.ledger.retract(key)

    def judge(self) -> None:
        a, b = self.dice.sample(MARKS, 2)
        verdict = self.dice.choice(("merge", "split", "aside"))
        documents = [self.dice.choice("abcdef")] if verdict == "aside" else []
        other = f"{a}@{documents[0]}" if documents else b
        judged = judgement("merge" if verdict == "merge" else "split", a, other, documents, why="a game")
        self.judged[judged.id] = judged
        self.ledger.judge(judged)

    def undo(self) -> None:
        if self.judged:
            self.ledger.unjudge(self.judged.pop(self.dice.choice(sorted(self.judged))))

    def anew(self, ledger: Ledger) -> Ledger:
        """What is left, told to another ledger in another order."""
        left: list[Extraction | Judgement] = [*self.documents.values(), *self.judged.values()]
        self.dice.shuffle(left)
        for one in left:
            ledger.record(one, "rules 1") if isinstance(one, Extraction) else ledger.judge(one)
        return ledger


def by_chance(dice: random.Random, key: str) -> Extraction:
    """A document that shows a few of the things above, now and then related."""
    things = dice.sample((*FIRMS, *PEOPLE, *THINGS), dice.randrange(1, 5))
    own: Mapping[str, Thing] = {thing.local: thing for thing in things}
    firms = [thing for thing in own.values() if thing.type == "Company"]
    people = [thing for thing in own.values() if thing.type == "Person"]
    edges = [(a, dice.choice(("SUPPLIES", "PARTNERS_WITH")), b) for a in firms for b in firms if a.local < b.local]
    edges += [(a, "HOLDS_POSITION", b) for a in people for b in firms if dice.random() < 0.7]
    edges += [(a, "DEVELOPS", b) for a in firms for b in own.values() if b.type in ("Chip", "Product")]
    told = [telling_by_chance(dice, *dice.sample(firms, 2)) for _ in firms if len(firms) > 1 and dice.random() < 0.8]
    figure = f"{dice.randrange(3)}" if things[0].type == "Company" else ""
    date = dice.choice(("", "2025-12-01", "2025-12-08"))
    figure = figure if firms and things[0] in firms else ""
    return show(key, *own.values(), edges=edges, told=told, date=date, figure=figure)


def telling_by_chance(dice: random.Random, a: Thing, b: Thing) -> Told:
    """One of two firms deals with the other, or both with each other."""
    kind = dice.choice(("INVESTED_IN", "PLANS_TO_INVEST_IN", "NEGOTIATING_WITH", "ACQUIRED", "MERGED_WITH"))
    about = {"kind": "investment"} if kind == "NEGOTIATING_WITH" else {}
    terms = {"round": dice.choice(("A轮", "B轮")), "amount": dice.choice(("10000000", "90000000")), "currency": "CNY"}
    return a, kind, b, about | (terms if dice.random() < 0.6 else {})
