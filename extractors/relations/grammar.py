"""The words that show who acts, as `rules/shared/grammar.yml` lists them."""

from __future__ import annotations

import functools
import re

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.entities.vocabulary import SHARED
from ontology.schema import parse_yaml


class Grammar(BaseModel):
    """`rules/shared/grammar.yml`: the words that show who acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prepositions: frozenset[str]
    with_: frozenset[str] = Field(alias="with")
    adverbs: frozenset[str]
    verbs: frozenset[str]
    introducing: frozenset[str]
    times: frozenset[str]
    nouns: tuple[str, ...]
    holders: tuple[str, ...]
    payers: re.Pattern[str]
    passing_on: re.Pattern[str]
    opinion: re.Pattern[str]
    houses: tuple[str, ...]
    brokers: frozenset[str]

    @field_validator("prepositions", "with_", "adverbs", "verbs", "introducing", "times", "brokers", mode="before")
    @classmethod
    def _set(cls, text: str) -> frozenset[str]:
        return frozenset(text.split())

    @field_validator("nouns", "holders", "houses", mode="before")
    @classmethod
    def _tuple(cls, text: str) -> tuple[str, ...]:
        return tuple(text.split())


@functools.cache
def grammar() -> Grammar:
    """The packaged grammar."""
    return parse_yaml(Grammar, (SHARED / "grammar.yml").read_text(encoding="utf-8"), "grammar.yml")
