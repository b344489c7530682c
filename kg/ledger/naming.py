"""Names as they are looked up and compared."""

from __future__ import annotations

import unicodedata

from ontology.records import Entity
from ontology.script import simplified


def fold(name: str) -> str:
    """The key of a name: width, traditional characters, white space and case do not count."""
    return "".join(unicodedata.normalize("NFKC", name).translate(simplified()).split()).casefold()


def names_of(entity: Entity) -> set[str]:
    """Every folded name an entity can be looked up by, its stock codes with and without the market."""
    codes = entity.attributes.get("code", "").split("|")
    names = (entity.name, *entity.aliases, *codes, *(code.partition(".")[0] for code in codes))
    return {fold(name) for name in names} - {""}
