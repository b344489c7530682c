"""The page of the ontology: every type with its meaning, its ends and its properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ontology.schema import DEAL_KINDS, EntityType, RelationType, load_ontology

HEAD = """# Ontology

Written by `scripts/reference` from `ontology/schema/`; `kg ref TYPE` prints the same. What the words of `status` mean:
[status.md](status.md). What ids are made of: [identity.md](identity.md).
"""


def ontology_page() -> str:
    """The page as Markdown."""
    ontology = load_ontology()
    deals = [relation for relation in ontology.relations.values() if relation.roles]
    parts = (
        [HEAD, "## Nodes", "", *node_table(ontology.entities.values())],
        ["", "## Edges", "", *edge_table(ontology.relations.values())],
        ["", "## Deals", "", f"A deal is of one kind: {', '.join(f'`{kind}`' for kind in sorted(DEAL_KINDS))}."],
        ["Its parties stand in roles:", "", *role_table(deals)],
        ["", "## Types one by one", *sections(ontology.relations.values())],
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table in Markdown."""
    columns = list(head)
    for row in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(cell.replace('|', ' or ') for cell in row)} |"


def node_table(entities: Iterable[EntityType]) -> Iterator[str]:
    """All entity types."""
    rows = ((f"`{e.name}`", e.label_zh, code(e.labels), e.description, code(e.properties)) for e in entities)
    return table(("node", "", "labels", "what", "properties"), rows)


def edge_table(relations: Iterable[RelationType]) -> Iterator[str]:
    """All relation types, each with a link to its section."""
    rows = ((f"[`{r.name}`](#{r.name.lower()})", r.label_zh, ends(r), r.description) for r in relations)
    return table(("edge", "", "from → to", "what"), rows)


def role_table(relations: Iterable[RelationType]) -> Iterator[str]:
    """The kind of deal and the roles that each type gives."""
    rows = (
        (f"`{r.name}`", f"`{r.deal}`", code(dict.fromkeys(r.roles.model_dump().values()))) for r in relations if r.roles
    )
    return table(("edge", "kind", "roles"), rows)


def sections(relations: Iterable[RelationType]) -> Iterator[str]:
    """Every relation type in full."""
    for relation in relations:
        meaning = f"{relation.label_zh}: {relation.description} {relation.description_zh}"
        yield from ("", f"### {relation.name}", "", meaning, "", *(f"- {line}" for line in facts(relation)))


def facts(relation: RelationType) -> Iterator[str]:
    """What holds of a relation type, one line each."""
    yield f"from → to: {ends(relation)}"
    yield f"qualifiers: {code(relation.qualifiers)}"
    yield f"two edges between the same ends are told apart by: {code(relation.distinguishing) or 'nothing'}"
    if relation.pending:
        yield f"not done yet: `{relation.pending}`"
    if relation.done:
        yield f"once done: `{relation.done}`"


def ends(relation: RelationType) -> str:
    """What a relation ties; without an arrow where it has no direction."""
    arrow = "–" if relation.symmetric else "→"
    return f"{', '.join(relation.subject)} {arrow} {', '.join(relation.object)}"


def code(words: Iterable[str]) -> str:
    """Words as code."""
    return ", ".join(f"`{word}`" for word in words)
