"""The name lists hold together, and the check that says so can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_lists import find_problems

from extractors.entities.gazetteer import LISTS, load_gazetteer

HEADER = "type,name,aliases,guard,parent"


def write(folder: Path, *rows: str) -> Path:
    """A folder with one list."""
    (folder / "list.csv").write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    return folder


def test_every_list_loads() -> None:
    assert len(load_gazetteer().entries) > 5000


def test_the_lists_have_no_problems() -> None:
    assert find_problems(LISTS) == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            ("Company,甲科技,甲乙,,", "Investor,乙资本,甲乙,,"),
            "doubled name 甲乙: list.csv:2 甲科技, list.csv:3 乙资本",
        ),
        (("Chip,甲一号,,,丙科技",), "unknown parent 丙科技: list.csv:2 甲一号"),
        (
            ("Company,甲科技,,,乙科技", "Company,乙科技,,,甲科技"),
            "cycle of parents: list.csv:2 甲科技, list.csv:3 乙科技",
        ),
        (("Company,我们,,,",), "everyday word without a guard 我们"),
        (("Company,甲科技,,,,,,",), "wrong list row"),
    ],
)
def test_a_problem_is_named(tmp_path: Path, rows: tuple[str, ...], problem: str) -> None:
    assert any(line.startswith(problem) for line in find_problems(write(tmp_path, *rows)))


@pytest.mark.parametrize(
    "rows",
    [
        ("Company,甲科技,甲乙,context:甲乙,", "Investor,乙资本,甲乙,,"),
        ("Company,甲科技,,,", "Product,甲科技,,,甲科技"),
        ("Person,王伟,,,甲科技", "Person,王伟,,,乙科技", "Company,甲科技,,,", "Company,乙科技,,,"),
        ("Company,我们,,context:我们,",),
    ],
)
def test_what_is_told_apart_is_no_problem(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert find_problems(write(tmp_path, *rows)) == []
