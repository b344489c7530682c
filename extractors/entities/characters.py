"""How much a string is written with the characters of brands, and of given names, rather than of running text."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from ontology.kept import memo

TABLE = Path(__file__).with_name("characters.csv")
PLACES = ("first", "middle", "last", "surname", "given", "second")
_UNSEEN = {"first": 20, "middle": 20, "last": 20, "surname": 0, "given": 0, "second": 0}


@functools.cache
def _odds() -> dict[str, dict[str, int]]:
    return _table(TABLE.read_text(encoding="utf-8"))


@memo
def _table(text: str) -> dict[str, dict[str, int]]:
    rows = list(csv.DictReader(text.splitlines()))
    return {place: {row["character"]: int(row[place]) for row in rows} for place in PLACES}


def _of(place: str, character: str) -> int:
    return _odds()[place].get(character, _UNSEEN[place])


@functools.lru_cache(maxsize=65536)
def brand_odds(brand: str) -> int:
    """Log odds, in tenths, that a string of Chinese characters is a brand: above 0 more a brand than text."""
    inner = sum(_of("middle", character) for character in brand[1:-1])
    whole = _of("first", brand[0]) + inner + _of("last", brand[-1])
    return max(whole, brand_odds(brand[:2]) + brand_odds(brand[2:])) if len(brand) == 4 else whole


@functools.lru_cache(maxsize=65536)
def given_odds(given: str) -> int:
    """Log odds, in tenths, that one or two characters behind a surname are a given name rather than text."""
    if len(given) == 1:
        return (_of("given", given) + _of("second", given)) // 2 - 12
    return _of("given", given[0]) + _of("second", given[1]) - 3


@functools.lru_cache(maxsize=65536)
def person_odds(name: str) -> int:
    """Log odds, in tenths, that two or three characters are a surname and a given name rather than text."""
    return _of("surname", name[0]) + given_odds(name[1:])


def closes_given(character: str) -> int:
    """Log odds, in tenths, that a character ends a given name of two rather than stands behind a shorter one."""
    return _of("second", character)
