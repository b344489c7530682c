"""Values after the name of a figure in a sentence, and the growth that follows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractors.entities.recognise import Passage
from extractors.expressions import ready as re
from extractors.figures.numbers import COUNTERS, CURRENCIES, NUMBER, SCALES
from extractors.figures.vocabulary import MetricName
from extractors.relations.symbols import Line, Symbol, characters

_MONEY = characters(("money",))
_PERCENT = characters(("percent",))
_DROPPED = characters(("empty",))
VALUE = f"[{_MONEY}{_PERCENT}]"
_COINS = "|".join(sorted(CURRENCIES, key=len, reverse=True))
_OPERATORS = {"约": "~", "近": "<", "超": ">", "超过": ">", "逾": ">", "突破": ">", "不足": "<"}
_APPROXIMATE = "|".join(sorted(_OPERATORS, key=len, reverse=True))
_SIGN = r"(?P<sign>[-−]|亏损)?"
_FORMS = {
    "money": re.compile(rf"{_SIGN}(?P<symbol>[{_MONEY}])"),
    "percent": re.compile(rf"{_SIGN}(?P<symbol>[{_PERCENT}])"),
    "price": re.compile(
        rf"{_SIGN}(?:(?P<symbol>[{_MONEY}])|(?P<op>{_APPROXIMATE})?(?P<number>{NUMBER})(?P<coin>{_COINS}))(?:人民币)?(?:[/每]\s?每?(?:股|份|ADS))?"
    ),
    "ratio": re.compile(rf"{_SIGN}(?P<op>{_APPROXIMATE})?(?P<number>{NUMBER})(?P<scale>)[倍xX]?(?![\d%万亿年月])"),
    "count": re.compile(
        rf"(?P<op>{_APPROXIMATE})?(?P<number>{NUMBER})(?P<scale>百万|千万|[万亿])?(?P<more>[多余])?(?P<counter>{COUNTERS})"
    ),
}
_CHANGE = re.compile(
    rf"[，；、]?[{characters(('empty',))}]?(?P<kind>同比|较?上?年同期|按年|较去年同期|较上年同期|环比|较上季度?|按季)(?:大幅|显著|小幅|略有|微|预计|均|分别)?"
    rf"(?:(?P<up>增长率?|上升|上涨|提升|提高|增加|大增|激增|增|升|涨|扩大|增幅|\+)|(?P<down>下降|下滑|减少|降低|下跌|大减|锐减|减|降|跌|萎缩|降幅|-))?"
    rf"(?:了|约|为|达到?|高达|超过?|逾|近)*(?P<value>[{_PERCENT}])"
)
_COIN = re.compile("新台币|台币|港币|人民币")
_EXACTNESS = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~", "上下": "~"}
_AFTER = re.compile("|".join(_EXACTNESS))
_RANGE = re.compile(rf"\s?(?:左右)?(?:[-~至到—－]|{VALUE})")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value at `start:end` of a line."""

    value: Decimal
    unit: str
    op: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A growth rate, `同比` or `环比`."""

    name: str
    amount: Amount


def read_amount(line: Line, passage: Passage, at: int, metric: MetricName) -> Amount | None:
    """The value of the kind the figure takes that stands at `at`; None for a range of values."""
    match = _FORMS[metric.unit].match(line.text, at)
    if not match or _RANGE.match(line.text, match.end()):
        return None
    g = match.groupdict()
    minus = -1 if g.get("sign") else 1
    if g.get("symbol"):
        return _of_symbol(line, passage, match, minus, metric.unit)
    unit = "1" if metric.unit == "ratio" else CURRENCIES.get(g.get("coin") or "") or g.get("counter") or ""
    number = Decimal(g["number"].replace(",", "")) * SCALES[g.get("scale") or ""]
    op = ">" if g.get("more") else _OPERATORS.get(g.get("op") or "", "=")
    return Amount(minus * number, unit, op, match.start(), match.end())


def _of_symbol(line: Line, passage: Passage, match: re.Match[str], minus: int, kind: str) -> Amount | None:
    """The value of a money or percent symbol; points of a percentage are no percentage."""
    symbol = line.symbols[match["symbol"]]
    parts = symbol.value.parts if symbol.value else {}
    if kind == "percent":
        if passage.text[symbol.start : symbol.end].endswith("个百分点"):
            return None
        op = _operator(line, passage, symbol, match.end(), parts.get("op", ""))
        return Amount(minus * Decimal(parts["percent"]), "%", op, match.start(), match.end())
    coin = _COIN.match(line.text, match.end())
    end = coin.end() if coin else match.end()
    op = _operator(line, passage, symbol, end, parts.get("amount_op", ""))
    currency = CURRENCIES[coin.group()] if coin else parts["currency"]
    return Amount(minus * Decimal(parts["amount"]), currency, op, match.start(), end)


def _operator(line: Line, passage: Passage, symbol: Symbol, end: int, told: str) -> str:
    """How exact a value is; 高达 only praises, 以上 and 左右 may follow."""
    if passage.text.startswith("高达", symbol.start):
        return "="
    after = _AFTER.match(line.text, end)
    return _EXACTNESS[after.group()] if after else told or "="


def read_change(line: Line, passage: Passage, at: int) -> Change | None:
    """同比增长5.4% or 环比下降3个百分点 at `at`, with its sign; None for a range of rates."""
    match = _CHANGE.match(line.text, at)
    if not match or _RANGE.match(line.text, match.end()):
        return None
    symbol = line.symbols[match["value"]]
    parts = symbol.value.parts if symbol.value else {}
    if not (match["up"] or match["down"] or parts["percent"].startswith("-")):
        return None
    points = passage.text[symbol.start : symbol.end].endswith("个百分点")
    value = Decimal(parts["percent"]) * (-1 if match["down"] else 1)
    name = "环比" if match["kind"] in ("环比", "按季") or "季" in match["kind"] else "同比"
    op = _operator(line, passage, symbol, match.end(), parts.get("op", ""))
    return Change(name, Amount(value, "pp" if points else "%", op, match.start(), match.end()))
