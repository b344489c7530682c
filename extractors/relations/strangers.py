"""Clauses that begin with somebody no list knows: 新疆国资收购甲 and 欧阳大一于5月入职甲 have subjects of their own."""

from __future__ import annotations

import functools

from extractors.entities.characters import brand_odds, person_odds
from extractors.entities.people import surname
from extractors.entities.vocabulary import name_parts, word_set
from extractors.expressions import ready as re
from extractors.language.words import dictionary, frequency
from extractors.relations.grammar import grammar
from extractors.relations.symbols import VALUE_CHARS, Symbol

_CHINESE = re.compile("[一-鿿]{2,12}")
_FIGURES = re.compile(f"[{VALUE_CHARS}]*")


def other_subject(subject: Symbol, match: re.Match[str]) -> bool:
    """Whether a clause taken to have dropped its subject begins with one nobody knows: 新疆国资收购甲."""
    if subject.kind != "empty" or "V" not in match.re.groupindex or match.start("V") < 0:
        return False
    begin = after_figures(match.string, match.start() + 1)
    head = _CHINESE.match(match.string, begin, match.start("V"))
    far = subject.split == -1 and begin == match.start() + 1
    return head is not None and begins_with_another(head.group(), far=far)


def after_figures(text: str, at: int) -> int:
    """The place behind the dates and figures that stand at a place of a line."""
    return _FIGURES.match(text, at).end()  # type: ignore[union-attr]


def begins_with_another(head: str, *, far: bool = False) -> bool:
    """Whether the words before a verb name somebody no list holds; of a subject carried `far` any word does."""
    known = word_set("adverbs.yml", "words")
    words = [word for word in dictionary().cut(head) if word not in known and len(word) > 1]
    governed = _GOVERNS.search(head)
    named = any(_like_a_firm(word) for word in words if word not in grammar().verbs) and not governed
    return (far and bool(words)) or head.startswith(_places()) or named or _names_a_person(head)


def begins_with_stranger(clause: str) -> bool:
    """Whether a clause begins with a person or a firm that no list knows, and with what such a one does."""
    head = _HEAD.match(clause)
    return head is not None and (_names_a_person(head.group()) or _names_a_firm(head.group()))


_HEAD = re.compile("[一-鿿]{2,16}")


def _names_a_firm(head: str) -> bool:
    """Whether a head is a brand with the ending of a firm, up to an adverb, verb or preposition: 甲乙科技日前收购."""
    known = grammar()
    name = ""
    for word in dictionary().cut(head):
        if word in known.verbs or word in known.prepositions or word in known.adverbs or word in known.with_:
            break
        name += word
    else:
        return False
    ending = next((end for end in _endings() if name.endswith(end)), "")
    brand = name.removesuffix(ending)
    return bool(ending) and 2 <= len(brand) <= 6 and not frequency(brand) and brand_odds(brand[:4]) > _BRAND


_BRAND = 10


@functools.cache
def _endings() -> tuple[str, ...]:
    """The endings of firms of two characters and more, the longest first."""
    found = {end for kind in ("Investor", "Company") for end in name_parts().suffixes[kind] if len(end) > 1}
    return tuple(sorted(found, key=len, reverse=True))


def _names_a_person(head: str) -> bool:
    """Whether a clause begins with what can only be the name of somebody, and what people do: 欧阳大一则于去年入职."""
    found = _person().match(head)
    if not found:
        return False
    name = found["name"]
    if frequency(name):
        return False
    return name[:2] in name_parts().compound_surnames or (not frequency(name[:2]) and person_odds(name[:3]) >= _RATHER)


_RATHER = 18


_ACTS = (
    "则|亦|曾|[现历]任|兼任|担任|出任|就任|升任|接任|加入|加盟|入职|创[立办建]|离职|离任|辞|申请|递交|卸任|不再|毕业"
    "|[于在自从]|因|先后|此前|早年"
)


@functools.cache
def _person() -> re.Pattern[str]:
    return re.compile(f"(?P<name>{surname()}[一-鿿]{{1,3}}?)(?:先生|女士|博士)?(?={_ACTS})")


_GOVERNS = re.compile("[是以给在对向从把将为与和的了还再又也都就被由用按据]")


@functools.cache
def _places() -> tuple[str, ...]:
    return tuple(name_parts().places)


@functools.cache
def _like_a_firm(word: str) -> bool:
    """Whether a word the general dictionary does not know, or with the ending of a firm, may be a name."""
    return not frequency(word) or (word.endswith(_endings()) and word not in _endings())
