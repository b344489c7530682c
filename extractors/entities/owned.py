"""Chips and products told as a firm's own: 甲的Atlas, 甲新推的H2, 甲带来的CLOiD; they need no noun beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.entities.shapes import likeness
from extractors.entities.spans import Span
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re

_DEED = "自研|推出|发布|新推|新发|首发|带来|开发|打造|研发|展示|展出|生产|量产|开源|亮出|拿出|公布|上线|发售"
_LATEST = "新一代|全新|最新|新款|首款|一款|旗舰|招牌|明星|当家|主力|初代|上一代|下一代"
_NAME = (
    r"(?P<name>(?:[A-Z][A-Za-z]{2,12}|[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}|[A-Z][A-Za-z]{1,9}[- ]?\d{1,3}[A-Za-z]{0,2}))"
)
_NOT_A_THING = (
    r"(?![A-Za-z0-9.%&+-]| [A-Z]|·|公司|集团|团队|部门|业务|实验室|基金|资本|首席|创始|总裁|高管|工程师"
    r"|股|轮|级|工艺|制程|标准|协议|年|月|日|版|奖|榜|指数|论坛|大会|战略|计划|模式|概念|理念|们|先生|女士|博士|表示|认为|说|称(?!为|作|得|职|号))"
)
_OWN = re.compile(
    rf"(?:(?:近日|刚刚|刚|新近|此前|今年|去年|最近|目前)?(?:正式|自主)?(?:{_DEED})(?:的|了)|旗下的?|家的|的)"
    rf"(?:{_LATEST}|的){{0,2}}\s?{_NAME}{_NOT_A_THING}"
)
_CHIP = re.compile(
    r"[^，。；：]{0,6}?(?:芯片|处理器|GPU|CPU|NPU|TPU|SoC|显卡|加速卡|架构|算力卡|制程|工艺)|[^。]{0,40}?(?:芯片|显卡|算力卡)"
)


def owned_things(text: str, firms: Iterable[Span]) -> Iterator[Span]:
    """Latin names that a listed firm owns or has brought out; one word, unlike kinds and standards."""
    for firm in firms:
        if firm.type not in ("Company", "Investor") or firm.entry is None:
            continue
        match = _OWN.match(text, firm.end)
        name = match["name"] if match else ""
        if match and likeness(name) and name not in name_parts().generic_latin:
            kind = "Chip" if _CHIP.match(text, match.end()) or _chip_before(text, firm.start) else "Product"
            yield Span(match.start("name"), match.end("name"), name, kind, 2)


def _chip_before(text: str, at: int) -> bool:
    return bool(re.search(r"(?:芯片|显卡|处理器)[^。]{0,24}$", text[max(0, at - 30) : at]))
