"""Chips, products and projects nobody listed: a quoted or Latin name in a place that shows what it is."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.entities.shapes import brand_like, likeness
from extractors.entities.spans import THINGS, Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.expressions.searches import Searches

_QUOTED = r"[“《](?P<quoted>[^“”《》，。；：、]{1,24})[”》]"
_WORD = r"(?:[A-Z][A-Za-z]{0,20}|[a-z]{1,3}[A-Z][A-Za-z]{0,20})"
_MODEL = rf"(?<![A-Za-z0-9.])(?P<model>{_WORD}(?:[- ]?(?!\.\.)[A-Za-z0-9.]{{1,12}}){{0,3}})(?![A-Za-z0-9])"
_CODE = r"(?:[A-Z]{1,6}[- ]?)?[A-Z]{1,4}-?\d{2,5}[A-Za-z]{0,3}"
_BARE = r"(?![A-Za-z0-9.%-])"
_GRADE = "Pro|Max|Ultra|Plus|Mini|mini|Super|Ti|Air|Turbo|Flash|SE|GT|RS|Lite|XL|Fold|Flip|Thinking|Preview"
_EDITION = r"(?:轻奢版?|青春版|活力版|至尊版|竞速版|长续航版)?"
_GAP = r"[^“”《》，。；：、的了将被是为等和与及在对从由（）\dA-Za-z ]{0,8}?"
_FIELD = r"(?!行业|产业|市场|概念|板块|领域|企业|公司|厂|供应商|论坛|股|补贴|下乡|安置|赛道|工厂|基地|台|频道|贷)"
_MADE = r"(?:发布|推出|上线|开源|量产|亮相|首发|发售|研发|自研|打造|研制|开发)(?:了|出)?"
_NEW = r"(?:的|其|全新|新一代|下一代|首款|首个|自主|旗下|最新|一款|新款|国产|自研|自主研发|旗舰|正式){0,3}"
_CARRIES = r"(?:搭载|采用|内置|配备|基于)(?:了|的)?"
_ISSUE = (
    r"(?!报告|财报|指数|数据|榜|白皮书|基金|债|计划|战略|业务|公司|集团|研究|调查|标准|协议|认证"
    r"|版|级|轮|股|月|年|日|季)"
)
_DEVICES = "型号|新机|机型|新车|车型|旗舰|新品|手机|平板|手表|耳机|笔记本|芯片代号|内部代号"
_LABEL = (
    rf"(?:{_DEVICES})(?:为|是|分别是|包括|名为|叫|：)?\s?"
    r"(?P<label>(?:[一-鿿]{2}\d{1,3}[号A-Za-z]?|(?=[A-Z0-9]*[A-Z])(?=[A-Z]*\d)[A-Z0-9]{2,8})"
    rf"(?: (?:\d{{2,4}}[A-Z]|EV|{_GRADE}))*{_EDITION})"
    r"(?![A-Za-z0-9.%])(?![年月日万亿款台部个只条家次寸代核季世线-])"
)
_SYSTEM = (
    r"(?<![A-Za-z0-9])(?P<label>(?:[A-Z][A-Za-z]{2,11} OS|[A-Z][A-Za-z]{2,9}OS)(?: ?\d(?:\.\d)?)?)(?![A-Za-z0-9])",
    r"(?P<system>(?!围绕|拥有|.?[的了与和及用载为是在新款其自个])[一-鿿]{2}OS(?: ?\d{1,2}(?:\.\d)?)?)(?![A-Za-z0-9])",
)
_CALLED = rf"(?:名为|名叫|取名为?|命名为|代号为?|定名为?)“?(?P<own>[一-鿿A-Za-z0-9.-]{{2,12}}?)”?的{_GAP}"
_CODENAME = rf"(?<!组织)(?<!病毒)(?:代号|取名|命名|定名)(?:为|是)?“?(?:{_MODEL})"
_LAUNCHED = (
    r"(?:发布|推出|自研|研发|开源|上线|搭载|采用)(?:了|的|其|全新|新一代|首款|自主|旗下|最新|一款|国产|自研)*"
    r"(?P<own>[一-鿿]{2,4}?(?:\s?[A-Z]{0,3}\d{1,4}(?:\.\d)?[A-Z]?)?)"
)
_RELEASED = (
    rf"{_MADE}{_NEW}(?<![A-Za-z0-9.])(?P<coded>{_WORD}(?:[- ][A-Za-z]{{2,12}}){{0,2}}[- ]?[A-Za-z]{{0,2}}\d{{1,4}}"
    rf"(?:\.\d)?[A-Za-z]{{0,3}}(?:[- ](?:{_GRADE}))*)"
)
_CARRIED = rf"{_CARRIES}{_NEW}(?<![A-Za-z0-9.])(?P<coded>{_CODE})"
_PRESENTED = rf"{_MADE}{_NEW}“(?P<quoted>[^“”《》，。；：、]"
_NO_DEED = (
    r"(?!行动|计划|规划|政策|指引|通知|意见|报告|倡议|榜|指南|目录|名单|战略|方案|新政|模式|概念|理念|宣言|标准|的|等|贷|活动|课|专项|体系|工程|"
    r"评选|奖|白皮书|建设|时代|条|[一-鿿]{0,4}(?:论坛|活动|比赛|大赛|行动|服务|政策|特价|安置|债券|基金|专线|品牌|展))"
)
_TITLES = "游戏|手游|端游|网游|页游|新游|影片|电影|动画电影|电视剧|剧集|动漫|综艺节目|综艺|纪录片"
_DRUG = r"(?<![A-Za-z0-9-])(?P<coded>[A-Z]{2,6}-?\d{3,6}[A-Z]?)(?=片|注射液|胶囊|颗粒|软膏|滴眼液|单抗|疫苗|吸入剂)"
_DRUG_NAMED = (
    r"(?:类似药|仿制药|创新药|新药|候选药|候选药物|药物|抑制剂|激动剂|拮抗剂|单抗|双抗|抗体|疫苗|化合物|小分子|管线|疗法)"
    r"(?:为|是|：)?\s?(?P<coded>[A-Z]{2,6}-?\d{2,6}[A-Z]?)(?![A-Za-z0-9.%])"
)
_CAR = (
    r"(?:车型|新车|轿车|SUV|MPV|电动车|新能源车|纯电|混动|跑车)(?:的|车)?\s?"
    r"(?P<label>[a-z]{1,2}\d{1,2}|[A-Z]\d{1,2}[A-Z]{0,2}|[A-Z]\d[A-Z]{2})(?![A-Za-z0-9.%])(?!级|平台|款)"
)
_SHOWN = (
    r"(?:推出|亮出|展出|带来|首发|发布)(?:了|其|的|全新|新一代|首款|自家|最新|旗舰)*(?<![A-Za-z0-9.])"
    r"(?P<model>[A-Z][a-z]{3,12})(?=[，。、；（]|系列)"
)
_UNDER = r"旗下(?:的)?(?P<label>[一-鿿]{2}\d{1,3}[A-Za-z]{0,2})(?![A-Za-z0-9.%年月日家个款位])"
_FLASHY = re.compile(r"芯片|处理器|显卡|GPU|SoC|NOR Flash|算力卡")
_GADGETS = (
    "手机|电脑|汽车|轿车|机器人|眼镜|手表|平板|系统|软件|模型|平台|卫星|火箭|无人机|游戏|应用|服务器|终端|设备|产品"
)
_SOFTWARE = "大模型|操作系统|数据库|编译器|智能体平台|推理引擎|智能助手|世界模型|编程助手"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a thing's name stands; `least` is how much the text there must be like a name to count."""

    type: str
    pattern: re.Pattern[str]
    strength: int
    least: int


@functools.cache
def _places() -> tuple[_Place, ...]:
    return tuple(
        _Place(kind, re.compile(pattern), strength, least)
        for table in (_chip_places(), _product_places(), _bare_places())
        for kind, pattern, strength, least in table
    )


_Table = tuple[tuple[str, str, int, int], ...]


def _chip_places() -> _Table:
    parts = name_parts()
    chip = f"(?:{either(parts.chip_nouns)}){_FIELD}"
    between = f"(?:{either(parts.noun_modifiers)}|全功能|统一|万卡|配套){{0,3}}"
    return (
        ("Chip", rf"{_QUOTED}的?{between}{chip}", 3, 1),
        ("Chip", rf"[“《](?P<quoted>[^“”《》，。；：、]{{1,10}}(?:{either(parts.chip_nouns)}))[”》]", 3, 1),
        ("Chip", rf"{chip}{between}{_QUOTED}(?!传闻|问题|事件|风波|危机)", 3, 1),
        ("Chip", rf"{_MODEL} ?(?:系列)?{between}{chip}", 3, 2),
        ("Chip", rf"{chip}(?:产品)?{_MODEL}", 2, 2),
        ("Chip", rf"{chip}(?:产品)?(?:的|：)\s?(?<![A-Za-z0-9.%-])(?P<model>{_CODE}){_BARE}", 2, 2),
        ("Chip", rf"{chip}(?:产品)?(?P<own>[一-鿿]{{2,3}}\s?[A-Z]{{1,3}}-?\d{{1,4}}[A-Z]?)(?![A-Za-z0-9])", 2, 2),
        ("Chip", rf"{_CALLED}{chip}", 3, 2),
        ("Chip", rf"{_LAUNCHED}(?:系列)?{chip}", 2, 2),
    )


def _product_places() -> _Table:
    parts = name_parts()
    product, weak = f"(?:{either(parts.product_nouns)}){_FIELD}", f"(?:{either(parts.weak_product_nouns)}){_FIELD}"
    between = f"(?:{either(parts.noun_modifiers)}){{0,3}}"
    return (
        ("Product", rf"{_QUOTED}{between}{product}", 3, 1),
        ("Product", rf"{_QUOTED}{_GAP}{product}", 3, 2),
        ("Product", rf"{_QUOTED}{between}{weak}", 3, 2),
        ("Product", rf"(?:{either(parts.product_nouns)})(?:产品|系列)?{_QUOTED}", 2, 2),
        ("Product", rf"(?:平台|系统|产品|服务器|引擎|助手|电池|技术){_QUOTED}", 2, 2),
        ("Product", rf"(?:语言|软件|操作系统|框架|库)\s?{_MODEL}(?!将|[涨跌]|宣布|发布|携手|收购)", 2, 1),
        ("Product", rf"(?:技术|引擎|助手|套件|系统|工具)\s?{_MODEL}(?!将|[涨跌]|宣布|发布|携手|收购)", 2, 2),
        ("Project", rf"{_QUOTED}(?:{either(parts.project_nouns)})", 3, 1),
        ("Product", rf"(?:{_TITLES})(?:作品|新作)?《(?P<quoted>[^《》]{{1,20}})》", 3, 0),
        ("Product", rf"《(?P<quoted>[^《》]{{1,20}})》(?:系列)?[一-鿿]{{0,4}}?[A-Z]{{0,2}}(?:{_TITLES})", 3, 0),
        ("Product", rf"{_CALLED}{product}", 3, 2),
        ("Product", rf"{_LAUNCHED}(?:系列)?(?:{_SOFTWARE})", 2, 2),
        ("Product", rf"{_MODEL} ?(?:系列)?{between}{product}", 3, 1),
        ("Product", rf"{_MODEL} ?(?:系列)?{_GAP}{product}", 3, 2),
        ("Product", rf"{_MODEL} ?(?:系列)?{between}{weak}", 3, 2),
        (
            "Product",
            rf"(?:{either(parts.product_nouns)})(?:产品)?{_MODEL}(?!将|[涨跌]|宣布|发布|携手|收购|或|与|完成|上市)",
            2,
            1,
        ),
    )


def _bare_places() -> _Table:
    return (
        ("Product", _LABEL, 3, 2),
        *(("Product", system, 3, 2) for system in _SYSTEM),
        ("", rf"{_PRESENTED}{{2,3}})”{_NO_DEED}", 3, 1),
        ("", rf"{_PRESENTED}{{4,10}})”{_NO_DEED}", 3, 2),
        ("", rf"{_RELEASED}{_BARE}{_ISSUE}", 2, 2),
        ("", rf"{_CARRIED}{_BARE}(?!级|技术|标准|工艺|制程|协议|接口|防护|材料|编码|认证|铝|钢|度)", 2, 2),
        (
            "Product",
            rf"(?:新款|全新|新一代|老款|改款)(?P<coded>[A-Z]{{1,3}}\d{{1,3}}[A-Z]?){_BARE}(?!级|材料|工艺)",
            2,
            1,
        ),
        ("", rf"{_MODEL}系列(?:产品|新品|芯片|手机)", 2, 2),
        ("Product", _SHOWN, 2, 1),
        ("Named", _CODENAME, 2, 1),
        (
            "Named",
            r"(?:命名为|取名为?|名叫|名为|名字叫|其[一二三]叫|其[一二三]是|代号为?)“(?P<quoted>[^“”《》，。；：、]{2,10})”",
            3,
            1,
        ),
        ("Product", _DRUG, 3, 2),
        ("Product", _DRUG_NAMED, 2, 2),
        ("Product", _CAR, 2, 0),
        ("Product", _UNDER, 2, 2),
        (
            "Named",
            r"(?:大模型|模型|系统|平台|机器人|芯片|软件|产品|新品|新车|手机)[^，。；“”]{0,6}?叫“(?P<quoted>[^“”《》，。；：、]{2,12})”",
            3,
            1,
        ),
    )


_MARKS = {"quoted": re.compile("[“《]"), "model": re.compile("[A-Z]"), "coded": re.compile(r"[A-Z][A-Za-z -]*\d")}


@functools.cache
def _searches() -> tuple[Searches, tuple[set[str], ...]]:
    """The places, and the kinds of characters without which each shows nothing."""
    patterns = [place.pattern for place in _places()]
    return Searches(patterns), tuple(pattern.groupindex.keys() & _MARKS.keys() for pattern in patterns)


def things(text: str) -> Iterator[Span]:
    """Chips, products and projects with strength 2 or 3."""
    marks = {mark for mark, shown in _MARKS.items() if shown.search(text)}
    searches, needs = _searches()
    for at, match in searches.find(text):
        if not marks.issuperset(needs[at]):
            continue
        place = _places()[at]
        group = match.lastgroup or ""
        name = match.group(group).strip()
        kind = _kind(text, match, place)
        if kind and _names_something(name, group, place.least) and not _is_bond(text, match.start(group), name):
            start = match.start(group)
            yield Span(start, start + len(name), name, kind, place.strength)


def _kind(text: str, match: re.Match[str], place: _Place) -> str:
    """The type a place shows, or what the words around it speak of; empty where a code name finds none."""
    if place.type == "Named":
        around = text[max(0, match.start() - 24) : match.end() + 24]
        return "Chip" if _FLASHY.search(around) else "Product" if re.search(_GADGETS, around) else ""
    return place.type or ("Chip" if _FLASHY.search(text, max(0, match.end() - 30), match.end() + 30) else "Product")


def _names_something(name: str, group: str, least: int) -> bool:
    if group == "own":
        return brand_like(name)
    if group == "label":
        chinese = re.match(r"[一-鿿]*", name)
        shown = least == 0 or likeness(name) > 0 or bool(re.match(r"\d+[A-Z]{2}", name))
        return shown and (not chinese or not chinese.group() or brand_like(name))
    return least == 0 or likeness(name) >= least


_BOND = re.compile(r"(?<![A-Za-z0-9.])\d{2}[一-鿿]{2,10}$|机场$")


def _is_bond(text: str, at: int, name: str) -> bool:
    """Whether a code ends the name of a bond (24华为SCP004) or of a terminal."""
    return bool(
        re.fullmatch(r"(?:SCP|MTN|GN|ABN|PPN|CP|[GYKHDT])\d{1,3}[A-Z]?", name)
        and _BOND.search(text[max(0, at - 15) : at])
    )


def without_makers(found: Iterable[Span], listed: Sequence[Span]) -> Iterator[Span]:
    """The claims, shorn of the listed firm they begin with where a listed thing, or in Latin a code, follows."""
    firms = {span.start: span for span in listed if span.type == "Company"}
    own = {span.start for span in listed if span.type in THINGS}
    for span in found:
        firm = firms.get(span.start)
        rest = span.name[len(firm.name) :].lstrip() if firm else ""
        if firm and rest and (span.end - len(rest) in own or (firm.name.isascii() and re.match(r"[A-Z]+-?\d", rest))):
            yield Span(span.end - len(rest), span.end, rest, span.type, span.strength)
        else:
            yield span


def noun_beside(text: str, start: int, end: int) -> bool:
    """Whether a noun of things stands right before or after a name, or introduces it (芯片包括甲乙)."""
    after, before = _noun_beside()
    return bool(after.match(text, end) or before.search(text[max(0, start - 10) : start]))


@functools.cache
def _noun_beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = name_parts()
    nouns = either((*parts.chip_nouns, *parts.product_nouns, *parts.weak_product_nouns, "系列", "平台"))
    return re.compile(rf"”?(?:{nouns})"), re.compile(rf"(?:{nouns})(?:包括|如|：)?$")


_OF_MAKER = re.compile(
    rf"\s?(?P<model>(?:[A-Z][A-Za-z]{{0,9}}(?: [A-Z][A-Za-z]{{0,9}})?[- ]?\d{{1,4}}[A-Za-z]{{0,3}}"
    rf"(?: (?:{_GRADE})){{0,2}}|[A-Z][A-Za-z]{{1,9}} (?:EV|{_GRADE})(?: (?:{_GRADE}))?"
    rf"|\d{{1,3}}[A-Z]? ?(?:{_GRADE})(?: (?:{_GRADE}))?)"
    rf"{_EDITION}{_BARE}(?!轮|股|级|月|年|日|季|板))"
)
_SERVICE = re.compile(
    r"(?:输入法|浏览器|地图|网盘|云盘|翻译|词典|文库|贴吧|百科|会议|邮箱|文档|大脑)(?!市|行业|业务部)"
)
_OWN = re.compile(
    rf"(?:的|自研的?|发布的?|推出的?)?(?P<own>[一-鿿]{{2,4}}?)(?:系列)?(?P<noun>{_SOFTWARE}|芯片|处理器|机器人|智能体)"
)
_MEMBER = rf"(?P<model>{_WORD}(?:[ -]?[A-Za-z0-9.]{{1,12}}){{0,2}}|[A-Z]\d{{1,3}})"
_MEMBER_NEXT = re.compile(rf"、{_MEMBER}(?=、|和|与|及|等|，|。|$)")
_MEMBER_BEFORE = re.compile(rf"(?:包括|有|如|为|、|：|由|推出|发布|是){_MEMBER}、$")
_CODED_NEXT = re.compile(rf"(?:、|和|与|及|以及|/)(?P<model>{_CODE})(?![A-Za-z0-9.%])")
_CODED_BEFORE = re.compile(rf"(?<![A-Za-z0-9.%-])(?P<model>{_CODE})(?:、|和|与|及|以及|/)$")
_QUOTED_NEXT = re.compile(r"(?:》[、和与及\s]?|”[、和与及])[“《](?P<model>[^“”《》，。；、]{1,20})[”》]")
_GROWN = re.compile(
    rf"(?: (?:[A-Z][a-z]{{1,9}} )?\d{{1,2}}(?:\.\d)?[A-Za-z]?|\d{{1,2}}\.\d)?"
    rf"(?:[ -]?(?:{_GRADE})(?![a-z])){{0,3}}{_EDITION}"
)


def members(text: str, known: Iterable[Span]) -> Iterator[Span]:
    """Model numbers joined to a known chip or product (K100、K200和K300), and those right after a listed maker."""
    for span in known:
        if span.type in THINGS:
            yield from grown(text, span)
            yield from _joined(text, span)
        elif span.type == "Company" and span.entry:
            yield from _of_maker(text, span)


def _of_maker(text: str, maker: Span) -> Iterator[Span]:
    if match := _OF_MAKER.match(text, maker.end):
        kind = "Chip" if _chip_after().match(text, match.end()) else "Product"
        shown = likeness(match["model"]) or match["model"][0].isdigit()
        if shown and not _is_bond(text, match.start("model"), match["model"]):
            yield Span(match.start("model"), match.end("model"), match["model"], kind, 2)
    if (match := _OWN.match(text, maker.end)) and brand_like(match["own"]):
        kind = "Chip" if match["noun"] in ("芯片", "处理器") else "Product"
        yield Span(match.start("own"), match.end("own"), match["own"], kind, 2)
    if maker.name and (service := _SERVICE.match(text, maker.end)):
        yield Span(maker.start, service.end(), text[maker.start : service.end()], "Product", 2)


def grown(text: str, span: Span) -> Iterator[Span]:
    """The name with the version or grade right after it, a thing of its own: 甲乙 Note 8, 丙丁M3 Max."""
    if not (span.name[-1].isascii() and span.name[-1].isalnum()):
        return
    match = _GROWN.match(text, span.end)
    if (
        match
        and match.end() > span.end
        and not re.match(r"[A-Za-z0-9%]|\.\d|[-万亿年月日个台款元美倍级核]", text[match.end() : match.end() + 2])
    ):
        yield Span(span.start, match.end(), text[span.start : match.end()], span.type, 2)


def _joined(text: str, span: Span) -> Iterator[Span]:
    at = span.end
    while match := _QUOTED_NEXT.match(text, at):
        at = match.end("model")
        yield Span(match.start("model"), at, match["model"], span.type, 2)
    yield from _listed(text, span)
    if not (span.name[-1].isalnum() and any(mark.isdigit() for mark in span.name)):
        return
    at = span.end
    while match := _CODED_NEXT.match(text, at) or _alike(span.name).match(text, at):
        at = match.end()
        yield Span(match.start("model"), at, match["model"], span.type, 2)
    at = span.start
    while match := _CODED_BEFORE.search(text, max(0, at - 14), at):
        at = match.start("model")
        yield Span(at, match.end("model"), match["model"], span.type, 2)


def _listed(text: str, span: Span) -> Iterator[Span]:
    """Latin names in a list beside a known thing (A1、甲乙A2、OmniHand等)."""
    at = span.end
    while (match := _MEMBER_NEXT.match(text, at)) and _is_member(match["model"]):
        at = match.end("model")
        yield Span(match.start("model"), at, match["model"], span.type, 2)
    at = span.start
    while (match := _MEMBER_BEFORE.search(text[max(0, at - 20) : at])) and _is_member(match["model"]):
        end = max(0, at - 20) + match.end("model")
        at = end - len(match["model"])
        yield Span(at, end, match["model"], span.type, 2)


def _is_member(name: str) -> bool:
    return likeness(name) == 2 or (likeness(name) == 1 and bool(re.search(r"\d", name)))


_TAIL = re.compile(r"(?<=[一-鿿 -])(?:[A-Z]{1,4}\d{1,4}[A-Z]{0,2}|\d{2,4}[A-Z]{1,2})$")


def tail(name: str) -> str:
    """The model number a name of several parts is called by (S5000 of 甲乙 S5000); empty where it has none."""
    match = _TAIL.search(name)
    return match.group() if match and likeness(match.group()) else ""


@functools.lru_cache(maxsize=1024)
def _alike(name: str) -> re.Pattern[str]:
    """A further name of the family after a joint: 唐古拉T770、唐古拉T760; Mate10、Mate10 Pro."""
    head = re.escape(re.split(r"\d", name, maxsplit=1)[0] or name)
    return re.compile(
        rf"(?:、|和|与|及|以及|/)(?P<model>{head}\d{{1,4}}[A-Za-z]{{0,3}}(?: (?:{_GRADE})){{0,2}}{_EDITION})"
        r"(?![A-Za-z0-9.%])"
    )


@functools.cache
def _chip_after() -> re.Pattern[str]:
    return re.compile(rf"(?:系列|推理|训练|AI|云端|端侧){{0,2}}(?:{either(name_parts().chip_nouns)})")
