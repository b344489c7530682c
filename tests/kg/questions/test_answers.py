"""What each ready question answers, told of a small story of two weeks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from story import FIRST, SECOND, UPDATE

from kg import KnowledgeGraph
from kg.ledger import Ledger
from kg.questions import load_questions

ID = re.compile(r"(^|_)id$")
STORY: dict[tuple[str, str], list[str]] = {
    ("investments", ""): [
        "|沐科技|投资|云科技||completed|",
        "|红投|投资|摩科技|A轮|completed|",
        "|红投|拟投资|摩科技|B轮|planned|",
        "|蓝投|投资|沐科技|A轮|completed|",
        "2021-03|红投|投资|沐科技|A轮|completed|",
        "2023|绿投|投资|沐科技|B轮|completed|",
    ],
    ("quotes", "company=曦片"): [
        "云科技|使用|曦片||。|2025-12-10 甲证券||told",
        "沐科技|研发|曦片||。|2025-12-10 甲证券||told",
    ],
    ("investments_of", "company=红投"): [
        "|摩科技|投资|A轮|completed|",
        "|摩科技|拟投资|B轮|planned|",
        "2021-03|沐科技|投资|A轮|completed|",
    ],
    ("investors_in", "company=沐科技"): [
        "|蓝投|投资|A轮|completed|",
        "2021-03|红投|投资|A轮|completed|",
        "2023|绿投|投资|B轮|completed|",
    ],
    ("co_investors", "company=沐科技"): ["沐科技|A轮|红投|蓝投"],
    ("co_investors", "company=蓝投"): ["沐科技|A轮|蓝投|红投"],
    ("rounds", "company=沐科技"): ["2021-03|A轮|红投、蓝投|红投|2 亿元|completed", "2023|B轮|绿投|||completed"],
    ("shareholders", "company=沐科技"): ["2025-12-10|红投|持股|12.5||", "2025-12-17|红投|持股|10||"],
    ("circular_deals", ""): ["沐科技|云科技|投资|completed||agreed|500 万美元", "沐科技|云科技|投资|completed|曦片||"],
    ("open_deals", ""): ["2025-12-10|红投|拟投资|摩科技|planned|", "2025-12-10|老东家|洽谈|中科技|negotiating|"],
    ("deals", ""): [
        "2025-12-17|沐科技 A轮融资|investment|completed|2 亿元|沐科技、红投、蓝投|2025-12-10 | completed | 甲证券",
        "2025-12-17|老东家同意收购小科技|acquisition|agreed|1.2 亿元|小科技、老东家"
        "|2025-12-10 | planned | 甲证券、2025-12-17 | agreed | 乙证券",
        "2025-12-17|老东家收购大科技|acquisition|completed||大科技、老东家"
        "|2025-12-10 | planned | 甲证券、2025-12-17 | completed | 乙证券",
    ],
    ("deals", "company=蓝投 kind=investment since=2025-12-17"): [
        "2025-12-17|沐科技 A轮融资|investment|completed|2 亿元|沐科技、红投、蓝投|2025-12-10 | completed | 甲证券",
    ],
    ("deals", "company=摩科技 status=completed"): [],
    ("moved_deals", "since=2025-12-17"): [
        "2025-12-17|老东家 拟收购 小科技|拟收购|planned|agreed",
        "2025-12-17|老东家 收购 大科技|收购|planned|completed",
        "2025-12-17|老东家同意收购小科技|acquisition|planned|agreed",
        "2025-12-17|老东家收购大科技|acquisition|planned|completed",
    ],
    ("moved_deals", "since=2025-12-18"): [],
    ("rumours", ""): [
        "2025-12-10|2025-12-10|红投|拟投资|摩科技|planned",
        "2025-12-10|2025-12-10|老东家|洽谈|中科技|negotiating",
        "2025-12-10|2025-12-17|老东家|拟收购|小科技|agreed",
    ],
    ("changed", "since=2025-12-17"): [
        "2025-12-17|changed|红投 持股 沐科技|持股|",
        "2025-12-17|changed|老东家 拟收购 小科技|拟收购|agreed",
        "2025-12-17|changed|老东家同意收购小科技|acquisition|agreed",
        "2025-12-17|changed|老东家收购大科技|acquisition|completed",
        "2025-12-17|new|云科技 供货 终端厂|供货|",
        "2025-12-17|new|老东家 收购 大科技|收购|completed",
    ],
    ("differing", ""): [
        "红投 持股 沐科技|持股|percent|10|2025-12-17|乙证券",
        "红投 持股 沐科技|持股|percent|12.5|2025-12-10|甲证券",
        "老东家 拟收购 小科技|拟收购|amount|1 亿元|2025-12-10|甲证券",
        "老东家 拟收购 小科技|拟收购|amount|1.2 亿元|2025-12-17|乙证券",
        "老东家 拟收购 小科技|拟收购|status|agreed|2025-12-17|乙证券",
        "老东家 拟收购 小科技|拟收购|status|planned|2025-12-10|甲证券",
        "老东家同意收购小科技|acquisition|amount|1 亿元|2025-12-10|甲证券",
        "老东家同意收购小科技|acquisition|amount|1.2 亿元|2025-12-17|乙证券",
        "老东家同意收购小科技|acquisition|status|agreed|2025-12-17|乙证券",
        "老东家同意收购小科技|acquisition|status|planned|2025-12-10|甲证券",
        "老东家收购大科技|acquisition|status|completed|2025-12-17|乙证券",
        "老东家收购大科技|acquisition|status|planned|2025-12-10|甲证券",
    ],
    ("customers", "company=沐科技"): ["云科技|供货||agreed|500 万美元|"],
    ("suppliers", "company=沐科技"): ["台厂|供货|晶圆|||"],
    ("supply_path", "start=终端厂 goal=台厂"): ["3|台厂、沐科技、云科技、终端厂"],
    ("supply_path", "start=台厂 goal=摩科技"): [],
    ("chips_of", "company=沐科技"): ["曦片||"],
    ("users_of", "chip=曦片"): ["云科技||"],
    ("rivals", "company=沐科技"): ["摩科技||2025-12-10"],
    ("revisions", "period=2026E since=2025-12-17"): [
        "2025-12-17|摩科技|EPS|2026E|甲证券|-0.3|-0.41|lowered",
        "2025-12-17|沐科技|EPS|2026E|甲证券|2.61|3.1|raised",
    ],
    ("revisions", "metric=EPS period=2025E"): [],
    ("revisions", "since=2025-12-18"): [],
    ("movers", ""): ["张人|大科技|副总裁|摩科技|董事长"],
}


@pytest.fixture
def graph(store: Path) -> KnowledgeGraph:
    """The story, its second week read first."""
    with Ledger(store, create=True) as ledger:
        for week in (SECOND, UPDATE, FIRST):
            ledger.record(week, "rules 1", "2025-12-24")
    return KnowledgeGraph(store)


@pytest.mark.parametrize(("question", "given"), STORY)
def test_the_story_is_told(graph: KnowledgeGraph, question: str, given: str) -> None:
    rows = graph.ask(question, **dict(word.split("=") for word in given.split()))
    assert [in_one_line(row) for row in rows] == STORY[question, given]


def test_the_story_answers_every_question() -> None:
    assert {question for question, _ in STORY} == load_questions().keys()


def in_one_line(row: dict[str, str | int | list[str]]) -> str:
    """The cells but the ids."""
    cells = (
        "、".join(cell) if isinstance(cell, list) else str(cell) for key, cell in row.items() if not ID.search(key)
    )
    return "|".join(cells)
