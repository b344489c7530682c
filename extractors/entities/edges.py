"""Where a name begins: walking left over words until one that belongs to no name."""

from __future__ import annotations

import functools
from collections.abc import Callable

from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, is_word

_JOINING = frozenset("与和及向对将由被从给为的是在予获拟按就")
_COUNTED = frozenset("年月日万亿元")
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
            dated = word[0] in _COUNTED and text[at - 1 : at].isdigit()
            cut = max(dated, *(word.rfind(mark) + 1 for mark in _JOINING))
            if cut or word[0] in _edge_characters() - {"中"}:
                return at + max(cut, 1)
        if word == "月" and text[at - 1 : at] == "个":
            break
        if word.isdigit() or (word in _COUNTED and text[at - 1 : at].isdigit()):
            break
        start = at
        opens = word in parts.places or (len(word) > 3 and word[:2] in parts.places and not is_word(word))
        if opens and not _place_before(text, at):
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
    between = near["between"] if near else ""
    if not near or set(between) & _JOINING or between.endswith("公司") or text[start : start + 1] in "（":
        return start
    return near.start()


_TRAILING = re.compile(r"(?:[后和均还也又已再正所]|同意|正式|分别|积极|战略|联合|共同|独家|联手|双双|各自)$")


def without_adverb(text: str, start: int, end: int) -> int:
    """The end of a name without an adverb glued to it: 甲乙正式, 甲乙均 (but 天津君正间接持有, 北交所)."""
    found = _TRAILING.search(text, start, end)
    if not found or found.start() - start < 2:
        return end
    mark, after = found.group(), text[end : end + 1]
    glued = {"正": after in "在与和以", "所": after in "持有"}.get(mark, True)
    return without_adverb(text, start, found.start()) if glued else end


_INVESTOR_END = re.compile(
    r"投资(?=[，。；、：（）”]|$|和(?!基金)|与|及|拟|将|等|所持|持有|持股|转让|减持|增持|质押|\d|合计|分别|在|于|提供)"
)


def with_investor_end(text: str, end: int) -> int:
    """The end of a name, moved behind 投资 where that is part of it: 股东甲乙投资拟减持."""
    match = _INVESTOR_END.match(text, end)
    return match.end() if match else end
