"""Named people: a name after a title, before a verb of saying or taking office, or of a foreign shape."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts
from extractors.language.words import Words, frequency

_DOTTED = re.compile(r"(?<![一-鿿·])[一-鿿]{1,6}(?:·[一-鿿A-Za-z]{1,8}){1,3}(?![·])")
_LATIN_PERSON = r"[A-Z][a-z]+(?: [A-Z]\.)?(?: (?:de |van |von )?[A-Z][a-z]+){1,2}"
_TAIL = frozenset("拟称说任率曾现已正均也还将因于以向即表指认透介强坦")
_NOT_NAMED = re.compile(r"[的了是在和与及对等不为有将被从向后前时中上下年月日元股会项这那其该]")


@functools.cache
def _surname() -> str:
    parts = name_parts()
    return f"(?:{either(parts.compound_surnames)}|[{parts.surnames}])"


@functools.cache
def _after_title() -> re.Pattern[str]:
    titles = either(name_parts().titles)
    return re.compile(
        rf"(?:{titles})(?:兼[^，。、（]{{2,12}}?)?(?:人)?(?:、)?[“：]?"
        rf"(?:(?P<latin>{_LATIN_PERSON})|(?P<name>{_surname()}[一-鿿]{{1,3}}))"
    )


@functools.cache
def _before_verb() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{_surname()}[一-鿿]{{1,2}})(?=(?:（[^（）]{{1,24}}）)?(?:{either(name_parts().person_after)}))"
    )


@functools.cache
def _appointed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:任命|聘任|聘请|提名|选举|推举|选聘|由|同意|接替|取代|接任者|增补|改选|委任|挖来|（|^)(?P<name>{_surname()}[一-鿿]{{1,2}})"
        rf"(?=(?:先生|女士)?(?:，[男女]，|为|担任|出任|接任|接棒|接替|（?(?:{either(name_parts().titles)})|：))"
    )


@functools.cache
def _roster() -> re.Pattern[str]:
    """`甲乙丙：硕士，…`: an entry of a list of staff."""
    return re.compile(rf"^(?P<name>{_surname()}[一-鿿]{{1,2}})(?=：)")


def people(text: str, words: Words) -> Iterator[Span]:
    """Named people with strength 2 or 3."""
    for match in _after_title().finditer(text):
        if words.cuts(match.start(), match.start()):
            continue
        if match.group("latin"):
            yield Span(match.start("latin"), match.end("latin"), match.group("latin"), "Person", 3)
        else:
            yield from _cut(text, words, match.start("name"), match.end("name"), 3)
    for pattern, strength in ((_before_verb(), 2), (_appointed(), 3), (_roster(), 3)):
        for match in pattern.finditer(text):
            yield from _cut(text, words, match.start("name"), match.end("name"), strength)
    for match in _DOTTED.finditer(text):
        yield Span(match.start(), match.end(), match.group(), "Person", 2)


def _cut(text: str, words: Words, start: int, limit: int, strength: int) -> Iterator[Span]:
    """The two to three characters from `start` that end on a word boundary and read like a person's name."""
    compound = text[start : start + 2] in name_parts().compound_surnames
    for length in (4, 3) if compound else (3, 2):
        end = start + length
        name = text[start:end]
        given = name[2:] if compound else name[1:]
        if length == 3 and given[1:] in _TAIL or given in name_parts().person_after:
            continue
        ordinary = words.is_edge(end - len(given)) and frequency(given) > 150 and len(given) > 1
        if (
            end <= limit
            and words.is_edge(end)
            and not _NOT_NAMED.search(given)
            and frequency(name) < 40
            and not ordinary
        ):
            yield Span(start, end, name, "Person", strength)
            return
