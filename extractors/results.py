"""What a document yields, put together: mentions, facts, deals, figures, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.entities.consulted import Consulted
from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent, Registry, to_entity
from extractors.figures.stated import Stated, to_metrics
from extractors.figures.tables import read_tables
from extractors.read.layout import Block
from extractors.relations.assemble import assemble
from extractors.relations.called_off import call_off
from extractors.relations.deals import find_deals
from extractors.relations.heard import Heard
from extractors.relations.match import Candidate
from extractors.relations.read import Reader
from extractors.relations.rules import RuleBook
from extractors.relations.tables import rated
from ontology.records import Document, Entity, Extraction, Footing, Mention


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a document: its passages in the order of the text, table rows among them; and what was asked."""

    passages: list[Passage]
    candidates: list[Candidate]
    figures: list[Stated]
    footing: Footing


def read_all(
    document: Document, passages: Sequence[Passage], blocks: Sequence[Block], registry: Registry, rules: RuleBook
) -> Reading:
    """Candidate facts and figures from prose and tables."""
    reader = Reader(document, registry, rules)
    candidates = list(reader.read(passages))
    rated_rows = list(rated(document, blocks, registry))
    figures = list(read_tables(document, blocks, passages, registry))
    rows = {(row.block.start, row.flow.offsets[0]): row for _, row in figures if row}
    rows |= {(row.block.start, row.flow.offsets[0]): row for _, row in rated_rows}
    ordered = sorted([*passages, *rows.values()], key=lambda p: p.flow.offsets[0] if p.flow.offsets else p.block.start)
    candidates += [candidate for candidate, _ in rated_rows]
    told = [*reader.figures, *(figure for figure, _ in figures)]
    return Reading(ordered, candidates, told, footing(registry.lists, reader.heard))


def footing(lists: Consulted, rules: Heard) -> Footing:
    """What a reading asked, and the hashes of what it was answered."""
    return Footing(names=lists.questions(), lines=rules.questions(), lists=lists.digest(), rules=rules.digest())


def collect(document: Document, reading: Reading) -> Extraction:
    """The extraction of a document."""
    candidates = reading.candidates
    call_off(candidates, reading.passages)
    types = labels_of_roles(candidates)
    assembly = assemble(candidates, document, types)
    ends = [r for c in candidates for r in (c.subject, c.object)]
    owners = [figure.referent for figure in reading.figures]
    entities = _entities([*(r for p in reading.passages for r in p.referents), *ends, *owners], types)
    return Extraction(
        document=document,
        entities=entities,
        mentions=tuple(mentions_of(document, reading.passages)),
        facts=tuple(assembly.facts),
        deals=tuple(find_deals(assembly.told, document, {entity.id: entity for entity in entities})),
        metrics=to_metrics(document, reading.figures),
        rejected=tuple(assembly.rejected),
        footing=reading.footing,
    )


def mentions_of(document: Document, passages: Iterable[Passage]) -> Iterator[Mention]:
    """Mentions in the order of the text."""
    for passage in passages:
        for span, referent in zip(passage.spans, passage.referents, strict=True):
            start, end = passage.flow.source(span.start, span.end)
            yield Mention(entity=referent.id, document=document.id, start=start, end=end, text=document.text[start:end])


def labels_of_roles(candidates: Iterable[Candidate]) -> dict[str, frozenset[str]]:
    """Labels that roles add: a firm that invests carries Investor as well."""
    invests = (c.subject for c in candidates if c.relation.name in ("INVESTED_IN", "PLANS_TO_INVEST_IN"))
    return {r.id: frozenset({"Investor"}) for r in invests if r.type == "Company"}


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
