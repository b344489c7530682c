"""Errors that end in one line for the user.

YanbaoError
├── InputError        a file or line that cannot be read
├── SchemaError       an ontology, rule or list file that is wrong
├── StoreError        the ledger is missing, locked or of another version
└── ServerError       Neo4j is not there, refuses or cannot be started
"""

from __future__ import annotations


class YanbaoError(Exception):
    """What went wrong, where, and what to do: each a short phrase."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{self.what}{place}{advice}"


class InputError(YanbaoError):
    """A file or line that cannot be read."""


class SchemaError(YanbaoError):
    """An ontology, rule or list file that is wrong."""


class StoreError(YanbaoError):
    """The ledger is missing, locked or of another version."""


class ServerError(YanbaoError):
    """Neo4j is not there, refuses or cannot be started."""
