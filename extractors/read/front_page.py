"""What the first page of a report says about it: title, date, publishing house."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from extractors.expressions import ready as re
from ontology.values import PartialDate

FRONT = 2000
TITLE_LENGTH = 120
_WRITTEN = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([./-])(\d{1,2})\2(\d{1,2})|([01]\d)([0-3]\d))(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年-]\s*(\d{1,2})(?!\s*[\d./-])")
_SPAN = re.compile(r"[日\s]*(?:至|到|~|—+|--)\s*$")
_RELATED = re.compile(r"《[^》]*》[^\n]{0,4}$")
_LABEL = re.compile(r"#+\s.*|[^，。；！？|\t\n]{4,60}")
_REPORT = re.compile(
    r"请务必阅读|请阅读最后一页|证券研究报告|分析师声明|免责(?:声明|条款)|执业(?:证书)?编号|敬请参阅|资料来源[：:]"
)
_HOUSE_TAIL = r"\s*(?=研究|投研|整理|股份|有限|电子|海外|[）)\n]|$)"
_UNKNOWN_HOUSE = re.compile(
    r"(?:资料来源|数据来源)[^\n。]{0,40}?[，,、：:\s]([\u4e00-\u9fff]{2,6}证券)(?:研究|整理|$)", re.M
)
_MATTER = re.compile(r"\A\s*---\n(.*?\n)---\n", re.S)
_MATTER_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_NO_TITLE = re.compile(
    r"(?:推荐|买入|增持|中性|减持|卖出|持有|回避|强于大市|看好|领先大市|同步大市|优于大市|弱于大市|跑赢行业)"
    r"\s*[（(]?(?:维持|首次|上调|下调|调高|调低)?[^）)]{0,4}[）)]?"
    r"|.*(?:请务必阅读|敬请参阅|@|免责声明).*"
    r"|(?:证券)?研究报告.{0,12}|.{0,12}证券研究报告|(?:行业|公司|宏观|策略|固收)?(?:研究|报告|深度|点评|周报|专题)(?:报告)?"
    r"|(?:评级|投资评级|投资要点|核心观点|分析师|研究员|联系人|报告日期|日期)\s*[：:]?.{0,40}"
    r"|[—\-=_*·.\s\d|]+|[A-Z\s&.,]+"
)


def find_title(text: str) -> str:
    """The first heading, else the first line, that is neither date, house, rating nor boilerplate; "" if none is."""
    matter = _MATTER.match(text)
    named = _MATTER_TITLE.search(matter[1]) if matter else None
    if named:
        return named[1]
    lines = [line.strip() for line in text[matter.end() if matter else 0 :][: 2 * FRONT].split("\n")]
    headings = [match[1] for line in lines if (match := _HEADING.match(line))]
    candidates = (re.sub(r"\*\*|__", "", line).strip() for line in [*headings, *lines])
    return next((line for line in candidates if _is_title(line)), "")


def find_date(text: str) -> str:
    """The date of issue near the top as ISO 8601, to the day where one is given; "" if there is none.

    In running text a date is that of an event: outside reports only headings and lines without a sentence count.
    """
    front = text[:FRONT]
    labels = "\n".join(line for line in front.split("\n") if _LABEL.fullmatch(line))
    running = front if is_report(text) else ""
    places = ((_WRITTEN, labels), (_DIGITS, labels), (_MONTH, labels), (_WRITTEN, running), (_DIGITS, running))
    return next((date for pattern, place in places for date in _dates(pattern, place)), "")


def parse_date(text: str) -> str:
    """A date in one of the usual spellings as ISO 8601; raises ValueError on anything else."""
    text = text.strip()
    for pattern in (_WRITTEN, _DIGITS, _MONTH):
        match = pattern.match(text)
        if match:
            return str(_partial_date(match))
    return str(PartialDate.parse(text.removesuffix("年")))


def find_publisher(text: str) -> str:
    """The house that issued a report: by mail addresses, by its name on the front page and in source lines.

    "" for text without the marks of a report, where a house is only talked about.
    """
    if not is_report(text):
        return ""
    votes = Counter(_votes(text))
    if votes:
        return max(votes, key=lambda name: (votes[name], name))
    unknown = Counter(_UNKNOWN_HOUSE.findall(text))
    return max(unknown, key=lambda name: (unknown[name], name)) if unknown else ""


def is_report(text: str) -> bool:
    """Whether the text bears the marks of a brokerage report: disclaimer, licence numbers, source lines."""
    return bool(_REPORT.search(text))


def _is_title(line: str) -> bool:
    if not 4 <= len(line) <= TITLE_LENGTH or line.endswith("。") or _NO_TITLE.fullmatch(line):
        return False
    bare = re.sub(r"研究(?:所|院|部|中心)?$|\s", "", line)
    return bare not in _houses()[0] and not (_WRITTEN.match(line) and len(line) <= 20)


def _dates(pattern: re.Pattern[str], front: str) -> Iterator[str]:
    """ISO dates of the front page in order, a span by its end; dates of other papers do not count."""
    found = [match for match in pattern.finditer(front) if not _RELATED.search(front[: match.start()][-130:])]
    for match, following in zip_longest(found, found[1:]):
        last = following if following and _SPAN.fullmatch(front[match.end() : following.start()]) else match
        try:
            yield str(_partial_date(last))
        except ValueError:
            continue


def _partial_date(match: re.Match[str]) -> PartialDate:
    return PartialDate(*(int(part) for part in match.groups() if part and part.isdigit()))


def _votes(text: str) -> Iterator[str]:
    by_name, by_domain = _houses()
    for domain in re.findall(r"@\s*([a-z\d.-]+)", text.lower()):
        yield from _owner(domain, by_domain)
    for match in _house_pattern().finditer(text):
        yield by_name[match[1]]


def _owner(domain: str, by_domain: Mapping[str, str]) -> Iterator[str]:
    for known, house in by_domain.items():
        if domain.startswith(known):
            yield from (house,) * 5
            return


@cache
def _house_pattern() -> re.Pattern[str]:
    names = sorted(_houses()[0], key=lambda name: (-len(name), name))
    return re.compile(f"({'|'.join(map(re.escape, names))}){_HOUSE_TAIL}", re.M)


@cache
def _houses() -> tuple[Mapping[str, str], Mapping[str, str]]:
    by_name: dict[str, str] = {}
    by_domain: dict[str, str] = {}
    with files("extractors.read").joinpath("brokerages.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_name.update((name, row["name"]) for name in (row["name"], *row["aliases"].split("|")) if name)
            by_domain.update((domain, row["name"]) for domain in row["domains"].split("|") if domain)
    return by_name, by_domain


@cache
def brokerages() -> frozenset[str]:
    """Every name of a brokerage: who speaks in reports and news of other firms' figures."""
    return frozenset(_houses()[0])
