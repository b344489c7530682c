"""From passages to mentions: lists first, then what the document shows, then every further occurrence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.entities import (
    bodies,
    context,
    grown,
    holdings,
    legal,
    listings,
    names,
    owned,
    people,
    predicates,
    regional,
    seated,
    slots,
    spelled,
    standing,
    things,
)
from extractors.entities.characters import brand_odds, person_odds
from extractors.entities.gazetteer import Gazetteer, Hit
from extractors.entities.hits import is_cut, with_its_maker
from extractors.entities.introductions import introductions, security_names
from extractors.entities.registry import Referent, Registry
from extractors.entities.shorten import shorten
from extractors.entities.spans import ACTORS, THINGS, Span, settle
from extractors.entities.vocabulary import name_endings, name_parts, word_set
from extractors.expressions import ready as re
from extractors.language.normalise import Flow
from extractors.language.words import Words, dictionary, frequency
from extractors.read.layout import Block

_CHINESE = re.compile("[一-鿿]{2,4}")
_GROUP_TAIL = re.compile(
    r"^(?:创投|资本(?!市场|开支|支出|化|金|性|运作|公积|回报|利得|结构|充足|局|论|家|密集|青睐|追捧|寒冬)|产投|战投|证券(?!研究|化|部|交易|公司分析|分析)|研究院|研究所(?!电子|通信|通信组))"
)


_GIVEN = re.compile("(?:获得?|接受|得到|引入)$")
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

    def named(self, start: int, end: int) -> Iterator[tuple[Span, Referent]]:
        """The names within `start:end`, in reading order."""
        for at in range(bisect_left(self.spans, start, key=_start_of), len(self.spans)):
            if self.spans[at].end > end:
                return
            yield self.spans[at], self.referents[at]


def _start_of(span: Span) -> int:
    return span.start


def recognise(passages: Sequence[Passage], gazetteer: Gazetteer) -> Registry:
    """Fill in the spans and referents of every passage and return who is who."""
    registry = Registry(gazetteer)
    lists = registry.lists
    hits = [
        [part for hit in lists.find(passage.text) for part in with_its_maker(passage.text, hit, lists)]
        for passage in passages
    ]
    sure = {hit.entry.name for found in hits for hit in found if hit.sure}
    for _ in range(2):
        sure |= set(_shown(passages, hits, sure))
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


def _shown(passages: Sequence[Passage], hits: Sequence[list[Hit]], sure: set[str]) -> Iterator[str]:
    """Entries whose guarded name some sentence shows to be meant."""
    for passage, listed in zip(passages, hits, strict=True):
        for hit in listed:
            open_question = not hit.sure and hit.entry.name not in sure
            shown = open_question and context.shown(passage.text, passage.words, hit, listed, sure)
            if shown and not _runs_on(passage.text, hit):
                yield hit.entry.name


def _claims(passage: Passage, listed: list[Span]) -> list[Span]:
    text, words = passage.text, passage.words
    full = list(legal.legal_names(text, words))
    found = [
        *listed,
        *full,
        *legal.national_bodies(text),
        *legal.bank_funds(text),
        *regional.regional_names(text, words, listed),
        *bodies.local_bodies(text, words),
        *(_as_listed(span, listed) for span in legal.marked_names(text)),
        *names.institutes(text, listed),
        *grown.grown_names(text, words, [*listed, *full]),
        *names.short_names(text, words),
        *slots.names_in_slots(text, words),
        *holdings.names_of_shares(text, words),
        *holdings.companies(text, words),
        *seated.seated_names(text, words),
        *predicates.names_by_predicate(text, words),
        *names.latin_names(text),
        *spelled.explained_names(text, words),
        *people.people(text, words),
        *standing.standing_people(text, words),
        *things.without_makers(things.things(text), listed),
    ]
    ends = {span.end: span for span in listed if span.type in ACTORS}
    starts = {span.start: span for span in listed if span.type in ACTORS}
    found = [
        names.with_management(text, _whole(span, listed))
        for span in found
        if not _is_phrase(span)
        and not _swallows(span, ends.get(span.end))
        and not _invests(text, span, starts.get(span.start))
        and not names.only_describes(text, span)
    ]
    headed = (*legal.coded_names(text, words), *slots.announcing_names(text, words))
    found += [span for span in headed if span.end not in ends]
    found += [other for span in found if span.type == "Person" for other in people.people_beside(text, words, span)]
    found += [other for span in found if "合伙" in span.name for other in people.people_around(text, words, span)]
    found += [other for span in full for other in people.people_behind(text, words, span)]
    firm = settle(span for span in found if span.strength >= 2 and not _is_phrase(span))
    beside = (
        *listings.listed_beside(text, firm),
        *listings.enumerated(text, firm),
        *spelled.spelled_beside(text, words, firm),
    )
    found += [span for span in beside if not _is_phrase(span)]
    return [*_without_people(found), *things.members(text, firm), *owned.owned_things(text, firm)]


def _without_people(found: Sequence[Span]) -> Iterator[Span]:
    """The claims, without those that take for a firm what reads more like the person it is taken for as well."""
    people_at = {(span.start, span.end) for span in found if span.type == "Person"}
    for span in found:
        taken = (span.start, span.end) in people_at and span.entry is None and span.type in ACTORS
        if not taken or person_odds(span.name) <= brand_odds(span.name):
            yield span


def _is_phrase(span: Span) -> bool:
    if span.entry is not None or span.type not in ACTORS:
        return False
    if span.strength < 3 and names.are_two(span.name):
        return True
    return names.is_fragment(span.name) or (span.strength < 3 and names.reads_like_text(span.name))


def _as_listed(marked: Span, listed: list[Span]) -> Span:
    """A name under special treatment as that of the listed firm whose short name it ends with (ST华映)."""
    for span in listed:
        if span.end == marked.end and marked.start < span.start and span.entry and span.entry.is_a_share:
            return Span(marked.start, marked.end, span.name, span.type, 3, span.entry)
    return marked


def _swallows(span: Span, listed: Span | None) -> bool:
    """Whether a claim is a listed name that text before it was glued to (叫韦尔股份), unlike 北京华为."""
    if span.entry or not listed or not span.start < listed.start or span.type not in ACTORS:
        return False
    extra = span.name[: listed.start - span.start]
    if extra in name_parts().places or extra.endswith("ST"):
        return listed.entry is not None and any(name.startswith(span.name) for name in listed.entry.names)
    return len(extra) == 1 or extra.isascii() or frequency(extra) > 20 or names.without_form(listed.name) != listed.name


def _invests(text: str, span: Span, listed: Span | None) -> bool:
    """Whether a claim is a listed firm and a verb or adverb (博通签约收购…, 鸿海今天宣布…), no longer name."""
    if not listed or span.entry:
        return False
    rest = span.name[listed.end - span.start :]
    if rest[:1] in ("和", "与", "及") and rest.endswith(name_endings()):
        return True
    if rest == "股份" and listed.entry and listed.entry.is_a_share:
        return True
    if rest == "战略" or (rest.endswith("投资") and _GIVEN.search(text, max(0, span.start - 2), span.start)):
        return True
    if rest == "投资":
        return bool(_INVESTED.match(text, span.end))
    return rest in word_set("adverbs.yml", "verbs") | word_set("adverbs.yml", "words")


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
        if (hit.sure or (hit.entry.name in sure and _still_holds(passage, hit)))
        and not (hit.end - hit.start <= 3 and is_cut(passage.words, hit))
        and not _is_group(passage.text, hit)
        and not (passage.text.endswith("ST", 0, hit.start) and not hit.entry.code)
    ]


def _is_group(text: str, hit: Hit) -> bool:
    """Whether the listed firm's name only begins the name of another firm, such as its fund."""
    tail = _GROUP_TAIL.match(text[hit.end : hit.end + 6]) if hit.entry.type in ACTORS else None
    department = text[hit.end - 2 : hit.end] in ("证券", "期货", "基金", "银行", "国际")
    return bool(tail) and not (department and tail is not None and tail.group().startswith("研究"))


def _still_holds(passage: Passage, hit: Hit) -> bool:
    return context.holds(passage.text, passage.words, hit) and not _runs_on(passage.text, hit)


def _runs_on(text: str, hit: Hit) -> bool:
    """Whether a guarded short name of a listed firm goes on as another name: an unknown word, 集团, 港港; not 领投."""
    if hit.entry.type not in ACTORS or not hit.entry.code:
        return False
    if text.startswith(("集团", text[hit.end - 1]), hit.end):
        return True
    after = _CHINESE.match(text, hit.end)
    word = next(iter(dictionary().cut(after.group()))) if after else ""
    return names.brand_strength(word) == 2 and not frequency(word) and word not in name_parts().edges


def _prove(claims: Sequence[list[Span]], passages: Sequence[Passage]) -> set[str]:
    """Names that hold all over the document: strong once, or weaker ones that the text repeats."""
    weaker = {span.name for found in claims for span in found if span.strength == 2}
    strong = {span.name for found in claims for span in found if span.strength >= 3}
    whole = "\n".join(passage.text for passage in passages)
    return strong | {name for name in weaker if whole.find(name, whole.find(name) + len(name)) >= 0}


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
    return (
        registry.named(short, kind)
        if kind != "Company" or re.search(r"(?:公司|集团|中心|银行|[总学]院|研究[院所])$", long)
        else None
    )


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
