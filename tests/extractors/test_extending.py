"""What a user adds without touching the package: a relation in two files, an alias in a line, a cue word in a line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractors.entities.gazetteer import LISTS
from extractors.relations.examples import cue_failures, rule_failures
from extractors.relations.rules import RULES, load_rules
from ontology.schema import load_ontology, read_ontology

KG = (sys.executable, "-c", "from kg.cli import main; main()")
LICENSES = """name: LICENSES_TO
label_zh: 许可
description: "The licensor lets the licensee use its patents."
description_zh: 许可方允许被许可方使用其专利。
subject: [Company]
object: [Company]
qualifiers: [status]
"""
LICENSES_RULES = """relation: LICENSES_TO
frames:
  - id: licenses_to.active
    words: 许可
    subject: company
    object: company
    forms: [active]
    tail: '使用'
    examples:
      - text: "{甲科技:Company}许可{乙电子:Company}使用其专利"
        facts: ["甲科技 LICENSES_TO 乙电子"]
      - text: "{甲科技:Company}获得经营许可，{乙电子:Company}没有"
        facts: []
"""
CUE = '  - {status: planned, scope: before, cue: "属意", example: "{甲科技:Company}属意收购{乙电子:Company}"}\n'


def run(*words: object, text: str, schema: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`kg` with a text on standard input and, where given, types of one's own."""
    line = json.dumps({"id": "d", "text": text})
    env = {**os.environ, "PYTHONPATH": str(RULES.parent.parent), **({"KG_ONTOLOGY": str(schema)} if schema else {})}
    command = [*KG, *map(str, words)]
    return subprocess.run(command, input=line, env=env, capture_output=True, encoding="utf-8", check=False)


def edges(*options: object, text: str, schema: Path | None = None) -> list[tuple[str, ...]]:
    """Subject, predicate and object of what `kg extract` reads."""
    result = run("extract", "-", *options, text=text, schema=schema)
    assert result.returncode == 0, result.stderr
    rows: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    names = {row["id"]: row["name"] for row in rows if row["kind"] == "entity"}
    return [(names[row["subject"]], row["predicate"], names[row["object"]]) for row in rows if row["kind"] == "fact"]


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_relation_is_two_files(tmp_path: Path) -> None:
    text = "摩尔线程许可寒武纪使用其专利。"
    schema, rules = tmp_path / "schema", tmp_path / "rules"
    put(schema / "relations" / "licenses_to.yml", LICENSES)
    put(rules / "licenses_to.yml", LICENSES_RULES)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert ("摩尔线程", "LICENSES_TO", "寒武纪") in edges("--rules", rules, text=text, schema=schema)
    assert "licenses_to.yml" in run("extract", "-", "--rules", rules, text=text).stderr


def test_a_relation_of_ones_own_is_in_the_reference_and_in_the_store(tmp_path: Path) -> None:
    put(tmp_path / "relations" / "licenses_to.yml", LICENSES)
    assert "许可方允许" in run("ref", "LICENSES_TO", text="", schema=tmp_path).stdout
    assert "no type" in run("ref", "LICENSES_TO", text="").stderr


def test_its_examples_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "schema" / "relations" / "licenses_to.yml", LICENSES)
    put(tmp_path / "rules" / "licenses_to.yml", LICENSES_RULES.replace("甲科技 LICENSES_TO", "丙集团 LICENSES_TO"))
    monkeypatch.setenv("KG_ONTOLOGY", str(tmp_path / "schema"))
    load_ontology.cache_clear()
    try:
        book = load_rules((tmp_path / "rules",))
        found = [line for rules in book.files if rules.relation == "LICENSES_TO" for line in rule_failures(rules, book)]
    finally:
        load_ontology.cache_clear()
    assert [line.split(",")[0].split(" in ")[0] for line in found] == [
        "licenses_to.active: missing '丙集团 LICENSES_TO 乙电子'",
        "licenses_to.active: unwanted '甲科技 LICENSES_TO 乙电子'",
    ]


def test_a_missing_folder_of_types_is_one_line(tmp_path: Path) -> None:
    result = run("ref", text="", schema=tmp_path / "absent")
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert "no folder of types" in line


def test_a_later_type_replaces_an_earlier_one(tmp_path: Path) -> None:
    packaged = RULES.parent.parent / "ontology" / "schema"
    put(tmp_path / "relations" / "sued.yml", (packaged / "relations" / "sued.yml").read_text("utf-8"))
    assert read_ontology(packaged, tmp_path) == load_ontology()


def test_an_alias_is_one_line(tmp_path: Path) -> None:
    before = (LISTS / "company_a_share.csv").read_text("utf-8")
    after = before.replace("Company,摩尔线程,", "Company,摩尔线程,线程哥|")
    assert sum(a != b for a, b in zip(before.splitlines(), after.splitlines(), strict=True)) == 1
    put(tmp_path / "company_a_share.csv", after)
    wanted = ("红杉中国", "INVESTED_IN", "摩尔线程")
    assert wanted in edges("--gazetteers", tmp_path, text="红杉中国投资了线程哥。")
    assert wanted not in edges(text="红杉中国投资了线程哥。")


def add_cue(folder: Path, line: str) -> None:
    """A copy of the shared cues with one line more, first of all."""
    text = (RULES / "shared" / "status.yml").read_text("utf-8")
    put(folder / "shared" / "status.yml", text.replace("cues:\n", f"cues:\n{line}", 1))


def test_a_cue_word_is_one_line(tmp_path: Path) -> None:
    add_cue(tmp_path, CUE)
    text = "联想集团属意收购摩尔线程。"
    assert edges("--rules", tmp_path, text=text) == [("联想集团", "PLANS_TO_ACQUIRE", "摩尔线程")]
    assert edges(text=text) == [("联想集团", "ACQUIRED", "摩尔线程")]


@pytest.mark.parametrize(("example", "wrong"), [("属意收购", False), ("早已收购", True)])
def test_the_example_of_a_cue_word_is_run(tmp_path: Path, example: str, wrong: bool) -> None:
    add_cue(tmp_path, CUE.replace("属意收购", example))
    assert [line[:10] for line in cue_failures(load_rules((tmp_path,)))] == ["status.yml"] * wrong


def test_a_wrong_cue_is_named(tmp_path: Path) -> None:
    add_cue(tmp_path, CUE.replace("属意", "属(意"))
    result = run("extract", "-", "--rules", tmp_path, text="无")
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert "status.yml" in line
