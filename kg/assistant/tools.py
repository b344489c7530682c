"""The tools of an assistant: each opens the store for reading alone and answers with plain data and quotes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from kg.assistant.quoting import Answer, listed, mentions, quoted, row_with_quotes, with_quotes
from kg.graph import KnowledgeGraph
from kg.questions import load_questions, question_named

Name = Annotated[str, Field(description="A full, short, English or former name, stock code or id: 摩尔线程, NVDA.O")]
Side = Annotated[str | None, Field(description="Name or id of the entity at this end; none for any")]
Predicate = Annotated[str | None, Field(description="A relation type as INVESTED_IN, SUPPLIES, PLANS_TO_ACQUIRE")]
Status = Annotated[
    str | None,
    Field(description="completed, agreed, planned, negotiating, conditional, terminated or denied"),
]
Kind = Annotated[str | None, Field(description="investment, acquisition, stake_transfer, contract, listing, …")]
Since = Annotated[str, Field(description="A date or moment, ISO 8601: 2025-12-17")]
Limit = Annotated[int, Field(ge=1, le=500, description="How many at most; `total` says how many there are")]
Parameters = Annotated[
    dict[str, str] | None, Field(description="What the question takes, by name, as `questions` lists it")
]


@dataclass(frozen=True)
class Tools:
    """Look-ups over one store."""

    store: Path

    def entity(self, name: Name, limit: Limit = 30) -> Answer:
        """Who or what a name means: its names, codes and labels, sentences that name it, and its relations."""
        with reading(self.store) as graph:
            found = graph.entity(name)
            relations = [*graph.relations(subject=found.id), *graph.relations(object=found.id)]
            unique = list({relation.id: relation for relation in relations}.values())
            about = {"entity": found.model_dump(mode="json"), **quoted(mentions(graph, found.id))}
            return about | listed(graph, "relations", unique, limit)

    def relations(
        self,
        subject: Side = None,
        predicate: Predicate = None,
        object: Side = None,
        status: Status = None,
        limit: Limit = 30,
    ) -> Answer:
        """Relations by their ends, type and status; a symmetric one is found from either end."""
        with reading(self.store) as graph:
            return listed(graph, "relations", graph.relations(subject, predicate, object, status), limit)

    def deals(
        self, company: Side = None, kind: Kind = None, status: Status = None, since: Since = "", limit: Limit = 20
    ) -> Answer:
        """Deals by party, kind, status and the date since which a document tells of them: parties, terms, history."""
        with reading(self.store) as graph:
            return listed(graph, "deals", graph.deals(company, kind, status, since), limit)

    def path(self, a: Name, b: Name) -> Answer:
        """The fewest relations that tie two entities, whatever their direction; empty where nothing does."""
        with reading(self.store) as graph:
            return {"steps": [with_quotes(graph, step) for step in graph.path(a, b)]}

    def questions(self) -> Answer:
        """The ready questions of `ask`, what each takes and which columns its rows have."""
        listed = [question.model_dump(mode="json", exclude={"cypher"}) for question in load_questions().values()]
        return {"questions": listed}

    def ask(self, question: str, parameters: Parameters = None, limit: Limit = 30) -> Answer:
        """The rows of a ready question, as co_investors with company=沐曦."""
        given = parameters or {}
        asked = question_named(question)
        with reading(self.store) as graph:
            rows = graph.ask(question, **given)
            ends = [graph.entity(v).id for k, v in given.items() if v and asked.parameters[k].type == "entity"]
            shown = [row_with_quotes(graph, row, ends) for row in rows[:limit]]
        return {"question": question, "title_zh": asked.title_zh, "rows": shown, "total": len(rows)}

    def evidence(self, id: Annotated[str, Field(description="The id of a relation, deal or figure")]) -> Answer:
        """All words that carry a relation, deal or figure, with sentence, document, date and place."""
        with reading(self.store) as graph:
            return {"quotes": [quote.model_dump(mode="json", exclude_none=True) for quote in graph.evidence(id)]}

    def changes(self, since: Since = "", limit: Limit = 50) -> Answer:
        """What was recorded since a date: relations and deals that are new, changed, confirmed by others, or gone."""
        with reading(self.store) as graph:
            return listed(graph, "changes", graph.changes(since), limit)


@contextmanager
def reading(store: Path) -> Iterator[KnowledgeGraph]:
    """The graph, its file closed to writing."""
    with KnowledgeGraph(store) as graph:
        graph.ledger.connection.execute("PRAGMA query_only = ON")
        yield graph
