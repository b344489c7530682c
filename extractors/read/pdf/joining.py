"""How characters become a line again, and lines running text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from extractors.expressions import ready as re

_SPACE = 0.2
_FORMS = re.compile("[\u00a0\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_RADICALS = str.maketrans(
    "⺁⺂⺅⺈⺊⺋⺗⺝⺠⺢⺧⺩⺫⺬⺮⺰⺳⺶⺷⺸⺼⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰",
    "厂乛亻刀卜卩心月民水牛王目示竹纟网羊羊羊肉虎衣西西见角讠贝车辶辶辶钅长长长门阝雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙",
)
_LATIN = re.compile(r"[\x21-\x7e\u00c0-\u024f]")
_HYPHENATED = re.compile(r"[A-Za-z]{2}[-\u00ad\u2010]$")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*$")
_CODE = re.compile(r"\d\.\n(?=[A-Z]{2}\b|\d)|\d,\n(?=\d{3})|[-/@_]\n|\n(?=[@/])")


def spaced(chars: Sequence[Any]) -> str:
    """The text of characters from the left, a space where Latin words stand apart without one."""
    text = ""
    right = 0.0
    for char in chars:
        apart = text and char["x0"] - right > _SPACE * char["size"] and not text.endswith(" ")
        if apart and _LATIN.match(text[-1]) and _LATIN.match(char["text"]):
            text += " "
        text += char["text"]
        right = char["x1"]
    return plain(text)


def plain(text: str) -> str:
    """Characters in the place of radicals, ligatures and compatibility forms, which some printers write for them."""
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0].translate(_RADICALS)), text)


def leads_to_number(text: str) -> bool:
    """Whether a line of a table of contents still waits for the number of its page."""
    return bool(_LEADER.search(text))


def join(above: str, below: str) -> str:
    """Two lines as one: hyphens of a broken word go, Latin words keep a space, Chinese needs none."""
    first, second = above.rstrip(), below.lstrip()
    if not first or not second:
        return first or second
    if _HYPHENATED.search(first) and second[0].islower():
        return first[:-1] + second
    if _CODE.search(f"{first[-3:]}\n{second[:4]}"):
        return first + second
    kept = above.endswith(" ") or below.startswith(" ")
    latin = [bool(_LATIN.match(first[-1])), bool(_LATIN.match(second[0]))]
    return f"{first} {second}" if all(latin) or (kept and any(latin)) else first + second


def join_all(lines: Iterable[str]) -> str:
    """Lines as one."""
    return reduce(join, lines, "").strip()
