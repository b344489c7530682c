"""How answers look in a notebook: small tables of HTML in which nothing from a report can act as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from kg.wording import printable, qualifiers_in_words
from ontology.schema import load_ontology

if TYPE_CHECKING:
    from kg.answers import Deal, Entity, Relation
    from kg.graph import KnowledgeGraph
    from ontology.records import Evidence

MOST_QUOTES = 3
COUNTED = "SELECT predicate, count(DISTINCT id) FROM claims WHERE kind = 'fact' GROUP BY predicate ORDER BY 2 DESC, 1"


def entity_html(entity: Entity) -> str:
    """Names, codes, labels and documents of an entity."""
    rows = (
        ("id", entity.id),
        ("类型", " · ".join(entity.labels)),
        ("代码", " · ".join(entity.codes)),
        ("别名", "、".join(entity.aliases)),
        ("文档", "、".join(entity.documents)),
    )
    return titled(entity.name, table((), (row for row in rows if row[1])))


def relation_html(relation: Relation) -> str:
    """A relation with its terms and the words that carry it."""
    arrow = "—" if load_ontology().relations[relation.predicate].symmetric else "→"
    title = f"{relation.subject} —{relation.label_zh}{arrow} {relation.object}"
    terms = " · ".join(filter(None, (relation.predicate, relation.status, qualifiers_in_words(relation.qualifiers))))
    return titled(title, paragraph(terms), *map(quote, relation.evidence[:MOST_QUOTES]))


def deal_html(deal: Deal) -> str:
    """A deal with its parties, the way it went, and what claims differ on."""
    terms = " · ".join(filter(None, (deal.kind, deal.status, qualifiers_in_words(deal.qualifiers))))
    parties = ((role.role, role.party.name, qualifiers_in_words(role.qualifiers)) for role in deal.parties)
    steps = ((step.date, step.value, step.document, step.text) for step in deal.history)
    differing = ((one.term, said.value, said.document) for one in deal.conflicts for said in one.values)
    return titled(
        deal.name,
        paragraph(terms),
        table(("角色", "当事方", "份额"), parties),
        table(("日期", "状态", "文档", "原文"), steps),
        table(("分歧", "说法", "文档"), differing) if deal.conflicts else "",
    )


def graph_html(graph: KnowledgeGraph) -> str:
    """How much a graph holds, relations counted by type."""
    if not graph.store.is_file():
        return titled(str(graph.store), paragraph("尚未建图：graph.build([…])"))
    counted = [(str(name), str(count)) for name, count in graph.ledger.select(COUNTED)]
    entities = graph.ledger.select("SELECT count(DISTINCT id) FROM claims WHERE kind = 'entity'")[0][0]
    sizes = (len(graph.ledger.sources()), entities, sum(int(count) for _, count in counted), len(graph.ledger.deals()))
    words = "{} 份文档 · {} 个实体 · {} 条关系 · {} 笔交易".format(*sizes)
    return titled(str(graph.store), paragraph(words), table(("关系", "条数"), counted))


def titled(title: str, *parts: str) -> str:
    """Parts under a title."""
    return f"<div><strong>{text(title)}</strong>{''.join(parts)}</div>"


def paragraph(words: str) -> str:
    """A line of text."""
    return f"<p>{text(words)}</p>"


def quote(evidence: Evidence) -> str:
    """The words of a document."""
    return f"<blockquote>{text(evidence.text)}<br><small>{text(evidence.document)}</small></blockquote>"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, its head left out where there are no columns."""
    head = f"<thead>{row('th', columns)}</thead>" if columns else ""
    return f"<table>{head}<tbody>{''.join(row('td', cells) for cells in rows)}</tbody></table>"


def row(tag: str, cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"<tr>{''.join(f'<{tag}>{text(cell)}</{tag}>' for cell in cells)}</tr>"


def text(words: str) -> str:
    """Words that are shown as they are."""
    return escape(printable(words))
