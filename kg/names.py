"""From a name a person types to the entity it means."""

from __future__ import annotations

from difflib import get_close_matches

from kg.errors import LookupFailed
from kg.ledger import Ledger, fold
from ontology.records import Entity

CLOSE = 5


def resolve(ledger: Ledger, name: str) -> Entity:
    """The one entity with this id or name; raises LookupFailed with close names where there is none or several."""
    ids = ledger.named(fold(name))
    found = list(ledger.entities([name])) or list(ledger.entities(ids)) or list(ledger.entities(ledger.formerly(name)))
    canonical = [entity for entity in found if fold(entity.name) == fold(name)]
    if len(found) > 1 and len(canonical) == 1:
        found = canonical
    if not found:
        raise unknown(ledger, name)
    if len(found) > 1:
        ids_in_words = ", ".join(f"{entity.id} {entity.name}" for entity in found)
        raise LookupFailed(f"{name!r} names {len(found)} entities", ids_in_words, "give the id of one")
    return found[0]


def search(ledger: Ledger, name: str, limit: int = 20) -> list[Entity]:
    """Entities whose name is, contains or resembles `name`, best first."""
    ranked = list(dict.fromkeys(key for _, key in matches(ledger, name)))[:limit]
    found = {entity.id: entity for entity in ledger.entities(ranked)}
    return [found[key] for key in ranked]


def matches(ledger: Ledger, name: str) -> list[tuple[str, str]]:
    """Folded names with their ids: equal, beginning with, containing, then resembling `name`."""
    wanted, names = fold(name), ledger.names()
    if not wanted:
        return []
    inside = [(known, key) for known, key in names if wanted in known]
    inside.sort(key=lambda pair: (not pair[0].startswith(wanted), len(pair[0]), pair))
    close = get_close_matches(wanted, dict(names), n=CLOSE, cutoff=0.5)
    return inside + [(known, key) for word in close for known, key in names if known == word]


def unknown(ledger: Ledger, name: str) -> LookupFailed:
    """The error for a name nobody carries."""
    close = [entity.name for entity in search(ledger, name, CLOSE)]
    remedy = f"did you mean {', '.join(close)}?" if close else "see `kg export --format csv` for all names"
    return LookupFailed(f"no entity named {name!r}", str(ledger.path), remedy)
