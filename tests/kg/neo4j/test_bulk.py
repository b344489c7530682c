"""What `kg export --format neo4j-admin` writes, loaded by the importer of a real server of each version."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import VERSIONS
from servers import skip_or_fail
from told import made_up
from toy import say
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.ledger import Ledger
from kg.neo4j.bulk import ARGUMENTS, write_bulk
from kg.neo4j.connect import Address, connected
from kg.neo4j.noted import View
from kg.neo4j.server import temporary_server
from ontology.errors import ServerError

ODD = '"甲,乙;丙|丁"\\'


@pytest.fixture
def odd_store(tmp_path: Path) -> Path:
    """A store of made-up weeks and of names that CSV could stumble over."""
    with Ledger(tmp_path / "kg.db", create=True) as ledger:
        for extraction in (*made_up(200), say("odd", f"{ODD} SUPPLIES =1+1", f"alias {ODD} = x;y", "丙 SUPPLIES 乙")):
            ledger.record(extraction, "rules 1")
    return tmp_path / "kg.db"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_importer_makes_what_a_sync_would(odd_store: Path, tmp_path: Path, version: str) -> None:
    exported = CliRunner().invoke(
        app, ["export", "--format", "neo4j-admin", "--store", str(odd_store), "-o", str(tmp_path / "bulk")]
    )
    assert f"neo4j-admin @{ARGUMENTS}" in exported.stdout
    running = temporary_server(version, repository=os.environ.get("KG_MAVEN_REPOSITORY", ""), bulk=tmp_path / "bulk")
    try:
        server = running.__enter__()
    except ServerError as error:
        if "import" in error.what:
            raise
        skip_or_fail(str(error))
    try:
        with Ledger(odd_store) as ledger, connected(Address(server.uri)) as neo4j:
            view = View(ledger, neo4j.driver, neo4j.database)
            assert view.check() == []
            report = view.sync()
            assert (report.written, report.edges.unchanged > 200) == (0, True)
            found = neo4j.driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN name", database_=neo4j.database)
            assert {"kg_entity_id", "kg_supplies_id"} <= {str(record[0]) for record in found.records}
    finally:
        running.__exit__(None, None, None)


def test_files_by_label_and_type_with_typed_columns(fill: Callable[..., Ledger], tmp_path: Path) -> None:
    write_bulk(fill(say("a", "甲 SUPPLIES 乙", "alias 甲 = 甲股份", "deal investment 甲 乙")), tmp_path)
    names = ["Entity-Company", "Entity-Deal"], ["INVESTEE", "INVESTOR", "SUPPLIES"]
    files = [*(f"nodes-{name}.csv" for name in names[0]), *(f"relationships-{name}.csv" for name in names[1])]
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == files
    head, *lines = (tmp_path / "nodes-Entity-Company.csv").read_text("utf-8").splitlines()
    assert re.match("id:ID,", head)
    assert {"aliases:string[]", "document_count:long", "kg_hash:string"} <= set(head.split(","))
    assert len(lines) == 2
    arguments = (tmp_path / ARGUMENTS).read_text("utf-8").splitlines()
    assert arguments[:4] == ['"database"', '"import"', '"full"', '"neo4j"']
    assert '"--nodes=Entity:Company=./nodes-Entity-Company.csv"' in arguments


def test_without_a_folder_one_line_says_what_to_do(odd_store: Path) -> None:
    refused = CliRunner().invoke(app, ["export", "--format", "neo4j-admin", "--store", str(odd_store)])
    assert refused.exit_code == 2
    assert "name a folder with -o" in refused.stderr
