"""The ledger: who says what since when, in one SQLite file."""

from kg.ledger.changes import Change
from kg.ledger.identity import Contradiction
from kg.ledger.judgements import Judgement
from kg.ledger.ledger import Ledger, Outcome, Recorded, Source
from kg.ledger.naming import fold

__all__ = ["Change", "Contradiction", "Judgement", "Ledger", "Outcome", "Recorded", "Source", "fold"]
