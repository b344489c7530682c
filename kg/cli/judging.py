"""`kg merge`, `kg split`, `kg judgements`: what a person knows better than the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from kg.cli.options import STORE, Json, Now, Store
from kg.cli.output import say, say_json, say_table, short
from kg.graph import KnowledgeGraph
from kg.ledger import Judgement

Name = Annotated[str, typer.Argument(help="A name, alias, stock code or id.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")]
By = Annotated[str, typer.Option("--by", help="Who judges.")]
JUDGEMENT = ("judgement", "", "", "documents", "why", "by", "at", "id")
CONTRADICTION = ("name", "contradiction", "ids")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (merge, split, judgements):
        app.command()(command)


def merge(a: Name, b: Name, why: Why, by: By = "", store: Store = STORE, json: Json = False, now: Now = None) -> None:
    """Judge that two entities are one; their relations, deals and figures unite.

    Example: kg merge 星河微 星河微电子 --why "renamed in 2024"
    """
    with KnowledgeGraph(store) as graph:
        tell(graph.merge(a, b, why=why, by=by, now=now), json)


def split(
    a: Name,
    b: Annotated[str | None, typer.Argument(help="Another name of it that means something else.")] = None,
    *,
    why: Why,
    documents: Annotated[
        list[str] | None, typer.Option("--document", help="A document that means another one; may be repeated.")
    ] = None,
    by: By = "",
    store: Store = STORE,
    json: Json = False,
    now: Now = None,
) -> None:
    """Judge that one entity is two: told apart by two names, or by the documents that mean the other.

    Example: kg split 恒泰 --document news-7 --why "a brokerage there, a developer elsewhere"
    """
    if (b is None) == (not documents):
        raise typer.BadParameter("name either a second name or documents")
    with KnowledgeGraph(store) as graph:
        tell(graph.split(a, b, documents=documents or (), why=why, by=by, now=now), json)


def judgements(
    undo: Annotated[str | None, typer.Option("--undo", help="Take back the judgement with this id.")] = None,
    contradictions: Annotated[
        bool, typer.Option("--contradictions", help="List what documents contradict each other in instead.")
    ] = False,
    store: Store = STORE,
    json: Json = False,
    now: Now = None,
) -> None:
    """List judgements, take one back, or list the names and codes that wait for one.

    Example: kg judgements --contradictions
    """
    with KnowledgeGraph(store) as graph:
        if undo is not None:
            tell(graph.undo(undo, now=now), json, "taken back: ")
        elif contradictions:
            found = graph.contradictions()
            rows = [(each.name, each.reason, ", ".join(each.ids)) for each in found]
            say_json(found) if json else say_rows(CONTRADICTION, rows, "no contradictions")
        else:
            judged = graph.judgements()
            say_json(judged) if json else say_rows(JUDGEMENT, [*map(cells, judged)], "no judgements")


def tell(judged: Judgement, json: bool, before: str = "") -> None:
    """Print one judgement."""
    if json:
        say_json(judged)
    else:
        say(f"{before}{judged.verdict} {judged.a} {'+' if judged.verdict == 'merge' else '|'} {judged.b}  {judged.id}")


def cells(judged: Judgement) -> tuple[str, ...]:
    """A judgement as cells."""
    about = judged.verdict, judged.a, judged.b, ", ".join(judged.documents)
    return *about, judged.why, judged.by, judged.at, short(judged.id)


def say_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """Print a table, or that there is nothing."""
    say_table(columns, rows) if rows else say(nothing)
