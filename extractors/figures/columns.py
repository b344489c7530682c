"""What the columns of a table, or its rows, hold: which figure, of which time, in which unit."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.expressions import ready as re
from extractors.figures.grid import Grid
from extractors.figures.numbers import Unit, parse_unit
from extractors.figures.periods import PERIOD, Period, find_periods
from extractors.figures.vocabulary import MetricName, metric_words

_BRACKET = re.compile(r"[（(\[]([^（）()\[\]]*)[）)\]]")
_CAPTION_UNIT = re.compile(r"单位[：:]?\s*([^\s，。；|）)]{1,6})|[（(]([^（）()]{1,6})[）)]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A column or row of figures; `unit` is None where the table leaves it to what is usual."""

    metric: MetricName
    name: str
    period: Period | None
    unit: Unit | None
    turned: bool = False


def metric_columns(grid: Grid, date: str, caption: str) -> dict[int, Slot]:
    """The columns that hold figures of a known kind, by number."""
    found: dict[int, Slot] = {}
    last: Slot | None = None
    for column, title in enumerate(grid.titles):
        slot = read_slot(title, date, caption, last)
        if slot:
            found[column] = last = slot
    return found


def metric_rows(grid: Grid, date: str, caption: str) -> Iterator[tuple[int, Slot]]:
    """The rows that hold figures of a known kind, by number; a growth rate speaks of the row before."""
    last: Slot | None = None
    heading = f"{grid.titles[0] if grid.titles else ''} {caption}"
    for number, row in enumerate(grid.rows):
        slot = read_slot(row.cell(0), date, heading, last)
        if slot:
            last = slot if slot.metric.name == slot.name else last
            yield number, slot


def period_columns(grid: Grid, date: str) -> dict[int, Period]:
    """The columns whose title is a time and nothing else, by number."""
    titles = ((column, title.replace(" ", "")) for column, title in enumerate(grid.titles))
    times = ((column, next(find_periods(title, date), None)) for column, title in titles if PERIOD.fullmatch(title))
    return {column: period for column, period in times if period}


def read_slot(title: str, date: str, caption: str, before: Slot | None) -> Slot | None:
    """What a title such as 2025-12-19 股价, EPS 2025E, 营业收入（亿元）, 增速(%) announces; None for anything else."""
    units = [parse_unit(inner) for inner in _BRACKET.findall(title)]
    unit = next(filter(None, units), None)
    periods = list(find_periods(title.replace(" ", ""), date))
    whole = _bare(title)
    found = metric_words().whole(whole) or metric_words().whole(_bare(_BRACKET.sub("", title)))
    if found:
        metric, turned = found
        period = periods[-1] if periods else None
        return Slot(metric, metric.name, period, unit or _of_caption(caption, metric), turned)
    return _growth(_bare(_BRACKET.sub("", title)), periods, before)


def _bare(title: str) -> str:
    return re.sub(r"[\s：:/]+$|^\s+", "", "".join(PERIOD.sub("", title).split()))


def _growth(title: str, periods: Sequence[Period], before: Slot | None) -> Slot | None:
    """A growth rate, of the figure it names or else of the one before."""
    for change, pattern in _growth_patterns():
        match = pattern.fullmatch(title)
        if match:
            named = metric_words().whole(match["name"]) if match["name"] else None
            metric = named[0] if named else before.metric if before and not match["name"] else None
            if metric and metric.unit != "percent":
                period = periods[-1] if periods else before.period if before else None
                return Slot(metric, f"{metric.name}{change}", period, Unit(1, "%"))
    return None


@functools.cache
def _growth_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((change, re.compile(f"(?P<name>.*?)(?:{words})")) for change, words in metric_words().growth.items())


def _of_caption(caption: str, metric: MetricName) -> Unit | None:
    """The unit a caption gives all figures of the kind."""
    for match in _CAPTION_UNIT.finditer(caption):
        unit = parse_unit(match[1] or match[2])
        if unit and (metric.unit == "money") == (len(unit.name) == 3) and metric.unit in ("money", "count"):
            return unit
    return None


def owner_column(grid: Grid) -> tuple[int, str] | None:
    """The column that names whom a row is about, and the type of it."""
    for column, title in enumerate(grid.titles):
        for kind, pattern in _owner_patterns():
            if pattern.fullmatch("".join(title.split())):
                return column, kind
    return None


@functools.cache
def _owner_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in metric_words().owners.items())
