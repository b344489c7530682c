"""Chips and products that only their maker, their trade or their siblings show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FOUND = [
    ("优必选的Norvia已在车间上岗。", "Norvia", "Product"),
    ("宇树科技新推的KX7身高一米三。", "KX7", "Product"),
    ("英伟达的Thor算力翻倍。", "Thor", "Chip"),
    ("会上LG带来的QuiD主打家务。", "QuiD", "Product"),
    ("公司的单抗类似药KTX31获批。", "KTX31", "Product"),
    ("首款新能源车K3DM面世。", "K3DM", "Product"),
    ("大模型叫“青简-日课”，由团队自研。", "青简-日课", "Product"),
    ("比亚迪海豚、海豹销量走高。", "海豹", "Product"),
]
SPARED = [
    ("谷歌的ESG报告受到关注。", "ESG"),
    ("苹果的CEO出席活动。", "CEO"),
    ("华为的Fellow Partner参会。", "Fellow"),
    ("海面上的海豹越来越多。", "海豹"),
    ("SUV X1级别的竞争激烈。", "X1级"),
]


@pytest.mark.parametrize(("text", "name", "kind"), FOUND)
def test_what_is_found(names: Callable[[str], dict[str, str]], text: str, name: str, kind: str) -> None:
    assert names(text).get(name) == kind


@pytest.mark.parametrize(("text", "name"), SPARED)
def test_what_is_spared(names: Callable[[str], dict[str, str]], text: str, name: str) -> None:
    assert name not in names(text)
