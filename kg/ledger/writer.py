"""One writer at a time: the place a run holds while it goes, freed by the system however the run ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.ledger import store
from ontology.errors import StoreError


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the writer's place of a store until the end; raises StoreError at once where another run holds it.

    The place is an empty SQLite file beside the store, locked and never written to, so that it works wherever the
    store does and readers do not notice.
    """
    with store.explained(path):
        place = sqlite3.connect(f"{path}-writer", timeout=0, isolation_level=None)
    with closing(place):
        try:
            place.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise store.explain(error, path) from error
            raise StoreError(
                "another run is writing", str(path), "wait until it is done; look-ups work meanwhile"
            ) from None
        yield
