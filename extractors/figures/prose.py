"""Figures of sentences whose clause has the firm as subject or topic: 甲科技2025年上半年营收9.15亿元，同比增长4%."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.figures.amounts import VALUE, Amount, read_amount, read_change
from extractors.figures.periods import PERIOD, Period, find_periods, years_of
from extractors.figures.stated import Stated
from extractors.figures.vocabulary import MetricName, metric_words
from extractors.read.front_page import brokerages
from extractors.relations.symbols import CLASSES, ENTITY_CHARS, VALUE_CHARS, Line, Symbol

_OWNERS = frozenset({*CLASSES["company"], "empty"})
_THINGS = frozenset({"chip", "product"})
_GOVERNED = re.compile(r"(?:对|向|与|和|由|被|给|从|比|较|占|及|超过|高于|低于|购买|收购|为|除)$")
_FIRMS = frozenset({"Company", "Investor"})
_HOUSES = ("证券", "证券股份有限公司", "证券有限责任公司", "研究所", "研究院", "咨询")
_OF_ITS = re.compile(
    "旗下|下属|子公司|全资|控股子|参股|投资的|(?:拳头|核心|主要|主力|旗舰|重点|新|自有)?(?:产品|品牌)"
    "|[^，；。]{0,8}?(?:业务|板块|事业部|分部)"
)
_LED_IN = re.compile(r"(?:预计|预测|预期|估计)，$")
_FORECAST = re.compile(r"预计|预测|有望")
_NUMBERS = re.compile(f"[0-9{VALUE_CHARS}]")
_UP_TO = re.compile(r"(?:截至|截止到?|截止至|至)$")
_CLAUSE = re.compile(r"[，；：。]")
_LIST_MARK = "[、，和及与]"
_FROM = re.compile(rf"[从由](?:{PERIOD.pattern})度?的", re.VERBOSE)
_UNTIL = re.compile(
    rf"[^，；。、]{{0,6}}?(?:增长?|升|提升|提高|扩大|上升|上涨|下降|降|减少?|跌|下滑)[至到](?:{PERIOD.pattern})度?的",
    re.VERBOSE,
)


@dataclass(slots=True)
class Told:
    """What a passage told last: a day or 截至, and a span of time, good for one further sentence."""

    span: Period | None = None
    point: Period | None = None
    age: int = 0

    def pass_sentence(self) -> None:
        """Forget a span that was told more than a sentence ago."""
        self.age += 1
        if self.age > 1:
            self.span = None

    def note(self, period: Period, text: str) -> None:
        """Remember a time of a text."""
        if period.is_day or _UP_TO.search(text, 0, period.start):
            self.point = period
        if not period.is_day:
            self.span = period
        self.age = -1


@dataclass(slots=True)
class Sentence:
    """A line with its times spelt out, where figures are looked for; `adrift` once it has told those of a noun.

    新能源车2025年销量352万辆，市占率达13%: the share is that of no firm named before.
    """

    line: Line
    passage: Passage
    date: str
    told: Told
    adrift: bool = False
    found: list[Stated] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Names, amounts and percentages as symbols, all else as written."""
        return self.line.text


def has_figure(text: str) -> bool:
    """Whether a text holds a number and the name of a figure: most do not, and this is cheap."""
    return bool(_NUMBERS.search(text)) and bool(metric_words().any_name.search(text))


def read_prose(line: Line, passage: Passage, date: str, told: Told) -> list[Stated]:
    """The figures of a line in which dropped subjects are marked."""
    sentence = Sentence(_spelled(line, passage), passage, date, told)
    year = told.span.year if told.span else None
    periods = list(find_periods(sentence.text, date, year))
    at = 0
    for match in metric_words().any_name.finditer(sentence.text):
        if match.start() >= at:
            for period in periods:
                if at <= period.start < match.start():
                    told.note(period, sentence.text)
            at = _read_name(sentence, match.start(), periods) or match.end()
    for period in periods:
        if period.start >= at:
            told.note(period, sentence.text)
    return sentence.found


def _spelled(line: Line, passage: Passage) -> Line:
    """The line with times, prices and shares as the text writes them."""
    edits = []
    for at, symbol in line.of(("date", "price", "shares", "round")):
        if symbol.value:
            edits.append((at, at + 1, passage.text[symbol.start : symbol.end]))
    return line.replace(edits)


def _read_name(sentence: Sentence, start: int, periods: Sequence[Period]) -> int:
    """Read what is said of the figure named at `start`; gives where it ends, 0 where nothing is read."""
    named = metric_words().at(sentence.text, start)
    if not named:
        return 0
    metric, match = named
    owners = _owners(sentence, metric, start)
    clause = _clause_start(sentence.text, start)
    if not owners or metric_words().any_unsaid.search(sentence.text, clause, start):
        return 0
    moved = _moved(sentence, metric, match, owners)
    if moved:
        return moved
    amounts = list(_amounts(sentence, metric, match))
    if not amounts:
        return _only_change(sentence, metric, match, owners, periods)
    return _state(sentence, metric, match, owners, amounts, periods)


def _clause_start(text: str, at: int) -> int:
    return max((mark.end() for mark in _CLAUSE.finditer(text, 0, at)), default=0)


def _owners(sentence: Sentence, metric: MetricName, start: int) -> tuple[Referent, ...]:
    """Whose figure it is: the name that is subject or possessor in the clause, nothing but fillers between them."""
    text = sentence.text
    clause = _clause_start(text, start)
    at = next(
        (i for i in range(start - 1, clause - 1, -1) if text[i] in sentence.line.symbols and _is_name(sentence, i)), -1
    )
    if at < 0:
        return ()
    symbol = sentence.line.symbols[text[at]]
    wanted = _OWNERS | (_THINGS if metric.things else frozenset())
    if symbol.kind not in wanted or not _between().fullmatch(text, at + 1, start):
        sentence.adrift = True
        return ()
    if symbol.carried and not _may_stand_for(symbol):
        return ()
    if symbol.kind == "empty" and (sentence.adrift or not _carries(sentence, symbol, at)):
        return ()
    sentence.adrift = False
    if _GOVERNED.search(text[clause:at]) or any(member.is_voice for member in symbol.members):
        return ()
    return symbol.members


def _may_stand_for(symbol: Symbol) -> bool:
    """Whether a pronoun or a dropped subject may mean these: firms, and not a house that speaks of others."""
    return all(member.type in _FIRMS and not _is_house(member) for member in symbol.members)


def _is_house(member: Referent) -> bool:
    return member.name.endswith(_HOUSES) or not brokerages().isdisjoint({member.name, *member.names})


def _carries(sentence: Sentence, symbol: Symbol, at: int) -> bool:
    """Whether a dropped subject is surely the firm it stands for: named in this sentence, or the only firm around."""
    text, symbols = sentence.text, sentence.line.symbols
    firms = [i for i in range(at) if text[i] in symbols and symbols[text[i]].kind in CLASSES["firm"]]
    named = [i for i in firms if symbols[text[i]].members == symbol.members]
    if named and _OF_ITS.match(text, named[-1] + 1):
        return False
    return symbol.near or (len(symbol.members) == 1 and len(named) == len(firms))


def _is_name(sentence: Sentence, at: int) -> bool:
    return bool(re.match(f"[{ENTITY_CHARS}]", sentence.text[at]))


@functools.cache
def _between() -> re.Pattern[str]:
    stake = f"{VALUE}的?股权"
    return re.compile(
        rf"(?:{metric_words().between}|{stake}|{PERIOD.pattern}|[-至~]|[早晚午]间|上午|下午)*", re.VERBOSE
    )


def _amounts(sentence: Sentence, metric: MetricName, match: re.Match[str]) -> Iterator[tuple[int, Amount]]:
    """The values after the name, several where it says 分别; the first number is where each ends."""
    link = _becomes().match(sentence.text, match.end())
    at = link.end() if link else match.end()
    several = bool(link) and "分别" in sentence.text[match.end() : at]
    while amount := read_amount(sentence.line, sentence.passage, at, metric):
        yield amount.end, amount
        mark = re.compile(_LIST_MARK).match(sentence.text, amount.end)
        if not several or not mark:
            return
        at = mark.end()


@functools.cache
def _becomes() -> re.Pattern[str]:
    return re.compile(f"(?:{metric_words().becomes})*")


def _moved(sentence: Sentence, metric: MetricName, match: re.Match[str], owners: tuple[Referent, ...]) -> int:
    """Note both ends of 从2022年的4264万元增长至2024年的7.43亿元; gives where they end, 0 where nothing is read."""
    text = sentence.text
    since, until = _FROM.match(text, match.end()), None
    first = read_amount(sentence.line, sentence.passage, since.end(), metric) if since else None
    until = _UNTIL.match(text, first.end) if first else None
    second = read_amount(sentence.line, sentence.passage, until.end(), metric) if until else None
    times = list(find_periods(text[match.end() : second.start], sentence.date)) if second else []
    if not first or not second or len(times) != 2 or len(owners) != 1 or metric.time != "span":
        return 0
    for period, amount in zip(times, (first, second), strict=True):
        _note(sentence, metric, metric.name, owners[0], str(period), amount, match.start())
    return second.end


def _state(
    sentence: Sentence,
    metric: MetricName,
    match: re.Match[str],
    owners: tuple[Referent, ...],
    amounts: list[tuple[int, Amount]],
    periods: Sequence[Period],
) -> int:
    """Note the figures with their growth, if owners, times and values fit one another."""
    times = _times(sentence, metric, match, periods)
    end = amounts[-1][0]
    rows = _matched(owners, times, [amount for _, amount in amounts])
    turned = bool(match.groupdict().get("opposite"))
    for owner, period, amount in rows:
        value = -amount.value if turned else amount.value
        told = replace(amount, value=value)
        _note(sentence, metric, metric.name, owner, period, told, match.start())
    if len(rows) == 1 and not turned:
        return _changes(sentence, metric, rows[0][0], rows[0][1], match.start(), end)
    return end


def _matched(
    owners: tuple[Referent, ...], times: list[str], amounts: list[Amount]
) -> list[tuple[Referent, str, Amount]]:
    """Owners, times and values one to one: several of one, the same number of values."""
    if len(owners) == 1 and len(times) == len(amounts):
        return [(owners[0], period, amount) for period, amount in zip(times, amounts, strict=True)]
    if len(owners) > 1 and len(times) == 1 and len(owners) == len(amounts):
        return [(owner, times[0], amount) for owner, amount in zip(owners, amounts, strict=True)]
    return []


def _times(sentence: Sentence, metric: MetricName, match: re.Match[str], periods: Sequence[Period]) -> list[str]:
    """The times a figure named by `match` speaks of; empty where it needs one and none is told."""
    start = match.start()
    if metric.time == "once":
        return [""]
    if metric.time == "point":
        point = sentence.told.point
        return [str(point)] if point else [sentence.date] if sentence.date else []
    clause = _clause_start(sentence.text, start)
    years = years_of(sentence.text[clause:start])
    if years:
        return [str(period) for period in years[2]]
    own = [period for period in periods if clause <= period.start < start and not period.is_day]
    times = own[-1:] or ([sentence.told.span] if sentence.told.span else [])
    if _expected(sentence.text, clause, match, bool(own)):
        return [str(period.as_expected()) for period in times]
    return [str(period) for period in times if period.expected or not period.is_ahead(sentence.date)]


def _expected(text: str, clause: int, named: re.Match[str], has_own_time: bool) -> bool:
    """Whether the clause, its link to the value, or the clause that leads it in speaks of what is to come."""
    words = metric_words().any_expected
    link = _becomes().match(text, named.end())
    end = link.end() if link else named.end()
    led = _LED_IN.search(text, 0, clause) or (not has_own_time and _FORECAST.search(text, 0, named.start()))
    return bool(led or words.search(text, clause, end))


def _changes(sentence: Sentence, metric: MetricName, owner: Referent, period: str, start: int, end: int) -> int:
    """Note 同比 and 环比 where they follow a value; gives where they end."""
    while change := read_change(sentence.line, sentence.passage, end):
        name = f"{metric.name}{change.name}"
        _note(sentence, metric, name, owner, period, change.amount, start)
        end = change.amount.end
    return end


def _only_change(
    sentence: Sentence,
    metric: MetricName,
    match: re.Match[str],
    owners: tuple[Referent, ...],
    periods: Sequence[Period],
) -> int:
    """Note a growth rate told without the figure itself: 净利润同比增长20%."""
    times = _times(sentence, metric, match, periods)
    if len(owners) != 1 or len(times) != 1 or match.groupdict().get("opposite"):
        return 0
    end = _changes(sentence, metric, owners[0], times[0], match.start(), match.end())
    return end if end > match.end() else 0


def _note(
    sentence: Sentence, metric: MetricName, name: str, owner: Referent, period: str, amount: Amount, start: int
) -> None:
    """Keep a figure with the words from its clause to its value as evidence."""
    clause = _clause_start(sentence.text, start)
    spans = sentence.line.spans
    place = sentence.passage.flow.source(spans[clause][0], spans[amount.end - 1][1])
    written = sentence.passage.text[spans[amount.start][0] : spans[amount.end - 1][1]]
    told = name, period, amount.value, amount.unit, written
    as_of = period if metric.time == "point" else ""
    sentence.found.append(Stated(owner, *told, *place, sentence.passage.block.section, op=amount.op, as_of=as_of))
