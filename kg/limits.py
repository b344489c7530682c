"""Limits beside a source: a refresh that finds far less than stood there stops before it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import InputError
from ontology.schema import parse_yaml

FILE = "kg-limits.yml"


class Limits(BaseModel):
    """How much less a run may find, as shares from 0 to 1; up to `few` documents are never too many."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vanished: float = Field(default=0.5, ge=0, le=1)
    unreadable: float = Field(default=0.5, ge=0, le=1)
    fewer_facts: float = Field(default=0.5, ge=0, le=1)
    few: int = Field(default=3, ge=0)


@dataclass(frozen=True)
class Tally:
    """What stood under a folder before a run, and what the run finds there.

    `read` documents were extracted and yield `facts`; `expected` is what they yielded before, and for new ones the
    mean of those that stood.
    """

    recorded: int
    vanished: int
    unreadable: int
    read: int
    facts: int
    expected: float


def load_limits(folder: str, file: Path | None = None) -> Limits:
    """The limits in `file`, or beside the documents of a folder, or else the usual ones; raises SchemaError."""
    path = file or Path(folder) / FILE
    if file is None and not path.is_file():
        return Limits()
    try:
        return parse_yaml(Limits, path.read_text(encoding="utf-8"), path.as_posix())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("limits cannot be read", path.as_posix(), "check path, permissions and encoding") from error


def exceeded(tally: Tally, limits: Limits) -> Iterator[str]:
    """What a run finds too little of, a phrase for each limit."""
    if tally.vanished > max(limits.few, limits.vanished * tally.recorded):
        yield f"{tally.vanished} of {tally.recorded} documents have vanished"
    if tally.unreadable > max(limits.few, limits.unreadable * tally.recorded):
        yield f"{tally.unreadable} of {tally.recorded} documents can no longer be read"
    if tally.read > limits.few and tally.facts < (1 - limits.fewer_facts) * tally.expected:
        yield f"{tally.read} documents yield {tally.facts} facts where {tally.expected:.0f} were to be expected"
