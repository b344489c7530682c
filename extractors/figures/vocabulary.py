"""What figures are called: `rules/shared/metrics.yml`, validated and compiled."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.entities.vocabulary import SHARED
from extractors.expressions.compiled import compiled
from ontology.errors import SchemaError


class MetricName(BaseModel):
    """One kind of figure: its name, the words that say it, its unit and the time it speaks of; none: headers alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    words: str = "(?!)"
    headers: str = ""
    opposite: str = ""
    unit: Literal["money", "price", "percent", "ratio", "count"]
    time: Literal["span", "point", "once"]
    things: bool = False

    @functools.cached_property
    def header(self) -> re.Pattern[str]:
        """The words a header may use."""
        return compiled(f"{self.pattern.pattern}|{self.headers}" if self.headers else self.pattern.pattern)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, those that turn the sign as group `opposite`."""
        turned = f"|(?P<opposite>{self.opposite})" if self.opposite else ""
        return compiled(f"(?:{self.words}){turned}")


class MetricExample(BaseModel):
    """A text with marked names, or a table, and the figures that are read from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    figures: tuple[str, ...]


class MetricWords(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metrics: tuple[MetricName, ...]
    growth: dict[str, str]
    owners: dict[str, str]
    between: str
    becomes: str
    unsaid: str
    expected: str
    examples: tuple[MetricExample, ...] = Field(min_length=1)

    @functools.cached_property
    def any_name(self) -> re.Pattern[str]:
        """Where the name of some figure may begin."""
        said = (words for metric in self.metrics for words in (metric.words, metric.opposite) if words)
        return compiled("|".join(f"(?:{words})" for words in said))

    @functools.cached_property
    def any_expected(self) -> re.Pattern[str]:
        """What turns a figure into an estimate."""
        return compiled(self.expected)

    @functools.cached_property
    def any_unsaid(self) -> re.Pattern[str]:
        """What makes a figure no statement of fact."""
        return compiled(self.unsaid)

    def at(self, text: str, start: int) -> tuple[MetricName, re.Match[str]] | None:
        """The figure whose name stands at `start`, the longest of several."""
        found = ((metric, metric.pattern.match(text, start)) for metric in self.metrics)
        matched = [(metric, match) for metric, match in found if match]
        return max(matched, key=lambda pair: pair[1].end(), default=None)

    def whole(self, text: str) -> tuple[MetricName, bool] | None:
        """The figure that a header names and nothing else, and whether its sign is turned."""
        for metric in self.metrics:
            match = metric.header.fullmatch(text)
            if match:
                return metric, bool(match.groupdict().get("opposite"))
        return None


@functools.cache
def metric_words(path: Path = SHARED / "metrics.yml") -> MetricWords:
    """The packaged vocabulary.

    Raises SchemaError naming file, key and problem.
    """
    try:
        return MetricWords.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError, re.error) as error:
        raise SchemaError(
            f"wrong metrics: {error}", path.name, "keys are " + ", ".join(MetricWords.model_fields)
        ) from error
