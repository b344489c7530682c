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
from kg.merged import merge_facts
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
    facts = "facts"
    table = "table"


class Engine(str, Enum):
    """What reads."""

    local = "local"
    spark = "spark"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    paths: Paths,
    format: Annotated[
        Format,
        typer.Option("--format", help="JSON Lines; facts, each once over all documents; or a table of facts."),
    ] = Format.jsonl,
    json: Json = False,
    jobs: Jobs = 1,
    engine: Annotated[Engine, typer.Option("--engine", help="What reads: this machine, or Apache Spark.")] = (
        Engine.local
    ),
    master: Annotated[str, typer.Option("--master", help="The Spark master, such as local[2] or yarn.")] = "",
    results: Annotated[
        Path, typer.Option("--results", help="Where Spark keeps the result of each file, for runs to come.")
    ] = Path("kg-results"),
    rules: Rules = None,
    gazetteers: Lists = None,
) -> None:
    """Print what the reports say, documents sorted by id: entities, mentions, facts, deals, figures.

    Example: kg extract report.md --format table
    """
    own, form = (tuple(rules or ()), tuple(gazetteers or ())), Format.jsonl if json else format
    if engine is Engine.spark:
        errors = extract_there(paths, form, master, results, *own)
    else:
        errors = extract_here(paths, form, jobs, *own)
    for error in errors:
        complain(str(error))
    if errors:
        raise typer.Exit(1)


def extract_here(
    paths: list[str], form: Format, jobs: int, rules: tuple[Path, ...], lists: tuple[Path, ...]
) -> list[InputError]:
    """Read in processes of this machine and print; gives what could not be read."""
    from kg import inputs, pipeline  # loads the language models, which other commands do without

    documents, errors = sort_out(item for _, item in inputs.read_all(paths))
    if form is Format.table:
        show(keep(tracked(pipeline.extract_all(documents, jobs, rules, lists), len(documents)), errors))
        return errors
    texts = tracked(pipeline.tell_all(documents, jobs, rules, lists), len(documents), streams=form is Format.jsonl)
    for line in printed(keep(texts, errors), form):
        typer.echo(line)
    return errors


def extract_there(
    paths: list[str], form: Format, master: str, results: Path, rules: tuple[Path, ...], lists: tuple[Path, ...]
) -> list[InputError]:
    """Read on Spark and print the same; gives what could not be read."""
    from kg.spark import job  # loads the language models, which other commands do without
    from kg.spark import results as kept

    if form is Format.table:
        raise typer.BadParameter("Spark prints jsonl or facts", param_hint="--format")
    files, errors = job.files_under(paths)
    plan = kept.Plan(results.absolute(), *(tuple(folder.absolute() for folder in own) for own in (rules, lists)))
    with job.session(master) as context:
        done = job.extract_on_spark(context, files, plan)
        errors += done.errors
        texts = keep(done.told(), errors)
        for line in texts if form is Format.jsonl else job.merge_facts_on_spark(context, done.results):
            typer.echo(line)
    return errors


def printed(texts: Iterator[str], form: Format) -> Iterator[str]:
    """The lines of documents as they are, or the facts in them merged."""
    return merge_facts(texts) if form is Format.facts else texts


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
