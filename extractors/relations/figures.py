"""Which figures belong to a fact: those of its clause, its brackets, or of a clause that follows and names nobody."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.entities.registry import Referent
from extractors.entities.values import Value
from extractors.expressions import ready as re
from extractors.relations.chains import dealt_out
from extractors.relations.discourse import Discourse
from extractors.relations.lines import values_in
from extractors.relations.status import clause_bounds
from extractors.relations.symbols import ENTITY_CHARS, KINDS, VALUE_CHARS, Line, characters
from ontology.schema import RelationType

DATES = characters(("date",))
MONEY = characters(("money",))
_NOT_THE_PRICE = re.compile(
    r"(?:估值|市值|营收|收入|利润|注册资本|净资产|总资产|产值|销售额|规模|(?<!洽商)(?<!洽谈)(?<!商讨)(?<!商谈)募资|融资总额|身价|股价|单价|均价|售价|定价|指导价|每[月年台辆部套件]|成本价?|发行价格?|行权价|转股价|收盘价|面值|损失|缩水|基金规模|亏损|负债|贷款|债务|补贴)[^，；]{0,6}$"
)
_OF_SHARES = re.compile(r"^(?:的|左右|以上)?[^，；]{0,3}(?:股权|股份|股本|权益|的股|控股权|表决权|股)")
_OF_HOLDER = re.compile(r"^(?:以上|左右)?(?:的?(?:股份|股权))?的?[^，；]{0,6}?(?<!新增)股东")
_THRESHOLD = re.compile(r"(?:触及|跨越|突破|累计达到?)$")
_ONE_OF_TWO = re.compile(r"\d/$")
_OF_TURNOVER = re.compile("(?:收入|营收|净?利润|资产|产值|销售额)的?(?:比例|比重)?(?:为|约|达)*$")
_MOVED_FROM = re.compile(
    r"^(?:的?(?:股份|股权|股|比例))?(?:进一步|大幅|直接)?(?:增|升|降|减|提高|提升|上升|下降|变更|变|增加|减少)[至到为]"
)
_MOVED_TO = re.compile(r"(?:增|升|降|减|提高|提升|上升|下降|变更|变|增加|减少)[至到为](?:约)?$")
_LEFT_WITH = re.compile(
    r"持股(?:数量|比例|数)?[^，；]{0,3}?(?:降|升|增|减|变|提高|下滑)[^，；]{0,4}$|持股(?:数量|数)(?:为|达|约)$|(?:合计|共|仍|将)持(?:股|有)$"
)
_OF_OWN = re.compile("占[^，；占]{0,3}(?:合计|直接|累计)?(?:所持|持有|持股)[^，；占]{0,12}$")
_HOLDING = re.compile(r"(?:持股|持有|占|比例|股权|份额|股份|股本|折合)[^，；]{0,12}$")


def figures(
    line: Line, start: int, trigger: int, end: int, relation: RelationType, discourse: Discourse, year: str
) -> dict[str, str]:
    """Qualifiers read from the figures around a match `start:end` of a line; `year` is the document's date.

    The clause of the predicate word at `trigger` speaks before those that a longer match reaches back to.
    An event, which can have an amount, takes a date from an earlier clause too; a state only from its own.
    """
    allowed = frozenset(relation.qualifiers)
    left, right = clause_bounds(line.text, start, end)
    own, _ = clause_bounds(line.text, min(trigger, end), end)
    found: dict[str, str] = {}
    reach = _reach(line, right)
    for at, value in (*values_in(line, own, reach), *values_in(line, left, own)):
        for key, part in () if dealt_out(line, at) else _parts(line, at, value, allowed).items():
            found.setdefault(key, part)
    if "price" in allowed and "price" not in found:
        found |= _issue_price(line)
    if "date" in allowed:
        found |= _date(line, relation, (own, right, end), discourse, year) or _effect(line, right, discourse, year)
    return found


def _issue_price(line: Line) -> dict[str, str]:
    """The issue price, wherever the sentence states it."""
    for at, value in values_in(line, 0, len(line.text)):
        if value.kind in ("price", "money") and re.search("发行价(?:格)?[^，；]{0,3}$", line.text[:at]):
            return {"price": value.parts["price" if value.kind == "price" else "amount"]}
    return {}


_TERMS = re.compile(r"(?:占|折合|合计|作价|总价|对价|价款|转让价|交易|金额|总额|每股|约占|共计|持股|成交|均价)")


def _reach(line: Line, right: int) -> int:
    """End of the clause after, where it names nobody and so speaks of the same deal; further on while terms follow."""
    end = _next_clause(line, right)
    while end > right and (after := _next_clause(line, end)) > end and _TERMS.search(line.text, end, end + 8):
        right, end = end, after
    return end


def _next_clause(line: Line, right: int) -> int:
    if right >= len(line.text) or line.text[right] not in "，":
        return right
    _, after = clause_bounds(line.text, right + 1, right + 1)
    named = (line.symbols.get(char) for char in line.text[right:after])
    return right if any(symbol and symbol.kind in KINDS and not symbol.carried for symbol in named) else after


def _parts(line: Line, at: int, value: Value, allowed: frozenset[str]) -> dict[str, str]:
    """What a figure says of a fact; a state, which can be `former`, also takes what a deal leaves somebody with."""
    before, after = line.text[max(0, at - 16) : at], line.text[at + 1 : at + 10]
    if _ONE_OF_TWO.search(before):
        return {}
    if value.kind == "money" and ("amount" not in allowed or _NOT_THE_PRICE.search(before)):
        return {}
    if value.kind == "percent" and (
        _OF_HOLDER.match(after) or _THRESHOLD.search(before) or _OF_TURNOVER.search(before)
    ):
        return {}
    if value.kind in ("percent", "shares") and _is_of_another_time(before, after, "former" in allowed):
        return {}
    if value.kind == "percent" and "former" in allowed and _OF_OWN.search(before):
        return {}
    if value.kind == "percent" and not (_OF_SHARES.match(after) or _HOLDING.search(before)):
        return {}
    if value.kind == "money" and re.match(rf"[至到~—-][{MONEY}]", after):
        return {key: part for key, part in (value.parts | {"amount_op": ">="}).items() if key in allowed}
    if value.kind == "price":
        return {key: part for key, part in value.parts.items() if key == "price" and key in allowed}
    return {key: part for key, part in value.parts.items() if key in allowed and value.kind != "date"}


def _is_of_another_time(before: str, after: str, state: bool) -> bool:
    """Whether shares are those before a move (由5%增至8%), or for a deal those that it leaves somebody with."""
    moved_from = bool(re.search("[由从]$", before) and _MOVED_FROM.match(after))
    return moved_from or (not state and bool(_LEFT_WITH.search(before) or _MOVED_TO.search(before)))


def attached(values: list[Value], allowed: frozenset[str]) -> dict[str, str]:
    """Qualifiers that a list or a bracket gives for one member."""
    found: dict[str, str] = {}
    for value in values:
        if value.kind in ("percent", "shares", "money"):
            found |= {key: part for key, part in value.parts.items() if key in allowed}
    return found


_SETS_TIME = re.compile(rf"^(?:[（【]?[^，；。]{{0,3}})?[{DATES}](?:晚间?|上午|下午|凌晨|当天|当晚|，|,)*")
_BEGINS = re.compile(
    rf"[自于从]?(?P<date>[{DATES}])(?:起|生效|当天|完成|交割|正式|开始|到任|上任|履新|履职|就任|就职|走马上任)"
)
_STAMP = re.compile(
    r"\[(?P<month>\d\d)-(?P<day>\d\d) \d\d:\d\d\]"
    r"|(?:^|[\s\]】])[^，；。\[\]【】]{0,8}?(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:电|讯|消息)"
)
_DATELINE = re.compile(r"电|讯|消息(?=，)")


def dateline(text: str, document: str) -> str:
    """The day a piece of wire news is dated (财联社8月7日电, [08-07 09:32]); empty without one, or without a year.

    `document` is the date of the document as far as it is known; the news is not younger than that by a month.
    """
    stamp = _STAMP.search(text)
    if not stamp or len(document) < 7:
        return ""
    month, day = int(stamp["month"] or stamp["m"]), int(stamp["day"] or stamp["d"])
    year = int(document[:4]) - (month > int(document[5:7]) + 1)
    try:
        return str(date(year, month, day))
    except ValueError:
        return ""


_NAMES_A_PAPER = re.compile(
    "(?:年度|年|中期|第[^，；。]{1,3}[次届季]|半年度|上半年|[一二三四]季度)?[^，；。]{0,4}?(?:业绩|报告|财报|年报|股东大会|股东会|预算|财年)"
)
_FOUNDING = "(?:注册|组建|正式)?(?:成立|创立|创建|创办|创设|组建|设立)"
_GOVERNED = re.compile(f"{_FOUNDING}(?:时间)?(?:于|在|为|是)?$")
_GOVERNS = re.compile(rf"[^，；。：{ENTITY_CHARS}{VALUE_CHARS}]{{0,12}}?{_FOUNDING}")
_FOUNDS = frozenset({"FOUNDED", "JOINT_VENTURE_WITH", "SUBSIDIARY_OF"})


def _of_founding(line: Line, at: int) -> bool:
    """Whether the date at `at` says when somebody was founded: 甲成立于2003年，与乙合作."""
    return bool(_GOVERNED.search(line.text, max(0, at - 8), at) or _GOVERNS.match(line.text, at + 1))


_RANKS = re.compile(
    "保持|排名|位居|位列|居(?:首|前|全)|第[一二三四五六七八九十]|同比|环比|增长|下降|下滑|份额|市占率|占比"
    "|营业?收入|营收|净利润|出货|销量|产能"
)
_NOTIFIED = re.compile("(?:收到|接到|获悉)[^，；。]{0,24}(?:的通知|告知函|通知函|来函|函告)")


def _of_other_matter(line: Line, at: int) -> bool:
    """Whether the clause of an earlier date tells a rank or a figure of that time, or only that word has come."""
    begin, stop = clause_bounds(line.text, at, at + 1)
    return bool(_RANKS.search(line.text, begin, stop) or _NOTIFIED.search(line.text, begin, stop))


_GLUED = re.compile("(?<![于在自从至到即为])[一-鿿A-Za-z0-9]$")


def _in_column(line: Line, at: int, value: Value) -> bool:
    """Whether a full day stands in the column of a list run together: it comes again and hangs on other words."""
    same = [other for other, found in values_in(line, 0, len(line.text)) if found.parts == value.parts]
    full = "year" in value.parts and "day" in value.parts
    return full and len(same) > 1 and any(_GLUED.search(line.text, max(0, other - 2), other) for other in same)


_TO_COME = re.compile("(?:[将拟定](?:在|于)|计划[在于]|预计[在于]?|有望[在于]?)$")


def dates_told(line: Line, left: int, right: int, end: int) -> list[Value]:
    """The dates between two positions of a line that may be those of a fact that ends at `end`."""
    return [value for _, value in _placed_dates(line, left, right, end)]


def _placed_dates(line: Line, left: int, right: int, end: int) -> list[tuple[int, Value]]:
    """The dates of a fact with their places.

    Not those that only date the news (财联社8月7日电), those of what is to come after it (乙的新品将于9月9日上线),
    those that name a paper or meeting (2025年中期业绩会), or those of a column of a list.
    """
    found = [(at, value) for at, value in values_in(line, left, right) if value.kind == "date"]
    found = [(at, v) for at, v in found if at < end or not _TO_COME.search(line.text, max(0, at - 6), at)]
    found = [(at, v) for at, v in found if not _NAMES_A_PAPER.match(line.text, at + 1)]
    found = [(at, v) for at, v in found if not _in_column(line, at, v)]
    return [(at, v) for at, v in found if not (_DATELINE.match(line.text, at + 1) and _only_media(line, at))]


def _only_media(line: Line, at: int) -> bool:
    """Whether nobody but a medium is named in the clause before position `at`."""
    begin, _ = clause_bounds(line.text, at, at)
    named = (line.symbols.get(char) for char in line.text[begin:at])
    return all(m.is_voice for symbol in named if symbol and symbol.kind != "empty" for m in symbol.members)


def _date(
    line: Line, relation: RelationType, place: tuple[int, int, int], discourse: Discourse, year: str
) -> dict[str, str]:
    """The date of the clause; for an event also that of one before, for others that which the sentence begins with.

    `place` is where the clause begins and ends and where the fact ends. What comes after the words that tell a state
    speaks of something else: 董事长甲于11月21日质押股份.
    """
    left, right, end = place
    is_event = "amount" in relation.qualifiers and relation.name != "HOLDS_STAKE_IN"
    founds = relation.name in _FOUNDS
    inside = [
        (at, value)
        for at, value in _placed_dates(line, left, right if is_event else min(right, end), end)
        if founds or not _of_founding(line, at)
    ]
    before = [(at, value) for at, value in _placed_dates(line, 0, left, end) if founds or not _of_founding(line, at)]
    earlier = [(at, value) for at, value in before if not _of_other_matter(line, at)]
    told = inside or (earlier[-1:] if is_event or _SETS_TIME.match(line.text) else [])
    if not told:
        return {}
    value = _with_year(told[0][1], [value for _, value in before])
    return resolve_date(value, discourse, year, ahead=_is_ahead(line, told[0][0]))


def _is_ahead(line: Line, at: int) -> bool:
    """Whether the date at `at` is told as one to come: 将于9月9日, 拟定于1月5日."""
    return bool(_TO_COME.search(line.text, max(0, at - 6), at))


def _with_year(value: Value, earlier: list[Value]) -> Value:
    """A month that a date before it in the sentence gives its year: 2021年9月签约，11月交割."""
    stated = [other.parts["year"] for other in earlier if other.parts.get("year") and other.start < value.start]
    if not stated or not value.parts.get("month") or value.parts.get("year") or value.parts.get("relative"):
        return value
    return Value(value.kind, value.start, value.end, value.parts | {"year": stated[-1]})


def _effect(line: Line, right: int, discourse: Discourse, year: str) -> dict[str, str]:
    """The day something takes effect, from a clause after that names nobody: 自7月17日起生效."""
    begins = _BEGINS.search(line.text, right, _next_clause(line, right))
    value = line.symbols[begins["date"]].value if begins else None
    if not begins or not value:
        return {}
    return resolve_date(value, discourse, year, ahead=_is_ahead(line, begins.start("date")))


def resolve_date(value: Value, discourse: Discourse, year: str, *, ahead: bool = False) -> dict[str, str]:
    """ISO date and its basis; `year` is the document's date as far as it is known, `ahead` says the date lies after."""
    parts = value.parts
    if parts.get("relative") in _DAYS_BACK or parts.get("relative") in _MONTHS_BACK:
        return _counted_back(parts, year)
    month, day = parts.get("month", ""), parts.get("day", "")
    known, basis = _year_to_come(parts, year) if ahead else ("", "")
    known, basis = (known, basis) if known else _year_of(parts, discourse, year)
    if not known:
        return {}
    if not month and not parts.get("year") and not parts.get("relative"):
        month, basis = (year[5:7], "document") if len(year) >= 7 else ("", basis)
    told = known + (f"-{int(month):02d}" if month else "")
    if month and day:
        told += f"-{int(day):02d}"
    return {"date": told, "date_basis": basis} if month or parts.get("year") or parts.get("relative") in _YEARS else {}


_DAYS_BACK = {"今日": 0, "今天": 0, "昨日": 1, "昨天": 1}
_MONTHS_BACK = {"本月": 0, "上月": 1, "上个月": 1}


def _counted_back(parts: dict[str, str], document: str) -> dict[str, str]:
    """A day or month told from the document's date; nothing where that is not known so exactly."""
    relative = parts["relative"]
    if relative in _DAYS_BACK:
        if len(document) < 10:
            return {}
        return {
            "date": str(date.fromisoformat(document[:10]) - timedelta(_DAYS_BACK[relative])),
            "date_basis": "relative",
        }
    if len(document) < 7:
        return {}
    first = date.fromisoformat(f"{document[:7]}-01") - timedelta(_MONTHS_BACK[relative])
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return {"date": f"{first:%Y-%m}{day}", "date_basis": "relative"}


_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}


def _year_to_come(parts: dict[str, str], document: str) -> tuple[str, str]:
    """The year of a month told as one to come: that of the document, or the next where the month is past."""
    if parts.get("year") or parts.get("relative") or not parts.get("month") or len(document) < 7:
        return "", ""
    return str(int(document[:4]) + (int(parts["month"]) < int(document[5:7]))), "document"


def _year_of(parts: dict[str, str], discourse: Discourse, year: str) -> tuple[str, str]:
    if parts.get("year"):
        return parts["year"], "stated"
    relative = parts.get("relative", "")
    if relative in _YEARS and year:
        return str(int(year[:4]) + _YEARS[relative]), "relative"
    if relative in ("同年", "当年", "次年", "翌年") and discourse.year:
        return str(int(discourse.year) + (relative in ("次年", "翌年"))), "relative"
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
