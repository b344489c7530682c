"""Named people: a name after a title, before a verb of saying or taking office, or of a foreign shape."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.characters import closes_given, given_odds, person_odds
from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.expressions.searches import Searches
from extractors.language.words import Words, frequency, is_word

_LATIN_PERSON = r"[A-Z][a-z]+(?: [A-Z]\.)?(?: (?:de |van |von )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2}"
_TAIL = frozenset("亦则拟称说任率更答曾现已正均也还将因于以向即表指认透介坦同能作去递")
_NOT_NAMED = re.compile(r"[询的了是在和与及对等不为有将被从向后前时中上下年月日元股会项这那其该此]")


_ITEM = re.compile("(?:(?!以及)[^、和及与])+")
_ALSO_WORDS = frozenset("司万应车和时都计台保单银印房全")
_AFTER_TITLE = frozenset("向和与")
_NO_GIVEN = re.compile(r"[名所就至们他她媒市县区府监器地次机价格息门罩]$|^暂")
_CALLINGS = ("主播", "主持人", "老板", "持有人", "富商", "富豪", "法官", "制作人", "舵手", "名将", "牛散", "操盘手")
_WEAKER_AFTER = (
    r"律师|来自|曾任|毕业于|还?在[^，。]{2,16}担任|因(?:工作|个人|年龄|退休|身体)|(?:小幅|大幅|继续)?(?:加仓|减仓)|小幅减持|任(?:董事|监事|副?总)"
    r"|通过(?:二级市场|集中竞价|大宗交易|协议|司法)|夫妇|父子|兄弟|姐妹|分别将|名下|拟(?:通过|减持|增持|使用|转让)|计划(?:减持|增持|通过)|所持"
    r"|等(?:\d+[名位]|[^，。]{0,3}(?:自然人|交易对方|股东)|手中)|手中|将(?:其|所)?持有"
    r"|是[^，。]{2,8}(?:大学|学院|交大|科大)|(?:被|遭)(?:立案|留置|调查)|旗下"
)


@functools.cache
def surname() -> str:
    """Expression for a family name."""
    parts = name_parts()
    return f"(?:{either(parts.compound_surnames)}|[{parts.surnames}])"


@functools.cache
def _after_title() -> re.Pattern[str]:
    titles = either((*name_parts().titles, *_CALLINGS))
    return re.compile(
        rf"(?:{titles})(?:兼[^，。、（）]{{2,12}}?)?(?:（[^（）]{{1,12}}）)?(?:人)?(?:(?:将|拟)?(?:变更|改|换)[为成]|[、为是系“：])?"
        rf"(?: ?(?P<latin>{_LATIN_PERSON})|(?!{titles})(?P<name>{surname()}[一-鿿]{{1,3}}))"
    )


@functools.cache
def _before_verb() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{surname()}[一-鿿]{{1,2}})(?=(?:（[^（）]{{1,24}}）)?(?:{either(name_parts().person_after)}))"
    )


@functools.cache
def _appointed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:任命|聘任|聘请|提名|选举|推举|选聘|由|同意|接替|取代|接任者|增补|改选|委任|挖来|（|^)(?P<name>{surname()}[一-鿿]{{1,2}})"
        rf"(?=(?:先生|女士)?(?:，[男女]，|为|担任|出任|接任|接棒|接替|接手|继任|补任|顶上|接手|掌舵|（?(?:{either(name_parts().titles)})|：))"
    )


@functools.cache
def _before_clause() -> re.Pattern[str]:
    """Full names before verbs that have other subjects too."""
    return re.compile(rf"(?P<name>{surname()}[一-鿿]{{2}})(?=(?:（[^（）]{{1,24}}）)?(?:{_WEAKER_AFTER}))")


@functools.cache
def _following() -> re.Pattern[str]:
    """Who takes the place of somebody else: 接替甲乙丙, 法定代表人变更为甲乙丙."""
    posts = "(?:法定代表人|法人|董事长|经理|董事|负责人)[^，。；]{0,14}(?:变更|更换|换|改|变)[为成]"
    return re.compile(rf"(?:接替|接班|{posts})(?P<name>{surname()}[一-鿿]{{1,2}})(?=[，。；、（]|$|的|出任|担任|成为)")


_CAREER = (
    r"(?:先生|女士|博士)?(?:此前|此后|之前|以前|从前|过去|原先|早年|早就|一度|就|便|曾|也|还|则|又|同时|将|已|即将|正式|随后|[于在自]?(?:[去今前当同次]年|\d{2,4}年)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|后|时)?"
    r"|[于在自]\d{1,2}月(?:\d{1,2}日)?)*(?:，[男女]，|（(?:花名|英文名|原名|又名|本名|艺名|人称)|，[他她](?=[曾是也现身此还在的一则原本])|，\d{4}年[^，。；]{0,6}生|（\d{4}年[^，。；]{0,6}生"
    r"|现任|历任|递了辞|递交|递上|提交了?(?:书面)?辞|(?<!申)请辞|获委任|获任|曾经?(?:任|担任|是|为|在|就|供|效|加入|先后|出任|主导|负责|获)|先后(?:任|在|担任|就)|当过|做过|干过|待过|任过"
    r"|毕业于|出生于|生于|出身|不再担任|不再出任|不再兼任|继任|接班|递补|补位|兼任|升任|晋升|转任|调任|就任|获聘|获选|执掌|掌舵|接掌|入职|跳槽|跻身"
    r"|已?向[^，。；]{1,12}(?:递交|提交|提出)|因[^，。；]{2,16}，?(?:特|主动|现)?(?:申请|请求|提出|提请)?(?:辞|请辞|卸任|不再)|申请辞|送达|提出辞|已?呈辞"
    r"|(?:从|自)[^，。；]{2,14}(?:离职|离任|毕业|退休|跳槽)|[在于][^，。；]{2,16}(?:任职|就职|供职|担任|做过|当过|工作|攻读|获得|取得|拿到)"
    r"|(?:一手创[立办建]|联手创[立办建]|联合创[立办建]|加入|加盟|进入|去了|来到|离开|任职|担任|出任|接任|卸任|离任|离职|辞职|退休|辞去|创立|创办|创建)(?!的)|[是为][^，。；的]{2,16}的?(?:创始人|创办人|董事长|总裁|总经理|CEO|首席)"
    r"|(?:被|获|受)(?:任命|聘任|委任|提名|选举|选为|推选|免去|免职|解聘|解雇))"
)


@functools.cache
def _in_career() -> re.Pattern[str]:
    """A name at the head of a clause before what only people do: 历任, 辞去, 毕业于."""
    return re.compile(
        rf"(?:(?<![一-鿿A-Za-z·])|(?<=[人者]为)|(?<=[人者长官总裁席理则]是)|(?<=的))(?P<name>{surname()}[一-鿿]{{1,2}})(?={_CAREER})"
    )


@functools.cache
def _together() -> re.Pattern[str]:
    """`甲乙与丙丁等人`: two people who do something together."""
    name = rf"{surname()}[一-鿿]{{1,2}}"
    return re.compile(
        rf"(?<![一-鿿])(?P<name>{name})(?=(?:、|和|与){name}(?:等人|两人|二人|夫妇|兄弟|一起|联合(?:创|掌)|共同(?:创|掌|出)|分别))"
    )


@functools.cache
def _several() -> re.Pattern[str]:
    """`甲乙、丙丁丁、戊己拟…`: three or more names of the shape of people's before a verb of holders."""
    name = rf"{surname()}[一-鿿]{{1,2}}"
    return re.compile(
        rf"(?<![一-鿿])(?P<all>{name}(?:(?:、|和|及|与|以及){name}){{2,}})(?=分别|拟|计划|将|所持|持有|共同|合计|签署|向|等|组建|成立|设立|创[办立建]|发起|注册|出资|投资|入股|合伙|，|为|[两二三四五六七八九十\d]+[位名人]|各|均|一致|(?:以及|及|和)[^，。]{{2,24}}(?:公司|合伙))"
    )


@functools.cache
def _roster() -> re.Pattern[str]:
    """`甲乙丙：硕士，…`: an entry of a list of staff."""
    return re.compile(rf"^(?P<name>{surname()}[一-鿿]{{1,2}})(?=：[^，。]{{0,12}}(?:士|毕业|大学|年))")


@functools.cache
def _titled() -> re.Pattern[str]:
    """`甲乙丙（执行副总裁`: a name whose bracket begins with a title."""
    return re.compile(
        rf"(?:(?<![A-Za-z] )(?<![A-Za-z])(?P<latin>{_LATIN_PERSON})|(?P<name>{surname()}[一-鿿]{{1,2}}))"
        rf"(?=（[^（）]{{0,12}}?(?:{either(name_parts().titles)}))"
    )


@functools.cache
def _listed_on() -> re.Pattern[str]:
    """A further name of a list of people: `、甲乙丙`."""
    return re.compile(
        rf"(?:（[^（）]{{1,24}}）)?(?:、|和|与|及|以及) ?(?:(?P<latin>{_LATIN_PERSON})(?![A-Za-z])"
        rf"|(?P<name>{surname()}[一-鿿]{{1,2}}?)"
        r"(?=[、，。；）（和与及等的]|以及|一起|联合|共同|分别|先生|女士|合计|共|拟|向|持|质|将|在|也|均|都|因|已|则|还|就|计划|曾|[两二三四]人|出席|到场|不再|出任|担任|当选|表示|通过|$)"
        rf"|(?P<more>{surname()}[一-鿿]{{1,2}}))"
    )


def people(text: str, words: Words) -> Iterator[Span]:
    """Named people with strength 2 or 3."""
    yield from _anchored(text, words)
    yield from _dotted(text, words)
    yield from _speakers(text)


def _anchored(text: str, words: Words) -> Iterator[Span]:
    yield from _by_title(text, words, _after_title())
    yield from _enumerated(text, words)
    if "（" in text:
        yield from _by_title(text, words, _titled())
    for at, match in _searches().find(text):
        start, end = match.span("name")
        start += _JOINED.search(text, max(0, start - 2), start + 1) is not None
        closed = words.is_edge(end) or at in _CLOSED_BEHIND or text.startswith(("先生", "女士"), end)
        fits = closed and not words.inside(start) and text[start - 1 : start] != "·"
        name = text[start:end]
        fits = fits and (len(name) > 3 or (len(name) > 1 and person_odds(name) >= _LEAST[at]))
        if fits and not _ends_foreign(text, start, end) and is_person(text, words, start, end):
            yield Span(start, end, name, "Person", _STRENGTHS[at])


_JOINED = re.compile("(?:先生|女士|博士|教授)和$")


_STRENGTHS = (2, 2, 3, 3, 3, 2, 3)
_LEAST = (-30, 0, -30, -30, -30, 0, -30)
_CLOSED_BEHIND = (2, 5, 6)


@functools.cache
def _searches() -> Searches:
    return Searches(
        [_before_verb(), _before_clause(), _appointed(), _together(), _roster(), _in_career(), _following()]
    )


def _ends_foreign(text: str, start: int, end: int) -> bool:
    """Whether a stretch is the end of a foreign name that begins before it (拉里贾尼)."""
    known = name_parts().transliteration
    before = text[max(0, start - 2) : start]
    return len(before) == 2 and all(character in known for character in before + text[start:end])


def _enumerated(text: str, words: Words) -> Iterator[Span]:
    for match in _several().finditer(text) if "、" in text else ():
        items = [(item.start() + match.start(), item.end() + match.start()) for item in _ITEM.finditer(match["all"])]
        if all(is_person(text, words, start, end) for start, end in items):
            yield from (Span(start, end, text[start:end], "Person", 3) for start, end in items)


def _by_title(text: str, words: Words, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if match.group("latin"):
            yield Span(match.start("latin"), match.end("latin"), match.group("latin"), "Person", 3)
        elif match["name"][0] in _AFTER_TITLE and pattern is _after_title():
            continue
        elif whole := _foreign_whole(text, words, match.start("name")):
            yield Span(match.start("name"), whole, text[match.start("name") : whole], "Person", 3)
        elif not words.inside(match.start("name")) and not words.inside(match.start()):
            yield from _cut(text, words, match.start("name"), match.end("name"), 3)


def people_beside(text: str, words: Words, person: Span) -> Iterator[Span]:
    """Further people of the list that begins with a person."""
    at = person.end
    for _ in range(20):
        match = _listed_on().match(text, at)
        if not match:
            return
        if match["latin"]:
            if not person.name.isascii() or _FIRM_WORD.search(match["latin"]):
                return
            at = match.end("latin")
            yield Span(match.start("latin"), at, match["latin"], "Person", person.strength)
            continue
        start, at = match.span("name") if match["name"] else _by_characters(text, words, *match.span("more"))
        if not at or not is_person(text, words, start, at):
            return
        yield Span(start, at, text[start:at], "Person", person.strength)


def _by_characters(text: str, words: Words, start: int, limit: int) -> tuple[int, int]:
    end = name_end(text, words, start, limit)
    return start, end if end and person_odds(text[start:end]) >= _SURELY else 0


def people_behind(text: str, words: Words, firm: Span) -> Iterator[Span]:
    """People who follow a firm in a list, where the characters of their names show them: 甲有限公司、乙丙丁诉讼事项."""
    for person in people_beside(text, words, firm):
        if person_odds(person.name) < _SURELY:
            return
        yield person


_BEFORE_FUND = re.compile(r"(?:^|[、，与和由向])(?P<name>[一-鿿]{2,3})、$")


def people_around(text: str, words: Words, fund: Span) -> Iterator[Span]:
    """People who hold or sell together with a partnership: 甲乙、丙丁、戊己合伙企业（有限合伙）、庚辛."""
    yield from people_beside(text, words, fund)
    at = fund.start
    while match := _BEFORE_FUND.search(text, max(0, at - 6), at):
        at = match.start("name")
        if not is_person(text, words, at, match.end("name")):
            return
        yield Span(at, match.end("name"), match["name"], "Person", fund.strength)


@functools.cache
def _transliterated() -> re.Pattern[str]:
    known = "".join(sorted(name_parts().transliteration))
    return re.compile(rf"[{known}]{{4,8}}(?![{known}·])")


def _foreign_whole(text: str, words: Words, start: int) -> int:
    """End of a foreign name without a dot that a Chinese one would only begin (梅德韦杰夫), or 0."""
    run = _transliterated().match(text, start)
    end = len(text[start : run.end()].rstrip(_NO_ENDING)) + start if run else 0
    doubled = text[start : start + 3] == text[start + 3 : end]
    return end if end - start >= 4 and not doubled and words.is_edge(end) and not words.is_edge(start + 2) else 0


_NO_ENDING = "曾向约大达可若加对仓因"


@functools.cache
def _foreign() -> re.Pattern[str]:
    known = "".join(sorted(name_parts().transliteration))
    return re.compile(rf"[{known}]{{1,8}}(?:·(?:[{known}]{{1,8}}|[A-Z](?![A-Za-z]))){{1,5}}")


def _dotted(text: str, words: Words) -> Iterator[Span]:
    """Foreign names such as 萨姆·奥特曼: as far as characters reach that foreign names are written with."""
    if "·" not in text:
        return
    for match in _foreign().finditer(text):
        called = re.match(".*(?:富豪|法官)", match.group())
        begin = match.start() + (called.end() if called else 0)
        start = words.after(begin) if words.inside(begin) else begin
        start += text[start - 1 : start + 1] in ("主席", "首席", "感谢", "致谢")
        end = _without_word(text, words, match.end())
        end -= text[end - 1] in "曾向若" and end - text.rfind("·", 0, end) > 3
        if _NAMED_AFTER.match(text, end):
            continue
        half = text[end - 2] == "·" and not words.is_edge(end) and text[end : end + 1] not in _BEHIND_NAME
        if text.find("·", start, end) > start and not half:
            yield Span(start, end, text[start:end], "Person", 2)


_BEHIND_NAME = frozenset("则也是在将已曾还又于就说称和与及的")
_NAMED_AFTER = re.compile("”?号(?![称召令])|”?(?:太空|空间|天文)望远镜|国际机场")


def _without_word(text: str, words: Words, end: int) -> int:
    """The end of a foreign name, an ordinary word that follows it cut off (扎克伯格可能)."""
    start, last = next(words.leftward(end), (end, ""))
    ordinary = len(last) > 1 and frequency(last) > 300 and "·" in text[max(0, start - 8) : start - 1]
    return start if ordinary and text[start - 1] != "·" else end


_LATIN_SPEAKER = re.compile(
    rf"(?<![A-Za-z&.-] )(?<![A-Za-z&.-])(?P<name>{_LATIN_PERSON})"
    r"(?=(?:[也又曾已将]|近日|日前|此前|随后|(?:在|于)[^，。]{1,12})?(?:表示|认为|指出|称|说|写道|警告|预计|曾任|现任|接受了?|创立|创办"
    r"|离职|离任|辞任|辞职|辞去|卸任|出任|担任|接任|的访谈|先生|女士))"
)
_FIRM_WORD = re.compile(
    r"(?:Research|Capital|Group|Bank|Securities|Partners|Management|Energy|Technolog|Labs?|Insights?|Analytics|Markets?"
    r"|Times|Journal|News|Post|Bloomberg|Reuters|Intelligence|Advisors?|Asset|Global|Systems?|Semi|Sachs|Stanley|Lynch)"
)


def _speakers(text: str) -> Iterator[Span]:
    """Latin names of two or three words before a verb of saying, and those joined to a person before them."""
    for match in _LATIN_SPEAKER.finditer(text):
        if not _FIRM_WORD.search(match["name"]):
            yield Span(match.start("name"), match.end("name"), match["name"], "Person", 2)


def is_person(text: str, words: Words, start: int, end: int) -> bool:
    """Whether `text[start:end]`, standing where a person may, has the shape of a Chinese person's name."""
    name = text[start:end]
    compound = name[:2] in name_parts().compound_surnames
    given = name[2:] if compound else name[1:]
    if not (compound or name[:1] in name_parts().surnames) or not 1 <= len(given) <= 2:
        return False
    if name[0] in _ALSO_WORDS and (len(name) == 2 or is_word(given) or text[start - 1 : start].isdigit()):
        return False
    if len(name) == 3 and (name[:2] in name_parts().titles or frequency(name[:2]) > 800):
        return False
    if (
        given[-1] in _TAIL
        or (given[0] == "某" and given not in ("某", "某某"))
        or given in name_parts().person_after
        or name in _no_people()
    ):
        return False
    if len(name) == 3 and _DEEDS.match(text, end - 1):
        return False
    namely = len(name) == 3 and person_odds(name) >= _SURELY_A_NAME
    if _NOT_NAMED.search(given) or _NO_GIVEN.search(given) or frequency(name) >= (1000 if namely else 40):
        return False
    return not _is_ordinary(given, words.is_edge(end - len(given)), namely)


_DEEDS = re.compile("申请|送达|提出|提请|请辞|辞[去任]|[卸离曾现历出担转升]任|离职|加入|加盟|入职|持有|[减增]持")


@functools.cache
def _no_people() -> frozenset[str]:
    return name_parts().generic.union(name_parts().titles)


def _is_ordinary(given: str, apart: bool, namely: bool) -> bool:
    """Whether a given name is rather a word that stands behind a surname; `namely` where their characters say name."""
    if len(given) < 2 or given in name_parts().given_names:
        return False
    if frequency(given) > (5000 if namely else 1000):
        return True
    return frequency(given) > 150 and apart and not namely and given_odds(given) < _NAMELY


def _cut(text: str, words: Words, start: int, limit: int, strength: int) -> Iterator[Span]:
    """The two to three characters from `start` that read most like a person's name."""
    compound = text[start : start + 2] in name_parts().compound_surnames
    ends = [end for end in (start + 3 + compound, start + 2 + compound) if end <= limit]
    fits = [end for end in ends if not words.inside(end) and is_person(text, words, start, end)]
    if len(fits) > 1 and not compound and _runs_past(text, words, start):
        fits = fits[1:]
    odds = person_odds(text[start : fits[0]]) if fits else _NEVER
    if (compound and fits) or odds >= (_HARDLY if fits and words.is_edge(fits[0]) else _RATHER):
        yield Span(start, fits[0], text[start : fits[0]], "Person", strength)


_NAMELY, _HARDLY, _NEVER, _BEHIND = 10, -30, -1000, -10
_RATHER, _SURELY, _SURELY_A_NAME = 18, 30, 45


def _runs_past(text: str, words: Words, start: int) -> bool:
    """Whether the third of three characters is no part of a person's name: 赵明去了, 李伟仍 (but 徐国宏是)."""
    third = text[start + 2]
    closed = text[start + 3 : start + 4] in ("，", "。", "、", "；", "）")
    if not words.is_edge(start + 2) or third == text[start + 1] or closed:
        return False
    return closes_given(third) < _BEHIND or (
        words.is_edge(start + 3) and text[start + 3 : start + 4] in ("了", "过", "着")
    )


def name_end(text: str, words: Words, start: int, limit: int) -> int:
    """Where a person's name that nothing but its characters shows ends, or 0."""
    return next((span.end for span in _cut(text, words, start, limit, 2)), 0)
