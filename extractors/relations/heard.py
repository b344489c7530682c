"""The rules as one document asks them: lines and the rules they call are noted, so that other rules can be asked."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable

from extractors.relations.rules import Compiled, RuleBook, RuleSet, precisions

Answers = dict[tuple[str, str], list[Compiled]]
"""By the name of a set of rules and a line: the rules of the set that the line may call."""


class Heard:
    """A rule book that notes for one document what its sets are asked and what they answer."""

    def __init__(self, book: RuleBook) -> None:
        self._answers: Answers = {}
        self._book, self.cues = book, book.cues
        self.nouns, self.asides = self._set("nouns", book.nouns), self._set("asides", book.asides)
        self.clauses, self.openings = self._set("clauses", book.clauses), self._set("openings", book.openings)

    def _set(self, name: str, rules: RuleSet) -> HeardSet:
        return HeardSet(name, rules, self._answers)

    def questions(self) -> tuple[tuple[str, str], ...]:
        """The sets that were asked, each with the line, sorted."""
        return tuple(sorted(self._answers))

    def ask(self, questions: Iterable[tuple[str, str]]) -> str:
        """Ask what another reading asked, and return the hash of all answers."""
        sets = {rules.name: rules for rules in (self.nouns, self.asides, self.clauses, self.openings)}
        for name, line in questions:
            sets[name].sift(line)
        return self.digest()

    def digest(self) -> str:
        """Hash of all answers, each with its question, and of what was measured of rules that stand in no file."""
        digest = hashlib.sha256(repr(_measured_beside(self._book)).encode())
        for question, rules in sorted(self._answers.items(), key=lambda item: item[0]):
            digest.update(repr((question, [rule.mark for rule in rules])).encode())
        return digest.hexdigest()[:16]


class HeardSet:
    """One set of rules, with a name; its answers are noted."""

    def __init__(self, name: str, rules: RuleSet, answers: Answers) -> None:
        self.name, self._rules, self._answers = name, rules, answers

    def sift(self, line: str) -> list[Compiled]:
        """The rules a line may call, in their order."""
        found = self._answers.get((self.name, line))
        if found is None:
            self._answers[self.name, line] = found = self._rules.sift(line)
        return found


@functools.cache
def _measured_beside(book: RuleBook) -> list[tuple[str, float]]:
    """What was measured of rules that are written in the code."""
    return sorted((rule, right) for rule, right in precisions().items() if rule not in book.ids)
