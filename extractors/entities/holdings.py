"""Names whose right neighbour shows a firm: 甲乙20%的股权, 甲乙公司."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.characters import brand_odds
from extractors.entities.edges import name_start, strip_place
from extractors.entities.names import brand_strength, type_of
from extractors.entities.slots import is_compound, reads_like_firm
from extractors.entities.spans import Span
from extractors.expressions import ready as re
from extractors.language.words import Words, is_word

_SHARE = re.compile(
    r"(?:（[^（）]{1,40}）)?(?:的)?(?:各|合计|约|近|不超过|不低于|不少于|超过|剩余|其余)?\d{1,3}(?:\.\d+)?%的?(?:股权|股份|权益|出资额|控股权)"
    r"|的(?:全部|部分|控股|剩余|少数|多数|相应)(?:股权|股份)|(?:股权|股份)(?:转让|划转)(?:给|予|协议)"
)
_COMPANY = re.compile(r"公司(?!债|法|章程|治理|类|制|化|系|层|总部|员工|内部|所有|名称|名单)")
_COMMON = re.compile(
    r"^[甲乙丙丁戊]+$"
    r"|[某一二三两几数多百家大板期损亏盈售购材类型股债上下级户占约握过需传于以该归创预单同本总其之，A-Za-z0-9]"
)
_PARTY = re.compile(
    r"(?:判[决令定]|裁定|认定|起诉|状告|诉|与|向|须支付|应支付|支付|赔偿|被告|原告|“)(?P<brand>[一-鿿]{2,3})公司"
    r"(?=须|应|支付|停止|赔偿|侵|的行为|提起|起诉|承担|返还|构成|已经?将|因|货款|提供|违约|，|。|之间|签|合同)"
)
_NO_PARTY = re.compile("[某该其本贵我各等的了这那家股上市子母分总集团控]|^(?:一|两|三|多|几)")
_FACILITY = re.compile("(?!该|本|其|此)[一-鿿]{2,6}(?:机场|高速|码头|电站|电厂)")
_LONGEST = 8


def names_of_shares(text: str, words: Words) -> Iterator[Span]:
    """Names whose shares change hands; an ordinary word may be the brand there."""
    for match in _SHARE.finditer(text) if "股" in text or "%" in text else ():
        start = name_start(text, words, match.start(), _LONGEST)
        name = text[start : match.start()]
        heads = start == 0 or text[start - 1] in "，。；：、"
        brand = len(name) >= 2 and not words.inside(start) and reads_like_firm(name, certain=True)
        facility = _FACILITY.fullmatch(name) and not words.inside(start)
        if brand or facility or (heads and is_compound(name)):
            yield Span(start, match.start(), name, type_of(name), 3 if facility else 2)


def companies(text: str, words: Words) -> Iterator[Span]:
    """Short names before 公司: brands unlike any word, and those of parties at law."""
    yield from _called(text, words)
    yield from _at_law(text, words)


def _at_law(text: str, words: Words) -> Iterator[Span]:
    """Short names before 公司 of those who sue, are sued or sign: 判决甲乙公司停止侵权."""
    for match in _PARTY.finditer(text) if "公司" in text else ():
        start, end = match.start("brand"), match.end("brand") + 2
        brand = match["brand"]
        known = is_word(brand) or _NO_PARTY.search(brand) or words.inside(end)
        if not known and brand_strength(brand) and brand_odds(brand) >= 0:
            yield Span(start, end, text[start:end], "Company", 2)


def _called(text: str, words: Words) -> Iterator[Span]:
    """Brands unlike any word before 公司."""
    for match in _COMPANY.finditer(text):
        start = name_start(text, words, match.start(), 6)
        brand = strip_place(text[start : match.start()])
        one_word = words.is_edge(match.start()) and next(words.leftward(match.start()), (0, ""))[1] == brand
        if one_word and brand_strength(brand) == 2 and not is_word(brand) and not _COMMON.search(brand):
            yield Span(start, match.end(), text[start : match.end()], "Company", 2)
