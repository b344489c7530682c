"""Errors of look-ups, under the tree of `ontology.errors`.

YanbaoError
└── LookupFailed      a name or id the ledger does not know, or knows more than once
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ontology.errors import YanbaoError


class LookupFailed(YanbaoError):
    """A name or id the ledger does not know, or knows more than once."""


def suggestion(name: str, known: Iterable[str], otherwise: str) -> str:
    """The known names that resemble one, whatever its case, or else what to do."""
    by_case = {key.casefold(): key for key in known}
    close = [by_case[key] for key in get_close_matches(name.casefold(), by_case, cutoff=0.5)]
    return f"did you mean {', '.join(close)}?" if close else otherwise
