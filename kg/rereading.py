"""Which recorded documents the rules and lists of now read as those did by which they were read."""

from __future__ import annotations

from dataclasses import dataclass, field

import extractors
from kg.ledger import Ledger


@dataclass
class Rereading:
    """`reasons` holds, for each document looked at, why it has to be read again by `rules`; empty where it has not."""

    ledger: Ledger
    rules: str
    reasons: dict[str, extractors.Reason] = field(default_factory=dict)

    def stands(self, key: str, read_by: str) -> bool:
        """Whether what a recorded document says, as read by `read_by`, is what it says by the rules of now."""
        if read_by == self.rules:
            return True
        if key not in self.reasons:
            self.reasons[key] = self._look(key, read_by)
        return not self.reasons[key]

    def _look(self, key: str, read_by: str) -> extractors.Reason:
        document = self.ledger.document(key) if self.reads_alike(read_by) else None
        footing = self.ledger.footing(document) if document else None
        return extractors.why_reread(document, footing, read_by, self.rules) if document else "program"

    def reads_alike(self, read_by: str) -> bool:
        """Whether files that were read then hold the same documents now."""
        return extractors.has_same_program(read_by, self.rules)

    def confirm(self) -> None:
        """Note that the documents that stand have been read by the rules of now."""
        standing = [key for key, reason in self.reasons.items() if not reason]
        if standing:
            self.ledger.confirm(standing, self.rules)
