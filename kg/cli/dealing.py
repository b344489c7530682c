"""How a deal is printed: parties with their shares, the way it went, what claims differ on, and every claim."""

from __future__ import annotations

from collections.abc import Sequence

from kg.answers import Deal, DealClaim, Role, Statement
from kg.cli.language import tr
from kg.cli.output import say, say_table
from kg.wording import qualifiers_in_words

HISTORY = ("date", "status", "document", "in its words")
CONFLICT = ("differs", "value", "date", "document", "in its words")
CLAIM = ("date", "document", "status", "terms", "share of", "in its words")
LONGEST = 60


def tell(deal: Deal) -> None:
    """Print a deal but its claims."""
    say(" · ".join(filter(None, (deal.name, deal.kind, deal.status, qualifiers_in_words(deal.qualifiers)))))
    say(tr("parties: {parties}").format(parties=parties_in_words(deal.parties)))
    say(tr("id: {id}; documents: {documents}").format(id=deal.id, documents=len(deal.documents)))
    say_table(HISTORY, (cells(step) for step in deal.history))
    if deal.conflicts:
        rows = ((conflict.term, *swapped(value)) for conflict in deal.conflicts for value in conflict.values)
        say_table(CONFLICT, rows)


def tell_claims(claims: Sequence[DealClaim]) -> None:
    """Print what each sentence says."""
    say_table(CLAIM, map(claim_cells, claims))


def cells(step: Statement) -> tuple[str, ...]:
    """A step of the history as cells."""
    return step.date, step.value, step.document, shortened(step.text)


def swapped(value: Statement) -> tuple[str, ...]:
    """One value of a disputed term as cells."""
    return value.value, value.date, value.document, shortened(value.text)


def claim_cells(claim: DealClaim) -> tuple[str, ...]:
    """A claim as cells."""
    terms = qualifiers_in_words(claim.qualifiers)
    return claim.date, claim.evidence.document, claim.status, terms, claim.party, shortened(claim.evidence.text)


def parties_in_words(parties: Sequence[Role]) -> str:
    """Roles and names, with the share of each where it is known."""
    return " · ".join(party_in_words(role) for role in parties)


def party_in_words(role: Role) -> str:
    """A party in its role, its share in brackets."""
    share = qualifiers_in_words(role.qualifiers)
    return f"{role.role} {role.party}" + (f" ({share})" if share else "")


def shortened(text: str) -> str:
    """The beginning of a quote on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
