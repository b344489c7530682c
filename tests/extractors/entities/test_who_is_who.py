"""Names that lead to one entity, and names that must not."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

Read = Callable[[str], Doc]


def ids(doc: Doc) -> dict[str, str]:
    return {mention.text: mention.entity for mention in doc._.yanbao_mentions}


def test_introduced_short_name_is_the_same_firm(read_text: Read) -> None:
    found = ids(read_text("上海砚能光电科技有限公司（以下简称“上海砚能”）获投资。上海砚能将扩产。"))
    assert found["上海砚能光电科技有限公司"] == found["上海砚能"]


def test_short_form_used_without_introduction_is_the_same_firm(read_text: Read) -> None:
    found = ids(read_text("上海砚能光电科技有限公司成立于去年。砚能光电已获订单。"))
    assert found["上海砚能光电科技有限公司"] == found["砚能光电"]


def test_short_form_of_two_firms_is_neither(read_text: Read) -> None:
    found = ids(read_text("上海砚能科技有限公司与深圳砚能科技有限公司签约。"))
    assert found["上海砚能科技有限公司"] != found["深圳砚能科技有限公司"]


def test_stock_code_in_brackets_becomes_the_id(read_text: Read) -> None:
    assert ids(read_text("砚江医工（688123.SH）公告称中标。"))["砚江医工"] == "688123.SH"


def test_firm_and_its_fund_stay_two(read_text: Read) -> None:
    found = ids(read_text("联想集团与联想创投共同出席。"))
    assert found["联想集团"] != found["联想创投"]


def test_traditional_and_simplified_spelling_are_one(read_text: Read) -> None:
    found = ids(read_text("騰訊控股公布業績。腾讯控股股价上涨。"))
    assert found["騰訊控股"] == found["腾讯控股"]


def test_person_is_led_by_its_type(read_text: Read) -> None:
    assert ids(read_text("首席执行官王砚秋表示，订单充足。"))["王砚秋"] == "person:王砚秋"


def test_mentions_point_at_their_text(read_text: Read) -> None:
    doc = read_text("寒 武 纪与OpenAI合作，由霁月资本领投。")
    assert doc._.yanbao_mentions
    for mention in doc._.yanbao_mentions:
        assert doc.text[mention.start : mention.end] == mention.text


def test_guarded_name_needs_something_beside_it(read_text: Read) -> None:
    assert "浪潮" not in ids(read_text("消费升级的浪潮席卷全国。"))
    assert "浪潮" in ids(read_text("“浪潮”宣布推出服务器。"))


def test_shipbuilder_is_neither_the_carmaker_nor_its_own_parent(read_text: Read) -> None:
    found = ids(
        read_text("韩国现代重工与现代重工业签约，韩国现代与HD现代、HD韩国造船出席，Hyundai Heavy Industries获订单。")
    )
    assert found["韩国现代重工"] == found["现代重工业"] == found["Hyundai Heavy Industries"] == "329180.KS"
    assert (found["韩国现代"], found["HD现代"], found["HD韩国造船"]) == ("005380.KS", "267250.KS", "009540.KS")


def test_introduced_firm_keeps_the_full_name_as_its_id(read_text: Read) -> None:
    found = ids(read_text("上海砚能光电科技有限公司（以下简称“上海砚能”）获投资。"))
    assert found["上海砚能"] == "上海砚能光电科技有限公司"


def test_code_of_another_listed_firm_moves_nobody(read_text: Read) -> None:
    assert ids(read_text("传音控股（688038.SH）公告称中标。"))["传音控股"] == "688036.SH"
    assert ids(read_text("吉利（00175.HK）发布销量。"))["吉利"] != "00175.HK"


def test_second_listing_leads_to_the_first(read_text: Read) -> None:
    assert ids(read_text("中信证券（06030.HK）发布公告。"))["中信证券"] == "600030.SH"
