"""Names of firms and bodies nobody listed: legal names, short names with a telling ending, Latin names, lists."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.characters import brand_odds
from extractors.entities.edges import name_start, strip_place
from extractors.entities.spans import ACTORS, Span
from extractors.entities.vocabulary import either, name_endings, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words, dictionary, frequency, is_word

_LATIN_FORM = (
    r"(?:Inc|Corp|Co|Ltd)\b\.?|(?:Corporation|Limited|LIMITED|LLC|GmbH|AG|SAS|SA|SE|PLC|Plc|plc|NV|BV|Oyj|AB|Holdings?|Group|Company|Technologies"
    r"|Semiconductors?|Capital|Ventures|Partners|Pharma|Pharmaceuticals|Therapeutics|Biosciences|Minerals|Mining|Airlines|Motors|Labs)\b"
)
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]|[a-z](?=[A-Z]))[A-Za-z0-9]*(?:[.&+'-][A-Za-z0-9]+)*"
    r"(?: (?:& |and |of )?[A-Z][A-Za-z0-9]*(?:[.&+'-][A-Za-z0-9]+)*){0,5}"
    r"(?:(?<= Co)\.?,? ?(?:Ltd|Limited|LIMITED|Inc|LLC)\b\.?| Sdn\. ?Bhd\."
    r"|(?<=Co)\.|(?<=Inc)\.|(?<=Ltd)\.|(?<=Corp)\.)?(?![A-Za-z0-9])"
)
_SHARE = re.compile(r" ?\d{1,3}(?:\.\d+)?$")
_LATIN_CODE = re.compile(r".|[A-Z]{1,4}\d+|[IVX]+")
_LATIN_LEGAL = re.compile(rf" (?:{_LATIN_FORM})$")
_FIRM_BEFORE = re.compile(
    r"(?:公司|企业|厂商|巨头|集团|运营商|开发商|供应商|制造商|独角兽|新秀|龙头|大厂|[乳药车房酒钢油矿]企|券商|东家|对手)$"
)
_OF_COMPANY = re.compile(
    "(?:在)?(?:全球|国内|中国|海外)?的?(?:市占率|市场份额|业务|产品|产线|产能|出货|销量|收入|营收|系列|技术|芯片|项目)"
)
_FIRM_TRADED = re.compile(r"(?:收购了?|并购|入股|控股|私有化|子公司|股东|竞争对手|合作伙伴|起诉|状告|原告|被告)$")
_ENDS = re.compile(
    r"^(?:[，。；、）]|$|公司|的(?:交易|股权|股份|全部|部分)|和|与|及|后|所持|\d|等(?:公司|企业|厂商|机构))"
)
_FIRM_AFTER = re.compile(
    r"^(?: ?的?(?:约|近|各)?\d{1,3}(?:\.\d+)?%的?(?:股权|股份|权益)|的?(?:全部|部分|控股)?(?:股权|股份)"
    r"|（[^（）A-Z]{0,12}[A-Za-z一-鿿]{2,16}的?(?:全资|控股)?(?:子公司|附属公司)）"
    r"|公司|集团|控股|首席|CEO|CTO|创始|联合创始|董事|总裁|宣布|表示|发布|推出|完成|收购"
    r"|的投资|的估值|的股|等公司|股价|旗下|计划|拟|获|是一家|成立于)"
)
_LATIN_EMPLOYER = re.compile(
    r"(?<![A-Za-z0-9] )(?<![A-Za-z0-9])(?P<name>[A-Z][A-Za-z0-9]{2,}(?: [A-Z][A-Za-z0-9]+){0,2}?)"
    r"(?= ?(?:前|现任|时任|新任)?(?:联合|共同|首席|执行)?(?:C[ETOF]O|创[始办]人|合伙人|总裁|执行官|科学家"
    r"|执行长|营运长|技术官|董事长|总经理|会长)"
    rf"(?:兼[^，。]{{2,6}})?(?: ?[A-Z][a-z]+ [A-Z]|[{name_parts().surnames}][一-鿿]))"
)
_SUBJECT_AFTER = re.compile(
    r"^(?:（[^（）]{1,40}）)?(?:日前|近日|今日|昨日|正式|已|于|在|也|还|将|拟|再|又|自|此前|首次|独家|计划|成功|即将|单独|联合|共同|随后|曾|"
    r"目前|尚|\d{4}年|\d{1,2}月\d{1,2}日)*(?:宣布|宣告|官宣|完成|获得?(?!取)|发布|推出|收购|签署|签订|与|和|投资|领投|跟投|参投|入股|持股|持有|所持|卖出|买入|抛售|承诺|提名|表示|称|公告|披露|上市|登陆|成立|中标|"
    r"创始人|CEO|董事长|创办|旗下|股份|增持|减持|起诉|牵头|独家|研发|研制|自研|递交|提交|向|等(?:机构|企业|公司|多家|知名|产业|老股东|新老))"
)


@functools.cache
def _legal() -> re.Pattern[str]:
    return re.compile(f"(?:{either(name_parts().legal)})(?![一-鿿]?有限)")


@functools.cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(either(name_parts().type_of_suffix))


@functools.lru_cache(maxsize=65536)
def type_of(name: str) -> str:
    """Entity type that the shape of an actor's name shows; `Company` where it shows none."""
    bare = without_form(name)
    if "有限合伙" in name or "合伙企业" in name:
        return "Investor"
    for suffix, kind in name_parts().type_of_suffix.items():
        if kind != "Company" and bare.endswith(suffix) and len(bare) > len(suffix):
            return "Company" if kind == "Organization" and name.endswith("公司") else kind
    return "Investor" if re.search(r"(?:Capital|Ventures|Partners|Fund)$", name) else "Company"


def without_form(name: str) -> str:
    """The name without its legal form."""
    return _legal().sub("", name)


def short_names(text: str, words: Words) -> Iterator[Span]:
    """Short names that end tellingly (…科技, …资本, …大学): strength by how unlike ordinary words the brand is."""
    table = name_parts().type_of_suffix
    for match in _suffixes().finditer(text):
        end = _grown(text, match.end())
        if text[end : end + 1] and not words.is_edge(end):
            continue
        start = name_start(text, words, match.start(), 8)
        start -= _leaves_one(text, start, match.start()) and table[match.group()] != "Organization"
        if text.endswith("股份", start, end) and _HELD.search(text[max(0, start - 4) : start]):
            yield from _held(text, words, start, end - 2)
            continue
        strength = _strength(text, start, match.start(), end)
        if strength:
            yield Span(start, end, text[start:end], table[match.group()], strength)


def _leaves_one(text: str, start: int, core: int) -> bool:
    """Whether a brand lost its 中 to the walk and one character is left of it: 中荆集团."""
    return core - start == 1 and text[start - 1 : start] == "中" and text[start] not in name_parts().edges


_HELD = re.compile(r"(?:持有|收购|减持|增持|购买|受让|关于|出售|转让|质押|认购|买入|投资|所持|占)的?$")


def _held(text: str, words: Words, start: int, end: int) -> Iterator[Span]:
    """The firm whose shares are held, where 股份 is a noun beside its name: 减持甲乙科技股份."""
    ending = next((suffix for suffix in name_parts().type_of_suffix if text.endswith(suffix, start, end)), "")
    if words.is_edge(end) and brand_strength(strip_place(text[start : end - len(ending)])) == 2:
        yield Span(start, end, text[start:end], type_of(text[start:end]), 2)


def _strength(text: str, start: int, core: int, end: int) -> int:
    """How surely `text[start:end]` with its ending from `core` on is a name: 0 for none, cues beside it counted."""
    ending = _suffixes().match(text, core)
    if start >= core or not ending or is_word(text[start:end]) or _DEPARTMENT.search(text[start:end]):
        return 0
    if (
        _RUNS_ON.match(text, end - 2)
        or text.startswith("指数", end)
        or text[start - 1 : start + 1] in ("跟投", "参投", "领投")
    ):
        return 0
    strength, cue = _brand(strip_place(text[start:core]), ending.group()), _subject_cue(text, start, end)
    if strength == 1 and not cue:
        cue = _called(text, start, core, ending.group())
    if ending.group() == "集团" and strength == 1:
        cue = max(cue, _group_cue(text, start, core, end))
    if ending.group() in _SEATED and text[start:core] in name_parts().places and text[start:core] not in _TOO_WIDE:
        return 2
    if ending.group() in name_parts().weak_suffixes:
        known = strength == 2 or ending.group() not in NOUNS or frequency(text[start:core]) < RARE_WORD
        strength = min(strength, 1) if known and cue and text[end : end + 1] not in "与和、" else 0
    return strength + cue if strength else 0


_SEATED = ("信托", "国投", "产投", "城投", "建投", "交投", "发投", "金控", "农商行", "农商银行", "农信")
_TOO_WIDE = (
    "中国",
    "中国台湾",
    "台湾",
    "香港",
    "澳门",
    "美国",
    "日本",
    "韩国",
    "英国",
    "德国",
    "法国",
    "印度",
    "新加坡",
)
_BRANDLIKE = 25


RARE_WORD = 600
NOUNS = ("旅游", "量子", "股份", "基金", "资本", "航空", "乳业", "工程", "建筑", "养老")


def _brand(brand: str, ending: str) -> int:
    """How surely a string before an ending is a brand: a rare word that is written like one (家乐福) is."""
    strength = brand_strength(brand)
    if strength != 1 or ending in NOUNS or not FEW.fullmatch(brand) or frequency(brand) >= RARE_WORD:
        return strength
    return 2 if brand_odds(brand) >= _BRANDLIKE else 1


_GROUP_AFTER = re.compile(
    r"(?:[已曾将拟又也仍还]|目前|此前|近期|先后|计划|一直)*(?:子公司|全资|控股|承诺|所持|卖出|买入|转让|受让|出售|质押|重组|破产|启动|设立|出资|认购|承建"
    r"|拥有|拖欠|偿还|无力|担保|提名|委派|总部|总经理|副总|总裁|负责人|内部人士|方面|有关负责人|陷入|提起|作为|直接|间接|合计|通过)|手中"
)
_NO_GROUP = re.compile(
    "犯罪|利益|走私|军事|诈骗|跨国|黑帮|贩毒|恐怖|武装|传销|财阀|社会|阶级|官僚|黑恶|权力|兄弟|出版|能源"
)


def _group_cue(text: str, start: int, core: int, end: int) -> int:
    """1 where a word before 集团 is the brand of a firm that acts or owns: 莲花集团无力偿还."""
    brand = strip_place(text[start:core])
    named = not _NO_GROUP.fullmatch(brand) and frequency(brand) < 1000
    return int(named and bool(_GROUP_AFTER.match(text, end)))


def _called(text: str, start: int, core: int, ending: str) -> int:
    """1 where a noun or verb before a name asks for a firm and its brand is no ordinary phrase: 子公司长实通信."""
    if (
        ending in (*NOUNS, "机器人")
        or ending in name_parts().weak_suffixes
        or brand_odds(text[start:core]) < _SPEAKABLE
    ):
        return 0
    return int(bool(_CALLS.search(text, max(0, start - 6), start)))


_SPEAKABLE = -15
_CALLS = re.compile(
    r"(?:[子孙]公司|旗下的?|股东|收购了?|入股|并购|起诉|质押给|转让给|(?:投资|领投|跟投)方(?:是|为)|股东(?:有|还有))$"
)
_RUNS_ON = re.compile(
    r"资本(?:市场|开支|支出|化|金|运作|公积|回报|利得|结构|充足)|证券(?:虚假|化|市场|交易|账户|欺诈|纠纷)|电子(?:呈交|商务|签名|邮件|版|气体|特气|化学品|烟|书|票据|发票|病历|元器件|束)|银行(?:股|业|板块|间)|证券(?:股|板块)|控股(?:股东|[子孙]公司)|战略(?!，|。|、|分析|创始|董事|公司|$)|研究(?!，|。|、|分析师|创始|首席|公司|$)|手机(?:端|号|厂|业务|市场|出货|行业|产业|部|芯片|镜头|屏)"
)
_DEPARTMENT = re.compile(r"(?:证券|期货|基金|银行|国际)研究(?:所|院)$")


_CLOSED = ("大学", "学院", "究院", "究所", "验室", "协会", "学会", "学院", "法院", "政府")


def _grown(text: str, end: int) -> int:
    """End of a run of endings (…基金管理 → …基金, but 半导体设备 stays no name)."""
    more = _suffixes().match(text, end)
    if more and (more.group() in name_parts().weak_suffixes or text[end - 2 : end] in _CLOSED):
        return end
    return _grown(text, more.end()) if more else end


@functools.lru_cache(maxsize=65536)
def brand_strength(brand: str) -> int:
    """How surely a string is a brand: 2 unlike any phrase, 1 perhaps, 0 a phrase of ordinary words."""
    chinese = re.sub(r"[A-Za-z0-9.&+ -]", "", brand)
    if len(brand) < 2 or len(chinese) > 4 or is_generic(brand) or (chinese and chinese != brand and len(chinese) > 2):
        return 0
    if not chinese:
        return 2 if brand[0].isupper() and brand not in name_parts().generic_latin else 0
    if chinese != brand and is_word(chinese):
        return 0
    if len(chinese) == 4 and frequency(chinese[:2]) > 20 and frequency(chinese[2:]) > 20:
        return 0
    if len(chinese) > 2 and frequency(chinese) > 4:
        return 1
    common = [word for word in dictionary().cut(chinese) if len(word) > 1 and frequency(word) > 20]
    if not common:
        return 2 if len(chinese) > 1 else 0
    return 1 if common == [chinese] or len("".join(common)) < len(chinese) else 0


@functools.lru_cache(maxsize=65536)
def is_phrase(text: str) -> bool:
    """Whether a string is made of nothing but ordinary words of two or more characters."""
    return is_generic(text) or all(len(word) > 1 and frequency(word) > 20 for word in dictionary().cut(text))


_FRAGMENT = re.compile(
    r"^[A-Z]{3}\d{3}|^(?:[该这那此等其另而]|发行(?:股份|债券|股票)|约占|应占|尚未|最多|曾[多参经]|近[一二三四五六七八九十半]|[一二两三]年|[一二两三四五六七八九十第][大家批代份台只]|大到|小到|以及|及[一后其高发公所供]|我[司国们]|副?主席$|开年|截至|不应|视本|起以)"
    r"|研究(?:中心|所)(?!.*公司).+$|研究(?:电子|通信|计算机|机械|传媒|汽车|化工|医药|食品|家电|军工|有色|轻工|建材|策略|宏观|固收)$"
    r"|以来|[仍亦]$|.{2}上$|[^中集华]中$|所长|准备$|大举$|启动$|溢利|工作$|打样$|(?:类|款)(?:器件|产品|机器人)"
)


def is_fragment(name: str) -> bool:
    """Whether a stretch of text shows by a function word in it that it is no name (该款机器人, 近六成, 约占光伏)."""
    return bool(_FRAGMENT.search(name))


_TEXT = -25
FEW = re.compile("[一-鿿]{2,4}")


def reads_like_text(name: str) -> bool:
    """Whether a short name without a telling ending is written with the characters of running text (算起, 占比去年)."""
    brand = strip_place(name)
    return (
        bool(FEW.fullmatch(brand))
        and not brand.endswith(name_endings())
        and brand_odds(brand) < _TEXT - (brand != name) * 10
    )


_TWO = re.compile("(?:和|与|及|以及)(?=[一-鿿]{2})")


def are_two(name: str) -> bool:
    """Whether a stretch is two names that a joint joins, each with a telling ending: 甲乙创投和丙丁资本."""
    endings = name_endings()
    return name.endswith(endings) and any(
        name.endswith(endings, 0, joint.start()) and joint.start() > 3 for joint in _TWO.finditer(name)
    )


def is_generic(brand: str) -> bool:
    """Whether the brand is made of nothing but generic words."""
    generic = name_parts().generic | name_parts().places
    if brand in generic:
        return True
    return any(brand[:i] in generic and is_generic(brand[i:]) for i in range(1, len(brand)))


def _subject_cue(text: str, start: int, end: int) -> int:
    quoted = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
    return 1 if quoted or _SUBJECT_AFTER.match(text[end : end + 30]) else 0


_TRADE = re.compile("(?:研发|服务|制造|开发|提供|生产|运营|集成|设计)商(?=[一-鿿A-Za-z]{2})")


def only_describes(text: str, span: Span) -> bool:
    """Whether an unlisted claim is the trade of the name behind it: 独立游戏研发商甲乙科技."""
    return span.entry is None and span.type in ACTORS and bool(_TRADE.match(text, span.end))


_MANAGEMENT = re.compile(
    "管理(?!人|费|办法|规模|层|团队|业务|部|平台|服务|经验|能力|方面|公司|有限|中心|协会|行业|条例|系统)"
)


def with_management(text: str, span: Span) -> Span:
    """The span of a fund, moved behind 管理 where that is part of its name: 甲乙基金管理出资."""
    if span.entry or span.type != "Investor" or not span.name.endswith("基金") or not _MANAGEMENT.match(text, span.end):
        return span
    return Span(span.start, span.end + 2, span.name + "管理", span.type, span.strength)


_INSTITUTE = re.compile(r"(?:中国|亚洲|亚太|全球|金融|未来|人工智能|AI)?(?:研究院|智库)")


def institutes(text: str, listed: list[Span]) -> Iterator[Span]:
    """Institutes named after a listed firm: 甲乙中国研究院."""
    for span in listed:
        match = _INSTITUTE.match(text, span.end) if span.type in ("Company", "Investor") else None
        if match and not _DEPARTMENT.search(span.name + "研究院"):
            yield Span(span.start, match.end(), text[span.start : match.end()], "Organization", 3)


def latin_names(text: str) -> Iterator[Span]:
    """Latin names beside a word that shows a firm."""
    for match in _LATIN.finditer(text):
        name = _SHARE.sub("", match.group()) if text.startswith("%", match.end()) else match.group()
        start, end = match.start(), match.start() + len(name)
        if name.rstrip(".") in name_parts().generic_latin or _LATIN_CODE.fullmatch(name):
            continue
        head, tail = text[max(0, start - 6) : start], text[end : end + 14]
        if head.endswith("公司") and _OF_COMPANY.match(tail):
            continue
        before = bool(_FIRM_BEFORE.search(head) or (_FIRM_TRADED.search(head) and _ENDS.match(tail)))
        after = bool(_FIRM_AFTER.match(tail) or _LATIN_LEGAL.search(name))
        if before or after:
            yield Span(start, end, name, type_of(name), 1 + before + after)
    for match in _LATIN_EMPLOYER.finditer(text):
        if match["name"] not in name_parts().generic_latin:
            yield Span(match.start("name"), match.end("name"), match["name"], type_of(match["name"]), 2)
