"""Numbers and units as tables and sentences write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractors.entities.values import plain
from extractors.expressions import ready as re

CURRENCIES = {
    "元": "CNY",
    "人民币": "CNY",
    "元人民币": "CNY",
    "人民币元": "CNY",
    "RMB": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "韩元": "KRW",
    "英镑": "GBP",
    "新台币": "TWD",
    "台币": "TWD",
    "新台币元": "TWD",
}
SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "万亿": 10**12}
COUNTERS = "[台辆颗片枚件部套架艘个家户人名吨张座位天]"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY = "|".join(sorted(CURRENCIES, key=len, reverse=True))
_UNIT = re.compile(
    rf"(?:单位[：:]?)?(?P<before>人民币)?(?P<scale>万亿|十亿|千万|百万|亿|万|千)?(?:(?P<money>{_MONEY})(?:/股)?|(?P<percent>%)|(?P<ratio>倍|[xX])|(?P<counter>{COUNTERS}))"
)
_CELL = re.compile(rf"(?P<open>[（(])?(?P<sign>[-+−])?(?P<number>{NUMBER})(?P<percent>%)?(?P<close>[）)])?[xX倍]?")
_NOTE = re.compile(r"(?:[*#†‡①-⑳]|\[\d{1,2}\]|（注\d?）|\(注\d?\))+$")


@dataclass(frozen=True, slots=True)
class Unit:
    """What the figures of a column stand in: a multiple, and a unit as in `Metric.unit`."""

    scale: int
    name: str


def parse_unit(text: str) -> Unit | None:
    """The unit a header or caption writes in brackets: 万元, %, 亿新台币, 元/股, 倍."""
    match = _UNIT.fullmatch(text.strip())
    if not match:
        return None
    scale = SCALES[match["scale"] or ""]
    if match["money"]:
        return Unit(scale, CURRENCIES[match["money"]])
    return Unit(scale, "%" if match["percent"] else "1" if match["ratio"] else match["counter"])


def parse_cell(text: str) -> Decimal | None:
    """The number of a table cell; brackets around it mean minus, marks of footnotes are left out, `–` is none."""
    match = _CELL.fullmatch(_NOTE.sub("", text.strip()).strip())
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    number = Decimal(match["number"].replace(",", ""))
    return -number if match["sign"] in ("-", "−") or match["open"] else number


def spell(number: Decimal) -> str:
    """The number as `Metric.value` writes it."""
    return plain(number) if number else "0"
