"""What was left unread: sentences with a trigger word and two names in which nothing fired; and who read what."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.language.sentences import sentences
from extractors.pipeline import run
from extractors.relations.assemble import assemble
from extractors.relations.match import Candidate
from extractors.relations.rules import RuleBook, guarded, load_rules
from extractors.results import labels_of_roles
from ontology.records import Document, Entity, Evidence, Extraction, Record, Rejected
from ontology.schema import load_ontology

SHORTEST_TRIGGER = 2
_NAME = "\ufffc"


class Unread(Record):
    """A sentence with a trigger word of the rules of `relations` in which no rule fired, and the names it has."""

    trigger: str
    relations: tuple[str, ...]
    names: tuple[str, ...]
    evidence: Evidence


class Explanation(Record):
    """What a document holds that did not become a fact."""

    unread: tuple[Unread, ...]
    rejected: tuple[Rejected, ...]
    entities: tuple[Entity, ...]


def explain(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Explanation:
    """Unread sentences and refused candidates of one document, in the order of the text."""
    read = run(document, rules, lists)
    extraction = read.extraction
    unread = find_unread(extraction, read.passages, load_rules(rules))
    return Explanation(unread=tuple(unread), rejected=extraction.rejected, entities=extraction.entities)


def find_unread(extraction: Extraction, passages: Iterable[Passage], book: RuleBook) -> Iterator[Unread]:
    """Yield the sentences without any candidate, once for each trigger word of a relation that could tie two names."""
    found = [*(e for fact in extraction.facts for e in fact.evidence), *(r.evidence for r in extraction.rejected)]
    read = {(evidence.start, evidence.end) for evidence in found}
    for passage in passages:
        for start, end in sentences(passage.text):
            here = _evidence(extraction.document, passage, start, end)
            if (here.start, here.end) not in read:
                yield from _unread_triggers(passage, start, end, here, book)


def _unread_triggers(passage: Passage, start: int, end: int, here: Evidence, book: RuleBook) -> Iterator[Unread]:
    named = [i for i, span in enumerate(passage.spans) if start <= span.start and span.end <= end]
    referents = list(dict.fromkeys(passage.referents[i] for i in named))
    text = passage.text[:end]
    for span in (passage.spans[i] for i in named):
        text = text[: span.start] + _NAME * (span.end - span.start) + text[span.end :]
    names = tuple(passage.text[passage.spans[i].start : passage.spans[i].end] for i in named)
    for trigger, relations in _triggers_in(text[start:], book).items() if len(referents) > 1 else ():
        possible = tuple(name for name in sorted(relations) if _could_tie(name, referents))
        if possible:
            yield Unread(trigger=trigger, relations=possible, names=names, evidence=here)


def _could_tie(relation: str, referents: Sequence[Referent]) -> bool:
    """Whether the relation takes two of these by their types."""
    ontology = load_ontology()
    ends = ontology.relations[relation]
    labels = [set(ontology.entities[referent.type].labels) for referent in referents]
    return any(a & set(ends.subject) and b & set(ends.object) for a, b in permutations(labels, 2))


def _triggers_in(text: str, book: RuleBook) -> dict[str, set[str]]:
    """Trigger words of a text with the relations they are for; single characters say too little to count."""
    found: dict[str, set[str]] = defaultdict(set)
    for pattern, relations in _triggers(book).items():
        for match in pattern.finditer(text):
            if len(match["V"]) >= SHORTEST_TRIGGER:
                found[match["V"]] |= relations
    return found


@functools.cache
def _triggers(book: RuleBook) -> dict[re.Pattern[str], frozenset[str]]:
    """Each trigger pattern with the relations it is for."""
    relations: dict[str, set[str]] = defaultdict(set)
    for rules in book.files:
        for rule in (*rules.frames, *rules.nouns, *rules.idioms):
            relations[guarded(rule)].add(rules.relation)
    return {re.compile(words): frozenset(names) for words, names in relations.items()}


def _evidence(document: Document, passage: Passage, start: int, end: int) -> Evidence:
    first, last = passage.flow.source(start, end)
    text = document.text[first:last]
    return Evidence(document=document.id, section=passage.block.section, start=first, end=last, text=text)


class Firing(Record):
    """That a rule reads a fact, be it alone or not."""

    document: str
    fact: str
    rule: str


def trace(document: Document) -> tuple[Extraction, tuple[Firing, ...]]:
    """The extraction of a document, and every rule that reads each of its facts; confidences play no part in that."""
    read = run(document)
    return read.extraction, tuple(_firings(document, read.reading.candidates))


def _firings(document: Document, candidates: Sequence[Candidate]) -> Iterator[Firing]:
    types = labels_of_roles(candidates)
    for candidate in candidates:
        for fact in assemble([candidate], document, types).facts:
            yield Firing(document=document.id, fact=fact.id, rule=candidate.rule.id)
