"""`kg explain`: what the rules left unread, the work list of whoever writes rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.extracting import Lists, Rules, keep, sort_out
from kg.cli.options import Jobs, Json, Paths
from kg.cli.output import complain, say, say_json, say_table, tracked
from ontology.records import Entity, Rejected

if TYPE_CHECKING:
    from extractors.relations.explain import Explanation, Unread

AROUND = 24
TRIGGERS = ("trigger", "relations", "sentences", "example")
SENTENCES = ("document", "names", "sentence")
REASONS = ("reason", "candidates", "rules", "example")
Word = Annotated[str | None, typer.Option("--trigger", help="Print the sentences that hold this trigger word.")]
Cause = Annotated[str | None, typer.Option("--reason", help="Print the candidates refused for this reason.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    paths: Paths,
    trigger: Word = None,
    reason: Cause = None,
    json: Json = False,
    jobs: Jobs = 1,
    rules: Rules = None,
    gazetteers: Lists = None,
) -> None:
    """Count the sentences with a trigger word and two names in which no rule fired, and the refused candidates.

    Example: kg explain report.md --trigger 投资
    """
    from extractors.relations.explain import explain as read  # loads the language models, see `kg extract`
    from kg import pipeline

    documents, errors = sort_out(item for _, item in pipeline.read_all(paths))
    reading = partial(read, rules=tuple(rules or ()), lists=tuple(gazetteers or ()))
    found = list(keep(tracked(pipeline.work_all(reading, documents, jobs), len(documents)), errors))
    unread, refused = by_trigger(found, trigger), by_reason(found, reason)
    if json:
        say_json({"unread": dict(unread), "rejected": dict(refused)})
    else:
        show(found, unread, refused, trigger, reason)
    for error in errors:
        complain(str(error))
    if errors:
        raise typer.Exit(1)


def by_trigger(found: Iterable[Explanation], only: str | None) -> Mapping[str, list[Unread]]:
    """Unread sentences by trigger word, the most frequent first."""
    groups: dict[str, list[Unread]] = defaultdict(list)
    for sentence in (sentence for explanation in found for sentence in explanation.unread):
        if only in (None, sentence.trigger):
            groups[sentence.trigger].append(sentence)
    return most_first(groups)


def by_reason(found: Iterable[Explanation], only: str | None) -> Mapping[str, list[Rejected]]:
    """Refused candidates by reason, the most frequent first."""
    groups: dict[str, list[Rejected]] = defaultdict(list)
    for candidate in (candidate for explanation in found for candidate in explanation.rejected):
        if only in (None, candidate.reason):
            groups[candidate.reason].append(candidate)
    return most_first(groups)


def most_first(groups: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The groups by falling size, equal ones by name."""
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def show(
    found: Sequence[Explanation],
    unread: Mapping[str, list[Unread]],
    refused: Mapping[str, list[Rejected]],
    trigger: str | None,
    reason: str | None,
) -> None:
    """Print both lists, or the one that was asked for in full."""
    entities = {entity.id: entity for explanation in found for entity in explanation.entities}
    if trigger:
        rows = ((s.evidence.document, "、".join(s.names), s.evidence.text) for s in unread.get(trigger, ()))
        say_rows(SENTENCES, rows, f"no unread sentence holds {trigger}")
    if reason:
        full = (candidate_cells(candidate, entities) for candidate in refused.get(reason, ()))
        say_rows(("document", "candidate", "rule", "sentence"), full, f"no candidate was refused for {reason}")
    if not (trigger or reason):
        say_rows(TRIGGERS, (trigger_cells(word, group) for word, group in unread.items()), "no unread sentences")
        causes = (reason_cells(cause, group, entities) for cause, group in refused.items())
        say_rows(REASONS, causes, "no refused candidates")


def say_rows(columns: Sequence[str], rows: Iterator[tuple[str, ...]], nothing: str) -> None:
    """Print a table, or that there is nothing."""
    cells = list(rows)
    say_table(columns, cells) if cells else say(nothing)


def trigger_cells(word: str, sentences: Sequence[Unread]) -> tuple[str, ...]:
    """A trigger word with its relations, the number of sentences, and the first of them around the word."""
    relations = sorted({relation for sentence in sentences for relation in sentence.relations})
    return word, " ".join(relations), str(len(sentences)), clip(sentences[0].evidence.text, word)


def clip(sentence: str, word: str) -> str:
    """The sentence some characters around a word, in one line."""
    text = " ".join(sentence.split())
    at = max(text.find(word), 0)
    start, end = max(at - AROUND, 0), at + len(word) + AROUND
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))


def reason_cells(reason: str, candidates: Sequence[Rejected], entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """A reason with the number of candidates, the rules that made most of them, and the first."""
    rules = Counter(candidate.rule for candidate in candidates)
    most = sorted(rules, key=lambda rule: (-rules[rule], rule))[:3]
    named = " ".join(f"{rule} {rules[rule]}" for rule in most)
    return reason, str(len(candidates)), named, edge_of(candidates[0], entities)


def candidate_cells(candidate: Rejected, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """A refused candidate as cells."""
    return candidate.evidence.document, edge_of(candidate, entities), candidate.rule, candidate.evidence.text


def edge_of(candidate: Rejected, entities: Mapping[str, Entity]) -> str:
    """What a candidate would have said."""
    ends = (f"{entities[key].name} ({entities[key].type})" for key in (candidate.subject, candidate.object))
    return f" {candidate.predicate} ".join(ends)
