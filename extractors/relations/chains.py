"""Figures a sentence deals out to the members of a list: 甲持股60%、乙持股40%, or 甲和乙分别持股60%和40%."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.registry import Referent
from extractors.entities.values import Value
from extractors.expressions import ready as re
from extractors.relations.status import clause_bounds
from extractors.relations.symbols import ENTITY_CHARS, KINDS, VALUE_CHARS, Line, Symbol, characters

_HOLDER = characters(("firm", "investor", "body", "person"))
_FIGURE = characters(("percent", "shares"))
_HOLDS = "(?:持股|持有|占股|占比|占|出资|认缴)(?:比例)?"
_ACTS = "(?:增持|减持|认购|受让|买入|卖出)"
_GAP = rf"[^，；。：！？{ENTITY_CHARS}]"


def _link(verb: str) -> str:
    """A holder and its figure; figures of a link are read by `_LINK`."""
    before, after = "(?:目前|现|则|合计|直接|间接|各|共)*", "(?:了|为|约|达|约为|公司股份|股份)*"
    return rf"[{_HOLDER}]{before}{verb}{after}[{_FIGURE}](?:的?(?:股权|股份))?"


_JOINT = "(?:，(?:而|其中|并由)?|、|；|以?及|和|，以及|，?剩余由)"
_PAID_IN = (
    f"[{_HOLDER}](?:则|将|拟|以货币|以现金|分别|也|现金|货币)*(?:认缴|出资|实缴)(?:出资)?(?:额)?(?:为|约|了)*[{characters(('money',))}]，?"
    f"(?:占|持股|持有)(?:股|比|其|总)?(?:注册资本|出资额?|股本|股权)?(?:总额)?(?:的|比例|为|约)*[{characters(('percent',))}](?:的?(?:股权|股份))?"
)
_SHARE = f"[{_HOLDER}](?:的?(?:持股|出资|股权)比例)?(?:为|约|占|：)*[{characters(('percent',))}](?:的?(?:股权|股份))?"
_CHAIN = re.compile(
    rf"由?(?:{_link(f'(?P<holds>{_HOLDS})')}(?:{_JOINT}{_link(f'{_HOLDS}?')})+|{_link(f'(?P<acts>{_ACTS})')}(?:{_JOINT}{_link(f'{_ACTS}?')})+)"
    rf"|由?{_PAID_IN}(?:{_JOINT}{_PAID_IN})+"
    rf"|(?<=[构例下为是][：，])由?{_SHARE}(?:{_JOINT}{_SHARE})+|(?<=[别次为是即：])由?{_SHARE}(?:{_JOINT}{_SHARE})+"
)
_LINK = re.compile(rf"([{_HOLDER}])([^{ENTITY_CHARS}]*?)([{_FIGURE}])")
_ROLL = re.compile("股权|股东|持股|股比|出资比例|出资结构|股份")
_SERIES = re.compile(rf"[{VALUE_CHARS}](?:(?:、|和|及|以及|与)[{VALUE_CHARS}])+")
_RESPECTIVELY = re.compile(r"分别|依次|(?:持股|出资|股权|占股)比例各?[为是]")


def dealt_out(line: Line, at: int) -> bool:
    """Whether the figure at `at` is one of a series that goes to the members of a list one by one."""
    series = next((match for match in _SERIES.finditer(line.text) if match.start() <= at < match.end()), None)
    if not series:
        return False
    begin, _ = clause_bounds(line.text, series.start(), series.end())
    return bool(_RESPECTIVELY.search(line.text, begin, series.start()))


def deal_out(line: Line) -> Line:
    """The line with every chain of holders and figures made one list; each member keeps its own figures."""
    line = join_holders(line)
    edits = []
    for match in _CHAIN.finditer(line.text):
        if not _tells_holdings(match):
            continue
        links = list(_links(line, match))
        if not any(value.parts.get("op") == "<=" for _, values in links for value in values):
            edits.append((match.start(), match.end(), _summary(match, line.add(_merged(line, match, links)))))
    line = line.replace(edits)
    dealt = [match.span() for match in _SERIES.finditer(line.text) if _share(line, match)]
    return line.replace([(start, end, _blank(line, start, end)) for start, end in dealt])


def _tells_holdings(chain: re.Match[str]) -> bool:
    """Whether a chain has a verb of holding, or stands in a sentence whose words before it speak of shares."""
    rolled = bool(_ROLL.search(chain.string, 0, chain.start()))
    if chain["holds"] in ("占", "占比") and not rolled:
        return not _MARKET.search(chain.string, 0, chain.start())
    paid_in = "认缴" in chain.group() or "出资" in chain.group()
    return bool(chain["holds"] or chain["acts"] or paid_in or rolled)


_MARKET = re.compile("份额|市占|营收|收入|销量|客户|出货")


def join_holders(line: Line) -> Line:
    """The line with firms and people that hold together, or are listed each with its share, as one list."""
    edits = []
    for match in _MIXED.finditer(line.text):
        symbols = [line.symbols[char] for char in match["list"] if char in line.symbols]
        told = bool(match["together"] or _LISTED_AS.search(line.text, 0, match.start("list")))
        told = told or all(s.attached.get(member) for s in symbols for member in s.members)
        if told and len({symbol.kind == "person" for symbol in symbols}) > 1:
            edits.append((match.start("list"), match.end("list"), line.add(_list_of(line, match, symbols))))
    return line.replace(edits)


_LISTED_AS = re.compile(
    "(?:股东|交易对方|转让方|出让方|卖方|受让方|实际控制人|实控人)(?:名单|中|里)?(?:还|也|则|主要|分别|均)*(?:为|是|系|有|包括|：)$"
)
_MIXED = re.compile(
    rf"(?P<list>[{_HOLDER}](?:(?:、|和|与|及|以及|，)[{_HOLDER}])+)"
    r"(?P<together>(?:等[^，；。]{0,6}?)?(?:[两二三四五六七八九十\d]*[人家名位方者](?:股东)?)?"
    r"(?:目前|现|则|均|分别|各|合计|共同|共计|共|一共|直接|间接|和|已)*(?:持有|持股|所持|占股|手[中里]|认缴|控制))?"
)


def _list_of(line: Line, match: re.Match[str], symbols: list[Symbol]) -> Symbol:
    members = tuple(dict.fromkeys(member for symbol in symbols for member in symbol.members))
    attached = {member: values for symbol in symbols for member, values in symbol.attached.items()}
    start, end = line.spans[match.start("list")][0], line.spans[match.end("list") - 1][1]
    carried = all(symbol.carried for symbol in symbols)
    return Symbol(symbols[0].kind, start, end, members, None, carried, 0, attached)


def _blank(line: Line, start: int, end: int) -> str:
    """One figure without a value in place of a series whose members have theirs."""
    kind = line.symbols[line.text[start]].kind
    return line.add(Symbol(kind, line.spans[start][0], line.spans[end - 1][1]))


def _links(line: Line, chain: re.Match[str]) -> Iterator[tuple[Symbol, list[Value]]]:
    """Each holder with its figures: none where several share one."""
    for name, between, figure in _LINK.findall(chain.group()):
        symbol, value = line.symbols[name], line.symbols[figure].value
        own = len(symbol.members) == 1 or "各" in between
        yield symbol, [value] if value and own else []


def _summary(chain: re.Match[str], holders: str) -> str:
    if chain["acts"]:
        return f"{holders}分别{chain['acts']}股份"
    return f"由{holders}分别{chain['holds'] or '持股'}"


def _merged(line: Line, chain: re.Match[str], links: list[tuple[Symbol, list[Value]]]) -> Symbol:
    attached: dict[Referent, list[Value]] = {}
    for symbol, values in links:
        for member in symbol.members:
            attached.setdefault(member, []).extend(values)
    first = links[0][0]
    carried = all(symbol.carried for symbol, _ in links)
    start, end = line.spans[chain.start()][0], line.spans[chain.end() - 1][1]
    return Symbol(first.kind, start, end, tuple(attached), None, carried, 0, attached)


def _share(line: Line, series: re.Match[str]) -> bool:
    """Give each member of the list before a series of figures its own, where there are as many of one kind."""
    values = [found for char in series.group() if char in line.symbols and (found := line.symbols[char].value)]
    begin, _ = clause_bounds(line.text, series.start(), series.end())
    before = [(at, s) for at, s in line.of(KINDS) if at < series.start() and len(s.members) == len(values)]
    lists = [s for at, s in before if at >= begin] or [s for _, s in before if not s.carried]
    told = _RESPECTIVELY.search(line.text, begin, series.start())
    if not lists or not told or len({value.kind for value in values}) > 1:
        return False
    for member, value in zip(lists[-1].members, values, strict=True):
        lists[-1].attached.setdefault(member, []).append(value)
    return True
