"""The measurement counts what its scorers say, notes it the same on every machine, and fails when a figure falls."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import quality
import quality_sets
from quality import Tally, falls, rule_rows, tally
from quality_sets import AnnotatedSet, Reading, Score, Sets, read_list, read_sets, score

from extractors.relations import rules
from extractors.relations.explain import Firing
from extractors.relations.rules import measured, packaged_rules, precisions
from ontology.errors import SchemaError

RIGHT, WRONG, UNJUDGED = "红杉中国投资了摩尔线程。", "联想集团投资了寒武纪。", "联想集团起诉寒武纪。"
SCORE = """
import json

def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]

def score(gold, rows):
    names = {row["id"]: row["name"] for row in rows if row["kind"] == "entity"}
    facts = [row for row in rows if row["kind"] == "fact"]
    wanted = {(g["subject"][0], g["object"][0]) for g in gold}
    wrong = [f for f in facts if (names[f["subject"]], names[f["object"]]) not in wanted]
    right = len(facts) - len(wrong)
    by = {"INVESTED_IN": [len(gold), right, len(wrong)]}
    return {"precision": right / len(facts), "overstated": 0}, by, [], wrong

def score_entities(gold, rows):
    return {"entity_f1": 0.5, "chip_product_recall": None}, gold[1:], [("Person", "甲", "d")]
"""
PUBLIC_SETS = """
import json

fold = str.casefold

def fits(gold, names):
    return gold in names

def score(out, name, extracted, n_show):
    gold = json.loads((out / f"{name}.gold.json").read_text(encoding="utf-8"))
    facts = [row for line in open(extracted, encoding="utf-8") if (row := json.loads(line))["kind"] == "fact"]
    facts = [f for f in facts if f["predicate"] == "INVESTED_IN"]
    wrong = [f for f in facts if f["evidence"][0]["document"] not in gold]
    print("  投资             1/    2 = 0.500")
    for f in wrong[:n_show]:
        print("  wrong 甲 | 乙", f["predicate"], "丙", "|", f["evidence"][0]["text"][:90])
    print(f"{name}: predictions {len(facts)} P={1 - len(wrong) / len(facts):.4f} R=0.5000 F1=0.5000")
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of annotated text as the scorers know it, with scorers of the same manner."""
    for folder in ("tools", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tools" / "score.py").write_text(SCORE, "utf-8")
    (tmp_path / "tools" / "public_sets.py").write_text(PUBLIC_SETS, "utf-8")
    texts = enumerate((RIGHT, WRONG, UNJUDGED))
    lines = "\n".join(json.dumps({"id": f"d{i}", "text": text}) for i, text in texts)
    (tmp_path / "gold" / "toy.in.jsonl").write_text(lines, "utf-8")
    gold = [
        {"predicate": "INVESTED_IN", "subject": ["红杉中国"], "object": ["摩尔线程"]},
        {"names": ["红杉中国"], "type": "Investor", "required": True},
        {"names": ["中科院"], "type": "Organization", "required": True},
    ]
    (tmp_path / "gold" / "toy.gold.jsonl").write_text("\n".join(map(json.dumps, gold)), "utf-8")
    (tmp_path / "gold" / "toy.gold.json").write_text('["d0"]', "utf-8")
    return tmp_path


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The toy set as the only one, read in this process, with files to note figures in."""
    toy = AnnotatedSet(input="gold/toy.in.jsonl", gold="gold/toy.gold.jsonl", tool="score")
    monkeypatch.setattr(quality, "read_list", lambda: Sets(default=("toy",), sets={"toy": toy, "other": toy}))
    monkeypatch.setattr(quality_sets, "PROCESSES", 1)
    monkeypatch.setattr(quality, "NOTED", tmp_path / "notes" / "quality.json")
    monkeypatch.setattr(quality, "CONFIDENCE", tmp_path / "confidence.csv")
    return tmp_path


def by_document(found: Score) -> dict[str, bool]:
    """Verdicts by the document of the fact."""
    return {document: right for (document, _), right in found.right.items()}


def test_a_set_is_scored_by_its_tool(shared: Path, ours: Path) -> None:
    [reading] = read_sets([shared / "gold" / "toy.in.jsonl"])
    toy = AnnotatedSet(input="", gold="gold/toy.gold.jsonl", tool="score")
    found = score(toy, "toy", shared, reading)
    assert by_document(found) == {"d0": True, "d1": False, "d2": False}
    assert found.figures == {"precision": 1 / 3, "overstated": 0, "entity_f1": 0.5}
    assert found.entities == [("Investor", 1, 1, 0), ("Organization", 1, 0, 0), ("Person", 0, 0, 1)]
    assert found.facts == [("INVESTED_IN", 1, 1, 2)]


def test_a_public_set_judges_only_the_facts_of_its_task(shared: Path, ours: Path) -> None:
    [reading] = read_sets([shared / "gold" / "toy.in.jsonl"])
    toy = AnnotatedSet(input="", gold="gold", tool="public_sets")
    found = score(toy, "toy", shared, reading)
    assert by_document(found) == {"d0": True, "d1": False}
    assert found.figures == {"facts": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found.facts == [("投资", 2, 1, 0), ("INVESTED_IN", 0, 0, 1)]


def test_a_partial_annotation_judges_only_the_pairs_it_relates(shared: Path, ours: Path) -> None:
    [reading] = read_sets([shared / "gold" / "toy.in.jsonl"])
    pair = {"doc": "d0", "subject": "摩尔线程", "object": "红杉中国"}
    (shared / "gold" / "toy.gold.jsonl").write_text(json.dumps(pair), "utf-8")
    toy = AnnotatedSet(input="", gold="gold", tool="public_sets", partial=True)
    found = score(toy, "toy", shared, reading)
    assert by_document(found) == {"d0": True}
    assert found.figures["facts"] == 2


def test_firings_are_counted_by_rule_whatever_the_order_of_documents() -> None:
    firings = [Firing(document=d, fact=f, rule=r) for d, f, r in ("axr", "axr", "axs", "bxr", "byr", "bzr")]
    verdicts = {("a", "x"): True, ("b", "x"): False, ("b", "y"): True}
    shuffled = random.Random(7).sample(firings, len(firings))
    one, other = (tally([Reading([], order)], [Score({}, [], right=verdicts)]) for order in (firings, shuffled))
    assert one == other == {"r": Tally(3, 2), "s": Tally(1, 1)}


def test_precision_is_drawn_towards_the_stated_confidence() -> None:
    assert Tally(0, 0).precision(0.8) == 0.8
    assert Tally(5, 0).precision(0.8) == 0.4
    assert 0.985 < Tally(495, 490).precision(0.8) < 490 / 495


def test_rows_are_sorted_by_rule() -> None:
    some = sorted(quality.stated_confidences())[:3]
    assert [row[0] for row in rule_rows({rule: Tally(1, 1) for rule in reversed(some)})] == some


def test_noted_figures_are_compared(shared: Path, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--shared", str(shared), "--write"]) == 0
    assert quality.main(["--shared", str(shared), "--check"]) == 0
    (shared / "gold" / "toy.gold.jsonl").write_text('{"predicate": "X", "subject": ["甲"], "object": ["乙"]}', "utf-8")
    capsys.readouterr()
    assert quality.main(["--shared", str(shared), "--check"]) == 1
    assert capsys.readouterr().err.startswith("quality: toy: precision was 0.333")


def test_the_notes_are_the_same_bytes_again(shared: Path, ours: Path) -> None:
    written = []
    for _ in range(2):
        quality.main(["--shared", str(shared), "--write"])
        written.append((quality.NOTED.read_bytes(), (ours / "confidence.csv").read_bytes()))
    assert written[0] == written[1]


def test_a_part_of_the_sets_leaves_the_confidences(shared: Path, ours: Path) -> None:
    quality.main(["toy", "other", "--shared", str(shared), "--write"])
    (ours / "confidence.csv").unlink()
    quality.main(["toy", "--shared", str(shared), "--write"])
    assert not (ours / "confidence.csv").exists()
    assert set(json.loads(quality.NOTED.read_text("utf-8"))) == {"toy", "other"}


def test_only_what_got_worse_is_a_fall() -> None:
    before = {"toy": {"figures": {"f1": 0.5, "overstated": 1, "facts": 9}}}
    assert not list(falls(before, {"toy": Score({"f1": 0.6, "overstated": 0, "facts": 3}, []), "new": Score({}, [])}))
    assert list(falls(before, {"toy": Score({"f1": 0.4, "overstated": 2, "facts": 9}, [])})) == [
        "toy: f1 was 0.5, is 0.4",
        "toy: overstated was 1, is 2",
    ]


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_without_annotated_text_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("YANBAO_SHARED", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    with pytest.raises(SystemExit) as end:
        quality.main(["--check"])
    assert end.value.code == code
    assert "NOTHING WAS MEASURED" in capsys.readouterr().err


def test_an_unknown_set_is_one_line(shared: Path, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["nothing", "--shared", str(shared)]) == 1
    assert capsys.readouterr().err.startswith("quality: no set 'nothing'")


def test_sets_that_stay_unseen_are_not_measured_unasked() -> None:
    listed = read_list()
    assert set(listed.default) < set(listed.sets)
    assert "open-D" not in listed.default


def test_rules_carry_what_was_measured_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = packaged_rules()["invested_in.yml"].idioms[:2]
    (tmp_path / "confidence.csv").write_text(f"rule,firings,right,precision\n{first.id},10,2,0.413\n", "utf-8")
    monkeypatch.setattr(rules, "precisions", lambda: precisions(tmp_path / "confidence.csv"))
    assert measured(first).confidence == 0.413
    assert measured(second) == second


@pytest.mark.parametrize("row", ["rule,firings\na,1\n", "rule,firings,right,precision\na,1,1,high\n"])
def test_a_wrong_table_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "confidence.csv").write_text(row, "utf-8")
    with pytest.raises(SchemaError, match=r"confidence\.csv"):
        precisions(tmp_path / "confidence.csv")
