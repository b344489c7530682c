"""Public bodies named with their seat: 甲市公安局, 乙县丙区交通运输局, 丁省国资委."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractors.entities.edges import name_start
from extractors.entities.spans import Span
from extractors.entities.vocabulary import either, name_parts
from extractors.expressions import ready as re
from extractors.language.words import Words

_BODY = re.compile(
    r"(?<![布格大开结当全僵破残书棋定败乱危])局(?![部面长势域限]|[^，。]{0,1}党组)|(?<![餐大客展议舞布音歌])厅(?!长)"
    r"|管理处(?!罚|理)|管委会|(?<!常务)委员会|[国发住卫农经]资?[改建健信]?委(?=[，。、；的与和及将）]|$|[^员派托会])|人民政府|管理站|交易中心|公积金中心|(?:创新|研究|技术|计算|超算|检测)中心(?!主任|负责)|重点实验室|人民法院|知识产权法院|(?:地区|地方|联邦|上诉|巡回)法院|[中高]院(?=的|判|裁|受理|认定|《|，|。|起诉|提起)|检察院(?!的?专家)|研究[所院](?![员副长])|(?:行业|促进|工业|商业|企业家?|创新|战略|产业)(?:协会|学会|联盟|联合会)(?!会长)"
)
_SEAT_LONGEST = 20
_COURTS = ("中院", "高院")


@functools.cache
def _seat() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(name_parts().places)})|[一-鿿]{{1,6}}?[省市县区州盟旗](?![场值民属长委])")


_NOT_INSIDE = re.compile(
    r"[某的在与对由将被向等致赴称为从年月日该其各这那两几多]|一个|所有|下属|旗下|正在|记者|指导|通报|公司"
)


def local_bodies(text: str, words: Words) -> Iterator[Span]:
    """Offices of a place, by their ending and the place they begin with."""
    for match in _BODY.finditer(text):
        start, end = name_start(text, words, match.end(), _SEAT_LONGEST), match.end()
        seat = _seat().match(text, start, end)
        if (
            seat
            and end - seat.end() >= (2 if match.group() in _COURTS else 3)
            and not words.inside(end)
            and not _NOT_INSIDE.search(text, start, end)
        ):
            yield Span(start, end, text[start:end], "Organization", 3)
