"""jieba's words from jieba's own tables, of which only the rows of characters that occur are loaded.

The words are those of `jieba.Tokenizer().lcut`: the most probable path through the words of its dictionary, and its
hidden Markov model for rows of single characters. Where the tables have been kept, jieba itself is not imported.
"""

from __future__ import annotations

import functools
import importlib.util
import warnings
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Any

from extractors.expressions.compiled import compiled
from ontology.kept import Kept, digest, keep

_TOTAL = ""
_HAN = compiled(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_SPACE = compiled("(\r\n|\\s)")
_CHINESE = compiled("([\u4e00-\u9fd5]+)")
_LATIN = compiled(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_NEVER = -3.14e100
_LONGEST_KEPT = 8
_SHORT = 16
_STATES = "BEMS"
_MOVES = ("BE", "BM", "EB", "ES", "ME", "MM", "SB", "SS")

_UNKNOWN, _BEGINNING = 1.0, 0.0

Emitted = tuple[float, float, float, float]


class Segmenter:
    """The general dictionary by first characters."""

    def __init__(self, tables: Kept) -> None:
        self._tables = tables
        self._log_total, transitions, self._starts = tables.get(_TOTAL)
        self._be, self._bm, self._em_b, self._em_s, self._me, self._mm, self._sb, self._ss = transitions
        self._weights: dict[str, dict[str, float]] = {}
        self._emitted: dict[str, Emitted] = {}
        self._counts: dict[str, dict[str, int]] = {}
        self._lone = log(1) - self._log_total
        self._short = functools.lru_cache(maxsize=8192)(self._lcut)
        self._recognised = functools.lru_cache(maxsize=65536)(self._recognise)

    def frequency(self, word: str) -> int:
        """How often the corpus of the dictionary uses a word; 0 for unknown ones."""
        if not word:
            return 0
        if word[0] not in self._counts:
            self._load(word[0])
        return self._counts[word[0]].get(word, 0)

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text, which add up to it."""
        return iter(self._short(text) if len(text) <= _SHORT else self._lcut(text))

    def lcut(self, text: str) -> list[str]:
        """The words of a text, which add up to it."""
        return list(self._lcut(text))

    def _lcut(self, text: str) -> tuple[str, ...]:
        words: list[str] = []
        for at, block in enumerate(_HAN.split(text)):
            if at % 2:
                self._cut(block, words)
            elif block:
                for part in _SPACE.split(block):
                    words += (part,) if part == "\r\n" else part
        return tuple(words)

    def _load(self, character: str) -> dict[str, float]:
        """Load the words that begin with a character: the logarithm of how likely each is, 0 for what begins one."""
        counts, self._emitted[character] = self._tables.get(character) or ({}, (_NEVER,) * 4)
        total = self._log_total
        self._counts[character] = counts
        weights = {word: log(count) - total if count else _BEGINNING for word, count in counts.items()}
        self._weights[character] = weights
        return weights

    def _states_of(self, character: str) -> Emitted:
        if character not in self._emitted:
            self._load(character)
        return self._emitted[character]

    def _route(self, text: str) -> list[int]:
        """Where the word that begins at each place ends on the most probable path; of equal ones the longer word."""
        size = len(text)
        sums = [0.0] * (size + 1)
        ends = [0] * size
        tables, lone = self._weights, self._lone
        for start in range(size - 1, -1, -1):
            piece = text[start]
            weights = tables.get(piece)
            if weights is None:
                weights = self._load(piece)
            end = reached = start + 1
            best = None
            while (weight := weights.get(piece, _UNKNOWN)) <= 0:
                if weight:
                    value = weight + sums[end]
                    if best is None or value >= best:
                        best, reached = value, end
                if end == size:
                    break
                end += 1
                piece = text[start:end]
            sums[start] = lone + sums[start + 1] if best is None else best
            ends[start] = reached
        return ends

    def _cut(self, text: str, words: list[str]) -> None:
        ends = self._route(text)
        at, size = 0, len(text)
        single = -1
        while at < size:
            end = ends[at]
            if end - at == 1:
                if single < 0:
                    single = at
            else:
                if single >= 0:
                    self._cut_singles(text[single:at], words)
                    single = -1
                words.append(text[at:end])
            at = end
        if single >= 0:
            self._cut_singles(text[single:], words)

    def _cut_singles(self, row: str, words: list[str]) -> None:
        """The words of a row of characters that are words of one character on the most probable path."""
        if len(row) == 1:
            words.append(row)
        elif self.frequency(row):
            words += row
        else:
            words += self._recognised(row) if len(row) <= _LONGEST_KEPT else self._recognise(row)

    def _recognise(self, row: str) -> tuple[str, ...]:
        words: list[str] = []
        for at, block in enumerate(_CHINESE.split(row)):
            if at % 2:
                self._by_states(block, words)
            elif block:
                words += filter(None, _LATIN.split(block))
        return tuple(words)

    def _by_states(self, text: str, words: list[str]) -> None:
        begin = done = 0
        for at, state in enumerate(self._states(text)):
            if state == "B":
                begin = at
            elif state == "E":
                words.append(text[begin : at + 1])
                done = at + 1
            elif state == "S":
                words.append(text[at])
                done = at + 1
        if done < len(text):
            words.append(text[done:])

    def _states(self, text: str) -> str:
        """The most probable states, `B`egin, `M`iddle, `E`nd and `S`ingle (Viterbi); of equal ones the later letter."""
        b, e, m, s = (start + out for start, out in zip(self._starts, self._states_of(text[0]), strict=True))
        back: list[tuple[str, str, str, str]] = []
        for character in text[1:]:
            out_b, out_e, out_m, out_s = self._states_of(character)
            eb, sb = e + self._em_b + out_b, s + self._sb + out_b
            be, me = b + self._be + out_e, m + self._me + out_e
            bm, mm = b + self._bm + out_m, m + self._mm + out_m
            es, ss = e + self._em_s + out_s, s + self._ss + out_s
            back.append(
                ("S" if sb >= eb else "E", "M" if me >= be else "B", "M" if mm >= bm else "B", "S" if ss >= es else "E")
            )
            b, e, m, s = max(eb, sb), max(be, me), max(bm, mm), max(es, ss)
        state = "S" if s >= e else "E"
        states = [state]
        for step in reversed(back):
            state = step[_STATES.index(state)]
            states.append(state)
        return "".join(reversed(states))


@functools.cache
def segmenter() -> Segmenter:
    """The segmenter with its general dictionary, made ready once a process."""
    spec = importlib.util.find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    sizes = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in (folder / "dict.txt",)]
    return Segmenter(keep("words", digest(Path(__file__).read_bytes(), *sizes), _tables))


def _tables() -> Iterator[tuple[str, Any]]:
    """jieba's tables by character, and what is needed whatever the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own expressions, which Python 3.12 and later warn of when they compile it
        import jieba
        from jieba import finalseg
    dictionary = jieba.Tokenizer()
    frequencies, total = dictionary.gen_pfdict(dictionary.get_dict_file())
    moves = [
        finalseg.trans_P[move[0]].get(move[1], _NEVER) for move in ("BE", "BM", "EB", "ES", "ME", "MM", "SB", "SS")
    ]
    yield _TOTAL, (log(total), tuple(moves), tuple(finalseg.start_P[state] for state in _STATES))
    by_first: dict[str, dict[str, int]] = {}
    for word, count in frequencies.items():
        by_first.setdefault(word[0], {})[word] = count
    emitted = finalseg.emit_P
    for character in by_first.keys() | {key for row in emitted.values() for key in row}:
        chances = tuple(emitted[state].get(character, _NEVER) for state in _STATES)
        yield character, (by_first.get(character, {}), chances)
