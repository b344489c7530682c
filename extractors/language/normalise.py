"""Normal form of running text with a way back: every character keeps its offset in the text as read."""

from __future__ import annotations

import functools
from bisect import bisect_left
from dataclasses import dataclass, field

from extractors.expressions import ready as re
from ontology.script import simplified

_WIDE: dict[int, str | int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME: dict[int, str | int | None] = {
    **simplified(),
    **_WIDE,
    **str.maketrans("–－﹣−•・‧∙．～丨", "----····.~|"),
    **str.maketrans("「『﹁‘＂」』﹂’【】", "“““““””””[]"),
    **dict.fromkeys(map(ord, "\r\n\t\u3000\xa0\u2002\u2003\u2009\u202f"), " "),
}
_CHINESE = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_PUNCTUATION = re.compile(r"(?<!\d),|,(?!\d{3})|;|:(?!\d|//)|(?<!\d):|[!?()]")
_STRAIGHT = re.compile(r'"[^"]{0,80}"')
_NOISE = re.compile(
    r"\*+|`+|[\u200b-\u200f\u2060\ufeff\ue000-\uf8ff\u0000-\u0008\u000b\u000c\u000e-\u001f]"
    r"|\[\d{1,2}\]|\[(?=[^\[\]]*\]\(http)|\]\(https?://[^)\s]*\)|</?(?:br|b|p|i|u|strong|em|div|span)\s*/?>"
    r"|(?<![A-Za-z0-9%.)）\]&+'])\s+|\s+(?![A-Za-z0-9（(&])|(?<=[)）\]])\s+|\s+(?=[（(])|(?<=\s)\s+"
    r"|(?<=\d)\s+(?=\d{3}(?!\d)[,，])"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """Normalised running text; `offsets[i]` is where its i-th character stands in the text as read."""

    text: str
    offsets: list[int] = field(repr=False)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as read of the non-empty span `start:end` of this flow."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def position(self, offset: int) -> int:
        """First position in this flow at or after an offset of the text as read."""
        return bisect_left(self.offsets, offset)


def normalise(raw: str, start: int = 0, end: int | None = None) -> Flow:
    """Fold width, script, punctuation and quotes of `raw[start:end]`; drop marks and spaces not between Latin words."""
    text = same_length(raw[start:end])
    kept: list[str] = []
    offsets: list[int] = []
    last = 0
    for noise in _NOISE.finditer(text):
        kept.append(text[last : noise.start()])
        offsets.extend(range(start + last, start + noise.start()))
        last = noise.end()
    kept.append(text[last:])
    offsets.extend(range(start + last, start + len(text)))
    return Flow("".join(kept), offsets)


def same_length(text: str) -> str:
    """The folding that maps every character to exactly one."""
    text = text.translate(_SAME)
    text = _PUNCTUATION.sub(lambda m: _CHINESE[m.group()], text)
    return _STRAIGHT.sub(lambda m: f"“{m.group()[1:-1]}”", text) if '"' in text else text


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Key under which two spellings of a name are one: width, case and white space do not count."""
    return "".join(same_length(name).split()).casefold()
