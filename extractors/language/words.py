"""Words of a flow: the token boundaries that guard the edges of names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from extractors.expressions.compiled import compiled
from extractors.language.normalise import Flow
from extractors.language.segment import Segmenter, segmenter

LONG_ROW = compiled("[\u4e00-\u9fff]{1000}")


def dictionary() -> Segmenter:
    """The segmenter with its general dictionary, loaded once a process."""
    return segmenter()


def words_of(text: str) -> list[str]:
    """The words of a text, which add up to it.

    jieba takes the square of the length of a row of characters without a mark; rows longer than any text has are cut.
    """
    words: list[str] = []
    start = 0
    for row in LONG_ROW.finditer(text):
        words += dictionary().lcut(text[start : row.end()])
        start = row.end()
    words += dictionary().lcut(text[start:])
    return words


def is_word(text: str) -> bool:
    """Whether the general dictionary knows `text` as a word in its own right."""
    return bool(segmenter().frequency(text))


_RARE = 5


def frequency(text: str) -> int:
    """How often the general dictionary's corpus uses `text` as a word; 0 for unknown words."""
    return segmenter().frequency(text)


class Words:
    """Token boundaries of one flow, in its own positions."""

    def __init__(self, flow: Flow, starts: Iterable[int]) -> None:
        self._text = flow.text
        edges = {flow.position(start) for start in starts}
        self.edges = sorted(edges | {0, len(flow.text)})
        self._known = set(self.edges)

    def is_edge(self, at: int) -> bool:
        """Whether a word starts or ends at this position."""
        return at in self._known

    def cuts(self, start: int, end: int) -> bool:
        """Whether the span `start:end` begins or ends inside a word that the general dictionary knows."""
        return self.inside(start) or self.inside(end)

    def inside(self, at: int) -> bool:
        """Whether a position lies inside a word that the general dictionary knows and its corpus uses."""
        return at not in self._known and frequency(self.covering(at)) > _RARE

    def left_over(self, start: int, end: int) -> str:
        """What is left behind the span `start:end` of a word that begins within it; empty where none does."""
        index = bisect_right(self.edges, end)
        begin, stop = self.edges[index - 1 : index + 1] if end < len(self._text) else (start, end)
        return self._text[end:stop] if start < begin < end else ""

    def covering(self, at: int) -> str:
        """The word a position lies in."""
        index = bisect_right(self.edges, at)
        return self._text[self.edges[index - 1] : self.edges[index]]

    def leftward(self, at: int) -> Iterator[tuple[int, str]]:
        """Words from position `at` to the left, each with its start; a word `at` lies in is cut there."""
        index = bisect_left(self.edges, at)
        while index > 0 and at > 0:
            start = self.edges[index - 1]
            yield start, self._text[start:at]
            at, index = start, index - 1

    def after(self, at: int) -> int:
        """End of the word that starts at or covers position `at`."""
        return self.edges[min(bisect_right(self.edges, at), len(self.edges) - 1)]
