"""Many expressions looked for in one text at once, each only where its matches can begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from extractors.expressions.begins import DIGIT, START, begins_of, class_of, matches
from extractors.expressions.needs import Alternatives, best, longest_match, needs_of
from extractors.expressions.sieve import NO_MARKS, Sieve


class Searches:
    """Compiled expressions, how the matches of each begin, and a piece that each match holds."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._searches = [_Search(pattern) for pattern in patterns]
        self._sieve = Sieve(((at, search.needs) for at, search in enumerate(self._searches)), NO_MARKS)
        sets = (s for search in self._searches if search.begins is not None for s in (search.begins, search.holds))
        self._places = _Places(set(filter(None, sets)))

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield what each expression finds, with its number: the first expression first, then from left to right."""
        places = _Found(self._places, text)
        for at in self._sieve.sift(text):
            search = self._searches[at]
            for match in search.find(text, places):
                yield at, match


class _Search:
    """An expression: pieces its matches begin with, those each of them holds, and their greatest length."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        flags = int(pattern.flags)
        self.pattern, self.needs = pattern, needs_of(pattern.pattern, flags)
        self.begins = begins_of(pattern.pattern, flags)
        self.holds = best(need for need in self.needs.texts if need != self.begins)
        self.longest = longest_match(pattern.pattern, flags)

    def find(self, text: str, places: _Found) -> Iterator[re.Match[str]]:
        if self.begins is None:
            return self.pattern.finditer(text)
        starts = places.of(self.begins)
        if starts and self.holds:
            starts = list(_before(starts, places.of(self.holds), self.longest))
        return matches(self.pattern, text, starts)


def _before(starts: list[int], held: list[int], reach: int) -> Iterator[int]:
    """The starts that have a held place at or after them, less than `reach` away; both are in order."""
    at = 0
    for start in starts:
        while at < len(held) and held[at] < start:
            at += 1
        if at == len(held):
            return
        if held[at] < start + reach:
            yield start


class _Places:
    """Sets of pieces, and where in a text a member of each stands."""

    def __init__(self, sets: set[Alternatives]) -> None:
        self._classes = {s: re.compile(class_of(p[0] for p in s - {START})) for s in sets if _by_character(s)}
        self._longer = [s for s in sets if s not in self._classes]
        self._pieces = sorted({piece for s in self._longer for piece in s} - {START})
        self._sets_of = {piece: [s for s in self._longer if piece in s] for piece in self._pieces}
        self._matcher = AhoCorasick(self._pieces)

    def of_class(self, wanted: Alternatives, text: str) -> list[int] | None:
        """The places of a set that is looked for by first characters, in order; None for any other."""
        shown = self._classes.get(wanted)
        return _with_start(wanted, [match.start() for match in shown.finditer(text)]) if shown else None

    def of_longer(self, text: str) -> dict[Alternatives, list[int]]:
        """The places, in order, of all other sets that stand somewhere."""
        longer: dict[Alternatives, set[int]] = {}
        for index, start, _ in self._matcher.find_matches_as_indexes(text, overlapping=True):
            for s in self._sets_of[self._pieces[index]]:
                longer.setdefault(s, set()).add(start)
        return {s: _with_start(s, sorted(places)) for s, places in longer.items()}


def _with_start(pieces: Alternatives, places: list[int]) -> list[int]:
    """The places, with the start of the text where it counts as one."""
    return [0, *places] if START in pieces and places[:1] != [0] else places


class _Found:
    """The places of sets of pieces in a text, each looked for when it is asked for."""

    __slots__ = ("_known", "_longer", "_places", "_text")

    def __init__(self, places: _Places, text: str) -> None:
        self._places, self._text = places, text
        self._known: dict[Alternatives, list[int]] = {}
        self._longer: dict[Alternatives, list[int]] | None = None

    def of(self, pieces: Alternatives) -> list[int]:
        """The places of a set, in order."""
        found = self._known.get(pieces)
        if found is None:
            found = self._places.of_class(pieces, self._text)
            if found is None:
                if self._longer is None:
                    self._longer = self._places.of_longer(self._text)
                found = self._longer.get(pieces) or _with_start(pieces, [])
            self._known[pieces] = found
        return found


def _by_character(pieces: Alternatives) -> bool:
    """Whether first characters are looked for: where pieces have no more, or any digit may be one."""
    return DIGIT in pieces or (all(len(piece) == 1 for piece in pieces) and pieces != {START})
