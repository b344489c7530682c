"""The lists as one document asks them: questions and answers are noted, so that other lists can be asked the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from extractors.entities.gazetteer import Entry, Gazetteer, Hit

TEXT, NAME, MAKER, CODE, LINEAGE = "text", "name", "maker", "code", "lineage"


class Consulted:
    """A gazetteer that notes for one document what it is asked and what it answers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._answers: dict[tuple[str, str], Entry | frozenset[str] | list[Hit] | None] = {}

    def find(self, text: str) -> list[Hit]:
        """Listed names in normalised text."""
        self._answers[TEXT, text] = hits = self._gazetteer.find(text)
        return hits

    def by_name(self, name: str) -> Entry | None:
        """The first unguarded entry that goes by exactly this name."""
        self._answers[NAME, name] = entry = self._gazetteer.by_name(name)
        return entry

    def maker(self, name: str) -> Entry | None:
        """The first firm that goes by exactly this name, guarded or not."""
        self._answers[MAKER, name] = entry = self._gazetteer.maker(name)
        return entry

    def by_code(self, code: str) -> Entry | None:
        """The entry listed under a stock code."""
        self._answers[CODE, code] = entry = self._gazetteer.by_code(code)
        return entry

    def lineage(self, name: str) -> frozenset[str]:
        """`name` and the names of its parents upwards."""
        self._answers[LINEAGE, name] = names = self._gazetteer.lineage(name)
        return names

    def questions(self) -> tuple[tuple[str, str], ...]:
        """What was asked besides the text itself, sorted."""
        return tuple(sorted(question for question in self._answers if question[0] != TEXT))

    def ask(self, texts: Iterable[str], questions: Iterable[tuple[str, str]]) -> str:
        """Ask what another reading asked, and return the hash of all answers."""
        for text in texts:
            self.find(text)
        asking = {NAME: self.by_name, MAKER: self.maker, CODE: self.by_code, LINEAGE: self.lineage}
        for kind, question in questions:
            asking[kind](question)
        return self.digest()

    def digest(self) -> str:
        """Hash of all answers, each with its question."""
        digest = hashlib.sha256()
        for (kind, question), answer in sorted(self._answers.items(), key=lambda item: item[0]):
            digest.update(repr((kind, question, list(_marks(answer)))).encode())
        return digest.hexdigest()[:16]


def _marks(answer: Entry | frozenset[str] | list[Hit] | None) -> Iterator[tuple[object, ...]]:
    """An answer as data: of an entry the hash of all that its row says."""
    if isinstance(answer, Entry):
        yield (answer.mark,)
    elif isinstance(answer, frozenset):
        yield tuple(sorted(answer))
    else:
        yield from ((hit.start, hit.end, hit.sure, hit.entry.mark) for hit in answer or ())
