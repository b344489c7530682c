"""Exports: the same bytes for the same ledger, data as data in every format."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from toy import say
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.export import graphml, harmless, jsonl, write_csv
from kg.ledger import Ledger
from kg.rows import edges, nodes

Fill = Callable[..., Ledger]
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
ROUND = "甲创投 INVESTED_IN =cmd|'/c' round=A轮"
SAID = say("a", f"{ROUND} amount=15000000 currency=CNY lead=true", "deal investment 甲创投 乙")


def test_rows_hold_ends_hashes_and_flat_properties(fill: Fill) -> None:
    ledger = fill(SAID)
    ids = {node.id for node in nodes(ledger)}
    for edge in edges(ledger):
        assert {edge.source, edge.target} <= ids
    edge = next(edges(ledger))
    assert (edge.properties["amount_text"], edge.properties["lead"]) == ("1500 万元", True)
    assert edge.properties["documents"] == ["a"]
    assert sorted(edge.type for edge in edges(ledger)) == ["INVESTED_IN", "INVESTEE", "INVESTOR"]


def test_hash_changes_with_the_content_and_only_then(fill: Fill) -> None:
    ledger = fill(SAID)
    before = {edge.id: edge.hash for edge in edges(ledger)}
    assert before == {edge.id: edge.hash for edge in edges(ledger)}
    ledger.record(say("b", ROUND), "rules 1")
    changed = [key for key, value in {edge.id: edge.hash for edge in edges(ledger)}.items() if before[key] != value]
    assert changed == [next(edges(ledger)).id]


def test_jsonl_is_a_stream_in_order(fill: Fill) -> None:
    kinds = [json.loads(line)["kind"] for line in jsonl(fill(SAID))]
    assert kinds == ["document", *["entity"] * 3, *["mention"] * 4, "fact", "deal"]


def test_csv_cells_run_no_formula(fill: Fill, tmp_path: Path) -> None:
    write_csv(fill(SAID), tmp_path / "out")
    with (tmp_path / "out" / "edges.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["target"] == "'=cmd|'/c'"
    assert row["quote"].startswith("甲创投")


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "\n=1", " =1", "＝1+1", "＠SUM(A1)"])
def test_formulas_are_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "甲=乙", ""])
def test_plain_cells_stay(text: str) -> None:
    assert harmless(text) == text


def test_graphml_reads_back_whatever_characters_it_holds(fill: Fill, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_text("\n".join(graphml(fill(SAID, say("b", "<甲&>\x07 SUPPLIES 乙")))), encoding="utf-8")
    back = nx.read_graphml(file, force_multigraph=True)
    assert (back.number_of_nodes(), back.number_of_edges()) == (5, 4)
    assert "<甲&>\ufffd" in back


def test_graphml_is_what_gephi_and_cytoscape_look_for(fill: Fill) -> None:
    text = "\n".join(graphml(fill(SAID, say("b", "figure 乙 营业收入 2024 743000000 CNY"))))
    root = ElementTree.fromstring(text)
    keys = {key.attrib["id"]: key.attrib["attr.type"] for key in root.iter(f"{GRAPHML}key")}
    assert len(keys) == len(list(root.iter(f"{GRAPHML}key")))
    kinds = {"edge-amount": "double", "edge-confidence": "double", "edge-lead": "boolean", "edge-quote": "string"}
    assert kinds.items() <= keys.items()
    assert {"node-value": "double", "node-document_count": "long", "node-label": "string"}.items() <= keys.items()
    back = nx.parse_graphml(text, force_multigraph=True)
    assert back.nodes["甲创投"]["label"] == "甲创投"
    [edge] = [data for *_, data in back.edges(data=True) if data["type"] == "INVESTED_IN"]
    assert (edge["label"], edge["amount"], edge["currency"], edge["lead"]) == ("投资", 15e6, "CNY", True)


def test_csv_begins_with_the_mark_by_which_excel_knows_utf8(fill: Fill, tmp_path: Path) -> None:
    write_csv(fill(SAID), tmp_path)
    assert all((tmp_path / name).read_bytes().startswith("\ufeff".encode()) for name in ("nodes.csv", "edges.csv"))


def test_export_command_writes_files_and_refuses_bad_places(fill: Fill, tmp_path: Path) -> None:
    store = str(fill(SAID).path)
    kg = CliRunner()
    out = tmp_path / "graph.jsonl"
    assert kg.invoke(app, ["export", "--store", store, "-o", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == kg.invoke(app, ["export", "--store", store]).stdout
    assert kg.invoke(app, ["export", "--store", store, "--format", "csv"]).exit_code == 2
    bad = kg.invoke(app, ["export", "--store", store, "-o", str(tmp_path / "no" / "folder")])
    assert (bad.exit_code, "cannot write" in bad.stderr) == (1, True)
