"""`kg extract`: text in, stream out; no store is touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from kg.cli.options import Jobs, Json, Paths
from kg.cli.output import complain, say_table, tracked
from kg.held import Sorted
from kg.wording import qualifiers_in_words
from ontology.errors import InputError
from ontology.records import Document, Extraction

Result = TypeVar("Result")
Folder = partial(typer.Option, exists=True, file_okay=False)
Rules = Annotated[list[Path] | None, Folder("--rules", help="A folder of rules of your own.")]
Lists = Annotated[list[Path] | None, Folder("--gazetteers", help="A folder of lists of your own.")]


class Format(str, Enum):
    """How `kg extract` prints."""

    jsonl = "jsonl"
    table = "table"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    paths: Paths,
    format: Annotated[Format, typer.Option("--format", help="JSON Lines or a table of facts.")] = Format.jsonl,
    json: Json = False,
    jobs: Jobs = 1,
    rules: Rules = None,
    gazetteers: Lists = None,
) -> None:
    """Print what the reports say, documents sorted by id: entities, mentions, facts, deals, figures.

    Example: kg extract report.md --format table
    """
    from kg import inputs, pipeline  # loads the language models, which other commands do without

    documents, errors = sort_out(item for _, item in inputs.read_all(paths))
    own, as_lines = (tuple(rules or ()), tuple(gazetteers or ())), json or format is Format.jsonl
    if as_lines:
        for text in keep(tracked(pipeline.tell_all(documents, jobs, *own), len(documents), streams=True), errors):
            typer.echo(text)
    else:
        show(keep(tracked(pipeline.extract_all(documents, jobs, *own), len(documents)), errors))
    for error in errors:
        complain(str(error))
    if errors:
        raise typer.Exit(1)


def sort_out(items: Iterable[Document | InputError]) -> tuple[Sorted, list[InputError]]:
    """Documents sorted by id, each once, and the errors."""
    documents, errors = Sorted(), list[InputError]()
    for item in items:
        if isinstance(item, InputError):
            errors.append(item)
        else:
            documents.add(item)
    return documents, errors


def keep(results: Iterable[Result | InputError], errors: list[InputError]) -> Iterator[Result]:
    """Yield the results; put the errors among them into `errors`."""
    for result in results:
        if isinstance(result, InputError):
            errors.append(result)
        else:
            yield result


def show(extractions: Iterable[Extraction]) -> None:
    """Print the facts of every document as a table."""
    rows: list[tuple[str, ...]] = []
    for extraction in extractions:
        names = {entity.id: entity.name for entity in extraction.entities}
        for fact in extraction.facts:
            ends = names.get(fact.subject, fact.subject), names.get(fact.object, fact.object)
            terms = qualifiers_in_words(fact.qualifiers)
            rows.append((ends[0], fact.predicate, ends[1], fact.qualifiers.get("status", ""), terms, fact.rule))
    say_table(("subject", "relation", "object", "status", "terms", "rule"), rows)
