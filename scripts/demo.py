"""Two sample weeklies become a graph: their deals, who is tied to whom, and one edge with its sentence."""

from __future__ import annotations

from pathlib import Path

from kg import KnowledgeGraph
from kg.answers import Deal, Relation
from kg.cli.building import summary
from kg.cli.looking import cite, in_words
from kg.cli.output import say, say_table, short
from kg.wording import qualifiers_in_words

ROOT = Path(__file__).resolve().parent.parent
STORE = Path("demo/kg.db")
WEEKS = {"tests/samples/weekly-a.md": "2022-05-24", "tests/samples/weekly-b.md": "2022-05-31"}
TERMS = ("amount", "percent", "round", "date")
NEXT = """Next:
  export KG_STORE=demo/kg.db PATH="$PWD/.venv/bin:$PATH"
  kg show 博通                    all that is known of a company
  kg path 比亚迪 英伟达           what ties two of them
  kg changes --since 2022-05-31   what the second week brought
  kg build your-report.pdf        your own report into the same graph
  kg neo4j start                  a Neo4j server of your own; then: kg neo4j sync"""


def build(graph: KnowledgeGraph) -> bool:
    """Read the weeklies as if on their days; whether the graph changed."""
    changed = False
    for week, day in WEEKS.items():
        report = graph.build([ROOT / week], now=f"{day}T00:00:00+00:00")
        say(f"{week}  {summary(report)}")
        changed |= bool(report.new or report.changed)
    return changed


def deal_cells(deal: Deal) -> tuple[str, ...]:
    """A deal as cells, its status with the way it went."""
    parties = "，".join(f"{party.party} ({party.role})" for party in deal.parties)
    way = " → ".join(step.value for step in deal.history)
    return deal.kind, deal.name, parties, way, qualifiers_in_words(deal.qualifiers)


def relation_cells(relation: Relation) -> tuple[str, ...]:
    """A relation as cells, from subject to object."""
    terms = qualifiers_in_words(relation.qualifiers)
    ends = str(relation.subject), relation.label_zh, str(relation.object)
    return *ends, relation.predicate, relation.status, terms


def telling(relation: Relation) -> tuple[int, int, str]:
    """How much an edge tells: by its terms, then by how many documents carry it."""
    return sum(key in relation.qualifiers for key in TERMS), len(relation.documents), relation.id


def show(graph: KnowledgeGraph) -> None:
    """Print deals, relations, what the second week changed, and the most telling edge with some of its sentences."""
    relations = graph.relations()
    say("\nDeals")
    say_table(("kind", "deal", "parties", "status", "terms"), sorted(map(deal_cells, graph.deals())))
    say("Who is tied to whom")
    say_table(("from", "", "to", "relation", "status", "terms"), sorted(map(relation_cells, relations)))
    changed = sorted(in_words(each) for each in graph.changes(max(WEEKS.values())) if each.what == "changed")
    say("\n  ".join(("What the second week changed", *changed)))
    edge = max(relations, key=telling)
    say(f"\nOne edge and its words: {edge}  (kg evidence {short(edge.id)})")
    for quote in graph.evidence(edge.id)[:3]:
        cite(quote)


def main(store: Path = STORE) -> None:
    """Build and show the graph in a store."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with KnowledgeGraph(store) as graph:
        changed = build(graph)
        show(graph)
    if not changed:
        say(f"\nNothing changed: {store} held both weeks already.")
    say(f"\n{NEXT}")


if __name__ == "__main__":
    main()
