"""`kg show`, `kg path`, `kg evidence`, `kg history`, `kg changes`: what reads the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.answers import Deal, Difference, Entity, Metric, Quote, Relation
from kg.cli.dealing import parties_in_words, tell, tell_claims
from kg.cli.language import tr
from kg.cli.options import STORE, Json, Store
from kg.cli.output import say, say_json, say_table, short
from kg.graph import KnowledgeGraph
from kg.wording import number_in_words, qualifiers_in_words
from ontology.schema import load_ontology

Name = Annotated[str, typer.Argument(help="A name, alias, stock code or id.")]
Id = Annotated[str, typer.Argument(help="The id of a fact, deal or figure, or its beginning.")]
RELATION = ("", "relation", "", "with", "status", "terms", "id")
DEAL = ("deal", "kind", "status", "parties", "terms", "id")
FIGURE = ("figure", "period", "value", "as of", "id")
HEADINGS = {"new": "New", "changed": "Changed", "supported": "Said by other documents", "gone": "Gone"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (show, path, evidence, history, changes):
        app.command()(command)


def show(name: Name, store: Store = STORE, json: Json = False) -> None:
    """Print an entity: its names and codes, every relation from and to it, its deals and figures; or a deal by its id.

    Example: kg show 摩尔线程
    """
    if name.startswith("deal:"):
        show_deal(name, store, json)
        return
    with KnowledgeGraph(store) as graph:
        entity = graph.entity(name)
        found = [*graph.relations(subject=entity.id), *graph.relations(object=entity.id)]
        others = graph.namesakes(entity.id)
        deals, figures = graph.deals(company=entity.id), graph.metrics(entity=entity.id)
    relations = list({relation.id: relation for relation in found}.values())
    if json:
        say_json({"entity": entity, "relations": relations, "deals": deals, "metrics": figures})
        return
    introduce(entity)
    if others:
        say(f"others of this name: {', '.join(others)}")
    say_rows(RELATION, "relations", (relation_cells(relation, entity.id) for relation in relations))
    say_rows(DEAL, "deals", map(deal_cells, deals))
    say_rows(FIGURE, "figures", map(figure_cells, figures))


def show_deal(id: str, store: Path, json: bool) -> None:
    """Print a deal with every claim."""
    with KnowledgeGraph(store) as graph:
        deal = graph.deal(id)
    if json:
        say_json({"deal": deal})
        return
    tell(deal)
    tell_claims(deal.claims)


def say_rows(columns: Sequence[str], what: str, cells: Iterable[tuple[str, ...]]) -> None:
    """Print sorted rows as a table, or that there are none."""
    rows = sorted(cells)
    say_table(columns, rows) if rows else say(tr(f"no {what}"))


def introduce(entity: Entity) -> None:
    """Print names, labels and where an entity stands."""
    say(" · ".join((entity.name, *(value for _, value in sorted(entity.attributes.items())), *entity.labels)))
    if entity.aliases:
        say(tr("also: {names}").format(names=", ".join(entity.aliases)))
    say(tr("id: {id}; documents: {documents}").format(id=entity.id, documents=len(entity.documents)))


def relation_cells(relation: Relation, seen_from: str) -> tuple[str, ...]:
    """A relation as cells, seen from one of its ends."""
    outgoing = relation.subject.id == seen_from
    other = relation.object if outgoing else relation.subject
    arrow = "–" if is_symmetric(relation) else "→" if outgoing else "←"
    terms = qualifiers_in_words(relation.qualifiers)
    return arrow, relation.predicate, relation.label_zh, other.name, relation.status, terms, short(relation.id)


def deal_cells(deal: Deal) -> tuple[str, ...]:
    """A deal as cells; terms on which documents differ show every value."""
    disputed = (
        f"{conflict.term}: {' | '.join(dict.fromkeys(value.value for value in conflict.values))}"
        for conflict in deal.conflicts
    )
    terms = "; ".join(filter(None, (qualifiers_in_words(deal.qualifiers), *disputed)))
    way = " → ".join(step.value for step in deal.history)
    return deal.name, deal.kind, way, parties_in_words(deal.parties), terms, short(deal.id)


def figure_cells(figure: Metric) -> tuple[str, ...]:
    """A figure as cells."""
    op = "" if figure.op == "=" else figure.op
    value = f"{op}{number_in_words(figure.value)} {figure.unit}".removesuffix(" 1")
    return figure.name, figure.period, value, figure.as_of, short(figure.id)


def is_symmetric(relation: Relation) -> bool:
    """Whether a relation has no direction."""
    return load_ontology().relations[relation.predicate].symmetric


def path(start: Name, goal: Name, store: Store = STORE, json: Json = False) -> None:
    """Print the fewest relations that tie two entities.

    Example: kg path 亚马逊 英伟达
    """
    with KnowledgeGraph(store) as graph:
        first, way = graph.entity(start), graph.path(start, goal)
    if json:
        say_json(way)
    elif not way:
        say(tr("no path between {start} and {goal}").format(start=start, goal=goal))
    else:
        walk(first, way)


def walk(first: Entity, way: Sequence[Relation]) -> None:
    """Print a path, one step a line, from its first entity on."""
    here = first.id
    for step in way:
        a, b = (step.subject, step.object) if step.subject.id == here else (step.object, step.subject)
        line = f"─{step.predicate} {step.label_zh}─"
        arrow = line if is_symmetric(step) else f"{line}>" if a is step.subject else f"<{line}"
        say(f"{a} {arrow} {b}  {short(step.id)}")
        here = b.id


def evidence(id: Id, store: Store = STORE, json: Json = False) -> None:
    """Print the sentences that carry a fact, deal or figure.

    Example: kg evidence 3f2a9c01
    """
    with KnowledgeGraph(store) as graph:
        quotes = graph.evidence(id)
    if json:
        say_json(quotes)
        return
    for quote in quotes:
        cite(quote)


def cite(quote: Quote) -> None:
    """Print a sentence and where it stands."""
    say(quote.sentence)
    page = f"page {quote.page}" if quote.page else ""
    where = f"{quote.document}:{quote.start}-{quote.end}"
    place = (quote.title, quote.publisher, quote.date, quote.section, page, where)
    say(f"  — {' · '.join(filter(None, place))}")


def history(id: Id, store: Store = STORE, json: Json = False) -> None:
    """Print how a fact or deal came about and changed, oldest first.

    Example: kg history 3f2a9c01
    """
    with KnowledgeGraph(store) as graph:
        differences, deals = graph.history(id), standing(graph, id)
    if json:
        say_json({"deal": deals[0], "changes": differences} if deals else differences)
        return
    for deal in deals:
        tell(deal)
    for difference in differences:
        say(f"{difference.at}  {difference.what}  {in_words(difference)}  [{difference.document}]")


def standing(graph: KnowledgeGraph, id: str) -> list[Deal]:
    """The deal of an id, if it is one and documents still tell it."""
    kind, key = graph.complete(id)
    return [graph.deal(key)] if kind == "deal" and key in {deal.id for deal in graph.ledger.deals()} else []


def changes(
    since: Annotated[str, typer.Option("--since", help="A date or moment, ISO 8601.")] = "",
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Print what was recorded since a date, as Markdown.

    Example: kg changes --since 2025-12-17
    """
    with KnowledgeGraph(store) as graph:
        differences = graph.changes(since)
    if json:
        say_json(differences)
        return
    for what, heading in HEADINGS.items():
        lines = sorted(f"- {in_words(difference)}  `{short(difference.id)}`" for difference in of(what, differences))
        if lines:
            say("\n".join((f"## {tr(heading)} ({len(lines)})", "", *lines, "")))


def of(what: str, differences: Sequence[Difference]) -> list[Difference]:
    """The differences of one sort."""
    return [difference for difference in differences if difference.what == what]


def in_words(difference: Difference) -> str:
    """A difference in one line, with the terms that moved."""
    moved = (f"{key}: {before or '–'} → {after or '–'}" for key, (before, after) in difference.terms.items())
    return "; ".join((difference.text, *moved))
