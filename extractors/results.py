"""What a document yields, put together: mentions, facts, deals, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent, Registry, to_entity
from extractors.read.layout import Block
from extractors.relations.assemble import assemble
from extractors.relations.deals import find_deals
from extractors.relations.match import Candidate
from extractors.relations.read import Reader
from extractors.relations.rules import RuleBook
from extractors.relations.tables import rated
from ontology.records import Document, Entity, Extraction, Mention


def read_facts(
    document: Document, passages: Sequence[Passage], blocks: Sequence[Block], registry: Registry, rules: RuleBook
) -> tuple[list[Passage], list[Candidate]]:
    """Candidates from prose and tables, and all passages in the order of the text, table rows among them."""
    candidates = list(Reader(document, registry, rules).read(passages))
    tables = list(rated(document, blocks, registry))
    rows = dict.fromkeys(row for _, row in tables)
    ordered = sorted([*passages, *rows], key=lambda p: p.block.start if not p.flow.offsets else p.flow.offsets[0])
    return ordered, [*candidates, *(candidate for candidate, _ in tables)]


def collect(document: Document, passages: Sequence[Passage], candidates: Sequence[Candidate]) -> Extraction:
    """The extraction of a document."""
    types = labels_of_roles(candidates)
    assembly = assemble(candidates, document, types)
    ends = [r for c in candidates for r in (c.subject, c.object)]
    entities = _entities([*(r for p in passages for r in p.referents), *ends], types)
    return Extraction(
        document=document,
        entities=entities,
        mentions=tuple(mentions_of(document, passages)),
        facts=tuple(assembly.facts),
        deals=tuple(find_deals(assembly.told, document, {entity.id: entity for entity in entities})),
        rejected=tuple(assembly.rejected),
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
