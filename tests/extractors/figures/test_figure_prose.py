"""Figures of sentences: the examples beside the vocabulary, and what a document adds to them."""

from __future__ import annotations

from extractors import extract
from extractors.figures.examples import failures
from extractors.figures.vocabulary import metric_words
from extractors.relations.rules import load_rules
from ontology.records import Document, Metric


def read(text: str, date: str = "2025-12-24") -> list[Metric]:
    metrics = extract(Document(id="text", text=text, date=date)).metrics
    for metric in metrics:
        for piece in metric.evidence:
            assert text[piece.start : piece.end] == piece.text
    return list(metrics)


def said(text: str, date: str = "2025-12-24") -> list[str]:
    return [f"{m.entity} {m.name} {m.period} {m.op}{m.value} {m.unit}" for m in read(text, date)]


def test_examples_of_figures_hold() -> None:
    assert list(failures(metric_words(), load_rules())) == []


def test_every_kind_of_figure_has_a_name_of_its_own() -> None:
    names = [metric.name for metric in metric_words().metrics]
    assert len(names) == len(set(names))


def test_a_firm_of_the_sentence_before_is_taken_up() -> None:
    assert said("摩尔线程发布2025年三季报。前三季度公司实现营收7.85 亿元，同比增长 181.99%，毛利率为64.5%。") == [
        "688795.SH 营业收入 2025Q1-Q3 =785000000 CNY",
        "688795.SH 营业收入同比 2025Q1-Q3 =181.99 %",
        "688795.SH 毛利率 2025Q1-Q3 =64.5 %",
    ]


def test_evidence_points_at_the_clause() -> None:
    [metric] = read("近日，寒武纪公告，预计2026年营业收入超过 100 亿元。")
    assert (metric.period, metric.op, metric.value) == ("2026E", ">", "10000000000")
    assert metric.evidence[0].text == "预计2026年营业收入超过 100 亿元"


def test_a_price_takes_the_day_of_the_sentence() -> None:
    [metric] = read("截至12月19日收盘，摩尔线程股价为664.10元/股。")
    assert (metric.period, metric.as_of, metric.value, metric.unit) == ("2025-12-19", "2025-12-19", "664.1", "CNY")


def test_a_figure_said_twice_has_two_pieces_of_evidence() -> None:
    [metric] = read("摩尔线程2024年营收4.38亿元。\n\n去年，摩尔线程营收4.38亿元。\n\n", date="2025-12-24")
    assert len(metric.evidence) == 2


def test_two_values_of_one_figure_both_stand() -> None:
    first, second = read("摩尔线程2024年营收4.38亿元。\n\n摩尔线程2024年营收4.83亿元。")
    assert first.id == second.id
    assert (first.value, second.value) == ("438000000", "483000000")


def test_of_whom_it_is_not_sure_is_left_unread() -> None:
    assert said("寒武纪与摩尔线程的客户2024年营收3亿元。") == []
    assert said("2024年营收3亿元，净利润1亿元。") == []
    assert said("寒武纪回应摩尔线程2024年营收目标为3亿元的传闻。") == []
