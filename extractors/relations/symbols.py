"""A sentence as a string in which every name, list, figure, pronoun and dropped subject is one typed symbol.

Rules then are regular expressions over short strings, and every match leads back to exact offsets.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from extractors.entities.registry import Referent
from extractors.entities.values import Value
from extractors.expressions import ready as re
from extractors.language.words import Words

_PLANE = 0xF0000
_ROOM = 0x400
KINDS = ("firm", "investor", "body", "exchange", "person", "chip", "product", "project", "industry", "empty")
VALUES = ("money", "percent", "shares", "price", "date", "round")
_ALL = (*KINDS, *VALUES)
KIND_OF_TYPE = {
    "Company": "firm",
    "Investor": "investor",
    "Organization": "body",
    "Exchange": "exchange",
    "Person": "person",
    "Chip": "chip",
    "Product": "product",
    "Project": "project",
    "Industry": "industry",
}
KIND_FAMILY = {kind: kind for kind in _ALL} | {"investor": "firm", "body": "firm", "product": "chip"}
CLASSES = {
    "firm": ("firm", "investor", "body"),
    "company": ("firm", "investor"),
    "business": ("firm",),
    "actor": ("firm", "investor", "body", "exchange", "person"),
    "holder": ("firm", "investor", "body", "person"),
    "thing": ("chip", "product"),
    "made": ("chip", "product"),
    "trader": ("firm", "investor", "body", "chip", "product"),
    "employed": ("person",),
    "user": ("firm", "investor", "body", "chip", "product"),
    "lead": ("firm", "investor", "body", "person"),
    "rest": ("firm", "investor", "body", "person"),
    "venture": ("project", "body"),
    "any": KINDS,
    "value": VALUES,
    **{
        kind: (kind,)
        for kind in ("person", "chip", "product", "project", "exchange", "investor", "body", "empty", *VALUES)
    },
}


@dataclass(slots=True, eq=False)
class Symbol:
    """What one private-use character of a line stands for; `members` of a list, in the order of the text.

    `instead` are earlier subjects that a dropped one may stand for where `members` do not fit, `owner` the firm that
    a phrase such as 甲的芯片 named before it shrank to its head; `near` tells that what is carried was named in the
    same sentence.
    """

    kind: str
    start: int
    end: int
    members: tuple[Referent, ...] = ()
    value: Value | None = None
    carried: bool = False
    split: int = 0
    attached: dict[Referent, list[Value]] = field(default_factory=dict)
    instead: tuple[tuple[Referent, ...], ...] = ()
    owner: tuple[Referent, ...] = ()
    near: bool = False


@dataclass(slots=True)
class Line:
    """Text of symbols and characters; `spans[i]` is what its i-th character covers in the flow, `words` its words."""

    text: str
    spans: list[tuple[int, int]]
    symbols: dict[str, Symbol]
    words: Words

    def part(self, start: int, end: int) -> Line:
        """A stretch of the line as a line of its own."""
        return Line(self.text[start:end], self.spans[start:end], self.symbols, self.words)

    def replace(self, edits: Iterable[tuple[int, int, str]]) -> Line:
        """The line with each `start:end` replaced by one symbol or nothing; edits are sorted and apart."""
        edits = list(edits)
        if not edits:
            return self
        text: list[str] = []
        spans: list[tuple[int, int]] = []
        last = 0
        for start, end, new in edits:
            text += [self.text[last:start], new]
            spans += self.spans[last:start]
            spans += [(self.spans[start][0], self.spans[end - 1][1]) if end > start else self._between(start)] * len(
                new
            )
            last = end
        text.append(self.text[last:])
        return Line("".join(text), spans + self.spans[last:], self.symbols, self.words)

    def _between(self, at: int) -> tuple[int, int]:
        place = self.spans[at][0] if at < len(self.spans) else self.spans[-1][1]
        return place, place

    def add(self, symbol: Symbol) -> str:
        """Give a symbol its character."""
        char = chr(_PLANE + _ALL.index(symbol.kind) * _ROOM + len(self.symbols) % _ROOM)
        self.symbols[char] = symbol
        return char

    def of(self, kinds: Container[str]) -> Iterator[tuple[int, Symbol]]:
        """Position and symbol of every symbol of these kinds, from the left."""
        for at, symbol in self.within(0, len(self.text)):
            if symbol.kind in kinds:
                yield at, symbol

    def within(self, start: int, end: int) -> Iterator[tuple[int, Symbol]]:
        """Position and symbol of every symbol between two positions, from the left."""
        for found in _SYMBOL.finditer(self.text, start, end):
            symbol = self.symbols.get(found.group())
            if symbol:
                yield found.start(), symbol


def characters(kinds: Iterable[str]) -> str:
    """The inside of a regular-expression class that takes symbols of these kinds."""
    parts = []
    for kind in kinds:
        first = _PLANE + _ALL.index(kind) * _ROOM
        parts.append(f"{chr(first)}-{chr(first + _ROOM - 1)}")
    return "".join(parts)


ENTITY_CHARS = characters(KINDS)
VALUE_CHARS = characters(VALUES)
_SYMBOL = re.compile(f"[{chr(_PLANE)}-{chr(_PLANE + len(_ALL) * _ROOM - 1)}]")


def kinds_held(text: str) -> set[str]:
    """The kinds of symbols a line holds, each by its first character."""
    return {_first(char) for char in _SYMBOL.findall(text)}


def kinds_within(ranges: tuple[tuple[int, int], ...]) -> frozenset[str] | None:
    """The kinds whose symbols ranges of code points take, by their first characters; None where they take others."""
    if not all(_SYMBOL.match(chr(first)) and _SYMBOL.match(chr(last)) for first, last in ranges):
        return None
    return frozenset(chr(code) for first, last in ranges for code in range(ord(_first(chr(first))), last + 1, _ROOM))


def _first(char: str) -> str:
    return chr(_PLANE + (ord(char) - _PLANE) // _ROOM * _ROOM)
