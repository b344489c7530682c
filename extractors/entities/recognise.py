"""From passages to mentions: lists first, then what the document shows, then every further occurrence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.entities import bodies, grown, holdings, legal, names, people, predicates, seated, slots, things
from extractors.entities.gazetteer import Gazetteer, Hit
from extractors.entities.introductions import introductions, security_names
from extractors.entities.registry import Referent, Registry
from extractors.entities.shorten import shorten
from extractors.entities.spans import ACTORS, THINGS, Span, settle
from extractors.entities.vocabulary import either, name_parts, word_set
from extractors.language.normalise import Flow
from extractors.language.words import Words, frequency
from extractors.read.layout import Block

_FIRM_CUE = re.compile(
    r"^(?:集团|公司|股份|（\d{6}|（[^（）]{0,12}\d{5,6}|（(?:NASDAQ|NYSE)|（[A-Z][A-Za-z ]{2,20}）"
    r"|(?:近日|日前|今日|昨日|正式|已|还|则|也)*"
    r"(?:宣布|发布|推出|完成[^，]{0,12}融资|收购|获[^，]{0,16}投资|表示|披露|成立于|拟(?!定|人|合|真)|增持|减持|举牌)"
    r"|(?:\d{1,2}月)?(?:\d{1,2}日)?(?:早间|晚间|午间)?(?:发布)?公告|称(?![为号谓道赞职得])|大?[涨跌](?:超|约|逾|近)?\d|[涨跌]停"
    r"|新机|旗舰机|(?:Galaxy|(?!A\d)[A-Z][A-Za-z]{0,9}[ -]?\d)"
    r"|(?:、[一-鿿A-Za-z]{2,8}){0,3}等(?:\d+家|多家|知名|主流|头部)*(?:厂商|企业|公司|车企|机构|品牌|巨头)"
    r"|董事长|创始人|CEO|总裁|首席|旗下|方面表示|员工|高管|高层|中层|管理层|董事会|股东大会|股价|市值|财报|电视台"
    r"|的(?:股|投资|估值|融资|创始|竞争对手|董事会|管理层|员工|高管|市值|财报)"
    r"|(?:于|将|已|在)[^，。]{0,14}(?:上市|挂牌|登陆)|(?:种子|天使|[A-F])[+]*轮)"
)
_FIRM_CUE_BEFORE = re.compile(
    r"(?:ST|控股股东|大股东|子公司|举牌|增持|减持|起诉|巨头|龙头|车企|药企|房企|券商|厂商|运营商|独角兽|初创公司|开发商|供应商|竞争对手)$"
)
_COMMON = 1000
_GROUP_TAIL = re.compile(
    r"^(?:创投|资本(?!市场|开支|支出|化|金|性|运作|公积|回报|利得|结构|充足|局|论|家|密集|青睐|追捧|寒冬)|产投|战投|证券(?!研究|化|部|交易|公司分析|分析)|研究院|研究所(?!电子|通信|通信组))"
)


_INVESTED = re.compile(r"成立|设立|新设|建设|入股|参股|控股|布局|了|的|超|近|约|逾|共|\d")


@dataclass(slots=True, eq=False)
class Passage:
    """A block in normal form, its words, and the names found in it."""

    block: Block
    flow: Flow
    words: Words
    spans: list[Span] = field(default_factory=list)
    referents: list[Referent] = field(default_factory=list)
    company: Referent | None = None

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.flow.text


def recognise(passages: Sequence[Passage], gazetteer: Gazetteer) -> Registry:
    """Fill in the spans and referents of every passage and return who is who."""
    registry = Registry(gazetteer)
    hits = [
        [part for hit in gazetteer.find(passage.text) for part in _apart(passage.text, hit, gazetteer)]
        for passage in passages
    ]
    sure = {hit.entry.name for found in hits for hit in found if hit.sure}
    for passage, listed in zip(passages, hits, strict=True):
        sure |= {hit.entry.name for hit in listed if not hit.sure and _in_context(passage, hit, listed)}
    claims = [
        _claims(passage, _confirmed(passage, listed, sure)) for passage, listed in zip(passages, hits, strict=True)
    ]
    proven = _prove(claims, passages)
    for passage, found in zip(passages, claims, strict=True):
        _settle_strong(passage, [span for span in found if span.name in proven or span.strength >= 2])
        _register(passage, registry)
    for passage in passages:
        _introduce(passage, registry)
    shorten([passage.text for passage in passages], registry)
    _propagate(passages, registry, proven)
    return registry


def _apart(text: str, hit: Hit, gazetteer: Gazetteer) -> Iterator[Hit]:
    """The hit, or its maker and the rest of it where it begins with its maker and the rest is a name too (华为麒麟)."""
    maker = gazetteer.by_name(hit.entry.parent) if hit.entry.parent and hit.entry.type in THINGS else None
    name = text[hit.start : hit.end]
    for own in maker.names if maker else ():
        rest = name.removeprefix(own).lstrip()
        if rest != name and rest in hit.entry.names and maker and not maker.needs_context(own):
            yield Hit(hit.start, hit.start + len(own), maker, True)
            yield Hit(hit.end - len(rest), hit.end, hit.entry, hit.sure)
            return
    yield hit


def _claims(passage: Passage, listed: list[Span]) -> list[Span]:
    text, words = passage.text, passage.words
    full = list(legal.legal_names(text, words))
    found = [
        *listed,
        *full,
        *legal.national_bodies(text),
        *legal.bank_funds(text),
        *bodies.local_bodies(text, words),
        *legal.marked_names(text),
        *names.institutes(text, listed),
        *grown.grown_names(text, words, [*listed, *full]),
        *names.short_names(text, words),
        *slots.names_in_slots(text, words),
        *holdings.names_of_shares(text, words),
        *holdings.called_companies(text, words),
        *seated.seated_names(text, words),
        *predicates.names_by_predicate(text, words),
        *names.latin_names(text),
        *people.people(text, words),
        *things.without_makers(things.things(text), listed),
    ]
    ends = {span.end: span for span in listed if span.type in ACTORS}
    starts = {span.start: span for span in listed if span.type in ACTORS}
    found = [
        _whole(span, listed)
        for span in found
        if not _swallows(span, ends.get(span.end)) and not _invests(text, span, starts.get(span.start))
    ]
    headed = (*legal.coded_names(text, words), *slots.announcing_names(text, words))
    found += [span for span in headed if span.end not in ends]
    found += [other for span in found if span.type == "Person" for other in people.people_beside(text, words, span)]
    found += [other for span in found if "合伙" in span.name for other in people.people_around(text, words, span)]
    firm = settle(span for span in found if span.strength >= 2)
    found += names.listed_beside(text, firm)
    return [*found, *names.enumerated(text, firm), *things.members(text, firm)]


def _swallows(span: Span, listed: Span | None) -> bool:
    """Whether a claim is a listed name that text before it was glued to (叫韦尔股份), unlike 北京华为."""
    if span.entry or not listed or not span.start < listed.start or span.type not in ACTORS:
        return False
    extra = span.name[: listed.start - span.start]
    if extra in name_parts().places:
        return False
    return len(extra) == 1 or extra.isascii() or frequency(extra) > 20 or names.without_form(listed.name) != listed.name


def _invests(text: str, span: Span, listed: Span | None) -> bool:
    """Whether a claim is a listed firm and a verb (京东方投资成立…, 博通签约收购…) rather than a longer name."""
    if not listed or span.entry:
        return False
    rest = span.name[listed.end - span.start :]
    if rest == "投资":
        return bool(_INVESTED.match(text, span.end))
    return rest in word_set("adverbs.yml", "verbs")


def _whole(span: Span, listed: list[Span]) -> Span:
    """The span, grown to the left where it begins inside a listed name."""
    at = bisect_left(listed, span.start, key=lambda other: other.start)
    other = listed[at - 1] if at else span
    if other.start < span.start < other.end <= span.end and span.type in ACTORS and other.type in ACTORS:
        grown = other.name + span.name[other.end - span.start :]
        return Span(other.start, span.end, grown, span.type, span.strength)
    return span


def _confirmed(passage: Passage, hits: list[Hit], sure: set[str]) -> list[Span]:
    """Listed names that prove themselves, and guarded ones that something else confirms."""
    return [
        Span(hit.start, hit.end, passage.text[hit.start : hit.end], hit.entry.type, 3, hit.entry)
        for hit in hits
        if (hit.sure or (hit.entry.name in sure and _is_whole(passage, hit)))
        and not (hit.end - hit.start <= 3 and passage.words.cuts(hit.start, hit.end))
        and not _is_group(passage.text, hit)
    ]


def _is_group(text: str, hit: Hit) -> bool:
    """Whether the listed firm's name only begins the name of another firm, such as its fund."""
    tail = _GROUP_TAIL.match(text[hit.end : hit.end + 6]) if hit.entry.type in ACTORS else None
    department = text[hit.end - 2 : hit.end] in ("证券", "期货", "基金", "银行", "国际")
    return bool(tail) and not (department and tail is not None and tail.group().startswith("研究"))


def _is_whole(passage: Passage, hit: Hit) -> bool:
    return passage.words.is_edge(hit.start) and passage.words.is_edge(hit.end)


def _in_context(passage: Passage, hit: Hit, found: list[Hit]) -> bool:
    text = passage.text
    before, after = text[max(0, hit.start - 1) : hit.start], text[hit.end : hit.end + 20]
    if not _is_whole(passage, hit):
        return False
    if hit.entry.type in ACTORS:
        return (
            (before == "“" and after.startswith("”"))
            or _firm_beside(text, hit)
            or any(other.sure and other.entry.type in ACTORS for other in _run(text, hit, found))
        )
    if hit.entry.type == "Person":
        return bool(re.match(either(name_parts().person_after), after))
    if any(other.end == hit.start and other.entry.name == hit.entry.parent for other in found):
        return True
    if any(other.sure and other.entry.type in THINGS for other in _run(text, hit, found)):
        return True
    return (before == "“" and after.startswith("”")) or things.noun_beside(text, hit.start, hit.end)


def _firm_beside(text: str, hit: Hit) -> bool:
    """Whether what stands right before or after a guarded name shows a firm."""
    if _FIRM_CUE.match(text[hit.end : hit.end + 24]) or (hit.start == 0 and text[hit.end : hit.end + 1] == "："):
        return True
    rare = frequency(text[hit.start : hit.end]) < _COMMON
    return rare and bool(_FIRM_CUE_BEFORE.search(text[max(0, hit.start - 5) : hit.start]))


def _run(text: str, hit: Hit, found: list[Hit]) -> Iterator[Hit]:
    """The other hits, which are in reading order, of the list (A、B和C) that the hit stands in."""
    at = bisect_left(found, hit.start, key=lambda other: other.start)
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(found) and _joins(text, found[min(here, here + step) :]):
            here += step
            yield found[here]


def _joins(text: str, found: list[Hit]) -> bool:
    """Whether a list joins the first two of the hits."""
    return text[found[0].end : found[1].start] in ("、", "和", "与", "及", "以及")


def _prove(claims: Sequence[list[Span]], passages: Sequence[Passage]) -> set[str]:
    """Names that hold all over the document: strong once, or weaker ones that the text repeats."""
    weaker = {span.name for found in claims for span in found if span.strength == 2}
    strong = {span.name for found in claims for span in found if span.strength >= 3}
    repeated = {name for name in weaker if sum(passage.text.count(name) for passage in passages) >= 2}
    return strong | repeated


def _settle_strong(passage: Passage, spans: list[Span]) -> None:
    passage.spans = settle(spans)


def _register(passage: Passage, registry: Registry) -> None:
    passage.referents = [_refer(registry, span) for span in passage.spans]


def _refer(registry: Registry, span: Span) -> Referent:
    return registry.listed(span.entry, span.name) if span.entry else registry.named(span.name, span.type)


def _introduce(passage: Passage, registry: Registry) -> None:
    ends = {span.end: referent for span, referent in zip(passage.spans, passage.referents, strict=True)}
    for said in introductions(passage.text):
        referent = ends.get(said.at)
        if referent is None and said.names:
            referent = _introduced_by_short_name(passage, registry, said.at, said.names[0][0])
        if referent is None:
            continue
        for name, _ in said.names:
            registry.alias(referent, name)
        if said.names and not referent.listed and len(said.names[0][0]) < len(referent.name):
            referent.full_name, referent.name = referent.full_name or referent.name, said.names[0][0]
        if said.self_name:
            passage.company = referent
        if said.code and referent.is_actor:
            registry.give_code(referent, said.code)
        if said.spelling and _same_thing(referent, said.spelling, registry):
            registry.alias(referent, said.spelling)
    for at, name in security_names(passage.text):
        owner = next(
            (r for s, r in zip(passage.spans, passage.referents, strict=True) if s.end <= at and r.is_actor), None
        )
        if owner:
            registry.alias(owner, name)


def _same_thing(referent: Referent, spelling: str, registry: Registry) -> bool:
    """Whether a bare bracket gives another spelling: Latin for a Chinese name, never a second known name."""
    if spelling in name_parts().generic_latin or registry.lookup(spelling, referent.type):
        return False
    return (
        referent.type in ("Company", "Investor", "Organization", "Person")
        and spelling.isascii()
        and not referent.name.isascii()
    )


def _introduced_by_short_name(passage: Passage, registry: Registry, at: int, short: str) -> Referent | None:
    """The long name before a bracket that holds its short form: it starts where their first characters meet."""
    text = passage.text
    begin = max((text.rfind(mark, 0, at) for mark in "，。；：“”、（"), default=-1) + 1
    long = text[max(begin, at - 30) : at]
    inside = re.search(".{0,12}?".join(map(re.escape, short)), long)
    if (
        not inside
        or inside.end() < len(long) - 14
        or long.endswith(("公告", "办法", "议案", "协议", "合同", "交易", "报告"))
    ):
        return None
    kind = names.type_of(long)
    return registry.named(short, kind) if kind != "Company" or re.search(r"(?:公司|集团|中心|银行)$", long) else None


def _propagate(passages: Sequence[Passage], registry: Registry, proven: set[str]) -> None:
    """Find every further occurrence of the names the document has proven."""
    known: dict[str, Referent] = {}
    for name, referent in registry.names():
        if not referent.listed and len(name) >= 2 and (name in proven or len(referent.names) > 1):
            known.setdefault(name, referent)
    known = _tails(registry) | known
    if known:
        patterns = list(known)
        matcher = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
        for passage in passages:
            found = list(_occurrences(passage, matcher, patterns, known))
            passage.spans = settle([*passage.spans, *found])
    for passage in passages:
        passage.referents = [_resolve(registry, known, span) for span in passage.spans]


def _tails(registry: Registry) -> dict[str, Referent]:
    """Model numbers that stand for one chip or product of the document alone, and are no other's name."""
    owners: dict[str, set[Referent]] = {}
    for name, referent in registry.names():
        if referent.type in THINGS and (short := things.tail(name)):
            owners.setdefault(short, set()).add(referent)
    return {
        short: next(iter(found))
        for short, found in owners.items()
        if len(found) == 1 and not any(registry.lookup(short, kind) for kind in THINGS)
    }


def _resolve(registry: Registry, known: dict[str, Referent], span: Span) -> Referent:
    if span.entry is None and span.name in known and known[span.name].type == span.type:
        return known[span.name]
    return _refer(registry, span)


def _occurrences(
    passage: Passage, matcher: AhoCorasick, patterns: list[str], known: dict[str, Referent]
) -> Iterator[Span]:
    text = passage.text
    for index, start, end in matcher.find_matches_as_indexes(text):
        name = patterns[index]
        latin_cut = (name[0].isascii() and text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()) or (
            name[-1].isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalnum()
        )
        if not latin_cut and (len(name) > 2 or passage.words.is_edge(start)):
            span = Span(start, end, name, known[name].type, 2)
            yield span
            if span.type in THINGS:
                yield from things.grown(text, span)
