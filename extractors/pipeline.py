"""The pipeline: read → segment → mentions → link → facts, one spaCy `Language` with a component for each step."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.entities.gazetteer import Gazetteer, load_gazetteer
from extractors.entities.recognise import Passage, recognise
from extractors.entities.registry import Referent, to_entity
from extractors.language.normalise import normalise
from extractors.language.words import Words, dictionary
from extractors.read.layout import Block, lay_out
from extractors.relations.assemble import assemble
from extractors.relations.deals import find_deals
from extractors.relations.match import Candidate
from extractors.relations.read import Reader
from extractors.relations.rules import RuleBook, load_rules
from extractors.relations.tables import rated
from ontology.records import Document, Entity, Extraction, Mention


@functools.cache
def _gazetteer(folders: tuple[Path, ...] = ()) -> Gazetteer:
    return load_gazetteer(folders)


def extract(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """Entities, mentions and facts of one document: a pure function of the document, the rules and the lists."""
    starts = word_starts(document.text)
    blocks = lay_out(document.text, document.title)
    passages = [_passage(document.text, block, starts) for block in blocks if block.kind in ("heading", "paragraph")]
    return _relate(document, passages, blocks, load_rules(rules), _gazetteer(lists))


def word_starts(text: str) -> list[int]:
    """Offsets at which jieba's words of a text begin."""
    starts, at = [], 0
    for word in dictionary().cut(text):
        starts.append(at)
        at += len(word)
    return starts


def _passage(text: str, block: Block, starts: list[int]) -> Passage:
    flow = normalise(text, block.start, block.end)
    return Passage(block, flow, Words(flow, starts[bisect_left(starts, block.start) : bisect_left(starts, block.end)]))


def _relate(
    document: Document, passages: list[Passage], blocks: list[Block], rules: RuleBook, lists: Gazetteer
) -> Extraction:
    registry = recognise(passages, lists)
    reader = Reader(document, registry, rules)
    candidates = list(reader.read(passages))
    tables = list(rated(document, blocks, registry))
    candidates += [candidate for candidate, _ in tables]
    passages = sorted(
        [*passages, *dict.fromkeys(row for _, row in tables)], key=lambda p: p.flow.offsets[0] if p.flow.offsets else 0
    )
    types = _types(candidates)
    assembly = assemble(candidates, document, types)
    referents = [r for p in passages for r in p.referents] + [r for c in candidates for r in (c.subject, c.object)]
    entities = _entities(referents, types)
    return Extraction(
        document=document,
        entities=entities,
        mentions=tuple(_mentions(document, passages)),
        facts=tuple(assembly.facts),
        deals=tuple(find_deals(assembly.facts, assembly.shared, {entity.id: entity for entity in entities})),
        rejected=tuple(assembly.rejected),
    )


def _types(candidates: Iterable[Candidate]) -> dict[str, frozenset[str]]:
    """Labels that roles add: a firm that invests carries Investor as well."""
    invests = (c.subject for c in candidates if c.relation.name in ("INVESTED_IN", "PLANS_TO_INVEST_IN"))
    return {r.id: frozenset({"Investor"}) for r in invests if r.type == "Company"}


def _mentions(document: Document, passages: Iterable[Passage]) -> Iterator[Mention]:
    for passage in passages:
        for span, referent in zip(passage.spans, passage.referents, strict=True):
            start, end = passage.flow.source(span.start, span.end)
            yield Mention(entity=referent.id, document=document.id, start=start, end=end, text=document.text[start:end])


def _entities(referents: Iterable[Referent], types: dict[str, frozenset[str]]) -> tuple[Entity, ...]:
    """One entity an id, in the order of ids; referents of one id add up."""
    entities: dict[str, Entity] = {}
    for referent in dict.fromkeys(referents):
        entity = to_entity(referent, types.get(referent.id, frozenset()))
        known = entities.get(entity.id)
        if known:
            names = {known.name, entity.name, *known.aliases, *entity.aliases} - {known.name}
            entity = known.model_copy(update={"aliases": tuple(sorted(names))})
        entities[entity.id] = entity
    return tuple(entities[key] for key in sorted(entities))
