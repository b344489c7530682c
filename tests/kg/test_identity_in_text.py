"""Identity from text to ledger: small documents with namesakes, parents, funds, departments and odd spellings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors import extract
from extractors.entities.gazetteer import LISTS, load_gazetteer, read_list
from extractors.entities.registry import Registry, to_entity
from kg import names
from kg.ledger import Ledger
from ontology.records import Document, Extraction

Fill = Callable[..., Ledger]

TEXTS = {
    "round": "北京澜石微电子股份有限公司（以下简称“澜石微”）完成A轮融资，红杉中国领投。澜石微创始人顾砚书出席。",
    "pact": "澜石微与联想集团签署战略合作协议，澜石微总经理顾砚书出席。",
    "ocr": "澜 石 微与摩尔 线程签署战略合作协议。",
    "traditional": "瀾石微與聯想集團簽署戰略合作協議。",
    "namesake": "霁川证券总经理顾砚书表示，市场信心恢复。",
    "parent": "澜石控股集团有限公司（以下简称“澜石控股”）持有澜石微30%的股份。",
    "fund": "澜石创投投资了寒武纪。",
    "department": "阿里巴巴达摩院与阿里巴巴签署战略合作协议。",
    "other": "苏州霁月传感技术有限公司（以下简称“霁月”）获得红杉中国投资。",
    "another": "成都霁月软件有限公司（以下简称“霁月”）获得联想创投投资。",
    "bare": "霁月与寒武纪签署战略合作协议。",
    "former": "深发展A与联想集团签署战略合作协议。",
    "present": "平安银行与寒武纪签署战略合作协议。",
}


def read(key: str, date: str = "2025-12-24") -> Extraction:
    return extract(Document(id=key, text=TEXTS[key], date=date))


@pytest.fixture(scope="module")
def told() -> list[Extraction]:
    """What the documents yield, read once."""
    return [read(key) for key in TEXTS]


@pytest.fixture
def corpus(told: list[Extraction], fill: Fill) -> Ledger:
    return fill(*told)


@pytest.mark.parametrize("name", ["澜石微", "瀾石微", "澜 石 微", "北京澜石微电子股份有限公司"])
def test_every_name_of_a_firm_leads_to_one_id(corpus: Ledger, name: str) -> None:
    found = names.resolve(corpus, name)
    assert found.id == "北京澜石微电子股份有限公司"
    assert len(corpus.documents_of("entity", found.id)) == 5


@pytest.mark.parametrize("name", ["深发展A", "平安银行", "000001", "000001.SZ", "平安银行股份有限公司", "Ping An Bank"])
def test_former_name_code_and_english_name_lead_to_the_listed_firm(corpus: Ledger, name: str) -> None:
    assert names.resolve(corpus, name).id == "000001.SZ"


@pytest.mark.parametrize("date", ["2009-06-30", "2025-12-24", ""])
def test_former_name_is_read_at_any_date(date: str) -> None:
    assert "000001.SZ" in {entity.id for entity in read("former", date).entities}


def test_relations_told_under_several_names_meet_in_one_firm(corpus: Ledger) -> None:
    firm = "北京澜石微电子股份有限公司"
    facts = [*corpus.facts_where(subject=firm), *corpus.facts_where(object=firm)]
    told = {fact.predicate: [piece.document for piece in fact.evidence] for fact in facts}
    assert told["INVESTED_IN"] == ["round"]
    assert told["HOLDS_STAKE_IN"] == ["parent"]
    assert sorted(fact.subject for fact in facts if fact.predicate == "PARTNERS_WITH") == ["00992.HK", "688795.SH"]
    assert {piece.document for fact in facts for piece in fact.evidence} == {
        *("round", "pact", "ocr", "traditional", "parent")
    }


@pytest.mark.parametrize(
    "pair", [("澜石微", "澜石控股"), ("澜石控股", "澜石创投"), ("联想集团", "联想创投"), ("阿里巴巴", "达摩院")]
)
def test_parent_fund_and_department_stay_two(corpus: Ledger, pair: tuple[str, str]) -> None:
    assert len({names.resolve(corpus, name).id for name in pair}) == 2


def test_people_of_one_name_at_two_firms_are_two(corpus: Ledger) -> None:
    found = {entity.id for entity in corpus.entities() if entity.type == "Person"}
    assert found == {"person:顾砚书@北京澜石微电子股份有限公司", "person:顾砚书@霁川证券"}


def test_short_name_of_two_firms_is_left_to_a_person(corpus: Ledger) -> None:
    assert corpus.named("霁月") == sorted(["苏州霁月传感技术有限公司", "成都霁月软件有限公司", "霁月"])
    assert "霁月" in {each.name for each in corpus.contradictions()}


def test_no_two_listed_firms_share_an_id(tmp_path: Path) -> None:
    lists, rows = load_gazetteer(), list(read_list(LISTS / "company_a_share.csv"))
    registry = Registry(lists)
    entities = [to_entity(registry.listed(row, row.name)) for row in rows]
    assert len({entity.id for entity in entities}) == len(rows) == 5485
    with Ledger(tmp_path / "kg.db", create=True) as ledger:
        for start in range(0, len(entities), 100):
            document = Document(id=f"{start}", text="")
            ledger.record(Extraction(document=document, entities=tuple(entities[start : start + 100])), "rules 1")
        assert [entity.id for entity in ledger.entities()] == sorted(entity.id for entity in entities)
        assert ledger.contradictions() == ()
