"""`kg ref`: the ontology, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from kg.cli.options import Json
from kg.cli.output import say, say_json, say_table
from kg.errors import LookupFailed, suggestion
from ontology.schema import EntityType, Ontology, RelationType, load_ontology


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ref)


def ref(
    type: Annotated[str | None, typer.Argument(help="An entity or relation type, as INVESTED_IN.")] = None,
    json: Json = False,
) -> None:
    """Print the types of the graph, or one type in full.

    Example: kg ref INVESTED_IN
    """
    ontology = load_ontology()
    if type is None:
        overview(ontology, json)
        return
    known: dict[str, EntityType | RelationType] = {**ontology.entities, **ontology.relations}
    found = find(known, type)
    if json:
        say_json(found.model_dump(mode="json"))
    else:
        describe(found)


def overview(ontology: Ontology, json: bool) -> None:
    """Print all types, one a line."""
    if json:
        say_json(ontology.model_dump(mode="json"))
        return
    nodes = ((e.name, e.label_zh, ", ".join(e.labels), e.description_zh) for e in ontology.entities.values())
    say_table(("node", "", "labels", ""), nodes)
    edges = ((r.name, r.label_zh, ends(r), r.description_zh) for r in ontology.relations.values())
    say_table(("edge", "", "from → to", ""), edges)


def find(known: Mapping[str, EntityType | RelationType], name: str) -> EntityType | RelationType:
    """The type of this name, whatever its case; raises LookupFailed with close names."""
    by_case = {key.casefold(): key for key in known}
    if name.casefold() in by_case:
        return known[by_case[name.casefold()]]
    raise LookupFailed(f"no type {name!r}", "ontology", suggestion(name, known, "`kg ref` lists all"))


def describe(found: EntityType | RelationType) -> None:
    """Print one type in full."""
    say(f"{found.name}  {found.label_zh}")
    say(found.description)
    say(found.description_zh)
    if isinstance(found, EntityType):
        say(f"properties: {', '.join(found.properties) or '–'}")
        return
    say(f"from → to: {ends(found)}")
    say(f"qualifiers: {', '.join(found.qualifiers) or '–'}")
    say(f"told apart by: {', '.join(found.distinguishing) or 'its ends alone'}")
    say(f"not done yet: {found.pending or '–'}; done: {found.done or '–'}; deal: {found.deal or '–'}")


def ends(relation: RelationType) -> str:
    """What a relation ties, as `Investor → Company`; `–` for a symmetric one."""
    arrow = "–" if relation.symmetric else "→"
    return f"{'|'.join(relation.subject)} {arrow} {'|'.join(relation.object)}"
