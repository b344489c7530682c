"""The ledger as of a date: what documents up to then say, without those that came later."""

from __future__ import annotations

import re
import sqlite3

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

VIEWS = """
CREATE TEMP TABLE last_day AS SELECT '{day}' AS day;
CREATE TEMP VIEW documents AS
  SELECT d.* FROM main.documents d, last_day WHERE d.date <> '' AND substr(d.date, 1, length(day)) <= day;
CREATE TEMP VIEW claims AS
  SELECT c.rowid AS rowid, c.* FROM main.claims c WHERE c.document IN (SELECT id FROM temp.documents);
CREATE TEMP VIEW names AS SELECT n.* FROM main.names n WHERE n.document IN (SELECT id FROM temp.documents);
CREATE TEMP VIEW mentions AS SELECT m.* FROM main.mentions m WHERE m.document IN (SELECT id FROM temp.documents);
"""


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day in ISO 8601."""
    return bool(DATE.fullmatch(text))


def as_of(connection: sqlite3.Connection, day: str) -> None:
    """Let a connection see the documents of `day` (a date, see `is_date`) and before, and write nothing.

    SQLite looks for a table among the temporary ones first, so that every query of the ledger reads these views.
    """
    assert is_date(day)
    connection.executescript(VIEWS.format(day=day))
    connection.execute("PRAGMA query_only = ON")
