"""Posts told in lists, lost and taken, and the names they are told of."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document


def posts(text: str) -> set[tuple[str, str, str, bool]]:
    found = extract(Document(id="x", text=text, date="2022-06-01"))
    names = {entity.id: entity.name for entity in found.entities}
    return {
        (names[f.subject], names[f.object], f.qualifiers.get("title", ""), "former" in f.qualifiers)
        for f in found.facts
        if f.predicate == "HOLDS_POSITION"
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("王小明曾担任浪潮信息副总裁、云与AI总裁。", ("王小明", "浪潮信息", "云与AI总裁", True)),
        ("王小明曾任同方股份副总经理、集团工会主席。", ("王小明", "同方股份", "工会主席", True)),
        ("浪潮信息公告，董事会收到副总经理王敬送达的辞呈。", ("王敬", "浪潮信息", "副总经理", True)),
        ("浪潮信息公告，王敬因个人工作变动，申请辞去公司董事职务。", ("王敬", "浪潮信息", "董事", True)),
        ("浪潮信息CTO和同方股份总监王小明到场。", ("王小明", "浪潮信息", "CTO", False)),
        ("浪潮信息宣布，包括总监王小明在内的三人离职。", ("王小明", "浪潮信息", "总监", False)),
    ],
)
def test_a_post_is_told(text: str, told: tuple[str, str, str, bool]) -> None:
    assert told in posts(text)


def test_all_of_a_list_leave() -> None:
    found = posts("浪潮信息公告，同意总裁王小明、财务总监刘文博和监事张伟东的辞职申请。")
    assert {(name, former) for name, _, _, former in found} == {("王小明", True), ("刘文博", True), ("张伟东", True)}


def test_a_member_of_a_list_with_a_post_of_its_own_has_no_other() -> None:
    found = posts("浪潮信息公告，同意非执行董事王小明和同方股份总裁张伟东的辞职申请。")
    assert ("张伟东", "同方股份", "总裁", True) in found
    assert ("王小明", "浪潮信息", "非执行董事", True) in found
    assert not any(name == "张伟东" and title == "非执行董事" for name, _, title, _ in found)


def test_a_university_somebody_left_is_no_employer_of_theirs() -> None:
    found = posts("清华大学毕业的王小明升任副总裁。")
    assert not any(firm == "清华大学" and title for _, firm, title, _ in found)
