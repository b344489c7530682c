"""Houses and the firms they rate where the clause names neither; posts told by a career."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document


def told(text: str, predicate: str, publisher: str = "") -> set[tuple[str, str, str]]:
    """Subject, object and rating or title of the facts of a document."""
    extraction = extract(Document(id="d", text=text, date="2025-12-24", publisher=publisher))
    names = {entity.id: entity.name for entity in extraction.entities}
    return {
        (
            names[fact.subject],
            names[fact.object],
            fact.qualifiers.get("rating", fact.qualifiers.get("title", ""))
            + ("，former" if fact.qualifiers.get("former") else ""),
        )
        for fact in extraction.facts
        if fact.predicate == predicate
    }


@pytest.mark.parametrize(
    "text",
    [
        "寒武纪(688256)：新品放量\n国盛证券· 2025-09-18\n维持“增持”评级。公司上半年扭亏。",
        "国盛证券发布研报称，寒武纪业绩超预期，维持“增持”评级。",
        "国盛证券发布研报称，上调寒武纪目标价至1500元，重申“增持”评级。",
        "寒武纪获国盛证券增持评级。",
    ],
)
def test_a_rating_finds_its_house_and_its_firm(text: str) -> None:
    assert ("国盛证券", "寒武纪", "增持") in told(text, "COVERS")


def test_the_rating_of_a_sector_is_of_no_firm() -> None:
    assert not told("国盛证券认为电子行业景气上行，维持“增持”评级。", "COVERS")


def test_a_list_of_firms_to_look_at_goes_on_from_item_to_item() -> None:
    text = "建议关注：1）算力芯片：寒武纪、海光信息；2）光模块：中际旭创、新易盛；3）印制电路板：沪电股份。"
    covered = {firm for _, firm, _ in told(text, "COVERS", publisher="国盛证券")}
    assert {"寒武纪", "海光信息", "中际旭创", "新易盛", "沪电股份"} <= covered


def test_who_is_replaced_held_the_post() -> None:
    assert ("王海涛", "寒武纪", "首席财务官，former") in told(
        "李明远出任寒武纪首席财务官，接替王海涛。", "HOLDS_POSITION"
    )


def test_a_career_goes_on_at_the_firm_last_told_of() -> None:
    posts = told("张晓峰历任寒武纪研发总监、副总裁，现任公司执行董事。", "HOLDS_POSITION")
    assert {title for _, _, title in posts} == {"研发总监，former", "副总裁，former", "执行董事"}


def test_the_term_of_a_board_is_no_part_of_a_title() -> None:
    posts = told("寒武纪公告，李明远辞去公司第四届董事会董事职务。", "HOLDS_POSITION")
    assert ("李明远", "寒武纪", "董事，former") in posts
