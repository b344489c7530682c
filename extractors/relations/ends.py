"""An end of a fact as the slot of a pattern takes it."""

from __future__ import annotations

from dataclasses import replace

from extractors.relations.rules import Compiled
from extractors.relations.symbols import CLASSES, KIND_OF_TYPE, Symbol

_OWNED = frozenset({"made", "employed"})


def fitting(symbol: Symbol | None, types: tuple[str, ...], compiled: Compiled, slot: str) -> Symbol | None:
    """The symbol as its slot takes it: one owned gives its owner, a dropped subject the nearest that fits."""
    takes = compiled.slots.get(slot, frozenset())
    if symbol is None or takes & _OWNED or ("trader" in takes and symbol.kind in CLASSES["thing"]):
        return replace(symbol, members=symbol.owner) if symbol and symbol.owner else None
    if symbol.kind != "empty" and "rest" in takes:
        return replace(symbol, members=symbol.members[symbol.split :], split=0) if symbol.split > 0 else None
    if symbol.kind != "empty":
        first = symbol.split if "lead" in takes and symbol.split > 0 else None
        return replace(symbol, members=symbol.members[:first], split=0) if first else symbol
    for members in (symbol.members, *symbol.instead):
        if any(member.type in types and compiled.takes(slot, KIND_OF_TYPE[member.type]) for member in members):
            return replace(symbol, members=members, near=symbol.near and members is symbol.members)
    return None
