"""Posts of people: whose a bare title is, which post somebody takes over, several posts told at once."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.registry import Referent
from extractors.entities.vocabulary import either, name_parts, word_set
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse, Post
from extractors.relations.patterns import compile_pattern
from extractors.relations.symbols import CLASSES, Line, Symbol, characters

_EMPLOYERS = ("Company", "Investor", "Organization")


def person_before(match: re.Match[str], line: Line, discourse: Discourse) -> tuple[Referent, ...]:
    """The person this sentence names last before a match, else the one spoken of before."""
    before = [s.members[:1] for at, s in line.of(("person",)) if at < match.start()]
    return before[-1] if before else (discourse.person,) if discourse.person else ()


def employer(
    match: re.Match[str], line: Line, discourse: Discourse, sentence: int, staff_of: tuple[Referent, ...]
) -> tuple[Referent, ...]:
    """The firm of a post told just before, of the nearest person told with one, of the clause, or the one talked of."""
    told = [p for p in discourse.posts.values() if p.sentence == sentence and not p.former and p.at < match.start()]
    if entered := _entered().search(line.text, 0, match.start() + 1):
        return line.symbols[entered["firm"]].members[:1]
    if told:
        return (told[-1].firm,)
    for symbol in reversed([symbol for at, symbol in line.of(("person", "empty")) if at <= match.start()]):
        if symbol.kind == "person" and symbol.owner:
            return symbol.owner
        if symbol.kind == "empty":
            return _of_clause(symbol, discourse)
    return staff_of or _last_employer(discourse)


@functools.cache
def _entered() -> re.Pattern[str]:
    """The firm the clause just before says somebody joined, founded or came from: 加入甲，任总监."""
    joins = (
        "加入|加盟|入职|跳槽[到至]|转投|空降|投身|投奔|回归|重返|进入?|来到|去了|来自|创立|创办|创建|投资|参与|入股|领投"
        "|(?:一站|东家|份工作)是"
    )
    firm = f"[{characters(CLASSES['firm'])}]"
    return re.compile(
        f"(?:{joins})了?(?P<firm>{firm})[^，；。的]{{0,6}}(?:，[{characters(('empty',))}]?[^，；。的]{{2,5}})?，[{characters(('empty',))}]?$"
    )


def _of_clause(dropped: Symbol, discourse: Discourse) -> tuple[Referent, ...]:
    """The firm a dropped subject stands for; carried from a sentence before, that of the event told comes first."""
    if dropped.split == -1 and discourse.event:
        return discourse.event.company[:1]
    carried = (dropped.members, *dropped.instead)
    firms = [members[:1] for members in carried if members[0].type in _EMPLOYERS]
    return firms[0] if firms else _last_employer(discourse)


def _last_employer(discourse: Discourse) -> tuple[Referent, ...]:
    """The firm talked about, else that of the post last told of."""
    posts = list(discourse.posts.values())
    return discourse.firm()[:1] or tuple(post.firm for post in posts[-1:])


def post_told(match: re.Match[str], line: Line, discourse: Discourse) -> Post | None:
    """The post of the person in group `P`; of whoever was last told with one where the pattern has no such group."""
    posts = discourse.posts
    if "P" not in match.re.groupindex:
        return list(posts.values())[-1] if posts else None
    symbol = line.symbols.get(match.group("P") or "")
    return posts.get(symbol.members[0]) if symbol and symbol.members else None


def each_post(qualifiers: dict[str, str], firm: Referent) -> list[dict[str, str]]:
    """The qualifiers once for each post: 董事、副总经理 is two, 董事长兼总裁 one as written, 创始人兼总裁 two.

    A post of another body than `firm` is left out: 委员、中央外办主任 is one.
    """
    if "title" not in qualifiers:
        return [qualifiers]
    titles = [_SPOKEN.sub("", title) for title in _titles_in(qualifiers["title"]) if title]
    titles = [part for title in titles for part in _without_founding(title)]
    return [qualifiers | {"title": title} for title in titles if not of_other_body(title, firm)]


def _titles_in(told: str) -> list[str]:
    """The titles of a list; 与 within one parts none: 云与AI总裁."""
    heads = tuple(word_set("titles.yml", "heads"))
    titles: list[str] = [""]
    for part in re.split("([、/]|以及|及|和|与)", told):
        if part == "与" and not titles[-1].endswith(heads):
            titles[-1] += part
        elif re.fullmatch("[、/]|以及|及|和|与", part):
            titles.append("")
        else:
            titles[-1] += part
    return titles


_SPOKEN = re.compile(
    "^(?:.*?(?:宣布|表示|任命|聘任|聘请|公告|透露|包括|距离|辅助|协助|同意|建议|感谢|陪同|率领|送别|收到|接到)(?=.)|第[一二三四五六七八九十\\d]{1,3}届(?:董事会|监事会)?(?=.)|[一两二三四五六七八九几多数\\d]+[位名](?=.)|(?:有关|相关)(?=.))"
)
_STATE_BODY = re.compile(
    "人大|政协|政府|省长|市长|[省市县区州]委|国资委|发改委|管委会|[监税]局|税务局|法院|检察院|中央[^，]{0,8}[办委部局]|国家[^，]{1,8}[局委办院]"
)
_ANY_BODY = re.compile("委员会|常委会|[办局厅委院](?=副?[主局厅委院])")


def of_other_body(title: str, firm: Referent) -> bool:
    """Whether a title begins with the place or the rank of a public body of its own: 广东省人大常委会副主任."""
    if not _of_place().match(title):
        return False
    return bool(_STATE_BODY.search(title) or (firm.type == "Organization" and _ANY_BODY.search(title)))


@functools.cache
def _of_place() -> re.Pattern[str]:
    places = either(place for place in name_parts().places if place not in ("中国", "全球"))
    return re.compile(f"中央|中共|全国|国家(?!主席|领导)|(?:{places})|[一-鿿]{{2,3}}[省市县]")


def _without_founding(title: str) -> list[str]:
    first, joint, rest = title.partition("兼")
    return [first, rest] if joint and rest and relation_of(first) else [title]


def relation_of(title: str) -> str:
    """The relation a title tells that is no post: FOUNDED for 创始人, CONTROLS for 实控人; empty for a post."""
    if title in word_set("titles.yml", "founders"):
        return "FOUNDED"
    return "CONTROLS" if title in word_set("titles.yml", "controllers") else ""


def further_posts(match: re.Match[str], line: Line) -> Iterator[re.Match[str]]:
    """Firm `S` and title `T` of the posts that follow the one a match ends with: 曾任甲总监、乙经理."""
    at = match.end() if "T" in match.re.groupindex and match.end("T") == match.end() else -1
    while at >= 0 and (found := _next_post().match(line.text, at)):
        yield found
        at = found.end()


@functools.cache
def _next_post() -> re.Pattern[str]:
    joint = "(?:、|，{X:empty}?|和|与|以?及)并?(?:兼|任|兼任|担任)?"
    return compile_pattern(joint + "{S:firm}的?{T:title}(?=[，；。、等]|一?职|以?及|和|$)")
