"""From tellings to deals: those about the same that fit each other are one, in whatever order they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ontology.deals.alike import apart, gap, near, same_round, tied, told_together
from ontology.deals.fold import fold, place
from ontology.deals.names import deal_id
from ontology.deals.tellings import PARTY, is_deal, roles_between, subjects
from ontology.deals.traits import Said, Traits, traits
from ontology.records import Deal, Party

Days = Mapping[str, str]
Pair = tuple[str, str]
Told = tuple[Deal, Traits]
Mark = tuple[str, str]
About = tuple[str, str]
"""A kind of deal and an entity."""
Asked = Mapping[About, Collection[Mark]]
"""Deals about some entities, only those that any chain of tellings ties to some marks; without marks all."""


@dataclass
class Group:
    """Tellings of one deal, what they say but for the place, and who acts, in which rounds and in which documents.

    What is said over and over is compared once.
    """

    told: list[Told] = field(default_factory=list)
    said: dict[Said, Traits] = field(default_factory=dict)
    marks: set[Mark] = field(default_factory=set)

    def add(self, deal: Deal, known: Traits) -> None:
        """Take in a telling."""
        self.told.append((deal, known))
        self.said.setdefault(known.said, known)
        self.marks |= marks(known)

    def takes(self, new: Traits) -> bool:
        """Whether a telling that shares a mark belongs here: tied and near to some, apart from none."""
        return not any(apart(each, new) for each in self.said.values()) and self._ties(new)

    def _ties(self, new: Traits) -> bool:
        """Whether a telling is tied and near to some, be it only by the sentence of either."""
        if any(tied(each, new) and near(each, new) for each in self.said.values()):
            return True
        in_places = new.kind == "investment"
        return in_places and any(told_together(each, new) and near(each, new) for _, each in self.told)

    def fit(self, new: Traits) -> tuple[bool, int, int]:
        """How well a telling fits: the round, how many act in both, how near in time."""
        known = self.said.values()
        actors = frozenset[str]().union(*(each.actors for each in known))
        days = min(gap(each.time, new.time) for each in known)
        return any(same_round(each, new) for each in known), len(actors & new.actors), -days


def marks(known: Traits) -> set[Mark]:
    """What two tellings must share to be tied, or to have ids alike: an actor, a round, of investments a document."""
    found = {("actor", actor) for actor in known.actors or ("",)}
    if known.round:
        found.add(("round", known.round))
    if known.kind == "investment":
        found |= {("document", document) for document, _, _ in known.places}
    return found


def marks_of(deal: Deal) -> set[Mark]:
    """The marks of a telling, whoever of its parties is seen to act in the end."""
    return marks(traits(deal, "")) | {("actor", party.entity) for party in deal.parties}


def resolve(
    tellings: Iterable[Deal],
    days: Days,
    keep: Callable[[Deal], bool] = is_deal,
    about: Asked | None = None,
) -> list[Deal]:
    """The deals that tellings tell, sorted by id, without names; each telling comes from one document.

    `days` are the dates of the documents. Tellings with an id are deals already; what edges alone tell must be worth
    to `keep`. With `about`, only those. What comes out depends on the set of
    tellings alone.
    """
    united = (unite(key, group, days, keep) for key, group in gather(tellings, days, about))
    return sorted((deal for deal in united if deal), key=lambda deal: deal.id)


def gather(tellings: Iterable[Deal], days: Days, about: Asked | None = None) -> Iterator[tuple[str, list[Deal]]]:
    """Yield the tellings of each deal with its id."""
    for block in blocks(list(tellings), days, about):
        yield from deals_in(block, days)


def gather_block(tellings: Iterable[Deal], days: Days) -> Iterator[tuple[str, list[Deal]]]:
    """The same of tellings that are all those of one kind about the same, their roles as `oriented` has them."""
    yield from deals_in(in_rank([with_traits(deal, days) for deal in tellings], days), days)


def deals_in(block: Sequence[Told], days: Days) -> Iterator[tuple[str, list[Deal]]]:
    """Yield the tellings of each deal of a block with its id."""
    taken: set[str] = set()
    groups = ((min(group.told, key=lambda one: place(one[0], days)), group.told) for group in grouped(block))
    for first, told in sorted(groups, key=lambda group: place(group[0][0], days)):
        key = deal_id(*first, days, taken)
        taken.add(key)
        yield key, [deal for deal, _ in told]


def unite(key: str, group: Sequence[Deal], days: Days, keep: Callable[[Deal], bool]) -> Deal | None:
    """The tellings of a deal as one; None where edges alone tell it and it is not worth to `keep`."""
    deal = fold(group, days)
    return deal.model_copy(update={"id": key}) if keep(deal) or any(one.id for one in group) else None


def blocks(tellings: Sequence[Deal], days: Days, about: Asked | None) -> Iterator[list[Told]]:
    """Yield the tellings of each kind about the same, those that state most first."""
    found: dict[tuple[str, tuple[str, ...]], list[Told]] = defaultdict(list)
    directed = directions(tellings)
    for deal in (oriented(deal, directed) for deal in tellings):
        key = deal.type, subjects(deal)
        if about is None or any((deal.type, end) in about for end in key[1]):
            found[key].append(with_traits(deal, days))
    for (kind, ends), block in sorted(found.items()):
        if about:
            block = connected(block, {mark for end in ends for mark in about.get((kind, end), ())})
        yield in_rank(block, days)


def with_traits(deal: Deal, days: Days) -> Told:
    """A telling with what tellings are compared by."""
    return deal, traits(deal, days.get(deal.evidence[0].document, ""))


def in_rank(block: Iterable[Told], days: Days) -> list[Told]:
    """The tellings of a block, those that state most first."""
    return sorted(block, key=lambda told: (rank(told[1]), place(told[0], days)))


def connected(block: list[Told], asked: set[Mark]) -> list[Told]:
    """The tellings of a block that any chain of marks ties to those asked for; without any all."""
    if not asked:
        return block
    reached, found, left = asked, list[Told](), [(told, marks(told[1])) for told in block]
    while near := [(told, its) for told, its in left if not reached.isdisjoint(its)]:
        left = [(told, its) for told, its in left if reached.isdisjoint(its)]
        found += [told for told, _ in near]
        reached = reached.union(*(its for _, its in near))
    return found


def rank(known: Traits) -> int:
    """Tellings with a round come first, then those with a figure or date, then the vague ones."""
    return 0 if known.round else 2 if known.is_vague else 1


def directions(tellings: Iterable[Deal]) -> dict[tuple[str, Pair], set[Pair]]:
    """By kind and pair: who acts on whom, where some telling says so."""
    found: dict[tuple[str, Pair], set[Pair]] = defaultdict(set)
    for deal in tellings:
        roles = roles_between(deal.type)
        actors = [p.entity for p in deal.parties if p.role == roles.subject]
        for actor in actors:
            for other in (p.entity for p in deal.parties if p.role == roles.object and roles.object != PARTY):
                found[deal.type, (min(actor, other), max(actor, other))].add((actor, other))
    return found


def oriented(deal: Deal, directed: Mapping[tuple[str, Pair], set[Pair]]) -> Deal:
    """A telling between two parties that are alike, with the roles that others give the same two."""
    alike = sorted(p.entity for p in deal.parties if p.role == PARTY)
    ways = directed.get((deal.type, (alike[0], alike[-1])), set()) if len(alike) == 2 else set()
    if len(ways) != 1:
        return deal
    [(actor, other)] = ways
    roles = roles_between(deal.type)
    parties = Party(role=roles.subject, entity=actor), Party(role=roles.object, entity=other)
    return deal.model_copy(update={"parties": parties})


def grouped(block: Sequence[Told]) -> list[Group]:
    """The groups of a block; a vague telling that would fit several deals joins none of them."""
    groups: list[Group] = []
    for deal, known in block:
        its = marks(known)
        fitting = [group for group in groups if not group.marks.isdisjoint(its) and group.takes(known)]
        if not fitting or (known.is_vague and len(fitting) > 1):
            groups.append(Group())
            groups[-1].add(deal, known)
        else:
            max(fitting, key=lambda group: group.fit(known)).add(deal, known)
    return groups
