"""Errors of look-ups, under the tree of `ontology.errors`.

YanbaoError
└── LookupFailed      a name or id the ledger does not know, or knows more than once
"""

from __future__ import annotations

from ontology.errors import YanbaoError


class LookupFailed(YanbaoError):
    """A name or id the ledger does not know, or knows more than once."""
