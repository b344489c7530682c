"""How the matches of an expression begin, so that an expensive one is tried where it can match and nowhere else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.expressions.compiled import compiled
from extractors.expressions.needs import Alternatives, parse
from ontology.kept import memo

START, DIGIT = "\0", "\1"
_MOST = 128


@memo
def begins_of(expression: str, flags: int = 0) -> Alternatives | None:
    """Pieces one of which begins every match; None where they are too many.

    `START` stands for the start of the text, `DIGIT` for any digit.
    """
    if "(?i" in expression or flags & (re.IGNORECASE | re.MULTILINE):
        return None
    found = _begins(list(parse(expression, flags)))
    return None if found is None or "" in found else found


def first_characters(expression: str, flags: int = 0) -> str:
    """The class of characters that begin every match, as an expression; empty where it may be any."""
    pieces = begins_of(expression, flags)
    if pieces is None or START in pieces:
        return ""
    return class_of(piece[0] for piece in pieces)


def class_of(characters: Iterable[str]) -> str:
    """The expression that matches any of some characters."""
    return "[" + "".join(r"\d" if char == DIGIT else re.escape(char) for char in sorted(set(characters))) + "]"


def fast(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The expression compiled so that it fails at once where the first character begins no match."""
    first = first_characters(expression, flags)
    inside = f"{expression}\n" if flags & re.VERBOSE else expression
    return compiled(f"(?={first})(?:{inside})" if first else expression, flags)


def matches(pattern: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """What `finditer` yields, where `starts` are all places, in order, at which a match may begin."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def _begins(items: Sequence[tuple[Any, Any]]) -> Alternatives | None:
    """The pieces that begin a match of a sequence; the empty one where all of it may match nothing."""
    for at, (operation, argument) in enumerate(items):
        name = str(operation)
        if name == "AT" and str(argument).startswith("AT_BEGINNING"):
            return frozenset({START})
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        found = _item(name, argument, items[at:])
        if found is None or "" not in found:
            return found
        rest = _begins(items[at + 1 :])
        return None if rest is None else _few(found - {""} | rest)
    return frozenset({""})


def _item(name: str, argument: Any, items: Sequence[tuple[Any, Any]]) -> Alternatives | None:
    if name == "IN":
        return _members(argument)
    if name == "LITERAL":
        return _literal(items)
    if name == "SUBPATTERN":
        return _begins(list(argument[-1]))
    if name == "BRANCH":
        return _branches([_begins(list(branch)) for branch in argument[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        inner = _begins(list(argument[2]))
        return inner if inner is None or argument[0] else inner | {""}
    return None


def _literal(items: Sequence[tuple[Any, Any]]) -> Alternatives:
    """The literal characters that items begin with, as one piece."""
    run = itertools.takewhile(lambda item: str(item[0]) == "LITERAL", items)
    return frozenset({"".join(chr(argument) for _, argument in run)})


def _branches(branches: Sequence[Alternatives | None]) -> Alternatives | None:
    known = [branch for branch in branches if branch is not None]
    return _few(frozenset().union(*known)) if len(known) == len(branches) else None


def _members(items: Sequence[tuple[Any, Any]]) -> Alternatives | None:
    found: set[str] = set()
    for operation, argument in items:
        if str(operation) == "LITERAL":
            found.add(chr(argument))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _MOST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif str(argument) == "CATEGORY_DIGIT":
            found.add(DIGIT)
        else:
            return None
    return _few(frozenset(found))


def _few(pieces: Alternatives) -> Alternatives | None:
    """The pieces without those that begin with another; None where they are more than it pays to look for."""
    kept = frozenset(p for p in pieces if not any(p.startswith(other) for other in pieces if other not in ("", p)))
    return kept if len(kept) <= _MOST * 8 else None
