"""Listed names as a text cuts them: a maker before its product, words that run on over the end of a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.entities.consulted import Consulted
from extractors.entities.gazetteer import Hit
from extractors.entities.spans import THINGS
from extractors.expressions import ready as re
from extractors.language.words import Words


def with_its_maker(text: str, hit: Hit, lists: Consulted) -> Iterator[Hit]:
    """The hit, or its maker and the rest of it where it begins with its maker and the rest is a name too (华为麒麟)."""
    maker = lists.maker(hit.entry.parent) if hit.entry.parent and hit.entry.type in THINGS else None
    name = text[hit.start : hit.end]
    for own in maker.names if maker else ():
        rest = name.removeprefix(own).lstrip()
        if maker and rest != name and _is_own_name(rest, name, hit.entry.names):
            yield Hit(hit.start, hit.start + len(own), maker, True)
            yield Hit(hit.end - len(rest), hit.end, hit.entry, hit.sure)
            return
    yield hit


def _is_own_name(rest: str, name: str, names: Sequence[str]) -> bool:
    """Whether a thing goes by `rest` of `name` without its maker: 麒麟, 征程6 of a series, a model number."""
    return any(rest.startswith(other) for other in names) or (name in names and bool(_MODEL.fullmatch(rest)))


_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+ .-]{2,}")


def is_cut(words: Words, hit: Hit) -> bool:
    """Whether a short name begins or ends inside a word, unlike 高通 where 通向 was cut for a word."""
    return words.cuts(hit.start, hit.end) and not (
        not words.inside(hit.start) and words.left_over(hit.start, hit.end) in _WORDS_OF_ONE
    )


_WORDS_OF_ONE = frozenset("向称与和将对已也及拟则于为从被由在以给把并又曾都还均或因据同跟等之")
