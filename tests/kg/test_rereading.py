"""After a change of rules or lists only what they bear on is read again, and the ledger is that of a build anew."""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

import extractors
from extractors.entities import gazetteer
from extractors.relations import rules as rules_module
from kg import KnowledgeGraph
from kg.cli.commands import app
from kg.export import jsonl
from kg.ledger import Ledger
from kg.reports import BuildReport

Row = dict[str, str]
Rule = dict[str, Any]
PUBLISHER = "云台证券"
TEXTS = (
    "栖霞量算收购了青岩电子。",
    "栖霞量算（下称“栖霞”）向望江资本融资。栖霞随后砸钱青岩电子。",
    "望江资本领投青岩电子的A轮融资，云杉创投跟投。",
    "青岩电子的伯乐望江资本再次现身。",
    "青岩电子推出青岩一号芯片，栖霞量算采用了青岩一号。",
    "丁香科技股份有限公司（688001.SH）与栖霞量算合作。",
    "今天没有消息。",
    "# 周报\n\n云杉创投（现名长亭创投）与栖霞量算掰腕，又与青岩电子掰腕。",
    "Qixia Computing砸钱青岩电子，青岩电子补充弹药，由云杉创投领投。",
    "栖霞量算（北京）科技有限公司砸（重金）钱青岩电子。",
    "望江资本业绩向好，给予青岩电子买入评级。",
)
EXAMPLES = [{"text": "{甲科技:Company}", "facts": []}]
RULES: tuple[tuple[str, str, Rule], ...] = (
    ("ACQUIRED", "frames", {"words": "收购", "subject": "firm", "object": "firm", "forms": ["active"]}),
    ("ACQUIRED", "idioms", {"words": "收购", "pattern": "{S:firm}(?P<V>收购)了?{O:firm}"}),
    ("INVESTED_IN", "idioms", {"words": "砸钱", "pattern": "{S:firm}_(?P<V>砸钱){O:firm}"}),
    ("INVESTED_IN", "idioms", {"words": "砸钱|领投", "pattern": "{S:firm}_(?P<V>砸钱|领投){O:firm}"}),
    ("INVESTED_IN", "nouns", {"words": "伯乐", "pattern": "{O:firm}的伯乐{S:holder}", "head": "S"}),
    ("INVESTED_IN", "openings", {"words": "弹药", "pattern": "{O:firm}补充弹药"}),
    ("INVESTED_IN", "idioms", {"words": "领投", "pattern": "由{S:firm}(?P<V>领投)", "object": "@event"}),
    ("COMPETES_WITH", "idioms", {"words": "掰腕", "pattern": "{S:firm}与{O:firm}掰腕"}),
    ("COMPETES_WITH", "idioms", {"words": "掰腕", "pattern": "{S:firm?}_与{O:firm}掰腕"}),
    ("PARTNERS_WITH", "idioms", {"words": "合作", "pattern": "{S:firm}与{O:firm}(?P<V>合作)"}),
    ("USES", "idioms", {"words": "采用", "pattern": "{S:firm}(?P<V>采用)了?{O:thing}"}),
    ("COVERS", "idioms", {"words": "评级", "subject": "@house", "pattern": "给予{O:company}买入评级"}),
    ("DEVELOPS", "idioms", {"words": "[推发][出布]", "pattern": "{S:firm}(?P<V>推出|发布){O:thing}"}),
)
ROWS: tuple[Row, ...] = (
    {"type": "Company", "name": "栖霞量算", "english": "Qixia Computing", "aliases": "栖霞"},
    {"type": "Company", "name": "栖霞量算", "aliases": "栖霞量算（北京）科技有限公司"},
    {"type": "Company", "name": "青岩电子", "code": "688001.SH"},
    {"type": "Company", "name": "青岩电子", "aliases": "青岩", "guard": "context:青岩"},
    {"type": "Company", "name": "青岩电子", "aliases": "青岩", "not_after": "一号"},
    {"type": "Investor", "name": "望江资本", "parent": "栖霞量算"},
    {"type": "Investor", "name": "长亭创投", "former_names": "云杉创投"},
    {"type": "Investor", "name": "云杉创投", "country": "CN"},
    {"type": "Chip", "name": "青岩一号", "parent": "青岩电子", "relation": "maker"},
    {"type": "Chip", "name": "青岩一号", "parent": "栖霞量算", "relation": "maker"},
    {"type": "Company", "name": "无关实业", "code": "688001.SH"},
    {"type": "Company", "name": "重金"},
    {"type": "Company", "name": "云台证券股份有限公司", "aliases": "云台证券"},
    {"type": "Company", "name": "远山实业", "code": "600999.SH"},
)


class Variant:
    """Rules and lists in a folder of their own, by which alone the pipeline reads from now on."""

    def __init__(self, place: Path, rules: Sequence[int], rows: Sequence[int], confidence: float = 0.8) -> None:
        place.mkdir()
        for number, index in enumerate(rules):
            relation, form, rule = RULES[index]
            told = {"id": f"mine.r{index}", **rule, **({} if form == "openings" else {"examples": EXAMPLES})}
            told |= {} if form == "openings" else {"confidence": confidence}
            text = yaml.safe_dump({"relation": relation, form: [told]}, allow_unicode=True)
            (place / f"{number:02}.yml").write_text(text, "utf-8")
        columns = list(gazetteer.Entry.model_fields)
        with (place / "mine.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, columns)
            table.writeheader()
            table.writerows({column: ROWS[index].get(column, "") for column in columns} for index in rows)
        self.place = place


@pytest.fixture
def turn_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the pipeline read by some of the rules and rows, and by none of the packaged ones."""
    extract, fingerprint, why_reread = extractors.extract, extractors.fingerprint, extractors.why_reread
    monkeypatch.setattr(rules_module, "packaged_rules", dict)
    monkeypatch.setattr(gazetteer, "LISTS", tmp_path / "none")

    def turn_to(rules: Sequence[int], rows: Sequence[int], confidence: float = 0.8) -> None:
        place = (Variant(tmp_path / f"variant-{time.monotonic_ns()}", rules, rows, confidence).place,)
        monkeypatch.setattr(extractors, "extract", lambda document, **_: extract(document, place, place))
        monkeypatch.setattr(extractors, "fingerprint", partial(fingerprint, place))
        monkeypatch.setattr(extractors, "why_reread", partial(why_reread, rules=place, lists=place))

    return turn_to


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The texts, some in files of their own, the rest in one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    lines = [
        json.dumps({"id": f"t{at}", "text": text, "publisher": PUBLISHER if "评级" in text else ""}, ensure_ascii=False)
        for at, text in enumerate(TEXTS)
    ]
    for at, line in enumerate(lines[:5]):
        (folder / f"t{at}.jsonl").write_text(line, "utf-8")
    (folder / "rest.jsonl").write_text("\n".join(lines[5:]), "utf-8")
    return folder


def refresh(store: Path, folder: Path) -> BuildReport:
    with KnowledgeGraph(store) as graph:
        return graph.refresh([folder], now="2026-01-06", accept=True)


def exported(store: Path) -> list[str]:
    with KnowledgeGraph(store) as graph:
        return list(jsonl(graph.ledger))


def holding(*words: str) -> tuple[str, ...]:
    return tuple(f"t{at}" for at, text in enumerate(TEXTS) if any(word in text for word in words))


ALL_RULES, ALL_ROWS = tuple(range(len(RULES))), (0, 2, 5, 6, 8)


@pytest.mark.parametrize("seed", range(12))
def test_any_history_of_rules_and_lists_ends_like_a_build_anew(
    seed: int, store: Path, folder: Path, turn_to: Callable[..., None]
) -> None:
    chance = random.Random(seed)
    rules, rows = chance.sample(ALL_RULES, 6), chance.sample(range(len(ROWS)), 6)
    kept = 0
    for step in range(8):
        turn_to(rules, rows, chance.choice((0.8, 0.9)))
        kept += len(refresh(store, folder).unchanged)
        anew = store.with_name(f"anew{step}.db")
        refresh(anew, folder)
        assert exported(store) == exported(anew), (rules, rows)
        for chosen, many in ((rules, len(RULES)), (rows, len(ROWS))):
            if chance.random() < 0.6:
                change(chosen, many, chance)
    assert kept


def change(chosen: list[int], many: int, chance: random.Random) -> None:
    """Add, remove or move one."""
    if chosen and chance.random() < 0.5:
        chosen.pop(chance.randrange(len(chosen)))
    missing = [one for one in range(many) if one not in chosen]
    if missing and chance.random() < 0.7:
        chosen.insert(chance.randint(0, len(chosen)), chance.choice(missing))


@pytest.mark.parametrize(
    ("rules", "rows", "read_again", "why"),
    [
        ((*ALL_RULES[:-3], ALL_RULES[-2]), ALL_ROWS, holding("推出", "采用"), "rules"),
        ((*ALL_RULES[:7], *ALL_RULES[9:]), ALL_ROWS, holding("掰腕"), "rules"),
        ((0, 1, 3, 2, *ALL_RULES[4:]), ALL_ROWS, holding("砸"), "rules"),
        (ALL_RULES, (*ALL_ROWS, 10), holding("688001.SH"), "lists"),
        (ALL_RULES, (*ALL_ROWS, 11), holding("重金"), "lists"),
        (ALL_RULES, ALL_ROWS[1:], holding("栖霞", "Qixia", "望江资本"), "lists"),
        (ALL_RULES, (*ALL_ROWS, 12), holding("评级"), "lists"),
        (ALL_RULES, (0, 2, 5, 6, 9), holding("青岩一号"), "lists"),
        (ALL_RULES, ALL_ROWS, (), ""),
    ],
)
def test_only_what_a_change_bears_on_is_read_again(
    rules: Sequence[int],
    rows: Sequence[int],
    read_again: tuple[str, ...],
    why: str,
    store: Path,
    folder: Path,
    turn_to: Callable[..., None],
) -> None:
    turn_to(ALL_RULES, ALL_ROWS)
    refresh(store, folder)
    turn_to(rules, rows)
    report = refresh(store, folder)
    assert set(report.changed) <= set(read_again)
    told = {reason: count for reason, count in report.reread.model_dump().items() if count}
    assert told == ({why: len(report.changed)} if why else {})
    assert bool(report.changed) == bool(read_again)
    assert refresh(store, folder).changed == ()


def test_a_rule_that_is_surer_is_read_again_where_it_may_fire(
    store: Path, folder: Path, turn_to: Callable[..., None]
) -> None:
    turn_to((7,), ALL_ROWS, 0.8)
    refresh(store, folder)
    turn_to((7,), ALL_ROWS, 0.9)
    assert refresh(store, folder).changed == holding("掰腕")


def test_what_reads_the_same_is_noted_as_read_by_the_rules_of_now(
    store: Path, folder: Path, turn_to: Callable[..., None]
) -> None:
    turn_to(ALL_RULES, ALL_ROWS)
    refresh(store, folder)
    with Ledger(store) as ledger:
        revision = ledger.revision()
    turn_to(ALL_RULES, (*ALL_ROWS, 13))
    assert len(refresh(store, folder).unchanged) == len(TEXTS)
    with Ledger(store) as ledger:
        assert ledger.select("SELECT DISTINCT rules FROM documents") == [(extractors.fingerprint(),)]
        assert ledger.revision() == revision


def test_another_program_and_a_ledger_of_an_older_version_read_everything(
    store: Path, folder: Path, turn_to: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_to(ALL_RULES, ALL_ROWS)
    refresh(store, folder)
    own = extractors.fingerprint()
    monkeypatch.setattr(extractors, "fingerprint", lambda: f"other{own}")
    assert refresh(store, folder).reread.program == len(TEXTS)
    with sqlite3.connect(store) as connection:
        connection.execute("DELETE FROM footings")
    connection.close()
    turn_to(ALL_RULES, ALL_ROWS[1:])
    anew = store.with_name("anew.db")
    assert refresh(store, folder).reread.program == len(TEXTS)
    refresh(anew, folder)
    assert exported(store) == exported(anew)


def test_the_command_says_how_many_were_read_again_and_why(
    store: Path, folder: Path, turn_to: Callable[..., None]
) -> None:
    turn_to(ALL_RULES, ALL_ROWS)
    words = ["refresh", str(folder), "--store", str(store)]
    assert "read again" not in CliRunner().invoke(app, words).stdout
    turn_to((*ALL_RULES[:-3], ALL_RULES[-2]), (*ALL_ROWS, 11))
    said = CliRunner().invoke(app, words).stdout
    assert "read again, the text the same: 0 by another program, 1 by other rules, 1 for other names" in said
