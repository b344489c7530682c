"""The examples beside the rules, run: names are marked in the text, so that a rule is tried on its own."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.entities.gazetteer import Gazetteer
from extractors.entities.recognise import Passage
from extractors.entities.registry import Registry
from extractors.entities.spans import Span
from extractors.expressions import ready as re
from extractors.language.normalise import normalise
from extractors.language.words import Words
from extractors.read.layout import Block
from extractors.relations.assemble import assemble
from extractors.relations.read import Reader
from extractors.relations.rules import Example, RelationRules, RuleBook
from ontology.records import Document, Fact
from ontology.schema import load_ontology

_MARK = re.compile(r"\{(?P<name>[^{}:]+):(?P<type>[A-Z][A-Za-z]+)\}")
_DATE = "2025-12-24"


def failures(book: RuleBook) -> Iterator[str]:
    """Yield one line for each example of a rule or cue that is read otherwise than it should."""
    yield from cue_failures(book)
    for rules in book.files:
        yield from rule_failures(rules, book)


def cue_failures(book: RuleBook) -> Iterator[str]:
    """Yield one line for each example of a cue without a fact of its status, and each counter-example with one."""
    for cue in book.cues.cues:
        for text, wanted in ((cue.example, True), (cue.counter, False)):
            found = read_example(Example(text=text, facts=()), book) if text else []
            said = any(f"status={cue.status}" in fact.split() for fact in found)
            if text and (said != wanted or not found):
                yield f"status.yml: {'no' if wanted else 'a'} fact with status {cue.status} in {text!r}, found {found}"


def rule_failures(rules: RelationRules, book: RuleBook) -> Iterator[str]:
    """Yield one line for each example of a relation that reads other facts of it than it should."""
    family = _family(rules)
    for rule in (*rules.frames, *rules.nouns, *rules.idioms):
        for example in rule.examples:
            yield from _compare(rule.id, example, [f for f in read_example(example, book) if f.split()[1] in family])


def _family(rules: RelationRules) -> set[str]:
    relation = load_ontology().relations[rules.relation]
    return {relation.name, *filter(None, (relation.pending,))}


def _compare(rule: str, example: Example, found: list[str]) -> Iterator[str]:
    for wanted in example.facts:
        if not any(_says(wanted, fact) for fact in found):
            yield f"{rule}: missing {wanted!r} in {example.text!r}, found {found}"
    for fact in found:
        if not any(_says(" ".join(wanted.split(" ")[:3]), fact) for wanted in example.facts):
            yield f"{rule}: unwanted {fact!r} in {example.text!r}"


def _says(wanted: str, fact: str) -> bool:
    """Whether a fact has the ends and qualifiers wanted; a symmetric one either way round."""
    subject, predicate, object_, *qualifiers = wanted.split(" ")
    first, said, second, *given = fact.split(" ")
    ends = {(first, second), *([(second, first)] if load_ontology().relations[said].symmetric else [])}
    return said == predicate and (subject, object_) in ends and set(qualifiers) <= set(given)


def read_example(example: Example, book: RuleBook) -> list[str]:
    """Facts of an example as `subject PREDICATE object key=value …`; spaces inside names are dropped."""
    registry = Registry(Gazetteer(()))
    text, passage = marked_passage(example.text, registry)
    document = Document(id="example", text=text, date=_DATE, publisher="某证券")
    facts = assemble(Reader(document, registry, book).read([passage]), document, {}).facts
    return [_write(fact) for fact in facts]


def marked_passage(marked: str, registry: Registry) -> tuple[str, Passage]:
    """The text without its marks, and the passage in which the marked names stand."""
    text, spans = _unmark(marked)
    flow = normalise(text)
    passage = Passage(Block("paragraph", 0, len(text), ""), flow, Words(flow, ()))
    passage.spans = [
        Span(flow.position(a), flow.position(b), flow.text[flow.position(a) : flow.position(b)], kind, 3)
        for a, b, kind in spans
    ]
    passage.referents = [registry.named(span.name, span.type) for span in passage.spans]
    return text, passage


def _unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    parts: list[str] = []
    spans, last, at = [], 0, 0
    for match in _MARK.finditer(marked):
        parts += [marked[last : match.start()], match["name"]]
        at += match.start() - last
        spans.append((at, at + len(match["name"]), match["type"]))
        at, last = at + len(match["name"]), match.end()
    return "".join([*parts, marked[last:]]), spans


def _write(fact: Fact) -> str:
    ends = (_bare(fact.subject), fact.predicate, _bare(fact.object))
    return " ".join([*ends, *(f"{key}={''.join(value.split())}" for key, value in fact.qualifiers.items())])


def _bare(identity: str) -> str:
    return identity.split(":", 1)[-1]
