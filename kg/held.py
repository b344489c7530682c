"""What is kept on disk until the whole of it is there: documents to be sorted, extractions to be judged."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType

from ontology.records import Document, Extraction

IN_MEMORY = 1 << 24


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


class Sorted:
    """Documents sorted by id and content, each once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)

    def add(self, document: Document) -> None:
        """Keep one document; of several with the same content, the last one."""
        self._places[document.id, document.content_hash] = self._file.tell()
        pickle.dump(document, self._file)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Document]:
        for _, place in sorted(self._places.items()):
            self._file.seek(place)
            yield pickle.load(self._file)
