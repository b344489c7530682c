"""Which of very many things a text may concern, told in one pass by the pieces of text each cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from extractors.expressions.needs import Alternatives, Needs, best

Thing = TypeVar("Thing")


Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Kinds of characters: which a text holds, and which of them lie in ranges of code points; None where unknown."""

    of_text: Callable[[str], Iterable[str]]
    of_ranges: Callable[[Ranges], Alternatives | None]


NO_MARKS = Marks(lambda _: (), lambda _: None)


Sifted = tuple[Alternatives | None, tuple[Alternatives, ...], tuple[Alternatives, ...]]


class Sieve(Generic[Thing]):
    """Things with what a text must hold to concern them; a thing without needs concerns every text."""

    def __init__(self, things: Iterable[tuple[Thing, Needs]], marks: Marks) -> None:
        self._fill([Row(thing, sifted(needs, marks)) for thing, needs in things], marks)

    @classmethod
    def of(cls, rows: Iterable[Row[Thing]], marks: Marks) -> Sieve[Thing]:
        """The sieve of things whose rows are known."""
        sieve = cls.__new__(cls)
        sieve._fill(list(rows), marks)
        return sieve

    def _fill(self, rows: list[Row[Thing]], marks: Marks) -> None:
        self._marks, self._rows = marks, rows
        self._always: list[int] = []
        self._keyed: dict[str, list[int]] = {}
        for place, row in enumerate(self._rows):
            if row.key is None:
                self._always.append(place)
            for piece in row.key or ():
                self._keyed.setdefault(piece, []).append(place)
        pieces = self._keyed.keys() | {piece for row in self._rows for need in row.texts for piece in need}
        self._matcher = AhoCorasick(sorted(pieces))

    def __iter__(self) -> Iterator[Thing]:
        return (row.thing for row in self._rows)

    def sift(self, text: str) -> list[Thing]:
        """The things a text may concern, in their order."""
        held = set(self._matcher.find_matches_as_strings(text, overlapping=True))
        places = set(self._always)
        for piece in held & self._keyed.keys():
            places.update(self._keyed[piece])
        if not places:
            return []
        held.update(self._marks.of_text(text))
        return [row.thing for row in map(self._rows.__getitem__, sorted(places)) if row.passes(held)]


class Row(Generic[Thing]):
    """A thing, the key it is found by, and what else it needs."""

    __slots__ = ("key", "needs", "texts", "thing")

    def __init__(self, thing: Thing, needed: Sifted) -> None:
        self.thing = thing
        self.key, kinds, self.texts = needed
        self.needs = (*kinds, *self.texts)

    def passes(self, held: set[str]) -> bool:
        """Whether a text with these pieces and marks has what the thing needs."""
        return not any(map(held.isdisjoint, self.needs))


def sifted(needs: Needs, marks: Marks) -> Sifted:
    """The best set of pieces, the kinds of marks, and the other sets, those of single characters left out as common."""
    key = best(needs.texts)
    texts = tuple(need for need in needs.texts if need != key and min(map(len, need)) > 1)
    return key, tuple(dict.fromkeys(filter(None, map(marks.of_ranges, needs.ranges)))), texts
