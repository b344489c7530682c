"""Lists whose members are described: 推出用于甲的A、用于乙的B."""

from __future__ import annotations

from dataclasses import replace

from extractors.entities.registry import Referent
from extractors.entities.values import Value
from extractors.expressions import ready as re
from extractors.relations.lines import values_in
from extractors.relations.patterns import GAP
from extractors.relations.status import clause_bounds
from extractors.relations.symbols import ENTITY_CHARS, KIND_FAMILY, Line, Symbol

_CLAUSE_MARKS = f"，；。！？：∥{ENTITY_CHARS}"
_FURTHER = re.compile(
    rf"{GAP}{{0,8}}?(?:、|，?和|，?以及|，?及)(?:[^{_CLAUSE_MARKS}由被向对与将把获]{{0,16}}?)(?P<next>[{ENTITY_CHARS}])"
)


def with_further(object_: Symbol, match: re.Match[str], line: Line) -> Symbol:
    """The object with those that a list with descriptions adds: 推出用于甲的A、用于乙的B."""
    char = line.text[match.end() - 1]
    in_list = line.text[max(match.start() - 1, 0)] == "、"
    if line.symbols.get(char) is not object_ or in_list:
        return object_
    members, at = list(object_.members), match.end()
    attached, last = dict(object_.attached), object_
    while further := _FURTHER.match(line.text, at):
        symbol = line.symbols[further.group("next")]
        described = further.start("next") - at > (2 if symbol.kind == "person" else 3)
        if KIND_FAMILY[symbol.kind] != KIND_FAMILY[object_.kind] or (described and symbol.kind == "person"):
            break
        members += [member for member in symbol.members if member not in members]
        _give_share(attached, last, line, at, further.start("next"))
        at, last = further.end(), symbol
    if len(members) == len(object_.members):
        return object_
    _give_share(attached, last, line, at, clause_bounds(line.text, at, at)[1])
    return replace(object_, members=tuple(members), attached=attached)


def _give_share(attached: dict[Referent, list[Value]], symbol: Symbol, line: Line, start: int, end: int) -> None:
    """Attach to the one name of a symbol the percentage or shares right after it: 收购甲36%股权、乙21%股权."""
    shares = [
        value for at, value in values_in(line, start, end) if value.kind in ("percent", "shares") and at < start + 6
    ]
    if shares and len(symbol.members) == 1:
        attached.setdefault(symbol.members[0], []).extend(shares[:1])
