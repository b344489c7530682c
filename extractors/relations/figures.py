"""Which figures belong to a fact: those of its clause, its brackets, or of a clause that follows and names nobody."""

from __future__ import annotations

import re

from extractors.entities.registry import Referent
from extractors.entities.values import Value
from extractors.relations.discourse import Discourse
from extractors.relations.lines import values_in
from extractors.relations.status import clause_bounds
from extractors.relations.symbols import KINDS, Line

_NOT_THE_PRICE = re.compile(
    r"(?:估值|市值|营收|收入|利润|注册资本|净资产|总资产|产值|销售额|规模|募资|融资总额|身价|股价|单价|面值|基金规模|亏损|负债|贷款|债务|补贴)[^，；]{0,6}$"
)
_OF_SHARES = re.compile(r"^(?:的|左右|以上)?[^，；]{0,3}(?:股权|股份|股本|权益|的股|控股权|表决权|股)")
_HOLDING = re.compile(r"(?:持股|持有|占|比例|股权|份额|股份)[^，；]{0,12}$")


def figures(
    line: Line, start: int, end: int, allowed: frozenset[str], discourse: Discourse, year: str
) -> dict[str, str]:
    """Qualifiers read from the figures around a match `start:end` of a line; `year` is the document's date.

    An event, which can have an amount, takes a date from an earlier clause too; a state only from its own.
    """
    left, right = clause_bounds(line.text, start, end)
    found: dict[str, str] = {}
    for at, value in values_in(line, left, _reach(line, right)):
        for key, part in _parts(line, at, value, allowed).items():
            found.setdefault(key, part)
    if "price" in allowed and "price" not in found:
        found |= _issue_price(line)
    if "date" in allowed:
        found |= _date(line, 0 if "amount" in allowed else left, left, right, discourse, year)
    return found


def _issue_price(line: Line) -> dict[str, str]:
    """The issue price, wherever the sentence states it."""
    for at, value in values_in(line, 0, len(line.text)):
        if value.kind == "price" and re.search("发行价(?:格)?[^，；]{0,3}$", line.text[:at]):
            return {"price": value.parts["price"]}
    return {}


def _reach(line: Line, right: int) -> int:
    """End of the clause after, where it names nobody and so speaks of the same deal."""
    if right >= len(line.text) or line.text[right] not in "，":
        return right
    _, after = clause_bounds(line.text, right + 1, right + 1)
    named = (line.symbols.get(char) for char in line.text[right:after])
    return right if any(symbol and symbol.kind in KINDS and not symbol.carried for symbol in named) else after


def _parts(line: Line, at: int, value: Value, allowed: frozenset[str]) -> dict[str, str]:
    before, after = line.text[max(0, at - 16) : at], line.text[at + 1 : at + 10]
    if value.kind == "money" and ("amount" not in allowed or _NOT_THE_PRICE.search(before)):
        return {}
    if value.kind == "percent" and not (_OF_SHARES.match(after) or _HOLDING.search(before)):
        return {}
    if value.kind == "price":
        return {key: part for key, part in value.parts.items() if key == "price" and key in allowed}
    return {key: part for key, part in value.parts.items() if key in allowed and value.kind != "date"}


def attached(values: list[Value], allowed: frozenset[str]) -> dict[str, str]:
    """Qualifiers from the bracket behind one member of a list."""
    found: dict[str, str] = {}
    for value in values:
        if value.kind in ("percent", "shares"):
            found |= {key: part for key, part in value.parts.items() if key in allowed}
    return found


def _date(line: Line, begin: int, left: int, right: int, discourse: Discourse, year: str) -> dict[str, str]:
    inside = [value for _, value in values_in(line, left, right) if value.kind == "date"]
    earlier = [value for _, value in values_in(line, begin, left) if value.kind == "date"]
    told = inside or earlier[-1:]
    return resolve_date(told[0], discourse, year) if told else {}


def resolve_date(value: Value, discourse: Discourse, year: str) -> dict[str, str]:
    """ISO date and its basis; `year` is the document's date as far as it is known."""
    parts = value.parts
    month, day = parts.get("month", ""), parts.get("day", "")
    known, basis = _year_of(parts, discourse, year)
    if not known:
        return {}
    if not month and not parts.get("year") and not parts.get("relative"):
        month, basis = (year[5:7], "document") if len(year) >= 7 else ("", basis)
    date = known + (f"-{int(month):02d}" if month else "")
    if month and day:
        date += f"-{int(day):02d}"
    return {"date": date, "date_basis": basis} if month or parts.get("year") or parts.get("relative") in _YEARS else {}


_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}


def _year_of(parts: dict[str, str], discourse: Discourse, year: str) -> tuple[str, str]:
    if parts.get("year"):
        return parts["year"], "stated"
    relative = parts.get("relative", "")
    if relative in _YEARS and year:
        return str(int(year[:4]) + _YEARS[relative]), "relative"
    if relative in ("同年", "当年", "次年") and discourse.year:
        return str(int(discourse.year) + (relative == "次年")), "relative"
    if relative or not year:
        return "", ""
    if parts.get("month") and len(year) >= 7 and int(parts["month"]) > int(year[5:7]) + 1:
        return str(int(year[:4]) - 1), "document"
    return year[:4], "document"


def note_dates(line: Line, discourse: Discourse) -> None:
    """Remember the last year the text states, for 同年 and 次年."""
    for _, value in values_in(line, 0, len(line.text)):
        if value.kind == "date" and value.parts.get("year"):
            discourse.year = value.parts["year"]


def of_member(
    symbol_attached: dict[Referent, list[Value]], member: Referent, allowed: frozenset[str]
) -> dict[str, str]:
    """Qualifiers that a list gives for one of its members."""
    return attached(symbol_attached.get(member, []), allowed)
