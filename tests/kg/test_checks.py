"""A source's own arithmetic: what cannot be right is found, what can be is let pass."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import KnowledgeGraph
from kg.checks.equations import previous
from kg.checks.rounding import Between, growth, rounded
from kg.cli.commands import app

RATINGS = """公司代码\t名称\t2025-12-19 股价\tEPS\t\tPE\t\t投资评级
\t\t\t2024\t2025E\t2024\t2025E\t
688795.SH\t摩尔线程\t60.00\t1.50\t0.50\t40.00\t{pe}\t买入
"""
FLOWS = """图表 1：12 月 15 日-12 月 19 日行业资金流向

行业\t主力流入额(万元)\t主力流出额(万元)\t主力净流入额(万元)
SW 通信\t900.00\t1,000.50\t{net}
"""
GAIN = "截至2025年6月30日，摩尔线程净资产的账面价值-150.50万元，评估价值达200.25万元，评估增值{gain}，增值率为{rate}%。"
GROWTH = "摩尔线程2023年营收1.24亿元，2024年摩尔线程营收4.38亿元，同比增长{rate}%。"
TOTALS = """收入构成

业务\t收入(亿元)\t占比(%)
训练卡\t3.00\t{share}
推理卡\t5.00\t50.0
其他\t2.00\t20.0
合计\t{total}\t100.0
"""


def check(tmp_path: Path, text: str) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
    """What was tested, and of each finding the kind, what was computed and the factor."""
    report = tmp_path / "report-20251224.md"
    report.write_text(f"# 周报\n\n{text}", "utf-8")
    result = CliRunner().invoke(app, ["check", str(report), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    for wrong in found["wrong"]:
        piece = wrong["evidence"]
        assert report.read_text("utf-8")[piece["start"] : piece["end"]] == piece["text"]
        assert piece["text"].strip() in wrong["sentence"]
    return found["tested"], [(wrong["kind"], wrong["computed"], wrong["factor"]) for wrong in found["wrong"]]


@pytest.mark.parametrize(
    ("text", "tested", "wrong"),
    [
        (RATINGS.format(pe="120.00"), {"PE": 2}, []),
        (RATINGS.format(pe="118.9"), {"PE": 2}, []),
        (RATINGS.format(pe="102.00"), {"PE": 2}, [("PE", "120", "")]),
        (FLOWS.format(net="-100.50"), {"net": 1}, []),
        (FLOWS.format(net="100.50"), {"net": 1}, [("net", "-100.5 万 CNY", "")]),
        (GAIN.format(gain="350.75万元", rate="233.06"), {"gain": 2}, []),
        (GAIN.format(gain="350.75元", rate="233.06"), {"gain": 2}, [("gain", "350.75 万 CNY", "10000")]),
        (GAIN.format(gain="350.75万元", rate="133.06"), {"gain": 2}, [("gain", "233.06 %", "")]),
        (GROWTH.format(rate="253.2"), {"growth": 1}, []),
        (GROWTH.format(rate="153.2"), {"growth": 1}, [("growth", "253.23 %", "")]),
        (TOTALS.format(share="30.0", total="10.00"), {"sum": 5}, []),
        (TOTALS.format(share="35.0", total="10.00"), {"sum": 5}, [("sum", "105", ""), ("sum", "30", "")]),
    ],
)
def test_arithmetic(tmp_path: Path, text: str, tested: dict[str, int], wrong: list[tuple[str, str, str]]) -> None:
    assert check(tmp_path, text) == (tested, wrong)


def test_a_total_its_rows_do_not_make(tmp_path: Path) -> None:
    assert ("sum", "10", "") in check(tmp_path, TOTALS.format(share="30.0", total="11.00"))[1]


def test_the_store_is_tested_and_findings_are_printed_with_their_row(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "week-20251224.md").write_text(f"# 周报\n\n{RATINGS.format(pe='102.00')}", "utf-8")
    store = tmp_path / "kg.db"
    with KnowledgeGraph(store) as graph:
        graph.build([tmp_path / "in"])
        [wrong] = graph.check().wrong
        assert graph.metrics(entity="摩尔线程", name="PE", period="2025E")[0].value == "102"
    assert (wrong.entity.name, wrong.name, wrong.period, wrong.stated) == ("摩尔线程", "PE", "2025E", "102")
    printed = CliRunner().invoke(app, ["check", "--store", str(store)])
    assert printed.exit_code == 0
    assert printed.stdout.splitlines() == [
        "摩尔线程 PE 2025E: 102, but 股价 ÷ EPS makes 120",
        "  688795.SH 摩尔线程 60.00 1.50 0.50 40.00 102.00 买入",
        f"  — 周报 · week-20251224:{wrong.evidence.start}-{wrong.evidence.end}",
        "tested: PE 2; cannot be right: 1",
    ]


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(tmp_path / "none.md")])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_rounding_is_that_of_the_last_digit_written() -> None:
    assert rounded(Decimal(743000000), "7.43亿元") == Between(Decimal(742500000), Decimal(743500000))
    assert rounded(Decimal("-1.5"), "(1.50)") == Between(Decimal("-1.505"), Decimal("-1.495"))
    assert rounded(Decimal(0), "0.0") == Between(Decimal("-0.05"), Decimal("0.05"))


def test_growth_out_of_a_loss_is_by_its_size() -> None:
    five, minus_ten = Between(Decimal(5), Decimal(5)), Between(Decimal(-10), Decimal(-10))
    assert growth(five, minus_ten).middle == 150


@pytest.mark.parametrize(
    ("period", "change", "before"),
    [
        ("2025", "同比", "2024"),
        ("2025H1", "同比", "2024H1"),
        ("FY2025Q3", "同比", "FY2024Q3"),
        ("2025-11", "同比", "2024-11"),
        ("2025Q1", "环比", "2024Q4"),
        ("2025Q3", "环比", "2025Q2"),
        ("2025-01", "环比", "2024-12"),
        ("2025", "环比", ""),
        ("2025", "收入", ""),
        ("", "同比", ""),
    ],
)
def test_what_a_growth_compares_with(period: str, change: str, before: str) -> None:
    assert previous(period, change) == before
