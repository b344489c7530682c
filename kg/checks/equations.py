"""What must hold between figures of one row of a table, and of one firm in one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.checks.rounding import Between, growth, rounded
from ontology.records import Evidence, Metric

Figures = Mapping[tuple[str, str], Metric]
CURRENT = frozenset({"股价"})
COUNTED = ("=", "~")


@dataclass(frozen=True)
class Equation:
    """The figure `name` must be what `formula` makes of those of the same time called `of`; a price is of any day."""

    kind: str
    name: str
    of: tuple[str, ...]
    formula: Callable[..., Between]
    in_words: str


@dataclass(frozen=True)
class Tested:
    """An equation with figures in it: what the source says, what the others make, rounded and as written, and where."""

    kind: str
    metric: Metric
    in_words: str
    stated: Between
    computed: Between
    result: Decimal
    evidence: Evidence


OF_ROW = (
    Equation("PE", "PE", ("股价", "EPS"), lambda price, eps: price / eps, "股价 ÷ EPS"),
    Equation("net", "主力净流入额", ("主力流入额", "主力流出额"), lambda a, b: a - b, "流入 − 流出"),
)
OF_FIRM = (
    Equation("gain", "评估增值", ("评估价值", "净资产账面价值"), lambda a, b: a - b, "评估价值 − 账面价值"),
    Equation("gain", "评估增值率", ("评估价值", "净资产账面价值"), growth, "(评估价值 − 账面价值) ÷ 账面价值"),
)


def tests_of(metrics: Sequence[Metric]) -> Iterator[Tested]:
    """Yield every equation that the figures of one document fill."""
    for evidence, row in by_row(metrics):
        yield from fill(OF_ROW, row, evidence)
    for firm in by_firm(metrics):
        yield from fill(OF_FIRM, firm)
        yield from growths(firm)


def by_row(metrics: Iterable[Metric]) -> Iterator[tuple[Evidence, Figures]]:
    """The figures of one entity that stand in one place, with the place."""
    rows: dict[tuple[str, Evidence], dict[tuple[str, str], Metric]] = defaultdict(dict)
    for metric in metrics:
        for evidence in metric.evidence:
            rows[metric.entity, evidence][metric.name, metric.period] = metric
    yield from ((evidence, row) for (_, evidence), row in rows.items())


def by_firm(metrics: Iterable[Metric]) -> Iterator[Figures]:
    """The figures of each entity; of several values for one the first."""
    firms: dict[str, dict[tuple[str, str], Metric]] = defaultdict(dict)
    for metric in metrics:
        firms[metric.entity].setdefault((metric.name, metric.period), metric)
    yield from firms.values()


def fill(equations: Iterable[Equation], figures: Figures, evidence: Evidence | None = None) -> Iterator[Tested]:
    """The equations whose figures are all there."""
    for equation in equations:
        for (name, period), metric in figures.items():
            parts = [part(figures, each, period) for each in equation.of] if name == equation.name else [None]
            known = [each for each in parts if each and each.op in COUNTED]
            if len(known) == len(parts) and metric.op in COUNTED:
                computed = equation.formula(*map(bounds, known)), equation.formula(*map(exact, known)).middle
                place = evidence or metric.evidence[0]
                yield Tested(equation.kind, metric, equation.in_words, bounds(metric), *computed, place)


def part(figures: Figures, name: str, period: str) -> Metric | None:
    """The figure of this name and time; of a price the only one there is."""
    if name not in CURRENT:
        return figures.get((name, period))
    found = [metric for (each, _), metric in figures.items() if each == name]
    return found[0] if len(found) == 1 else None


def bounds(metric: Metric) -> Between:
    """What a figure may stand for."""
    return rounded(Decimal(metric.value), metric.written)


def exact(metric: Metric) -> Between:
    """A figure as it is written, none of it rounded."""
    return Between(Decimal(metric.value), Decimal(metric.value))


def growths(figures: Figures) -> Iterator[Tested]:
    """Every stated growth beside both figures that make it."""
    for (name, period), rate in figures.items():
        now, before = figures.get((name[:-2], period)), figures.get((name[:-2], previous(period, name[-2:])))
        if not now or not before or rate.unit != "%" or now.unit != before.unit or Decimal(before.value) <= 0:
            continue
        if all(metric.op in COUNTED for metric in (rate, now, before)):
            words = f"{now.written} against {before.written}"
            computed = growth(bounds(now), bounds(before)), growth(exact(now), exact(before)).middle
            yield Tested("growth", rate, words, bounds(rate), *computed, rate.evidence[0])


def previous(period: str, change: str) -> str:
    """The time a growth compares with: a year before (同比), the quarter or month before (环比); empty if unknown."""
    digits = period[2:6] if period.startswith("FY") else period[:4]
    if change not in ("同比", "环比") or not digits.isdigit():
        return ""
    return year_before(period, digits) if change == "同比" else piece_before(period)


def year_before(period: str, digits: str) -> str:
    """The same time of the year before, known or expected."""
    return period.replace(digits, str(int(digits) - 1), 1)


def piece_before(period: str) -> str:
    """The quarter or month before."""
    head, mark, number = period[:4], period[4:5], period[5:]
    if mark not in ("Q", "-") or not number.isdigit():
        return ""
    at, last = int(number) - 1, 4 if mark == "Q" else 12
    width = len(number)
    return f"{head}{mark}{at:0{width}d}" if at else f"{int(head) - 1}{mark}{last:0{width}d}"
