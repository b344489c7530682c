"""What is said and how it moves: open deals, moves, rumours, changes, and what publishers say differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.questions.desk import Cells, Desk, lines, text, texts
from kg.rows import EdgeRow, NodeRow
from kg.sayings import SEPARATOR

DONE_FORMS = {
    "PLANS_TO_ACQUIRE": "ACQUIRED",
    "PLANS_TO_INCREASE_STAKE_IN": "INCREASED_STAKE_IN",
    "PLANS_TO_INVEST_IN": "INVESTED_IN",
    "PLANS_TO_LIST_ON": "LISTED_ON",
    "PLANS_TO_MERGE_WITH": "MERGED_WITH",
    "PLANS_TO_REDUCE_STAKE_IN": "REDUCED_STAKE_IN",
}
PENDING = ("NEGOTIATING_WITH", *DONE_FORMS)
DONE = tuple(DONE_FORMS.values())
CONTRACTS = ("SIGNED_CONTRACT_WITH", "SUPPLIES", "TRANSFERS_STAKE_TO")
OPEN = frozenset({"negotiating", "planned", "conditional"})
SETTLED = frozenset({"completed", "agreed", "terminated", "denied"})

Pair = tuple[str, str]


def open_deals(desk: Desk) -> Iterator[Cells]:
    """Date it was last said, subject, relation, object, status, amount, id."""
    settled = by_pair(desk, (*PENDING, *DONE, *CONTRACTS))
    for edge in desk.edges((*PENDING, *CONTRACTS)):
        if text(edge, "status") in OPEN and not any(settles(later, edge) for later in settled[pair(edge)]):
            yield open_cells(desk, edge)


def by_pair(desk: Desk, types: tuple[str, ...]) -> dict[Pair, list[EdgeRow]]:
    """Relations by their ends, whatever the direction."""
    found: dict[Pair, list[EdgeRow]] = defaultdict(list)
    for edge in desk.edges(types):
        found[pair(edge)].append(edge)
    return found


def pair(edge: EdgeRow) -> Pair:
    """Both ends, in one order."""
    return min(edge.source, edge.target), max(edge.source, edge.target)


def settles(later: EdgeRow, edge: EdgeRow) -> bool:
    """Whether a newer word on the same round ends what was open."""
    newer = text(later, "last_said") > text(edge, "last_said")
    return newer and text(later, "status") in SETTLED and text(later, "round") == text(edge, "round")


def open_cells(desk: Desk, edge: EdgeRow) -> Cells:
    """A relation that is not done."""
    ends = desk.name(edge.source), text(edge, "label_zh"), desk.name(edge.target)
    return text(edge, "last_said"), *ends, *texts(edge, "status", "amount_text"), edge.id


def moved_deals(desk: Desk, since: str) -> Iterator[Cells]:
    """Date it moved, what moved, its kind, status before and after, id of what stands now."""
    for row, name, kind in statements(desk):
        moved = text(row, "status_since")
        if "status_before" in row.properties and moved >= since:
            yield moved, name, kind, *texts(row, "status_before", "status"), row.id
    for plan, deed in came_true(desk):
        moved = text(deed, "first_said")
        if moved >= since and moved > text(plan, "first_said"):
            name, kind = sentence(desk, deed), text(deed, "label_zh")
            yield moved, name, kind, text(plan, "status"), text(deed, "status"), deed.id


def came_true(desk: Desk) -> Iterator[tuple[EdgeRow, EdgeRow]]:
    """Plans with the deeds that carried them out: same ends, same round."""
    deeds = by_pair(desk, DONE)
    for plan in desk.edges(PENDING):
        for deed in deeds[pair(plan)]:
            same = (plan.source, plan.target) == (deed.source, deed.target) or deed.type == "MERGED_WITH"
            if same and DONE_FORMS.get(plan.type) == deed.type and text(plan, "round") == text(deed, "round"):
                yield plan, deed


def statements(desk: Desk) -> Iterator[tuple[EdgeRow | NodeRow, str, str]]:
    """Every relation and deal with its name and kind."""
    for edge in desk.edges():
        yield edge, sentence(desk, edge), text(edge, "label_zh")
    for deal in desk.deals():
        yield deal, text(deal, "name"), text(deal, "kind")


def sentence(desk: Desk, edge: EdgeRow) -> str:
    """A relation in words."""
    return f"{desk.name(edge.source)} {text(edge, 'label_zh')} {desk.name(edge.target)}"


def rumours(desk: Desk) -> Iterator[Cells]:
    """Dates it was first and last said, subject, relation, object, status, id."""
    deeds = by_pair(desk, DONE)
    for edge in desk.edges(PENDING):
        if text(edge, "status") != "completed" and not any(fulfils(deed, edge) for deed in deeds[pair(edge)]):
            ends = desk.name(edge.source), text(edge, "label_zh"), desk.name(edge.target)
            yield *texts(edge, "first_said", "last_said"), *ends, text(edge, "status"), edge.id


def fulfils(deed: EdgeRow, plan: EdgeRow) -> bool:
    """Whether a deed of the same round was told of once the plan was known."""
    in_time = text(deed, "last_said") >= text(plan, "first_said")
    return in_time and text(deed, "round") == text(plan, "round")


def changed(desk: Desk, since: str) -> Iterator[Cells]:
    """Date, new or changed, what, its kind, status, id: what stands now and was not said so before the date."""
    for row, name, kind in statements(desk):
        first, last = texts(row, "first_said", "changed_on")
        if first >= since:
            yield first, "new", name, kind, text(row, "status"), row.id
        elif last and last >= since:
            yield last, "changed", name, kind, text(row, "status"), row.id


def differing(desk: Desk) -> Iterator[Cells]:
    """What, its kind, term, value, date, publisher, id: terms to which publishers give different values."""
    for row, name, kind in statements(desk):
        told = [line.split(SEPARATOR) for line in lines(row, "versions")]
        for term, value, date, source in told:
            if any(other[0] == term and other[1] != value and other[3] != source for other in told):
                yield name, kind, term, value, date, source, row.id


def quotes(desk: Desk, company: str) -> Iterator[Cells]:
    """Subject, relation, object, status, quote, document, section, rule, id."""
    both = desk.edges(source=company) + desk.edges(target=company)
    for edge in {edge.id: edge for edge in both}.values():
        ends = desk.name(edge.source), text(edge, "label_zh"), desk.name(edge.target)
        yield *ends, *texts(edge, "status", "quote", "document", "section", "rule"), edge.id
