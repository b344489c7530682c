"""What a refresh has read and not yet written: kept on disk until the whole of it is judged."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType

from ontology.records import Extraction

IN_MEMORY = 1 << 26


class Held:
    """Extractions in the order they came; `facts` counts those of each document."""

    def __init__(self) -> None:
        self.facts: dict[str, int] = {}
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)

    def __enter__(self) -> Held:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, extraction: Extraction) -> None:
        """Keep one extraction."""
        self.facts[extraction.document.id] = len(extraction.facts)
        pickle.dump(extraction, self._file)

    def __iter__(self) -> Iterator[Extraction]:
        self._file.seek(0)
        for _ in self.facts:
            yield pickle.load(self._file)
