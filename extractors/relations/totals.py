"""Figures of several parties together: they belong to the deal, to no single pair."""

from __future__ import annotations

from extractors.expressions import ready as re
from extractors.relations.symbols import ENTITY_CHARS
from ontology.schema import RelationType

_MONEY = ("amount", "currency", "amount_op")
_SHARES = ("percent", "shares")
_TOGETHER = re.compile("[领跟参追]投|投资[方人者]|参与")
_ALTOGETHER = re.compile("合计|共计|总计|总共")
_GIVES = frozenset({"TRANSFERS_STAKE_TO", "REDUCED_STAKE_IN"})
_WITH_OTHERS = re.compile(f"等[^，；。：{ENTITY_CHARS}]{{0,14}}?(?:合计|共计|共同)")


def totals(
    told: dict[str, str], relation: RelationType, match: re.Match[str], pairs: int, of_event: bool
) -> dict[str, str]:
    """Those of the qualifiers told that a match gives for several: of `pairs`, or of others it does not name."""
    keys: set[str] = set()
    if pairs > 1 or "lead" in told or (of_event and _TOGETHER.search(match.group())):
        keys.update(_MONEY)
    if pairs > 1 and _ALTOGETHER.search(match.string, match.end("V") - 8 if "V" in match.re.groupindex else 0):
        keys.update(_SHARES)
    if relation.name in _GIVES and "S" in match.re.groupindex and _WITH_OTHERS.match(match.string, match.end("S")):
        keys.update(_MONEY + _SHARES)
    return {key: value for key, value in told.items() if key in keys}
