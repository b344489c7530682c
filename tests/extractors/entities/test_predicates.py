"""Names shown by the predicate they stand beside."""

from __future__ import annotations

import pytest

from extractors.entities.predicates import names_by_predicate
from extractors.language.normalise import normalise
from extractors.language.words import Words, dictionary


def found(text: str) -> list[str]:
    flow, starts, at = normalise(text), [], 0
    for word in dictionary().cut(text):
        starts.append(at)
        at += len(word)
    return [span.name for span in names_by_predicate(flow.text, Words(flow, starts))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("咕噔完成5000万美元C轮融资", "咕噔"),
        ("公司拟收购天瑞矿业100%股权", "天瑞矿业"),
        ("公司与金海锂业签订销售合同", "金海锂业"),
        ("公司控股股东蠡湖至真拟减持股份", "蠡湖至真"),
        ("本轮由澄岚资本领投", "澄岚资本"),
        ("股份已质押给汇澜银行，用于融资", "汇澜银行"),
        ("主要客户包括澄岚电子、云栈微电子等", "澄岚电子"),
    ],
)
def test_a_name_in_its_slot(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "减持数量不超过公司总股本的3%",
        "公司拟收购部分资产，详见公告",
        "双方与对方签署协议",
        "病例均来自外地，风险有限",
        "公司拟购买标的公司100%股权",
    ],
)
def test_ordinary_words_in_a_slot_are_no_names(text: str) -> None:
    assert found(text) == []
