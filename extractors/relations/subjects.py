"""Which name of a clause acts: prepositions govern names, verbs take them as objects, 的 makes them modify others."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.entities.registry import Referent
from extractors.entities.vocabulary import SHARED
from extractors.relations.symbols import Line, Symbol
from ontology.schema import parse_yaml

_NAMES = ("firm", "investor", "body", "person", "exchange", "chip", "product")
_CLAUSE_MARKS = "，；：。！？∥"
_GOVERNING = tuple("由被遭向对给将把从自以在于为据获")
_CHINESE = re.compile("[一-鿿]")


class Grammar(BaseModel):
    """`rules/shared/grammar.yml`: the words that show who acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prepositions: frozenset[str]
    with_: frozenset[str] = Field(alias="with")
    adverbs: frozenset[str]
    verbs: frozenset[str]
    introducing: frozenset[str]
    nouns: tuple[str, ...]
    payers: re.Pattern[str]
    opinion: re.Pattern[str]
    houses: tuple[str, ...]

    @field_validator("prepositions", "with_", "adverbs", "verbs", "introducing", mode="before")
    @classmethod
    def _set(cls, text: str) -> frozenset[str]:
        return frozenset(text.split())

    @field_validator("nouns", "houses", mode="before")
    @classmethod
    def _tuple(cls, text: str) -> tuple[str, ...]:
        return tuple(text.split())


@functools.cache
def grammar() -> Grammar:
    """The packaged grammar."""
    return parse_yaml(Grammar, (SHARED / "grammar.yml").read_text(encoding="utf-8"), "grammar.yml")


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands before a name of a clause up to the name before it, word by word."""

    words: tuple[str, ...]

    @property
    def verb(self) -> bool:
        """Whether a verb stands here that takes the next name; beside 的 it only describes."""
        around = zip(("", *self.words), self.words, (*self.words[1:], ""), strict=False)
        return any(word in grammar().verbs and "的" not in (before, after) for before, word, after in around)

    @property
    def introduces(self) -> bool:
        """Whether the next name is what a clause without a name that acts brings up: 创始团队成立了甲."""
        verbs = [word for word in self.words if word in grammar().verbs]
        return bool(verbs) and verbs[-1] in grammar().introducing and not self.governs

    @property
    def governs(self) -> bool:
        """Whether a preposition takes the next name; 与 and 和 are none between two nouns."""
        known = grammar()
        joined = any(
            word in known.with_
            and (at == 0 or not _CHINESE.search(self.words[at - 1]) or self.words[at - 1] in known.adverbs)
            for at, word in enumerate(self.words)
        )
        glued = bool(self.words) and self.words[-1].endswith(_GOVERNING)
        return joined or glued or bool(known.prepositions.intersection(self.words))

    @property
    def describes(self) -> bool:
        """Whether the name before only describes the next one: 甲的旗舰乙, 甲旗下乙, 甲乙."""
        if self.verb or self.governs:
            return False
        return not self.words or "的" in self.words or self.words[-1] in grammar().nouns


def acting(line: Line, begin: int, end: int) -> tuple[Symbol, ...]:
    """The names that act in the clause `begin:end`: the head first, then those that only describe it."""
    found: list[tuple[int, Symbol]] = []
    for at, symbol, gap in _names(line, begin, end):
        if found and not gap.describes:
            break
        if found and _heads(found[0][1], symbol):
            found.insert(0, (at, symbol))
        elif found or gap.introduces or not (gap.verb or gap.governs):
            found.append((at, symbol))
    if not found or _only_speaks(found[0][1], line.text[found[0][0] + 1 : end]):
        return ()
    return tuple(symbol for _, symbol in found)


def _heads(before: Symbol, symbol: Symbol) -> bool:
    """Whether the later of two names is the head of their phrase; before a chief or a board the firm stays it."""
    return symbol.kind not in ("person", "exchange") or symbol.kind == before.kind


def _names(line: Line, begin: int, end: int) -> Iterator[tuple[int, Symbol, _Gap]]:
    """Place, name and gap before it for every name of a clause that may act."""
    last = begin
    for at in range(begin, end):
        symbol = line.symbols.get(line.text[at])
        if symbol and symbol.kind in _NAMES and not all(member.is_voice for member in symbol.members):
            yield at, symbol, _Gap(tuple(_words(line, last, at)))
            last = at + 1


def _words(line: Line, begin: int, end: int) -> Iterator[str]:
    """The words between two places of a line, as the segmenter parts them; names and figures left out."""
    word = ""
    for at in range(begin, end):
        char = line.text[at]
        if word and (char in line.symbols or line.words.is_edge(line.spans[at][0])):
            yield word
            word = ""
        word += "" if char in line.symbols else char
    if word:
        yield word


def _only_speaks(symbol: Symbol, rest: str) -> bool:
    """Whether a broker or research house stands here only as the voice of an opinion, or an investor pays a round."""
    known = grammar()
    house = symbol.members[0].name.endswith(known.houses)
    spoken = house and known.opinion.search(rest[:14])
    return bool(spoken or known.payers.match(rest))


def topic(line: Line) -> tuple[Referent, ...]:
    """Whom the sentence is about: who acts in its first clause where somebody does."""
    found = list(actors_before(line, len(line.text)))
    return found[-1][0].members if found else ()


def actors_before(line: Line, end: int) -> Iterator[tuple[Symbol, ...]]:
    """The names that act before position `end`, clause by clause from there to the left."""
    while end > 0:
        begin = max(line.text.rfind(mark, 0, end - 1) for mark in _CLAUSE_MARKS) + 1
        if found := acting(line, begin, end):
            yield found
        end = begin
