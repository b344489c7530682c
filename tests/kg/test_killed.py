"""A writer killed in the middle of a document loses nothing that was there and leaves nothing half done."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from toy import say

from kg.export import jsonl
from kg.ledger import Ledger

ROOT, HERE = Path(__file__).parents[2], Path(__file__).parent
OLD = say("a", "甲 SUPPLIES 乙", "丙 SUPPLIES 丁")
NEW = say("a", "甲 SUPPLIES 乙", "戊 SUPPLIES 己", "deal investment 甲 乙")

WRITER = """
import os, signal, sys
from unittest.mock import patch
sys.path[:0] = sys.argv[1:3]
from kg.ledger import Ledger
from test_killed import NEW

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with patch(sys.argv[4], die), Ledger(sys.argv[3]) as ledger:
    ledger.record(NEW, "rules 1")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["claims.insert_claims", "changes.compare", "log.write_log"])
def test_killed_writer_leaves_the_ledger_as_it_was(store: Path, moment: str) -> None:
    with Ledger(store, create=True) as ledger:
        ledger.record(OLD, "rules 1")
        before = list(jsonl(ledger))
    words = [sys.executable, "-c", WRITER, str(ROOT), str(HERE), str(store), f"kg.ledger.{moment}"]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    with Ledger(store) as ledger, Ledger(store.with_name("anew.db"), create=True) as anew:
        assert list(jsonl(ledger)) == before
        ledger.record(NEW, "rules 1")
        anew.record(NEW, "rules 1")
        assert list(jsonl(ledger)) == list(jsonl(anew))
