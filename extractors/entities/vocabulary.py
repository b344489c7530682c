"""What names are made of: the shared word lists of `rules/shared/names.yml`, validated and compiled."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from extractors.expressions.compiled import compiled
from ontology.errors import SchemaError

SHARED = Path(__file__).resolve().parent.parent / "rules" / "shared"


class NameParts(BaseModel):
    """Places, edges, endings, titles and nouns around names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    places: frozenset[str]
    edges: frozenset[str]
    legal: tuple[str, ...]
    suffixes: dict[str, tuple[str, ...]]
    weak_suffixes: frozenset[str]
    units: tuple[str, ...]
    trades: tuple[str, ...]
    inner: frozenset[str]
    transliteration: frozenset[str]
    generic: frozenset[str]
    titles: tuple[str, ...]
    surnames: str
    compound_surnames: frozenset[str]
    given_names: frozenset[str]
    person_after: tuple[str, ...]
    chip_nouns: tuple[str, ...]
    product_nouns: tuple[str, ...]
    weak_product_nouns: tuple[str, ...]
    noun_modifiers: tuple[str, ...]
    project_nouns: tuple[str, ...]
    generic_latin: frozenset[str]

    @field_validator("transliteration", mode="before")
    @classmethod
    def _characters(cls, text: str) -> frozenset[str]:
        return frozenset(text)

    @field_validator(
        "places",
        "edges",
        "weak_suffixes",
        "inner",
        "generic",
        "compound_surnames",
        "given_names",
        "generic_latin",
        mode="before",
    )
    @classmethod
    def _set(cls, text: str) -> frozenset[str]:
        return frozenset(text.split())

    @field_validator(
        "legal",
        "units",
        "trades",
        "titles",
        "person_after",
        "chip_nouns",
        "product_nouns",
        "weak_product_nouns",
        "noun_modifiers",
        "project_nouns",
        mode="before",
    )
    @classmethod
    def _longest_first(cls, text: str) -> tuple[str, ...]:
        return longest_first(text.split())

    @field_validator("suffixes", mode="before")
    @classmethod
    def _by_type(cls, table: dict[str, str]) -> dict[str, tuple[str, ...]]:
        return {kind: longest_first(text.split()) for kind, text in table.items()}

    @functools.cached_property
    def type_of_suffix(self) -> dict[str, str]:
        """The entity type each ending shows."""
        weak = dict.fromkeys(longest_first(self.weak_suffixes), "Company")
        return weak | {suffix: kind for kind, endings in self.suffixes.items() for suffix in endings}

    @functools.cached_property
    def long_edges(self) -> re.Pattern[str]:
        """Any word of two or more characters that belongs to no name."""
        return compiled(either(edge for edge in self.edges if len(edge) > 1))


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words without doubles, longer ones before their beginnings, in the same order in every process."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def either(words: Iterable[str]) -> str:
    """Regular expression for any of the words, the longest that fits."""
    return "|".join(map(re.escape, longest_first(words)))


@functools.cache
def name_parts(path: Path = SHARED / "names.yml") -> NameParts:
    """The packaged word lists.

    Raises SchemaError naming file, key and problem.
    """
    try:
        return NameParts.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise SchemaError(
            f"wrong word lists: {error}", path.name, "keys are " + ", ".join(NameParts.model_fields)
        ) from error


@functools.cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The words under a key of a file in `rules/shared`."""
    table = yaml.load((SHARED / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return frozenset(table[key].split())


@functools.cache
def name_endings() -> tuple[str, ...]:
    """The endings of short names, as `str.endswith` takes them."""
    return tuple(name_parts().type_of_suffix)
