"""Listed names that are words too, and what only looks like a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Find = Callable[[str], dict[str, str]]

SHOWN = [
    ("如果联想成功收购这家工厂，格局将变。", "联想"),
    ("平安将提名两位董事。", "平安"),
    ("三元参与竞拍这处牧场。", "三元"),
    ("外资正在洽谈竞购百佳。", "百佳"),
    ("平安的母公司没有回应。", "平安"),
    ("股价跌破净资产后，天风及一致行动人增持。", "天风"),
    ("受让方是交行和浦发。", "交行"),
    ("市场传闻中钢有意出售矿山，但中钢否认。", "中钢"),
    ("西单商场公布重组方案。", "西单商场"),
    ("深发展公布配股方案。", "深发展"),
]


@pytest.mark.parametrize(("text", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_sentence_shows_the_firm(names: Find, text: str, name: str) -> None:
    assert names(text).get(name) == "Company", names(text)


ORDINARY = [
    "我国太阳能、风力和核力发电投资同比增长。",
    "祝大家一路平安，出入平安。",
    "这让人产生联想。",
    "鼓励对外投资，走遍长江两岸和华山内外。",
    "手续“一网通办”，系统互联互通。",
    "下半年天赐良机，三元一次方程不难。",
    "该款机器人可负重五十公斤，近六成股份易主。",
    "开年以来基金分红总额创新高，互认基金受到关注。",
    "筑牢产业资本与金融资本的防火墙，严格政府投资管理。",
    "第三代半导体前景广阔，新一代通信网络加快建设。",
    "客户送样工作及量产准备正在进行。",
    "将成立专家委员会和理事会。",
    "贸易部长称谈判仍在继续，主管部门没有回应。",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_name_no_one(names: Find, text: str) -> None:
    assert not {kind for kind in names(text).values() if kind != "Person"}, names(text)


def test_person_behind_a_title_is_no_firm(names: Find) -> None:
    assert names("主任华源表示，项目已完成。").get("华源") != "Company"


def test_common_noun_is_the_firm_only_where_no_phrase_holds_it(read_text: Callable[[str], Doc]) -> None:
    doc = read_text("太阳能（000591.SZ）发布公告。太阳能宣布分红。我国太阳能装机增长。")
    assert [mention.text for mention in doc._.yanbao_mentions].count("太阳能") == 2


def test_special_treatment_is_the_listed_firm(names: Find) -> None:
    assert names("ST华映今日涨停。").get("ST华映") == "Company"


def test_foreign_name_is_read_whole_or_not_at_all(names: Find) -> None:
    assert names("总理米舒斯京要求各部门负责。") == {"米舒斯京": "Person"}
    assert "埃隆·列" not in names("埃隆·列京斯说，会议推迟。")
    assert "维奈·库马尔" in names("大使维奈·库马尔向报社表示不满。")


def test_word_of_a_clause_stays_outside_a_name(names: Find) -> None:
    assert "冠石科技" in names("2连板冠石科技：公司经营正常。")
    assert "川发矿业" in names("拟向川发矿业发行股份。")


def test_enumeration_closed_by_a_word_for_firms_names_its_members(names: Find) -> None:
    found = names("参会企业有华为、星曜、中兴通讯、蓝图等公司。")
    assert {"华为", "星曜", "中兴通讯", "蓝图"} <= set(found)
    assert "蓝图" not in names("华为、中兴通讯、蓝图的绘制者各有想法。")


def test_legal_name_with_two_trades_is_one(names: Find) -> None:
    assert set(names("大宇造船及海洋工程有限公司获得订单。")) == {"大宇造船及海洋工程有限公司"}
    assert "杭州润锐智能装备有限公司" in names("金诚信及杭州润锐智能装备有限公司签约。")


def test_unit_at_a_place_is_no_parent(names: Find) -> None:
    assert set(names("AMD苏州宣布扩产。")) == {"AMD苏州"}
    assert set(names("AMD苏州研发中心的员工。")) != {"AMD苏州"}


def test_group_called_by_a_word_acts(names: Find) -> None:
    assert "光耀集团" in names("光耀集团子公司提起诉讼。")
    assert names("警方称，诈骗集团通过电话作案。") == {}


def test_holding_word_ends_a_name(names: Find) -> None:
    assert set(names("泰禾投资与福田三农签署协议。")) >= {"泰禾投资"}
    assert names("与此同时，制造业投资与出口达成平衡。") == {}
