"""Which time a figure speaks of: years, estimates, halves, quarters, months, days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.expressions import ready as re

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_BACK = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "前年": -2, "明年": 1}
PERIOD = re.compile(
    r"""
(?<![\d.])(?:(?P<y>(?:19|20)\d\d)(?P<mark>[AEFaef](?![a-z]))?(?:年?财年|年度?|[-/.](?=\d))?|(?<![近去约过达满第])(?P<y2>[12]\d)年(?=[一二三四上下全前实营归净收毛公QH])|(?P<relative>今年|本年|当年|去年|前年|明年)度?)
  (?:第?(?P<q>[一二三四1-4])(?:个?季度|财季|季(?!报))|[Qq](?P<q2>[1-4])|(?P<h>上半年|下半年|半年[度报]?|中期|[Hh][12](?!\d))|(?P<report>[一三]季报)|(?P<nine>前三季度?|前3季度)
    |1[-至~](?P<to>\d{1,2})月|(?P<m>\d{1,2})(?:月份?|[-/.](?=\d))(?:(?P<d>\d{1,2})[日号]?)?)?
|(?<![\d.])(?P<yq>[1-4])[Qq](?P<yy>\d\d)(?P<mark2>[AE])?(?!\d)|(?<![\d.])(?P<yh>[12])[Hh](?P<yy2>\d\d)(?P<mark3>[AE])?(?!\d)
|(?P<half>上半年|下半年|半年[度报])|(?P<report2>[一三]季报)|第(?P<q3>[一二三四1-4])(?:个?季度|财季|季)|(?<!前)(?P<q4>[一二三四])季度|(?P<nine2>前三季度)
|(?<![\d.])1[-至~](?P<to2>\d{1,2})月份?
|(?<![\d.])(?P<m3>\d{1,2})月(?:份|(?P<d3>\d{1,2})[日号])?(?!龄)
""",
    re.VERBOSE,
)
_NOT_TOLD = re.compile(r"(?:[与较比同]|相比|自)$")
_NOT_IN = re.compile(r"(?:以?来|起|之?后|以前|之前|同期)")
_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?[-—至到~](?P<last>(?:19|20)\d\d)年")


@dataclass(frozen=True, slots=True)
class Period:
    """A time at `start:end` of a text: a year, a part of it (`H1`, `Q3`, `Q1-Q3`, `11`, `11-02`), expected or not."""

    year: int
    part: str
    expected: bool
    start: int
    end: int
    fiscal: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return len(self.part) == len("12-24") and self.part[0] in "01" and self.part[2] == "-"

    def __str__(self) -> str:
        mark = "E" if self.expected else ""
        if not self.part or self.part[0] in "HQ":
            return f"{'FY' if self.fiscal else ''}{self.year}{self.part}{mark}"
        return f"{self.year}-{self.part}"

    def is_ahead(self, date: str) -> bool:
        """Whether it ends after the month of a date (ISO 8601); a fiscal one may begin when it likes."""
        if self.fiscal or len(date) < len("2025-12"):
            return False
        return (self.year, _last_month(self.part)) > (int(date[:4]), int(date[5:7]))

    def as_expected(self) -> Period:
        """The same time of an estimate."""
        return replace(self, expected=True)


def find_periods(text: str, date: str = "", year: int | None = None) -> Iterator[Period]:
    """Yield the times of normalised text from the left; `date` is the document's, ISO 8601 as far as it is known.

    A part without a year takes the last year stated in the text, or `year`, else the document's, or the one before
    where it would lie ahead. Times that others are compared with (较去年, 2015年以来) are left out.
    """
    for match in PERIOD.finditer(text):
        compared = _NOT_TOLD.search(text, 0, match.start()) or _NOT_IN.match(text, match.end())
        found = None if compared else _period(match, date, year)
        if found:
            year = found.year
            yield found


def years_of(text: str) -> tuple[int, int, list[Period]] | None:
    """The years of 2022-2024年, one after the other, and where the text says them."""
    match = _YEARS.search(text)
    if not match:
        return None
    years = range(int(match["first"]), int(match["last"]) + 1)
    return match.start(), match.end(), [Period(year, "", False, match.start(), match.end()) for year in years]


def _period(match: re.Match[str], date: str, known: int | None) -> Period | None:
    g = match.groupdict()
    part = _part(g)
    year = _year(g, date)
    fiscal = "财" in match.group()
    if year is None:
        year = None if fiscal else known or _likely_year(part, date)
    if year is None or part == "?":
        return None
    expected = any((g[key] or "") in ("E", "e", "F", "f") and g[key] for key in ("mark", "mark2", "mark3"))
    return Period(year, part, expected, match.start(), match.end(), fiscal)


def _year(g: dict[str, str], date: str) -> int | None:
    if g["y"]:
        return int(g["y"])
    short = g["y2"] or g["yy"] or g["yy2"]
    if short:
        return 2000 + int(short)
    if g["relative"] and date:
        return int(date[:4]) + _BACK[g["relative"]]
    return None


def _part(g: dict[str, str]) -> str:
    quarter = g["q"] or g["q2"] or g["q3"] or g["q4"] or g["yq"]
    if quarter:
        return f"Q{_DIGITS.get(quarter, quarter)}"
    half = g["h"] or g["half"] or g["yh"]
    if half:
        return f"H{2 if half[0] == '下' or half[-1] == '2' else 1}"
    report = g["report"] or g["report2"] or ""
    last = "9" if g["nine"] or g["nine2"] or report[:1] == "三" else "3" if report else g["to"] or g["to2"]
    if last:
        return {"3": "Q1", "6": "H1", "9": "Q1-Q3", "12": ""}.get(last, f"01/{int(last):02d}")
    month, day = g["m"] or g["m3"], g["d"] or g["d3"]
    if int(month or 1) > 12 or int(day or 1) > 31:
        return "?"
    return "-".join(f"{int(piece):02d}" for piece in (month, day) if piece)


_ENDS = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "Q1-Q3": 9}


def _likely_year(part: str, date: str) -> int | None:
    if len(date) < 7 or not part:
        return None
    return int(date[:4]) - (_last_month(part) > int(date[5:7]))


def _last_month(part: str) -> int:
    """The month with which a part of a year ends; the whole year is over when its figures are told early."""
    if not part:
        return 1
    return _ENDS.get(part) or int(part[-2:] if "/" in part else part[:2])
