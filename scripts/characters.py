"""Writes `extractors/entities/characters.csv`: how much each character is one of brands and of given names.

The figures are tenths of the natural logarithm of how many times more often a character stands at a place of a brand or
a given name than in running Chinese. Brands: `brands.txt` of wainshine/Company-Names-Corpus (Apache-2.0), given as the
argument; given names and running Chinese: the dictionary of jieba (MIT).
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jieba

from extractors.entities.characters import PLACES, TABLE
from extractors.entities.vocabulary import name_parts

_CHINESE = re.compile("[一-鿿]+")
_FAMOUS = 400
_RARE_CHARACTER = 2e-6
_SELDOM, _FEW = 300, 12


def main(brands: Path) -> None:
    """Count, compare and write the table."""
    text: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {place: Counter() for place in PLACES}
    for word, frequency, tag in _dictionary():
        text.update({character: frequency * word.count(character) for character in set(word)})
        if tag == "nr" and len(word) in (2, 3) and word[0] in name_parts().surnames and frequency <= _FAMOUS:
            _count(counts, ("surname", "second") if len(word) == 2 else ("surname", "given", "second"), word)
    for brand in brands.read_text(encoding="utf-8-sig").split():
        if _CHINESE.fullmatch(brand) and len(brand) in (2, 3):
            _count(counts, ("first", "last") if len(brand) == 2 else ("first", "middle", "last"), brand)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("character", *PLACES))
        writer.writerows(_rows(text, counts))


def _dictionary() -> Iterator[tuple[str, int, str]]:
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if _CHINESE.fullmatch(word):
            yield word, int(frequency), tag


def _count(counts: dict[str, Counter[str]], places: tuple[str, ...], characters: str) -> None:
    for place, character in zip(places, characters, strict=True):
        counts[place][character] += 1


def _rows(text: Counter[str], counts: dict[str, Counter[str]]) -> Iterator[list[str | int]]:
    whole = sum(text.values())
    totals = {place: sum(counts[place].values()) for place in PLACES}
    for character in sorted(set(text) | set().union(*counts.values())):
        usual = text[character] / whole + _RARE_CHARACTER
        if text[character] < _SELDOM and sum(counts[place][character] for place in PLACES) < _FEW:
            continue
        odds = ((counts[place][character] + 0.5) / (totals[place] + 2000) / usual for place in PLACES)
        yield [character, *(round(10 * math.log(value)) for value in odds)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
