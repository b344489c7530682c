"""Figures of tables, in the layouts that reports print."""

from __future__ import annotations

import pytest

from extractors import extract
from ontology.records import Document, Metric

RATINGS = """# 电子行业周报

公司代码\t名称\t2025-12-19 股价\tEPS\t\t\tPE\t\t\t投资评级
\t\t\t2024\t2025E\t2026E\t2024\t2025E\t2026E\t
688795.SH\t摩尔线程\t60.00\t-1.50\t0.50*\t1.20\t-40.00\t120\t50.00\t买入
688256.SH\t寒武纪\t1,300.50\t—\t4.00\t(2.50)\tN/A\t325.13\t-520.20\t未评级

资料来源：Wind（注：*为一致预期）
"""
FLOWS = """# 电子行业周报

图表 6：12 月 15 日-12 月 19 日行业资金流向

| 行业 | 主力流入额(万元) | 主力流出额(万元) | 主力净流入额(万元) | 主力净流入率(%) | 连续流入天数 |
|---|---:|---:|---:|---:|---:|
| SW 纺织服饰 | 1,500.25 | 1,200.00 | 300.25 | 0.95 | 5 |
| SW 通信 | 900.00 | 1,000.50 | -100.50 | -0.06 | -1 |
"""
SUMMARY = """# 摩尔线程（688795.SH）：首次覆盖

## 盈利预测

单位：百万元

会计年度\t2024A\t2025E\t2026E
营业收入\t438\t1,500\t3,000
增长率(%)\t253.0\t242.5\t100.0
归母净利润\t-1,618\t-900\t120
EPS（元/股）\t-3.44\t-1.91\t0.26
毛利率(%)\t70.7\t65.0\t60.1
备注\t1\t2\t3
"""


def figures(text: str) -> dict[tuple[str, str, str], Metric]:
    document = Document(id="table", text=text, date="2025-12-24", publisher="某证券", title=text.splitlines()[0][2:])
    extraction = extract(document)
    names = {entity.id: entity.name for entity in extraction.entities}
    for metric in extraction.metrics:
        for piece in metric.evidence:
            assert text[piece.start : piece.end] == piece.text
    return {(names[metric.entity], metric.name, metric.period): metric for metric in extraction.metrics}


def values(text: str) -> dict[tuple[str, str, str], str]:
    return {key: f"{metric.value} {metric.unit}" for key, metric in figures(text).items()}


def test_a_rating_table_with_two_header_lines() -> None:
    assert values(RATINGS) == {
        ("摩尔线程", "股价", "2025-12-19"): "60 CNY",
        ("摩尔线程", "EPS", "2024"): "-1.5 CNY",
        ("摩尔线程", "EPS", "2025E"): "0.5 CNY",
        ("摩尔线程", "EPS", "2026E"): "1.2 CNY",
        ("摩尔线程", "PE", "2024"): "-40 1",
        ("摩尔线程", "PE", "2025E"): "120 1",
        ("摩尔线程", "PE", "2026E"): "50 1",
        ("寒武纪", "股价", "2025-12-19"): "1300.5 CNY",
        ("寒武纪", "EPS", "2025E"): "4 CNY",
        ("寒武纪", "EPS", "2026E"): "-2.5 CNY",
        ("寒武纪", "PE", "2025E"): "325.13 1",
        ("寒武纪", "PE", "2026E"): "-520.2 1",
    }


def test_a_price_stands_for_its_day_and_an_estimate_for_that_of_the_report() -> None:
    found = figures(RATINGS)
    assert found["摩尔线程", "股价", "2025-12-19"].as_of == "2025-12-19"
    assert found["摩尔线程", "EPS", "2026E"].as_of == "2025-12-24"
    assert found["摩尔线程", "EPS", "2025E"].written == "0.50*"
    assert found["摩尔线程", "EPS", "2026E"].evidence[0].text.startswith("688795.SH\t摩尔线程")


def test_units_of_the_header_days_of_the_caption_and_negative_figures() -> None:
    week = "2025-12-15/2025-12-19"
    found = values(FLOWS)
    assert found["SW 纺织服饰", "主力流入额", week] == "15002500 CNY"
    assert found["SW 通信", "主力净流入额", week] == "-1005000 CNY"
    assert found["SW 通信", "主力净流入率", week] == "-0.06 %"
    assert found["SW 通信", "连续流入天数", "2025-12-19"] == "-1 天"
    assert len(found) == 10


def test_a_financial_summary_is_that_of_the_firm_in_the_title() -> None:
    found = values(SUMMARY)
    assert found["摩尔线程", "营业收入", "2025E"] == "1500000000 CNY"
    assert found["摩尔线程", "营业收入同比", "2026E"] == "100 %"
    assert found["摩尔线程", "归母净利润", "2024"] == "-1618000000 CNY"
    assert found["摩尔线程", "EPS", "2026E"] == "0.26 CNY"
    assert found["摩尔线程", "毛利率", "2024"] == "70.7 %"
    assert len(found) == 15


@pytest.mark.parametrize(
    "text",
    [
        "# 周报\n\n表现\t1M\t3M\t12M\n电子(申万)\t6.7\t43.4\t70.8\n沪深300\t2.1\t15.0\t18.8\n",
        "# 周报\n\n\t投资建议\t预测涨幅\n1\t买入\t> 20%\n2\t增持\t10% — 20%\n",
        "# 周报\n\n公司\t营业收入\t备注\n摩尔线程\t438\t无\n寒武纪\t1174\t无\n",
        "# 周报\n\n产品\t营业收入(亿元)\t毛利率(%)\n训练卡\t3\t60\n推理卡\t4\t61\n",
    ],
    ids=["spans that are no period", "a scale of ratings", "money without unit or time", "rows of no firm"],
)
def test_what_is_not_sure_is_left_unread(text: str) -> None:
    assert figures(text) == {}
