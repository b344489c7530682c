"""What the name of a chip or a product looks like, and what only looks like one: kinds, standards, bonds, slogans."""

from __future__ import annotations

import functools

from extractors.entities.names import brand_strength, is_phrase
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
from extractors.language.words import frequency

_STANDARD = re.compile(
    r"(?:LP)?DDR\d\w?|G?DDR\w*|HBM\d?\w?|UFS ?\d.*|e?MMC.*|PCI[Ee].*|Wi-?Fi ?\d?\w?|IPv\d|USB.*|HDMI.*|Type-?[AC]"
    r"|IP\d{2}\w?|ISO.*|AEC.*|GB/?T.*|H\.?26\d"
    r"|SATA.*|NVMe.*|IEEE.*|RS-?\d+|RJ-?\d+|MIL.*|CMMI\d?|Cat\.?\d\w?|LTE.*|NR|NB-?IoT|ASIL.*|SAE.*|Level ?\d"
    r"|[Ff]ab ?\d+.*|T(?:op|OP) ?\d+.*|PM\d\.\d|PM10|CO2|[A-Z]{1,2}\d股"
    r"|Q[1-4].*|[1-4]Q\d\d.*|[12]H\d\d.*|H[12]|FY\d+.*|L[0-5]\+?"
    r"|(?:SCP|MTN|GN|ABN|PPN|CP|PRN)\d{3}\w?|CD\d{1,3}|PD-?L?1|HER2|IL-?\d+\w*|GLP-?1\w*"
    r"|BA\.\d|M[0-2]|B2B|B2C|C2M|A\+H|T\+[01]|[IVX]+"
    r"|\d[A-Z]|COP\d+|G(?:7|20)|APEC.*|CES ?\d*|MWC ?\d*|WAIC ?\d*|HAIC ?\d*|SEMICON.*"
)
_SLOGAN = re.compile(
    r"[+＋]|\d+%|[的了吗呢]|第[一二三四五六七八九十]|龙头|之王|一哥|卡脖子|四小龙|[十百]条$|十四五|十五五"
    r"|^[一二两三四五六七八九十双两零0][^号代季枪狐国界\d]|^新[^一-鿿]?.{1,2}化$|^专精特新$|^[缺脱去抢减增稳扩促反限禁保提降控补转]|.化$"
    r"|(?:计划|行动|条例|政策|战略|规划|意识|理念|精神|主义|模式|概念|效应|时代|周期|经济|文化|产业|事业|城市|体系|一张网|回国|技术研发|及应用|任务|名单|预警.*"
    r"|版|[^飞]级|价|首付|首|圈|群|链|率|券|季|节|赛|论坛|大会|问题|服务|业务|产品|设备|系列|协议|方案|机制|活动|工程|专项|专区|专班|窗口|标准|规则|制|一体|融合|保障|安置|[一二三四]期|风向|指数)$"
)
_WEAK_FREQUENCY = 1000


@functools.lru_cache(maxsize=65536)
def likeness(name: str) -> int:
    """How much a string is like the name of a thing: 2 unlike any word, 1 perhaps, 0 a kind, a standard or a phrase."""
    parts = name_parts()
    if (
        len(name) < 2
        or name in parts.noun_modifiers
        or name in parts.generic
        or name in parts.places
        or name in parts.generic_latin
    ):
        return 0
    kind = re.sub(r"[ -]?\d+(?:\.\d+)*$", "", name)
    if kind in {*parts.product_nouns, *parts.weak_product_nouns, *parts.chip_nouns} or (
        kind != name and kind in parts.generic_latin
    ):
        return 0
    if _STANDARD.fullmatch(name) or all(word in parts.generic_latin for word in re.split(r"[ /-]", name)):
        return 0
    return _latin(name) if re.match(r"[A-Za-z0-9. /+-]*$", name) else _chinese(name)


def _latin(name: str) -> int:
    if not re.search(r"[A-Z]", name) or re.match(r"\d", name):
        return 0
    return 1 if re.fullmatch(r"[A-Z]{2,6}|[A-Z]?[a-z]+", name) else 2


def _chinese(name: str) -> int:
    chinese = re.sub(r"[^一-鿿]", "", name)
    if _SLOGAN.search(name):
        return 0
    if re.search(r"[A-Za-z0-9]|[一二三四五六七八九]号$|·", name):
        return 2
    if frequency(name) > _WEAK_FREQUENCY or (len(name) > 2 and is_phrase(name)):
        return 0
    return 2 if brand_strength(chinese) == 2 else 1


def brand_like(name: str) -> bool:
    """Whether an unquoted string, whose edges nothing shows, reads like a brand: unknown, without function words."""
    chinese = re.sub(r"[^一-鿿]", "", name)
    return (
        likeness(name) == 2
        and bool(chinese)
        and brand_strength(chinese) == 2
        and not name_parts().long_edges.search(chinese)
        and not re.search(r"[的了款代产用与和及等仍约近高低需为超达第将已在多]", chinese)
    )
