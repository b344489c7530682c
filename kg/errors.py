"""Errors of look-ups and of runs, under the tree of `ontology.errors`.

YanbaoError
├── LookupFailed      a name or id the ledger does not know, or knows more than once
└── RefreshStopped    a refresh finds far less than stood in the ledger
"""

from __future__ import annotations

from ontology.errors import YanbaoError


class LookupFailed(YanbaoError):
    """A name or id the ledger does not know, or knows more than once."""


class RefreshStopped(YanbaoError):
    """A refresh finds far less than stood in the ledger; nothing was written."""
