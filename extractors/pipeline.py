"""The steps one after another: text → words → entities → relations; `extractors.components` gives them to spaCy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from extractors.entities.gazetteer import Gazetteer, load_gazetteer
from extractors.entities.recognise import Passage, recognise
from extractors.entities.registry import Registry
from extractors.language.normalise import normalise
from extractors.language.words import Words, words_of
from extractors.read.layout import READ, Block, lay_out
from extractors.relations.rules import RuleBook, load_rules
from extractors.results import Reading, collect, read_all
from ontology.records import Document, Extraction


@dataclass(frozen=True, slots=True)
class Named:
    """A document with the names found in it, and who is who."""

    document: Document
    blocks: Sequence[Block]
    passages: list[Passage]
    registry: Registry


@dataclass(frozen=True, slots=True)
class Read:
    """A document after the last step, with what the steps before it leave."""

    passages: list[Passage]
    reading: Reading
    extraction: Extraction


def extract(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """Entities, mentions, facts and deals of one document: a pure function of document, rules and lists."""
    return run(document, rules, lists).extraction


def run(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Read:
    """The document after every step over the packaged rules and lists and those of the user's folders.

    Raises SchemaError where a rule or list is wrong.
    """
    gazetteer, book = load_gazetteer(lists), load_rules(rules)
    return find_relations(find_names(document, word_starts(document.text), gazetteer), book)


def find_names(document: Document, starts: Sequence[int], gazetteer: Gazetteer) -> Named:
    """Layout, names and who is who; `starts` are the offsets at which words begin."""
    blocks = lay_out(document.text, document.title)
    passages = [_passage(document.text, block, starts) for block in blocks if block.kind in READ]
    return Named(document, blocks, passages, recognise(passages, gazetteer))


def find_relations(named: Named, book: RuleBook) -> Read:
    """Facts, deals and figures."""
    reading = read_all(named.document, named.passages, named.blocks, named.registry, book)
    return Read(named.passages, reading, collect(named.document, reading))


def word_starts(text: str) -> list[int]:
    """Where the words of a text begin."""
    return [0, *accumulate(map(len, words_of(text)))][:-1]


def _passage(text: str, block: Block, starts: Sequence[int]) -> Passage:
    flow = normalise(text, block.start, block.end)
    return Passage(block, flow, Words(flow, starts[bisect_left(starts, block.start) : bisect_left(starts, block.end)]))
