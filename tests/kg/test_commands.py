"""The command line: what it prints, its exit codes, and one line for every error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from kg.cli.commands import app
from kg.cli.output import tracked

TEXT = """本周要闻
甲创投 INVESTED_IN 乙科技 round=A轮 status=completed amount=10000000000 amount_op=>= currency=USD
乙科技 SUPPLIES 丙集团
丙集团 PARTNERS_WITH 丁芯片
figure 丁芯片 营业收入 2024 743000000 CNY
"""
COMMANDS = (
    "extract",
    "build",
    "refresh",
    "retract",
    "merge",
    "split",
    "judgements",
    "show",
    "ask",
    "path",
    "evidence",
    "history",
    "changes",
    "check",
    "export",
    "explain",
    "ref",
    "mcp",
    "watch",
)

Kg = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("toy_rules")


@pytest.fixture
def kg(store: Path) -> Kg:
    runner = CliRunner(env={"KG_STORE": str(store)})
    return lambda *words, **options: runner.invoke(app, [str(word) for word in words], **options)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": "one", "text": TEXT, "date": "2025-12-24"}), encoding="utf-8")
    return file


@pytest.fixture
def built(kg: Kg, report: Path) -> Kg:
    assert kg("build", report, "--now", "2025-12-25").exit_code == 0
    return kg


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def one_line(result: Result) -> str:
    """The only line of an error."""
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(kg: Kg, command: str) -> None:
    assert f"Example: kg {command}" in " ".join(kg(command, "--help").stdout.split())


def test_every_command_is_tested_here_for_its_help() -> None:
    assert {info.callback.__name__ for info in app.registered_commands if info.callback} == set(COMMANDS)


def test_build_twice(kg: Kg, report: Path) -> None:
    first, second = kg("build", report), kg("build", report)
    assert first.stdout == "documents: 1 new, 0 changed, 0 unchanged, 0 failed; facts: 3 new, 0 changed, 0 gone\n"
    assert second.stdout == "documents: 0 new, 0 changed, 1 unchanged, 0 failed; facts: 0 new, 0 changed, 0 gone\n"
    assert data(kg("build", report, "--json"))["unchanged"] == ["one"]


def test_build_of_good_and_bad_builds_the_good_and_lists_the_bad(kg: Kg, report: Path, tmp_path: Path) -> None:
    result = kg("build", tmp_path / "none.md", report)
    assert "none.md" in one_line(result)
    assert result.stdout.startswith("documents: 1 new, 0 changed, 0 unchanged, 1 failed")


def test_report_without_facts_is_said_and_no_error(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "dull.jsonl").write_text('{"id": "dull", "text": "天气不错"}', encoding="utf-8")
    result = kg("build", tmp_path / "dull.jsonl")
    assert (result.exit_code, result.stdout.splitlines()[1:]) == (0, ["no facts in dull"])


def test_extract_is_the_same_in_any_order_of_inputs(kg: Kg, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "a", "text": "戊 SUPPLIES 己"}', encoding="utf-8")
    forth, back = kg("extract", report, other), kg("extract", other, report)
    assert forth.stdout == back.stdout
    kinds = [json.loads(line)["kind"] for line in forth.stdout.splitlines()]
    assert kinds[:6] == ["document", "entity", "entity", "mention", "mention", "fact"]
    assert "戊" in kg("extract", other, "--format", "table").stdout


def test_extract_prints_the_good_and_complains_of_the_bad(kg: Kg, report: Path, tmp_path: Path) -> None:
    result = kg("extract", report, tmp_path / "none.md")
    assert "none.md" in one_line(result)
    assert len(result.stdout.splitlines()) > 5


def test_text_that_breaks_the_extractor_is_listed_and_the_others_go_on(kg: Kg, report: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "甲 SUPPLIES 乙\\ncrash"}', encoding="utf-8")
    for command in ("build", "extract"):
        assert "extraction failed: IndexError" in one_line(kg(command, tmp_path / "a.jsonl", report))
    assert kg("show", "丁芯片").exit_code == 0


def test_extract_reads_standard_input(kg: Kg) -> None:
    result = kg("extract", "-", input='{"id": "a", "text": "戊 SUPPLIES 己"}\n')
    assert result.exit_code == 0
    assert '"SUPPLIES"' in result.stdout


def test_show_prints_relations_with_terms_and_ids(built: Kg) -> None:
    output = built("show", "乙科技").stdout
    fact = next(r for r in data(built("show", "乙科技", "--json"))["relations"] if r["predicate"] == "INVESTED_IN")
    for part in (
        "乙科技 · Company",
        "← INVESTED_IN",
        "甲创投",
        "≥ 100 亿美元",
        "A轮",
        fact["id"].partition(":")[2][:8],
    ):
        assert " ".join(part.split()) in " ".join(output.split())


def test_show_prints_deals_with_conflicts_and_figures(built: Kg, tmp_path: Path) -> None:
    deals = [{"id": str(n), "text": f"deal investment 甲创投 丁芯片 amount={n}0000"} for n in (7, 8)]
    (tmp_path / "deals.jsonl").write_text("\n".join(map(json.dumps, deals)), encoding="utf-8")
    built("build", tmp_path / "deals.jsonl")
    output = " ".join(built("show", "丁芯片").stdout.split())
    for part in ("INVESTOR 甲创投", "amount: 7 万 | 8 万", "7 万", "营业收入 2024 7.43 亿 CNY"):
        assert part in output
    assert "no deals" in built("show", "丙集团").stdout


def test_show_of_an_unknown_name(built: Kg) -> None:
    assert "did you mean 乙科技?" in one_line(built("show", "乙科枝"))


def test_path(built: Kg) -> None:
    lines = built("path", "甲创投", "丁芯片").stdout.splitlines()
    assert [line.split()[0] + line.split()[-2] for line in lines] == ["甲创投乙科技", "乙科技丙集团", "丙集团丁芯片"]
    assert data(built("path", "甲创投", "丁芯片", "--json"))[0]["predicate"] == "INVESTED_IN"


def test_no_path_is_an_answer(built: Kg, tmp_path: Path) -> None:
    (tmp_path / "island.jsonl").write_text('{"id": "i", "text": "戊 SUPPLIES 己"}', encoding="utf-8")
    built("build", tmp_path / "island.jsonl")
    result = built("path", "甲创投", "戊")
    assert (result.exit_code, result.stdout) == (0, "no path between 甲创投 and 戊\n")


def test_evidence_and_history_by_short_id(built: Kg) -> None:
    [fact] = [r for r in data(built("show", "丙集团", "--json"))["relations"] if r["predicate"] == "SUPPLIES"]
    short = fact["id"].partition(":")[2][:8]
    assert built("evidence", short).stdout.startswith("乙科技 SUPPLIES 丙集团\n  — ")
    assert "2025-12-25  new  乙科技 SUPPLIES 丙集团" in built("history", short).stdout
    assert "no fact" in one_line(built("evidence", "zzz"))


def test_changes_read_as_markdown(built: Kg) -> None:
    assert built("changes", "--since", "2025-12-25").stdout.startswith("## New (3)\n\n- ")
    assert built("changes", "--since", "2025-12-26").stdout == ""
    assert len(data(built("changes", "--json"))) == 3


def test_retract(built: Kg) -> None:
    assert built("retract", "one").stdout == "1 documents retracted; 3 facts gone\n"
    assert "no document 'one'" in one_line(built("retract", "one"))


def test_refresh_without_a_folder_says_what_to_do(built: Kg) -> None:
    assert "kg refresh FOLDER" in one_line(built("refresh"))


def test_refresh_of_a_folder(kg: Kg, report: Path, tmp_path: Path) -> None:
    assert data(kg("refresh", tmp_path, "--json"))["new"] == ["one"]
    report.unlink()
    assert data(kg("refresh", tmp_path, "--json"))["retracted"] == ["one"]


@pytest.mark.parametrize("words", [("show", "甲"), ("path", "甲", "乙"), ("changes",), ("export",), ("retract", "x")])
def test_without_a_store_every_look_up_says_so(kg: Kg, words: tuple[str, ...]) -> None:
    assert "no store" in one_line(kg(*words))


def test_foreign_store_is_refused(kg: Kg, store: Path, report: Path) -> None:
    store.write_text("this is no database but a text of some length" * 50)
    assert "not a store" in one_line(kg("build", report))


@pytest.mark.parametrize("words", [("show",), ("build",), ("frobnicate",), ("extract", "x", "--format", "xml")])
def test_wrong_usage_exits_with_two(kg: Kg, words: tuple[str, ...]) -> None:
    assert kg(*words).exit_code == 2


def test_text_from_reports_cannot_steer_the_terminal(kg: Kg, tmp_path: Path) -> None:
    line = {"id": "evil", "text": "[red]甲\x1b[2J SUPPLIES 乙"}
    (tmp_path / "evil.jsonl").write_text(json.dumps(line), encoding="utf-8")
    kg("build", tmp_path / "evil.jsonl")
    output = kg("show", "乙").stdout
    assert "\x1b" not in output
    assert "[red]甲" in output


def test_ref(kg: Kg) -> None:
    assert "INVESTED_IN" in kg("ref").stdout
    assert "told apart by: round" in kg("ref", "invested_in").stdout
    assert data(kg("ref", "INVESTED_IN", "--json"))["pending"] == "PLANS_TO_INVEST_IN"
    assert "did you mean INVESTED_IN" in one_line(kg("ref", "INVESTED"))


@pytest.mark.parametrize("words", [("shwo",), ("neo4j", "strat"), ("build", "--stor", "x")])
def test_a_wrong_command_or_option_is_told_with_what_was_meant(kg: Kg, words: tuple[str, ...]) -> None:
    result = kg(*words)
    assert result.exit_code == 2
    assert any(meant in result.stderr for meant in ("'show'", "'start'", "--store"))


def test_a_wrong_document_is_told_with_what_was_meant(built: Kg) -> None:
    assert "did you mean one?" in one_line(built("retract", "onne"))


def options(group: Any, name: str = "kg") -> Iterator[tuple[str, set[str]]]:
    for key, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from options(command, f"{name} {key}")
        else:
            yield f"{name} {key}", {option for parameter in command.params for option in parameter.opts}


def test_every_command_prints_json_but_the_one_that_speaks_a_protocol() -> None:
    assert {name for name, found in options(get_command(app)) if "--json" not in found} == {"kg mcp"}


def test_export_and_the_files_for_browser_say_what_they_wrote(built: Kg, tmp_path: Path) -> None:
    tables, style = tmp_path / "tables", tmp_path / "style.grass"
    told = {"format": "csv", "output": str(tables)}
    assert data(built("export", "--format", "csv", "-o", tables, "--json")) == told
    assert data(built("neo4j", "style", "-o", style, "--json")) == {"written": [str(style)]}
    [first, *_] = data(built("neo4j", "queries", "-o", tmp_path / "queries", "--json"))["written"]
    assert Path(first).is_file()


def test_no_bar_is_drawn_into_a_pipe(kg: Kg, report: Path) -> None:
    for words in (("extract", report), ("check", report), ("build", report)):
        assert kg(*words).stderr == ""


def test_a_bar_is_drawn_on_a_terminal_unless_lines_are_printed_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert list(tracked([1, 2], 2)) == [1, 2]
    assert "2/2" in capsys.readouterr().err
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert list(tracked([1, 2], 2, streams=True)) == [1, 2]
    assert capsys.readouterr().err == ""
