"""People without a title: what they do, and the characters of their names, show them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.characters import person_odds
from extractors.entities.people import is_person, name_end, surname
from extractors.entities.spans import Span
from extractors.expressions import ready as re
from extractors.expressions.searches import Searches
from extractors.language.words import Words

_WHEN = (
    r"(?:[也又还则就都均亦便才再已曾将拟]|即将|已经|正式|此前|随后|当天|当时|同日|不再|打算|计划|准备|主动|先后|一直|后来|如今|以前|过去|原本"
    r"|去年|今年|前年|\d{4}年(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}日)?)*"
)
_ALONE = (
    r"离任|离职|辞职|辞任|卸任|出任|担任|就任|上任|履新|接任|继任|接班|接棒|加盟|当过|做过|待过|任职|供职|毕业于|出生|生于|退休|去世|病逝|当选"
    r"|被(?:立案|留置|带走|拘|捕|免|罢|判|任命|聘)|一手(?:创|打)|创办|创立|跳槽|另谋|递(?:交|了)辞|(?:在|于)(?:朋友圈|微博|接受|采访|内部信|电话会|年会)"
    r"|(?:的)?(?:妻子|丈夫|儿子|女儿|父亲|母亲|胞弟|胞兄|夫妇|父子|兄弟|夫妻)|是\d{2}后|(?:和|与)[他她]的|，因(?:工作|个人|年龄|身体)|等(?:高管|分析师|[两三四五六七八]?人|自然人)"
    r"|[两二三四五六七八九十\d]+[位名](?:股东|高管|董事|自然人|创始)"
)
_ACTS = (
    r"(?:共|合计|直接|间接|分别|个人)*(?:持有|持股|控制|控股)|减持|增持|套现|受让|出让|作为|第一次|转让|质押|起诉|状告|与[^，。]{2,12}(?:签|因|共同)|认为|坦言|直言|透露|表示|指出|说[，：“]?"
    r"|离开|进入|回到|加入|去了|来自|掌管|主管|分管|负责|执掌|掌舵|带队|买[进入下]|卖[出掉]|则?是[^，。]{2,12}(?:教授|校友|博士|出身|硕士|大学|学院|总监|经理|总裁)"
)
_PLACES = (
    r"(?:\d{2}岁|接班|搭档|退休|离任|离职|辞职|落马|接替|收到|离开|继任|新任|前任|现任|主管|分管|负责|掌管|出走|辞任|卸任|后者|前者|名叫|人称|挖来|请来|交由|挖走|改由)的?"
    r"|管[一-鿿]{2,6}的|(?:创始人|老板|掌门人|实控人|接替者|继任者|接班人|负责人|创办人)(?:是|叫|为)|(?:雇员|员工|妻子|丈夫|儿子|女儿|胞弟|胞兄|侄子|女婿)"
)
_GUIDED = re.compile(r"(?:[^一-鿿]|[由与和及同对向给叫让请]|其中|但是|不过|随后|只有|包括|还有)$")
_DOING, _SAID, _PLACED = range(3)
_BY_DEED, _BY_ACT, _BY_PLACE = 15, 35, 15
_BY_SHAPE = (50, 40)


@functools.cache
def _doing() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{surname()}[一-鿿]{{1,2}}?)(?={_WHEN}(?:(?P<alone>{_ALONE})|{_ACTS}))")


@functools.cache
def _placed() -> re.Pattern[str]:
    return re.compile(rf"(?:{_PLACES})(?P<name>{surname()}[一-鿿]{{1,2}})")


@functools.cache
def _said() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[^是]的是|[^，。]的|^|[，：；]|这是|(?:一位|这位|那位|一个)[则就]?是|[^一-鿿]被|认定|指控|指认|委任|委派|提名|妻子|任命|邀请)(?P<name>{surname()}[一-鿿]{{1,2}}?)"
        r"(?=[，。；（]|的(?:辞|遭遇|手笔|下一|履历|身份|名字|故事|经历|团队|公司|离|加|任|接|继|持|表)|违反|买下|涉嫌|何许人|这[位名]|、[^，。、；]{2,20}(?:公司|合伙企业)|、[一-鿿]{2,3}(?:[，。、；]|和|等))"
    )


@functools.cache
def _searches() -> Searches:
    return Searches([_doing(), _said(), _placed()])


def standing_people(text: str, words: Words) -> Iterator[Span]:
    """Names of people behind no title: 甲乙丙即将离任, 接班的丁戊己."""
    for at, match in _searches().find(text):
        start, end = match.span("name")
        if at == _PLACED:
            end = 0 if words.inside(start) else name_end(text, words, start, end)
        elif words.cuts(start, end) or (at == _DOING and not _is_guided(text, start)):
            continue
        if end and person_odds(text[start:end]) >= _least(at, match) and is_person(text, words, start, end):
            yield Span(start, end, text[start:end], "Person", 2)


def _is_guided(text: str, start: int) -> bool:
    """Whether a name can begin here: at the head of a clause, or behind a word that leads to one."""
    return not start or bool(_GUIDED.search(text, max(0, start - 2), start))


def _least(at: int, match: re.Match[str]) -> int:
    """How much the characters must be those of a name, where `at` tells which of the expressions matched."""
    if at == _DOING:
        return _BY_DEED if match["alone"] else _BY_ACT
    return _BY_PLACE if at == _PLACED else _BY_SHAPE[len(match["name"]) == 2]
