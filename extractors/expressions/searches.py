"""Many expressions looked for in one text at once, each only where its matches can begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from extractors.expressions.begins import DIGIT, START, begins_of, class_of, matches
from extractors.expressions.needs import Alternatives, needs_of
from extractors.expressions.sieve import NO_MARKS, Sieve


class Searches:
    """Compiled expressions, and how the matches of each begin."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)
        self._begins = [begins_of(pattern.pattern, pattern.flags) for pattern in patterns]
        self._sieve = Sieve(((at, needs_of(p.pattern, p.flags)) for at, p in enumerate(patterns)), NO_MARKS)
        self._places = _Places({begins for begins in self._begins if begins is not None})

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield what each expression finds, with its number: the first expression first, then from left to right."""
        places: dict[Alternatives, list[int]] = {}
        for at in self._sieve.sift(text):
            begins, pattern = self._begins[at], self._patterns[at]
            if begins is None:
                found = pattern.finditer(text)
            else:
                places = places or self._places.find(text)
                found = matches(pattern, text, places[begins])
            for match in found:
                yield at, match


class _Places:
    """Sets of pieces, and where in a text a member of each stands."""

    def __init__(self, sets: set[Alternatives]) -> None:
        self._classes = {s: re.compile(class_of(s - {START})) for s in sets if _are_characters(s)}
        self._longer = [s for s in sets if s not in self._classes]
        self._pieces = sorted({piece for s in self._longer for piece in s} - {START, DIGIT})
        self._sets_of = {piece: [s for s in self._longer if piece in s] for piece in self._pieces}
        self._matcher = AhoCorasick(self._pieces)

    def find(self, text: str) -> dict[Alternatives, list[int]]:
        """The places of every set, in order."""
        found = {s: [m.start() for m in shown.finditer(text)] for s, shown in self._classes.items()}
        longer: dict[Alternatives, set[int]] = {s: set() for s in self._longer}
        for index, start, _ in self._matcher.find_matches_as_indexes(text, overlapping=True):
            for s in self._sets_of[self._pieces[index]]:
                longer[s].add(start)
        found |= {s: sorted(places) for s, places in longer.items()}
        for s in found:
            if START in s and found[s][:1] != [0]:
                found[s].insert(0, 0)
        return found


def _are_characters(pieces: Alternatives) -> bool:
    return all(len(piece) == 1 for piece in pieces) and pieces != {START}
