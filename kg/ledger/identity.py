"""Which of the things that documents show are one: a function of the set of profiles and judgements, never of order.

Names tie profiles together in three steps, each only where nothing speaks against it: stock codes and judgements; full
names, and a person's name with an employer; then short names. A short name that two identified things carry ties
nothing and is a contradiction, to be judged by a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from kg.ledger.grouping import Groups
from kg.ledger.profiles import EMPLOYED, Profile
from ontology.records import Record

CODE, FULL_NAME = "code", "full name"
HOME = (".SH", ".SZ", ".BJ")
Pairs = Collection[tuple[str, str]]
Keys = Callable[[Profile], Iterable[str]]
Carriers = dict[tuple[str, str], list[int]]


class Contradiction(Record):
    """A name or code that ties things which something else keeps apart; `ids` are sorted."""

    name: str
    reason: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Resolution:
    """The id of each profile, in their order, and what is left to a person."""

    ids: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


def resolve(profiles: Sequence[Profile], merged: Pairs = (), apart: Pairs = ()) -> Resolution:
    """The ids of profiles given judgements on what is one and what is not; a judgement names two marks."""
    work = Resolving(profiles, apart)
    work.join_marked(merged)
    work.join_coded()
    doubtful = work.attach(lambda p: p.formal, lambda p: bool(p.codes))
    work.pair_off()
    doubtful |= work.attach(lambda p: (*p.formal, *p.names), lambda p: bool(p.codes or p.formal))
    ids = work.identify()
    return Resolution(tuple(ids), tuple(work.told(doubtful, ids)))


class Resolving:
    """Profiles while they are being put together."""

    def __init__(self, profiles: Sequence[Profile], apart: Pairs) -> None:
        self.profiles = profiles
        self.groups = Groups(len(profiles))
        self.marked: dict[str, list[int]] = defaultdict(list)
        for at, profile in enumerate(profiles):
            for mark in profile.marks:
                self.marked[mark].append(at)
        self.apart = [(a, b) for one, other in apart for a in self.of(one) for b in self.of(other)]

    def of(self, mark: str) -> list[int]:
        """The profiles a judgement means."""
        return self.marked.get(mark, [])

    def carriers(self, keys: Keys) -> Carriers:
        """The profiles that carry each key of each space."""
        found: Carriers = defaultdict(list)
        for at, profile in enumerate(self.profiles):
            for key in dict.fromkeys(keys(profile)):
                found[profile.space, key].append(at)
        return found

    def join_marked(self, merged: Pairs) -> None:
        """Put together what a person judged to be one."""
        for a, b in merged:
            if self.of(a) and self.of(b):
                self.groups.join([*self.of(a), *self.of(b)])

    def join_coded(self) -> None:
        """Put together what has one stock code."""
        for members in self.carriers(lambda p: p.codes).values():
            self.groups.join(members)

    def attach(self, keys: Keys, anchored: Callable[[Profile], bool]) -> Carriers:
        """Put loose profiles tied by `keys` together, and with the one anchored group that they are tied to.

        Gives the keys that tie several anchored groups, with who carries them.
        """
        firm = {self.groups.root(at) for at, profile in enumerate(self.profiles) if anchored(profile)}
        carriers = self.carriers(keys)
        loose = {key: [at for at in found if self.groups.root(at) not in firm] for key, found in carriers.items()}
        fixed = {key: [at for at in found if self.groups.root(at) in firm] for key, found in carriers.items()}
        self.join_loose(loose.values())
        tied: dict[int, set[int]] = defaultdict(set)
        for key, found in loose.items():
            for at in found:
                tied[self.groups.root(at)] |= {self.groups.root(other) for other in fixed[key]}
        self.join_to_one(tied)
        return {key: carriers[key] for key, found in fixed.items() if len({*map(self.groups.root, found)}) > 1}

    def join_loose(self, ties: Iterable[Sequence[int]]) -> None:
        """Put together what is tied, but for clusters that hold two told apart, which stay as they were."""
        cluster = self.groups.copy()
        for found in ties:
            cluster.join(found)
        broken = {cluster.root(a) for a, b in self.apart if cluster.same(a, b) and not self.groups.same(a, b)}
        for root, members in cluster.members().items():
            if root not in broken:
                self.groups.join(members)

    def join_to_one(self, tied: Mapping[int, set[int]]) -> None:
        """Put each loose group together with its anchored one, where it has exactly one it is not told apart from."""
        chosen: dict[int, list[int]] = defaultdict(list)
        for loose, firm in tied.items():
            fitting = [root for root in firm if not self.told_apart(loose, root)]
            if len(fitting) == 1:
                chosen[fitting[0]].append(loose)
        for root, found in chosen.items():
            if not any(self.told_apart(a, b) for a, b in combinations(found, 2)):
                self.groups.join([root, *found])

    def told_apart(self, a: int, b: int) -> bool:
        """Whether a judgement keeps the groups of two positions apart."""
        ends = {self.groups.root(a), self.groups.root(b)}
        return len(ends) > 1 and any({self.groups.root(x), self.groups.root(y)} == ends for x, y in self.apart)

    def pair_off(self) -> None:
        """Put a firm known by code alone together with one known by full name alone whose short name it has."""
        kinds = self.kinds()
        links = {
            (min(firm), max(firm))
            for found in self.carriers(lambda p: p.names).values()
            if len(firm := {*map(self.groups.root, found)} & kinds.keys()) == 2
            and {kinds[root] for root in firm} == {CODE, FULL_NAME}
        }
        often = Counter(chain.from_iterable(links))
        for a, b in sorted(links):
            if often[a] == often[b] == 1 and not self.told_apart(a, b):
                self.groups.join([a, b])

    def kinds(self) -> dict[int, str]:
        """By group of actors: whether it is known by a code, a full name, or both; others are left out."""
        found: dict[int, set[str]] = defaultdict(set)
        for at, profile in enumerate(self.profiles):
            known = {CODE: profile.codes, FULL_NAME: profile.formal}
            found[self.groups.root(at)] |= {
                kind for kind, values in known.items() if values and profile.space == "actor"
            }
        return {root: " and ".join(sorted(kinds)) for root, kinds in found.items() if kinds}

    def identify(self) -> list[str]:
        """The id of each profile's group: its best one, with an employer where a person has namesakes."""
        members = self.groups.members()
        best = {root: min((self.profiles[at] for at in found), key=rank).local for root, found in members.items()}
        often = Counter(best.values())
        final = {root: self.qualified(members[root], key) if often[key] > 1 else key for root, key in best.items()}
        return [final[self.groups.root(at)] for at in range(len(self.profiles))]

    def qualified(self, members: Iterable[int], key: str) -> str:
        """The id with the first of the employers, if there is one."""
        employers = sorted(set(chain.from_iterable(self.profiles[at].employers for at in members)))
        return f"{key}{EMPLOYED}{employers[0]}" if employers else key

    def told(self, doubtful: Carriers, ids: Sequence[str]) -> list[Contradiction]:
        """The contradictions that no judgement has settled, sorted by name."""
        settled = {frozenset((ids[a], ids[b])) for a, b in self.apart}
        found = []
        for (space, name), carriers in sorted(doubtful.items()):
            named = tuple(sorted({ids[at] for at in carriers}))
            if any(frozenset(pair) not in settled for pair in combinations(named, 2)):
                found.append(Contradiction(name=name, reason=self.reason(space, carriers), ids=named))
        return found

    def reason(self, space: str, carriers: Iterable[int]) -> str:
        """What a name has two of."""
        coded = sum(bool(codes) for codes in {self.profiles[at].codes for at in carriers})
        return (
            "one name, two employers"
            if space == "person"
            else f"one name, two {'codes' if coded > 1 else 'full names'}"
        )


def rank(profile: Profile) -> tuple[bool, bool, bool, bool, int, str]:
    """Codes before full names before others, the first listing and home markets first, the shorter and lesser first."""
    coded, first = profile.local in profile.codes, profile.local in profile.codes[:1]
    home = profile.local.endswith(HOME)
    return not coded, not first, not home, not profile.formal, len(profile.local), profile.local
