"""What a text must hold for a regular expression to match: pieces of literal text, and characters of some ranges.

Many expressions are tried on every sentence and few match. What an expression cannot do without is read off its syntax
tree, as Cox (2012, Regular expression matching with a trigram index) does, so that most are never run.
"""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ontology.kept import memo

try:
    _parser: Any = importlib.import_module("re._parser")
except ModuleNotFoundError:  # Python 3.10
    _parser = importlib.import_module("sre_parse")

_MOST = 64
Alternatives = frozenset[str]


@dataclass(frozen=True, slots=True)
class Needs:
    """Each of `texts` is a set of pieces one of which must stand in a text; `ranges` the same for characters.

    A range is a pair of code points, first and last.
    """

    texts: tuple[Alternatives, ...] = ()
    ranges: tuple[tuple[tuple[int, int], ...], ...] = ()

    def __add__(self, other: Needs) -> Needs:
        return Needs(self.texts + other.texts, self.ranges + other.ranges)


def needs_of(expression: str, flags: int = 0) -> Needs:
    """What a text must hold for an expression to match anywhere in it; nothing where case does not count."""
    if "(?i" in expression or flags & re.IGNORECASE:
        return Needs()
    return Needs(*_needs(expression, int(flags)))


@memo
def _needs(expression: str, flags: int) -> tuple[tuple[Alternatives, ...], tuple[tuple[tuple[int, int], ...], ...]]:
    found = _sequence(parse(expression, flags))
    return tuple(dict.fromkeys(map(_shortest, found.texts))), tuple(dict.fromkeys(found.ranges))


def _shortest(pieces: Alternatives) -> Alternatives:
    """The pieces without those that hold another."""
    return frozenset(piece for piece in pieces if not any(other in piece for other in pieces if other != piece))


def parse(expression: str, flags: int = 0) -> Iterable[tuple[Any, Any]]:
    """The syntax tree of an expression, item by item."""
    tree: Iterable[tuple[Any, Any]] = _parser.parse(expression, flags)
    return tree


@memo
def longest_match(expression: str, flags: int = 0) -> int:
    """How many characters an expression matches at most; a very large number where there is no limit."""
    tree: Any = parse(expression, flags)
    return int(tree.getwidth()[1])


def best(needs: Iterable[Alternatives]) -> Alternatives | None:
    """The set that fewest texts meet, as far as its pieces tell: long ones, and few."""
    return max(needs, key=_rarity, default=None)


def _rarity(pieces: Alternatives) -> tuple[int, int, list[str]]:
    return min(3, *map(len, pieces), 3), -len(pieces), sorted(pieces)


def _sequence(items: Iterable[tuple[Any, Any]]) -> Needs:
    """The needs of items one after another; literal pieces that touch grow together."""
    found = Needs()
    run: Alternatives = frozenset({""})
    for operation, argument in items:
        if str(operation) == "AT":
            continue
        strings = _strings(operation, argument)
        grown = frozenset(a + b for a in run for b in strings) if strings and len(run) * len(strings) <= _MOST else None
        if grown is not None:
            run = grown
            continue
        found += _closed(run) if strings else _closed(run) + _item(operation, argument)
        run = strings or frozenset({""})
    return found + _closed(run)


def _closed(run: Alternatives) -> Needs:
    """The need of a literal piece that ends here; none where it may be empty."""
    return Needs() if "" in run else Needs((run,))


def _strings(operation: Any, argument: Any) -> Alternatives | None:
    """All strings an item matches, where they are few; zero-width ones match the empty string."""
    name = str(operation)
    if name == "LITERAL":
        return frozenset({chr(argument)})
    if name in ("ASSERT", "ASSERT_NOT"):
        return frozenset({""})
    if name == "IN":
        return _members(argument)
    if name == "SUBPATTERN":
        return _all_strings(argument[-1])
    if name == "BRANCH":
        return _together(_all_strings(branch) for branch in argument[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[:2] == (0, 1):
        inner = _all_strings(argument[2])
        return _few(["", *inner]) if inner is not None else None
    return None


def _all_strings(items: Iterable[tuple[Any, Any]]) -> Alternatives | None:
    found: Alternatives | None = frozenset({""})
    for operation, argument in items:
        strings = frozenset({""}) if str(operation) == "AT" else _strings(operation, argument)
        if strings is None or found is None or len(found) * len(strings) > _MOST:
            return None
        found = frozenset(a + b for a in found for b in strings)
    return found


def _members(items: Sequence[tuple[Any, Any]]) -> Alternatives | None:
    if all(str(operation) == "LITERAL" for operation, _ in items):
        return _few(chr(argument) for _, argument in items)
    return None


def _together(branches: Iterable[Alternatives | None]) -> Alternatives | None:
    found: set[str] = set()
    for strings in branches:
        if strings is None:
            return None
        found |= strings
    return _few(found)


def _few(strings: Iterable[str]) -> Alternatives | None:
    found = frozenset(strings)
    return found if len(found) <= _MOST else None


def _item(operation: Any, argument: Any) -> Needs:
    """The needs of one item whose strings are many."""
    name = str(operation)
    if name == "IN":
        return Needs((), tuple(_ranges(argument)))
    if name == "SUBPATTERN":
        return _sequence(argument[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0]:
        return _sequence(argument[2])
    if name == "BRANCH":
        return _branch([_sequence(branch) for branch in argument[1]])
    return Needs()


def _ranges(items: Sequence[tuple[Any, Any]]) -> Iterator[tuple[tuple[int, int], ...]]:
    found = []
    for operation, argument in items:
        if str(operation) not in ("RANGE", "LITERAL"):
            return
        found.append(argument if str(operation) == "RANGE" else (argument, argument))
    yield tuple(found)


def _branch(branches: list[Needs]) -> Needs:
    """What whichever branch is taken needs: the best set of each, together."""
    texts, ranges = [best(branch.texts) for branch in branches], [branch.ranges[:1] for branch in branches]
    return Needs(
        (frozenset(itertools.chain.from_iterable(filter(None, texts))),) if all(texts) else (),
        (tuple(pair for first in ranges for pair in first[0]),) if all(ranges) else (),
    )
