"""Names nobody listed that a bracket explains: by their Latin spelling, or by the short form they end up with."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.introductions import introductions
from extractors.entities.names import is_phrase, type_of
from extractors.entities.people import is_person
from extractors.entities.spans import ACTORS, Span, free
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, is_word

_LATIN = r"（(?P<latin>(?:[A-Z]|[a-z]{1,3}[A-Z])[A-Za-zÀ-ÿ0-9.&’'-]+(?: (?:[A-Z&]|de |of )[A-Za-zÀ-ÿ0-9.&’'-]*){0,3})）"
_KIND = (
    r"(?:品牌|(?<=[一-鿿])公司|厂商|巨头|机构|制造商|供应商|开发商|运营商|服务商"
    r"|零售商|生产商|独角兽|龙头|大厂|[车药房酒]企|竞争对手|(?<=[一-鿿])企业)"
)
_AFTER_KIND = re.compile(rf"{_KIND}“?(?P<name>[一-鿿·]{{2,9}})”?{_LATIN}")
_AFTER_NAME = re.compile(rf"(?:、|和|与|及|以及)(?P<name>[一-鿿·]{{2,9}}){_LATIN}")
_NO_NAME = re.compile("[的了是在等其该这那由或们将被对向把给从于每各以为更再又还已均都也]|^[和与及]")


def explained_names(text: str, words: Words) -> Iterator[Span]:
    """Names whose spelling or short form a bracket gives."""
    yield from _spelled(text, words)
    yield from _introduced(text)


def _spelled(text: str, words: Words) -> Iterator[Span]:
    """The names behind a noun for a firm: 澳洲护肤品牌甲乙（Jiayi）."""
    for match in _AFTER_KIND.finditer(text) if "（" in text else ():
        start, end = match.span("name")
        phrase = len(match["name"]) > 2 and is_phrase(match["name"])
        if not phrase and _reads_like_name(text, words, start, end, match["latin"]):
            yield Span(start, end, match["name"], type_of(match["name"]), 3)


def spelled_beside(text: str, words: Words, known: list[Span]) -> Iterator[Span]:
    """The names that follow a known firm in a list, each with its bracket: 甲（Jia）、乙丙（Yibing）."""
    for span in known:
        if span.type not in ACTORS:
            continue
        at = _behind_bracket(text, span.end)
        while match := _AFTER_NAME.match(text, at):
            start, end = match.span("name")
            if not free(known, start, end) or not _reads_like_name(text, words, start, end, match["latin"]):
                break
            yield Span(start, end, match["name"], type_of(match["name"]), 3)
            at = match.end()


_SHORT = re.compile("(?![A-Z甲乙丙]公司)[一-鿿A-Za-z0-9]{2,8}")
_NO_FIRM = re.compile(
    "(?:公告|办法|议案|协议|合同|交易|报告|项目|计划|方案|股份|股票|债券|系统|平台|标准|通知|意见|规则|规定|条例|草案|指引|法|会议|论坛|大赛|产品|技术|模型)$"
)
_PLAIN = re.compile("[一-鿿A-Za-z0-9·]+")
_LONGEST = 24


def _introduced(text: str) -> Iterator[Span]:
    """Names whose short form, which begins them, a bracket gives: 虎头甲点心铺（下称“虎头甲”）."""
    for said in introductions(text) if "称" in text else ():
        short = said.names[0][0] if said.names else ""
        start = text.rfind(short, max(0, said.at - _LONGEST), said.at) if _SHORT.fullmatch(short) else -1
        name = text[start : said.at] if start >= 0 else ""
        brand = bool(name) and not is_phrase(short) and short not in name_parts().generic_latin
        if brand and _PLAIN.fullmatch(name) and not _NO_NAME.search(name) and not _NO_FIRM.search(name):
            yield Span(start, said.at, name, type_of(name), 3)


def _behind_bracket(text: str, at: int) -> int:
    return text.find("）", at) + 1 if text.startswith("（", at) and text.find("）", at) > 0 else at


def _reads_like_name(text: str, words: Words, start: int, end: int, latin: str) -> bool:
    name, parts = text[start:end], name_parts()
    if latin in parts.generic_latin or name in parts.generic or _NO_NAME.search(name):
        return False
    if name.endswith((*parts.product_nouns, *parts.weak_product_nouns, *parts.chip_nouns, *parts.generic)):
        return False
    person = " " in latin and is_person(text, words, start, end)
    return not person and (not latin.isupper() or not is_word(name))
