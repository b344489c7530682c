"""What a row becomes in the database."""

from __future__ import annotations

from datetime import date

import pytest
from told import tell

from kg.ledger import Ledger
from kg.neo4j.content import edge_types, stored
from kg.passages import HAS_SECTION, MENTIONS, document_edges, document_nodes
from kg.rows import HAS_METRIC, Value, edges
from kg.wording import ROLES
from ontology.records import Document, Entity, Evidence, Extraction, Fact, Mention, Metric

TEXT = "甲投资乙。丙没有。"
TOLD = (Evidence(document="周报", section="要点 / 甲", start=0, end=5, text="甲投资乙。"),)


@pytest.mark.parametrize(
    ("key", "value", "held"),
    [
        ("amount", "10000000000", 10_000_000_000),
        ("amount", "99999999999999999999", 1e20),
        ("percent", "16.5329", 16.5329),
        ("amount", "NaN", "NaN"),
        ("price", "面议", "面议"),
        ("value", "-12.5", -12.5),
        ("round", "1", "1"),
        ("date", "2025-12-05", date(2025, 12, 5)),
        ("date", "2025-12", "2025-12"),
        ("date", "2025-02-30", "2025-02-30"),
        ("lead", True, True),
    ],
)
def test_quantities_are_numbers_and_exact_dates_are_dates(key: str, value: Value, held: object) -> None:
    assert stored(key, value) == held


def test_every_edge_has_a_chinese_name(ledger: Ledger) -> None:
    ledger.record(reading(), "rules 1")
    ledger.record(tell("2025-12-10", "甲证券", deals=[("红投", "investment", "沐科技", {})]), "rules 1")
    named = {edge.type: edge.properties["label_zh"] for edge in (*edges(ledger), *document_edges(ledger))}
    expected = {
        "INVESTED_IN": "投资",
        "INVESTOR": "投资方",
        "INVESTEE": "被投方",
        HAS_SECTION: "章节",
        MENTIONS: "提及",
        HAS_METRIC: "指标",
    }
    assert named == expected
    assert named.keys() | ROLES.keys() <= edge_types()


def test_documents_and_sections_mention_what_they_name(ledger: Ledger) -> None:
    ledger.record(reading(), "rules 1")
    document, section = document_nodes(ledger)
    assert (document.id, document.labels, document.properties["name"]) == ("document:周报", ("Document",), "一周")
    assert (section.labels, section.properties["name"], section.properties["heading"]) == (
        ("Section",),
        "甲",
        "要点 / 甲",
    )
    tied = {(edge.type, edge.source, edge.target): edge.properties.get("count") for edge in document_edges(ledger)}
    assert tied == {
        (HAS_SECTION, document.id, section.id): None,
        **{(MENTIONS, document.id, name): 1 for name in "甲乙丙"},
        **{(MENTIONS, section.id, name): 1 for name in "甲乙"},
    }


def reading() -> Extraction:
    """A document of two sentences, the first under a heading, with a relation and a figure."""
    metric = Metric(id="m", entity="甲", name="营业收入", period="2024", value="100000000", unit="CNY", evidence=TOLD)
    fact = Fact(
        id="f",
        subject="甲",
        predicate="INVESTED_IN",
        object="乙",
        qualifiers={},
        rule="told",
        confidence=1,
        evidence=TOLD,
    )
    places = ((name, TEXT.index(name)) for name in "甲乙丙")
    return Extraction(
        document=Document(id="周报", text=TEXT, title="一周", date="2025-12-10"),
        entities=tuple(Entity(id=name, type="Company", labels=("Company",), name=name) for name in "丙乙甲"),
        mentions=tuple(Mention(entity=name, document="周报", start=at, end=at + 1, text=name) for name, at in places),
        facts=(fact,),
        metrics=(metric,),
    )
