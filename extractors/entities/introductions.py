"""What a document itself says about names: 以下简称, stock codes and other spellings in brackets after a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.expressions import ready as re

_BRACKET = re.compile(r"（(?P<inside>[^（）]{1,80}(?:（[^（）]*）[^（）]*)*)）")
_SHORT = re.compile(
    r"(?:(?:以下|下文?)?(?:合并?|统|并)?(?:简称|称)(?:为|作)?[：，]?|^)[“《](?P<first>[^“”《》]{2,24})[”》](?:(?:、|或者?|和|及)[“《](?P<second>[^“”《》]{2,24})[”》])?"
)
_BARE = re.compile(
    r"^(?:(?:以下|下文?)?(?:统|合)?简称|以下统?称|下文?统?称)(?:为|：)?"
    r"(?P<first>[一-鿿A-Za-z0-9 ]{2,16})(?:，[A-Z0-9.：]{4,16})?$"
)
_SECURITY = re.compile(r"(?:证券|股票|A股|H股|公司)简称(?:为|是|：)?[“](?P<name>[^“”]{2,12})”")
_CODE = re.compile(
    r"(?<![\dA-Za-z.])(?:(?P<a>[036489]\d{5})(?:\.(?P<board>SH|SZ|BJ|sh|sz|bj))?|(?P<hk>\d{4,5})\.(?:HK|hk)|(?:HK|港股)[.：]?(?P<hk2>\d{4,5})"
    r"|(?P<market>NASDAQ|Nasdaq|纳斯达克|NYSE|纽交所)[：:](?P<us>[A-Z]{1,5})|(?P<us2>[A-Z]{1,5})\.(?P<us_board>US|O|N))(?![\dA-Za-z])"
)
_OTHER_SPELLING = re.compile(
    r"^(?:英文名?|原名|又名|即|原|曾用名|前身为?|现名)?[：]?"
    r"(?P<name>[A-Z][A-Za-z0-9.&'-]*(?: [A-Z&][A-Za-z0-9.&'-]*){0,4}|[一-鿿]{2,10})$"
)
_COMMON = frozenset(
    {"我司", "我公司", "基金", "本基金", "合资公司", "项目公司", "目标公司", "交易对方", "产业基金", "子公司", "标的"}
)
_SELF = frozenset({"公司", "本公司", "上市公司", "标的公司", "集团", "发行人", "我公司"})


@dataclass(frozen=True, slots=True)
class Introduction:
    """A bracket that follows a name ending at `at`: further names, `self_name` where it says 公司, a stock code."""

    at: int
    end: int
    names: tuple[tuple[str, int], ...] = ()
    self_name: bool = False
    code: str = ""
    spelling: str = ""


def introductions(text: str) -> Iterator[Introduction]:
    """Yield what brackets say of the name before them; a name comes with its position."""
    for bracket in _BRACKET.finditer(text):
        inside, offset = bracket.group("inside"), bracket.start("inside")
        short = _SHORT.search(inside) or _BARE.match(inside)
        names: list[tuple[str, int]] = []
        if short:
            groups = [g for g in short.groupdict() if short.group(g)]
            names = [(short.group(g), offset + short.start(g)) for g in groups]
        code = _CODE.search(inside)
        other = None if short or code else _OTHER_SPELLING.match(inside)
        yield Introduction(
            bracket.start(),
            bracket.end(),
            tuple(pair for pair in names if pair[0] not in _SELF | _COMMON),
            any(name in _SELF for name, _ in names),
            stock_code(code) if code else "",
            other.group("name") if other else "",
        )


def security_names(text: str) -> Iterator[tuple[int, str]]:
    """Names given as 证券简称为“…” with their position."""
    for match in _SECURITY.finditer(text):
        yield match.start("name"), match.group("name")


def stock_code(match: re.Match[str]) -> str:
    """Canonical stock code of a match, such as `688795.SH`, `00700.HK` or `NVDA.O`."""
    if match.group("a"):
        return f"{match.group('a')}.{(match.group('board') or _board(match.group('a'))).upper()}"
    if match.group("hk") or match.group("hk2"):
        return f"{(match.group('hk') or match.group('hk2')).zfill(5)}.HK"
    if match.group("us"):
        return f"{match.group('us')}.{'O' if match.group('market') in ('NASDAQ', 'Nasdaq', '纳斯达克') else 'N'}"
    return f"{match.group('us2')}.{match.group('us_board').replace('US', 'O')}"


def find_codes(text: str) -> Iterator[tuple[int, int, str]]:
    """Stock codes in normalised text: start, end, canonical code."""
    for match in _CODE.finditer(text):
        yield match.start(), match.end(), stock_code(match)


def _board(code: str) -> str:
    return "SH" if code[0] == "6" else "BJ" if code[0] in "489" else "SZ"
