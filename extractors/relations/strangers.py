"""Clauses that begin with somebody no list knows: 新疆国资收购甲 has a subject of its own."""

from __future__ import annotations

import functools
import re

from extractors.entities.vocabulary import name_parts, word_set
from extractors.language.words import dictionary, frequency
from extractors.relations.subjects import grammar
from extractors.relations.symbols import Symbol

_CHINESE = re.compile("[一-鿿]{2,12}")


def other_subject(subject: Symbol, match: re.Match[str]) -> bool:
    """Whether a clause taken to have dropped its subject begins with one nobody knows: 新疆国资收购甲."""
    if subject.kind != "empty" or "V" not in match.re.groupindex or match.start("V") < 0:
        return False
    head = _CHINESE.match(match.string, match.start() + 1, match.start("V"))
    return head is not None and begins_with_another(head.group(), far=subject.split == -1)


def begins_with_another(head: str, *, far: bool = False) -> bool:
    """Whether the words before a verb name somebody no list holds; of a subject carried `far` any word does."""
    known = word_set("adverbs.yml", "words")
    words = [word for word in dictionary().cut(head) if word not in known and len(word) > 1]
    governed = _GOVERNS.search(head)
    named = any(_like_a_firm(word) for word in words if word not in grammar().verbs) and not governed
    return (far and bool(words)) or head.startswith(_places()) or named


_GOVERNS = re.compile("[是以给在对向从把将为与和的了还再又也都就被由用按据]")


@functools.cache
def _places() -> tuple[str, ...]:
    return tuple(name_parts().places)


@functools.cache
def _like_a_firm(word: str) -> bool:
    """Whether a word the general dictionary does not know, or with the ending of a firm, may be a name."""
    endings = tuple(end for kind in ("Investor", "Company") for end in name_parts().suffixes[kind] if len(end) > 1)
    return not frequency(word) or (word.endswith(endings) and word not in endings)
