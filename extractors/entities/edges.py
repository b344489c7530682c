"""Where a name begins: walking left over words until one that belongs to no name."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from extractors.entities.vocabulary import either, name_parts
from extractors.language.words import Words, is_word

_JOINING = frozenset("与和及向对将由被从给为的是在予获拟按就")
_PUNCTUATION = re.compile(r"[^一-鿿A-Za-z0-9·&+-]")


@functools.cache
def _edge_characters() -> frozenset[str]:
    return frozenset(word for word in name_parts().edges if len(word) == 1)


def name_start(text: str, words: Words, end: int, limit: int, stop: Callable[[int], bool] = lambda _: False) -> int:
    """Leftmost start of a name whose core ends at `end`, at most `limit` characters long.

    Words that belong to no name end the walk, and so does a place name, which begins a name.
    """
    parts, start = name_parts(), end
    for at, word in words.leftward(end):
        if end - at > limit or stop(at) or _PUNCTUATION.search(word) or word in parts.edges:
            break
        if _JOINING.issuperset(word):
            break
        if len(word) > 1 and not is_word(word):
            cut = max(word.rfind(mark) for mark in _JOINING) + 1
            if cut or word[0] in _edge_characters():
                return at + max(cut, 1)
        if word.isdigit():
            break
        start = at
        if word in parts.places and not _place_before(text, at):
            break
    return start


def opening(text: str, start: int) -> int:
    """The start of a name at the head of its clause: 中 opens it there (中天金融), the 日 of a date does not."""
    if text[start] == "日" and text[start - 1 : start].isdigit():
        return start + 1
    opens = text[start - 1 : start] == "中" and not "一" <= (text[start - 2 : start - 1] or "，") <= "鿿"
    return start - 1 if opens else start


def _place_before(text: str, at: int) -> bool:
    return any(text[at - length : at] in name_parts().places for length in (2, 3))


def strip_place(name: str) -> str:
    """The name without the place it begins with, if at least two characters are left."""
    for length in (4, 3, 2):
        if name[:length] in name_parts().places and len(name) - length >= 2:
            return name[length:].lstrip("省市")
    return name


@functools.cache
def _place_near() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{either(name_parts().places)})(?:[一-鿿]{{1,3}}[区县])?|[一-鿿]{{2}}[市县])(?P<between>[一-鿿]{{0,3}})$"
    )


def crosses_place(text: str, start: int) -> int:
    """The start of a place shortly before a legal name: 北京中之辉…有限公司, though 中 and 之 end other names."""
    near = _place_near().search(text, max(0, start - 9), start)
    if not near or set(near["between"]) & _JOINING or text[start : start + 1] in "（":
        return start
    return near.start()
