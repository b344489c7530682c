"""`kg explain` lists what was left unread, and only that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractors import extract
from extractors.relations.explain import explain, trace
from kg.cli.commands import app
from kg.cli.explaining import clip
from ontology.records import Document

READ = "红杉中国投资了摩尔线程。"
UNREAD = "谈到投资与被投资，红杉中国和摩尔线程的高管各有各的看法。"
WITHOUT_TRIGGER = "红杉中国和摩尔线程同在北京。"
ALONE = "摩尔线程谈到投资。"
FOREIGN_RULE = """relation: LISTED_ON
idioms:
  - id: listed_on.by_hand
    words: 牵手
    pattern: '{S:firm}牵手{O:firm}'
    examples:
      - text: "{甲科技:Company}在{科创板:Exchange}上市"
        facts: []
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    texts = (READ + WITHOUT_TRIGGER, UNREAD, ALONE, "红杉中国牵手摩尔线程。")
    file.write_text("\n".join(json.dumps({"id": f"n{i}", "text": text}) for i, text in enumerate(texts)), "utf-8")
    return file


def kg(*words: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, words)])


def data(*words: object) -> Any:
    result = kg(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_only_sentences_with_trigger_and_two_names_and_no_fact_are_unread() -> None:
    document = Document(id="d", text="\n\n".join((READ, WITHOUT_TRIGGER, ALONE, UNREAD)))
    [sentence] = {unread.evidence for unread in explain(document).unread}
    assert sentence.text == UNREAD
    assert document.text[sentence.start : sentence.end] == UNREAD


def test_a_relation_counts_only_where_it_could_tie_two_of_the_names() -> None:
    text = "谈到上市，红杉中国和摩尔线程的高管各有各的看法。"
    assert not [unread for unread in explain(Document(id="d", text=text)).unread if "LISTED_ON" in unread.relations]
    [unread] = explain(Document(id="d", text=text.replace("红杉中国", "科创板"))).unread
    assert unread.relations == ("LISTED_ON",)


def test_a_word_inside_a_name_is_no_trigger() -> None:
    text = "红杉中国和国家集成电路产业投资基金同在北京。"
    assert not [unread for unread in explain(Document(id="d", text=text)).unread if unread.trigger == "投资"]


def test_triggers_are_counted_with_relations_and_an_example(news: Path) -> None:
    table = kg(news).stdout
    [row] = [line.split() for line in table.splitlines() if line.split()[:1] == ["投资"]]
    assert "INVESTED_IN" in row
    assert "1" in row
    assert any("红杉中国" in cell for cell in row)


def test_the_sentences_of_one_trigger(news: Path) -> None:
    printed = kg(news, "--trigger", "投资").stdout
    assert "n1" in printed
    assert "红杉中国、摩尔线程" in printed
    assert "n0" not in printed
    assert "no unread sentence holds 无此词" in kg(news, "--trigger", "无此词").stdout
    assert list(data(news, "--trigger", "投资")["unread"]) == ["投资"]


def test_refused_candidates_are_counted_by_reason(news: Path, tmp_path: Path) -> None:
    (tmp_path / "by_hand.yml").write_text(FOREIGN_RULE, "utf-8")
    options = (news, "--rules", tmp_path)
    assert [c["rule"] for c in data(*options)["rejected"]["object type"]] == ["listed_on.by_hand"]
    assert "listed_on.by_hand 1" in " ".join(kg(*options).stdout.split())
    assert "红杉中国 (Investor) LISTED_ON 摩尔线程 (Company)" in kg(*options, "--reason", "object type").stdout
    assert data(news)["rejected"] == {}


def test_unreadable_input_is_one_line_and_the_rest_goes_on(news: Path, tmp_path: Path) -> None:
    result = kg(news, tmp_path / "absent.md")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert "absent.md" in line
    assert "投资" in result.stdout


def test_the_order_of_inputs_and_jobs_change_nothing(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "a", "text": UNREAD}), "utf-8")
    assert data(news, other) == data(other, news) == data(other, news, "--jobs", 2)


def test_an_example_is_the_sentence_around_the_word() -> None:
    assert clip("甲" * 40 + "投资" + "乙" * 5, "投资") == "…" + "甲" * 24 + "投资" + "乙" * 5


def test_a_trace_names_every_rule_that_reads_a_fact() -> None:
    document = Document(id="d", text=READ)
    extraction, firings = trace(document)
    assert extraction == extract(document)
    [fact] = extraction.facts
    assert {firing.fact for firing in firings} == {fact.id}
    assert fact.rule in {firing.rule for firing in firings}
