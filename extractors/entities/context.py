"""Whether the sentence shows that a listed name which is also a word (平安, 联想, 长江) means the listed thing."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator

from extractors.entities.gazetteer import Hit
from extractors.entities.spans import ACTORS
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, frequency

_WHEN = (
    r"(?:近日|日前|今日|昨日|昨天|今天|今年|去年|年内|此前|此次|正式|已经?|还|则|也|又|再次?|曾经?|同时|明确|如愿|成功|最终|开始|目前|未来|继续"
    r"|将|将会|计划|有望|可能|或|欲|拟|就|均|仍|共|才|首次|联合|随后|分别|\d{4}年|(?:于|在)[^，。]{1,10}?|\d{1,2}月|\d{1,2}日)*"
)
_DEEDS = (
    r"宣布|发布|推出|完成[^，]{0,12}(?:融资|收购)|(?:拿到|拿下|斩获|迎来)[^，]{0,16}融资|收购(?!价)|并购|竞购|重组|获[^，]{0,16}投资|入股|参股|注资|增资|领投|跟投|披露|成立于|签约|签署|签订"
    r"|增持|减持|举牌|收报|报收|收于|起诉|中标|召回|裁员|竞拍|复牌|停牌|派息|增发|配股|入主|借壳|提名|委派|携手|牵手|联手|联姻|合资成立"
    r"|参与竞[拍购标]|参与投资|承诺|供货|认购|表示|拟(?!定|人|合|真)|自研|获批"
)
_FIRM_AFTER = re.compile(
    r"^(?:集团|公司|股份|（\d{6}|（[^（）]{0,12}\d{5,6}|（(?:NASDAQ|NYSE)|（[A-Z][A-Za-z ]{2,20}）"
    rf"|{_WHEN}(?:{_DEEDS})"
    r"|(?:\d{1,2}月)?(?:\d{1,2}日)?(?:早间|晚间|午间)?(?:发布)?公告|称(?![为号谓道赞职得])|大?[涨跌](?:超|约|逾|近)?\d|[涨跌]停"
    r"|新机|旗舰机|(?:Galaxy|(?!A\d)[A-Z][A-Za-z]{0,9}[ -]?\d)"
    r"|(?:、[一-鿿A-Za-z]{2,8}){0,3}等(?:\d+家|多家|知名|主流|头部)*(?:厂商|企业|公司|车企|机构|品牌|巨头)"
    r"|(?:前任?|原|现任|新任|联席)?(?:董事长|董秘|(?:联合|共同)?创始|C[EFTOM]O|(?:高级|执行|常务)?副?总裁|首席|副?总经理)"
    r"|(?:首予|予|首次覆盖|上调|下调|维持|给予)[^，。]{1,14}(?:评级|目标价)|研报|应赔偿|胜诉|败诉|被判|诉[^，。]{2,10}案|就[^，。]{2,16}提起|旗下|方面(?:表示|称|透露|坚称|提供)|内部人士|员工|高管|高层|中层|管理层|董事会|股东大会|股价|市值|财报|电视台"
    r"|(?:原来的?|的)?(?:新任?|现任|前任?|原)?(?:联合|联席|执行)?(?:CEO|CFO|CTO|CMO|COO|总裁|总经理|副总|董事|首席|一把手|掌门)"
    r"|(?:原来的|的)[^，。的]{0,6}(?:负责人|一把手|项目代号|总监|子品牌|母品牌|车型|芯片|产能|工厂|供应商|客户)|的“[^”]{1,8}”(?:系列|平台|芯片|架构)"
    r"|在[^，。]{2,8}(?:办完|完成|设厂|建厂|开业)"
    r"|的(?:股|投资|估值|融资|创始|竞争对手|董事会|管理层|员工|高管|市值|财报|母公司|子公司|控股股东|大股东|持股)"
    r"|(?:于|将|已|在)[^，。]{0,14}(?:上市|挂牌|登陆)|(?:种子|天使|[A-F])[+]*轮|及其?一致行动人"
    r"|(?:约|的)?\d{1,3}(?:\.\d+)?%的?(?:股权|股份))"
)
_FIRM_BEFORE = re.compile(
    r"(?:控股股东|大股东|子公司|举牌|增持|减持|起诉|巨头|龙头|车企|药企|房企|券商|厂商|运营商|独角兽|初创公司|开发商|供应商|竞争对手)$"
)
_TRADED = re.compile(r"(?:收购|并购|竞购|入股|参股|重组|联姻|牵手|携手|联手|私有化|借壳|入主|吞并)了?$")
_JOINED = re.compile(r"(?:加入|加盟|创办|创立|创建|供职于|任职于|就职于|入职|效力于|投奔|跳槽到|跳槽至|离开)了?$")
_POST_AFTER = re.compile(r"[^，。；、]{0,6}(?:董事|监事|总裁|总经理|总监|首席|副总|CEO|CTO|CFO|COO|负责人|创始人|主席)")
_SERVES = re.compile(r"(?:先后|还|也|曾)?(?:担任|任职|就职|供职|工作了?\d|历任|做过|效力)")
_POST_BEFORE = re.compile(r"(?:曾任|历任|现任|出任|担任|时任|兼任|原任|[，。：](?:原|前)|^[原前])$")
_WITH = re.compile(r"(?:同|与|和|跟|携手|联手)$")
_TOGETHER = re.compile(r"(?:合作|联合|共同|一道)(?:推出|打造|开发|研发|成立|设立)")
_CLOSED = re.compile(r"[，。；、：！？（”]|$|的(?!士)|与|和|及|后|以|并|案|之")
_AROUND = (
    *((_TRADED, _CLOSED), (_JOINED, _CLOSED), (re.compile("在$"), _SERVES)),
    *((_POST_BEFORE, _POST_AFTER), (_WITH, _TOGETHER)),
)
_COMMON = 1000
_UNUSUAL = 100
_OPENS = re.compile(
    r"(?:^|[，。；、：！？“（《【｜|]|[与和及对向由将被从给为但若称让使]|如果|虽然|此前|通过|收购|并购|持有|减持|增持|认为|表示|显示|除了?|包括)$"
)
_CLOSES = re.compile(
    r"[，。；、：！？（）”]|$|[的与和及将已曾拟也还又均欲或]|在|于|自|方面|有望|成为|成功|没有|不再|宣布|表示|收购|发布|推出|"
    r"持有|参与|通过|开始|计划|目前|去年|今年|否认|有意|正式|承认|回应|作为|旗下"
)
_JOINTS = ("、", "和", "与", "及", "以及")


def shown(text: str, words: Words, hit: Hit, found: list[Hit], sure: set[str]) -> bool:
    """Whether neighbours prove a guarded hit; `found` are all hits in reading order, `sure` names already proven."""
    if not is_whole(words, hit):
        return False
    if hit.entry.type in ACTORS:
        return not _is_more(text, words, hit, found) and (
            _quoted(text, hit)
            or _firm_beside(text, hit)
            or _stands_free(text, hit)
            or any(other.entry.type in ACTORS and _proven(other, sure) for other in _run(text, hit, found))
        )
    if hit.entry.type == "Person":
        return bool(re.match(either(name_parts().person_after), text[hit.end : hit.end + 20]))
    return _thing_shown(text, hit, found)


def is_whole(words: Words, hit: Hit) -> bool:
    """Whether a hit begins and ends with a word."""
    return words.is_edge(hit.start) and words.is_edge(hit.end)


def _proven(hit: Hit, sure: set[str]) -> bool:
    return hit.sure or hit.entry.name in sure


def _quoted(text: str, hit: Hit) -> bool:
    return text[max(0, hit.start - 1) : hit.start] == "“" and text.startswith("”", hit.end)


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile(f"(?:{either(name_parts().titles)})$")


@functools.cache
def _suffix() -> re.Pattern[str]:
    kept = set(name_parts().type_of_suffix) - {"集团", "股份", "投资", "控股"}
    return re.compile(f"(?:{either(kept)})")


def _is_more(text: str, words: Words, hit: Hit, found: list[Hit]) -> bool:
    """Whether the hit is a person behind a title (主任华源), or a part of a longer name (富通信息, 通威太阳能)."""
    ending = _suffix().match(text, hit.end)
    longer = ending is not None and words.is_edge(ending.end())
    follows = any(other.end == hit.start and other.entry.type in ACTORS for other in found)
    return longer or follows or bool(_titles().search(text, max(0, hit.start - 6), hit.start))


def _firm_beside(text: str, hit: Hit) -> bool:
    """Whether what stands right before or after a guarded name shows a firm."""
    if _FIRM_AFTER.match(text[hit.end : hit.end + 30]) or (hit.start == 0 and text[hit.end : hit.end + 1] == "："):
        return True
    before = text[max(0, hit.start - 5) : hit.start]
    if before.endswith("ST") and hit.entry.is_a_share:
        return True
    if any(left.search(before) and right.match(text, hit.end) for left, right in _AROUND):
        return True
    return frequency(text[hit.start : hit.end]) < _COMMON and bool(_FIRM_BEFORE.search(before))


def _stands_free(text: str, hit: Hit) -> bool:
    """Whether a brand of two characters that is hardly a word stands between words that no longer name contains."""
    name = text[hit.start : hit.end]
    return len(name) == 2 and not name.isascii() and frequency(name) < _UNUSUAL and _between_names(text, hit)


def holds(text: str, words: Words, hit: Hit) -> bool:
    """Whether a guarded name its document has proven is meant here: a common noun must not stand in a phrase."""
    if not is_whole(words, hit):
        return False
    firm = hit.entry.type in ("Company", "Investor") and hit.end - hit.start > 2
    common = firm and frequency(text[hit.start : hit.end]) >= _COMMON
    traded = _TRADED.search(text, max(0, hit.start - 4), hit.start)
    return not common or bool(traded) or _firm_beside(text, hit) or _between_names(text, hit)


def _between_names(text: str, hit: Hit) -> bool:
    return bool(_OPENS.search(text, max(0, hit.start - 3), hit.start) and _CLOSES.match(text, hit.end))


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
    return text[found[0].end : found[1].start] in _JOINTS


_OWNS = re.compile(r"(?:的|旗下的?|家的|自研的?|推出的?|发布的?|新推的?|新款|全新|新一代|最新的?)*\s?")


def _of_maker(text: str, hit: Hit, found: list[Hit]) -> bool:
    """Whether the maker of a thing stands before it, in the sentence of a Latin name, or a sibling beside it."""
    makers = [other for other in found if hit.entry.parent and other.entry.name == hit.entry.parent]
    if any(other.end <= hit.start and _OWNS.fullmatch(text, other.end, hit.start) for other in makers):
        return True
    siblings = (other for other in _run(text, hit, found) if other.entry.type == hit.entry.type)
    if any(other.entry.parent == hit.entry.parent and hit.entry.parent for other in siblings):
        return True
    begin, end = text.rfind("。", 0, hit.start), text.find("。", hit.end) % (len(text) + 1)
    return text[hit.start : hit.end].isascii() and any(begin < other.start < end for other in makers if other.sure)


def _thing_shown(text: str, hit: Hit, found: list[Hit]) -> bool:
    if _of_maker(text, hit, found):
        return True
    nouns = either((*name_parts().chip_nouns, *name_parts().product_nouns, "系列", "平台"))
    after = re.match(rf"”?(?:{nouns})", text[hit.end : hit.end + 20])
    before = re.search(rf"(?:{nouns})$", text[max(0, hit.start - 6) : hit.start])
    return bool(after or before) or _quoted(text, hit)
