"""Documents told by hand or made up: relations and deals between entities whose names say what they are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from ontology.records import Deal, Document, Entity, Evidence, Extraction, Fact, Metric, Party, content_id
from ontology.schema import load_ontology

Line = tuple[str, str, str, dict[str, str]]
Figure = tuple[str, str, str, str]
KINDS = {"片": ("Chip",), "人": ("Person",), "投": ("Company", "Investor"), "板": ("Exchange",)}
PUBLISHERS = ("甲证券", "乙证券", "")
STATUSES = ("completed", "agreed", "planned", "negotiating", "conditional", "terminated", "denied")
STRANGE_NAMES = ("甲'乙\\丙", "𠮷野", "{id: $company}", '龥`"')
HUBS = 12
PLANS = tuple(name for name, relation in load_ontology().relations.items() if relation.done)
BETWEEN_FIRMS = (
    *("INVESTED_IN", "SUPPLIES", "COMPETES_WITH", "NEGOTIATING_WITH", "ACQUIRED", "MERGED_WITH", "WON_BID_FROM"),
    *("HOLDS_STAKE_IN", "CONTROLS", "SIGNED_CONTRACT_WITH", "TRANSFERS_STAKE_TO", *PLANS),
)


def tell(
    date: str,
    publisher: str,
    *lines: Line,
    deals: Iterable[Line] = (),
    figures: Iterable[Figure] = (),
    id: str = "",
) -> Extraction:
    """A document of these lines: subject, type, object, qualifiers; a deal has a kind for its type.

    Figures are firm, name, period and value in yuan.
    """
    key = id or f"{date} {publisher}"
    evidence = (Evidence(document=key, section="", start=0, end=1, text="。"),)
    deals, figures = list(deals), list(figures)
    names = {name for a, _, b, _ in (*lines, *deals) for name in (a, b)} | {name for name, *_ in figures}
    return Extraction(
        document=Document(id=key, text="。", date=date, publisher=publisher),
        entities=tuple(map(entity, sorted(names))),
        facts=tuple({(one := fact(line, evidence)).id: one for line in lines}.values()),
        deals=tuple({(one := deal(line, evidence)).id: one for line in deals}.values()),
        metrics=tuple({(one := metric(figure, evidence)).id: one for figure in figures}.values()),
    )


def metric(figure: Figure, evidence: tuple[Evidence, ...]) -> Metric:
    """A figure."""
    name, what, period, value = figure
    return Metric(
        id=content_id("metric", name, what, period),
        entity=f"id {name}",
        name=what,
        period=period,
        value=value,
        unit="CNY",
        written=value,
        evidence=evidence,
    )


def entity(name: str) -> Entity:
    """An entity whose id differs from its name; a last character out of `KINDS` says its type."""
    labels = KINDS.get(name[-1], ("Company",))
    return Entity(id=f"id {name}", type=labels[-1], labels=labels, name=name)


def fact(line: Line, evidence: tuple[Evidence, ...]) -> Fact:
    """A relation."""
    a, kind, b, terms = line
    told_apart = (terms.get(key, "") for key in load_ontology().relations[kind].distinguishing)
    return Fact(
        id=content_id("fact", kind, a, b, *told_apart),
        subject=f"id {a}",
        predicate=kind,
        object=f"id {b}",
        qualifiers=terms,
        rule="told",
        confidence=0.9,
        evidence=evidence,
    )


def deal(line: Line, evidence: tuple[Evidence, ...]) -> Deal:
    """An investment of the first into the second."""
    a, kind, b, terms = line
    return Deal(
        id=content_id("deal", kind, b, terms.get("round", "")),
        type=kind,
        name=f"{b} {terms.get('round', '融资')}",
        status=terms.get("status", "completed"),
        qualifiers={key: value for key, value in terms.items() if key != "status"},
        parties=(Party(role="INVESTEE", entity=f"id {b}"), Party(role="INVESTOR", entity=f"id {a}")),
        facts=(),
        evidence=evidence,
    )


def made_up(edges: int, seed: int = 1) -> Iterator[Extraction]:
    """Weekly documents of three publishers that say about as many different relations, some again and otherwise."""
    dice, firms = random.Random(seed), [f"公司{number}" for number in range(edges // 8)]
    names = [*STRANGE_NAMES, *firms, *(f"基金{number}投" for number in range(edges // 40))]
    lines = [*(between_firms(dice, names) for _ in range(edges * 3 // 5)), *others(dice, names, edges * 2 // 5)]
    deals = [(dice.choice(names), "investment", dice.choice(firms), terms(dice)) for _ in range(edges // 20)]
    for week, publisher in ((week, publisher) for week in range(3) for publisher in PUBLISHERS):
        told = [again(dice, line) for line in dice.sample(lines, len(lines) // 3)]
        some = [again(dice, line) for line in dice.sample(deals, len(deals) // 2)]
        date = f"2025-12-{10 + week * 7}" if publisher or week else ""
        figures = [estimate(dice, name) for name in (*STRANGE_NAMES, *firms[:HUBS])]
        yield tell(date, publisher, *told, deals=some, figures=figures, id=f"{publisher}{week}")


def crowd(edges: int, seed: int = 2) -> Extraction:
    """One document with about as many relations that belong to no deal."""
    dice, firms = random.Random(seed), [*STRANGE_NAMES, *(f"公司{number}" for number in range(edges // 8))]
    return tell("2025-12-24", "丙证券", *others(dice, firms, edges))


def estimate(dice: random.Random, name: str) -> Figure:
    """Earnings that somebody expects; often those of the week before."""
    what, period = dice.choice(("EPS", "净利润")), dice.choice(("2025E", "2026E"))
    return name, what, period, dice.choice(("-0.5", "0.62", "0.7", "1.25", "12"))


def between_firms(dice: random.Random, names: list[str]) -> Line:
    """Any relation between two firms; a few are in many."""
    a, b = dice.sample(names[:HUBS] if dice.random() < 0.3 else names, 2)
    return a, dice.choice(BETWEEN_FIRMS), b, terms(dice)


def others(dice: random.Random, names: list[str], number: int) -> Iterator[Line]:
    """Chips made and used, and posts of people."""
    for _ in range(number):
        chip, person = f"{dice.randrange(number // 6)}号片", f"{dice.randrange(number // 9)}某人"
        kind = dice.choice(("DEVELOPS", "USES", "HOLDS_POSITION"))
        if kind == "HOLDS_POSITION":
            post = {"title": dice.choice(("董事长", "总经理"))} | ({"former": "true"} if dice.random() < 0.5 else {})
            yield person, kind, dice.choice(names), post
        else:
            yield dice.choice(names), kind, chip, {}


def terms(dice: random.Random) -> dict[str, str]:
    """Some terms, each left out now and then."""
    amount = {"amount": f"{dice.randrange(1, 9)}0000000", "currency": dice.choice(("CNY", "USD")), "amount_op": "="}
    given = {
        "status": dice.choice(STATUSES),
        "round": dice.choice(("A轮", "B轮")),
        "date": dice.choice(("2025", "2025-11", "2025-11-03")),
        "percent": f"{dice.randrange(1, 99)}",
        "lead": "true",
        "product": "加速卡",
    }
    kept = {key: value for key, value in given.items() if dice.random() < 0.6}
    return kept | amount if dice.random() < 0.5 else kept


def again(dice: random.Random, line: Line) -> Line:
    """The same line, now and then with another status or percentage."""
    a, kind, b, given = line
    moved = {"status": dice.choice(STATUSES), "percent": f"{dice.randrange(1, 99)}"}
    changed = {key: moved[key] for key in given.keys() & moved.keys() if dice.random() < 0.4}
    return a, kind, b, given | changed
