"""`kg check`: a source's own arithmetic."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.checks import Checked, Wrong
from kg.cli.extracting import keep, sort_out
from kg.cli.language import tr
from kg.cli.options import STORE, Jobs, Json, Store
from kg.cli.output import complain, say, say_json, tracked
from kg.graph import KnowledgeGraph


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Reports to test without a store; else those in the store.")
    ] = None,
    store: Store = STORE,
    json: Json = False,
    jobs: Jobs = 1,
) -> None:
    """Test the arithmetic of each source's own figures and print what cannot be right; nothing is corrected.

    Example: kg check report.md
    """
    if paths:
        checked, errors = check_files(paths, jobs)
    else:
        with KnowledgeGraph(store) as graph:
            checked, errors = graph.check(), []
    if json:
        say_json(checked)
    else:
        show(checked)
    for error in errors:
        complain(error)
    if errors:
        raise typer.Exit(1)


def check_files(paths: list[str], jobs: int) -> tuple[Checked, list[str]]:
    """Read and test files; what could not be read is said as errors."""
    from kg import checks, pipeline  # loads the language models, see `kg extract`

    documents, errors = sort_out(item for _, item in pipeline.read_all(paths))
    extractions = list(keep(tracked(pipeline.extract_all(documents, jobs), len(documents)), errors))
    names = {entity.id: entity.name for extraction in extractions for entity in extraction.entities}
    checked = checks.check(((extraction.document, extraction.metrics) for extraction in extractions), names)
    return checked, [str(error) for error in errors]


def show(checked: Checked) -> None:
    """Print each finding with its sentence or row, then what was tested."""
    for finding in checked.wrong:
        say(in_one_line(finding))
        say(f"  {' '.join(finding.sentence.split())}")
        place = f"{finding.evidence.document}:{finding.evidence.start}-{finding.evidence.end}"
        say(f"  — {' · '.join(filter(None, (finding.evidence.section, place)))}")
    say(summary(checked))


def in_one_line(finding: Wrong) -> str:
    """What the source says, what its other figures make, and the multiple between them where it is a round one."""
    what = " ".join(filter(None, (finding.entity.name, finding.name, finding.period)))
    unit = f"; off by a factor of {finding.factor}: the unit?" if finding.factor else ""
    return f"{what}: {finding.stated}, but {finding.by} makes {finding.computed}{unit}"


def summary(checked: Checked) -> str:
    """How many figures were tested by kind, and how many cannot be right."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in checked.tested.items())
    line = tr("tested: {kinds}; cannot be right: {wrong}")
    return line.format(kinds=kinds or tr("nothing"), wrong=len(checked.wrong))
