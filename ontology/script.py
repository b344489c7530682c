"""Traditional characters and the simplified ones they stand for, so that both spell one name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).resolve().parent / "traditional.yml"


@cache
def simplified() -> dict[int, int]:
    """The table that `str.translate` takes; every character becomes exactly one."""
    table = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return str.maketrans(table["traditional"], table["simplified"])
