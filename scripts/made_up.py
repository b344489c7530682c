"""A made-up ledger for benches: relations, deals, figures, a few entities in very many of them, written directly.

scripts/made_up.py kg.db --edges 100000
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from kg.ledger import Ledger, claims
from ontology.records import (
    Deal,
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Metric,
    Party,
    Record,
    content_id,
)

A_DOCUMENT = 20
KINDS = (
    *("INVESTED_IN", "SUPPLIES", "COMPETES_WITH", "NEGOTIATING_WITH", "ACQUIRED", "HOLDS_STAKE_IN"),
    *("SIGNED_CONTRACT_WITH", "PLANS_TO_INVEST_IN", "DEVELOPS", "USES", "HOLDS_POSITION", "USES"),
)
SENTENCE = "据公告，双方就算力与芯片业务达成合作，相关安排仍以后续公告为准。"


class World:
    """Firms, chips and people of a graph of so many edges; low numbers are in most of them."""

    def __init__(self, edges: int, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        self.edges = edges
        self.sizes = {"firm": max(edges // 8, 10), "chip": max(edges // 16, 10), "person": max(edges // 16, 10)}

    def documents(self) -> Iterator[Extraction]:
        """Yield documents that say about as many edges, roles of deals among them."""
        for number in range(self.edges // A_DOCUMENT):
            yield self.document(number)

    def document(self, number: int) -> Extraction:
        """One document: relations, a deal now and then, figures."""
        key = f"d{number:07}"
        evidence = (Evidence(document=key, section="要闻", start=0, end=len(SENTENCE), text=SENTENCE),)
        facts = {one.id: one for one in (self.fact(evidence) for _ in range(A_DOCUMENT - 4))}
        deals = [self.deal(evidence)] if number % 2 else []
        metrics = {one.id: one for one in (self.metric(evidence) for _ in range(3))}
        ends = {end for fact in facts.values() for end in (fact.subject, fact.object)}
        ends |= {party.entity for deal in deals for party in deal.parties} | {one.entity for one in metrics.values()}
        entities = [named(end) for end in sorted(ends)]
        mentions = (Mention(document=key, entity=e.id, start=0, end=1, text=e.name) for e in entities)
        date = f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
        return Extraction(
            document=Document(
                id=key, text=SENTENCE, title=f"周报{number}", publisher=f"{number % 30}号证券", date=date
            ),
            entities=tuple(entities),
            mentions=tuple(mentions),
            facts=tuple(facts.values()),
            deals=tuple(deals),
            metrics=tuple(metrics.values()),
        )

    def one_of(self, kind: str) -> str:
        """An entity, a few of them far more often than others."""
        return f"{kind}{int(self.sizes[kind] * self.dice.random() ** 3)}"

    def fact(self, evidence: tuple[Evidence, ...]) -> Fact:
        """A relation."""
        kind = self.dice.choice(KINDS)
        subject = self.one_of("person" if kind == "HOLDS_POSITION" else "firm")
        target = self.one_of("chip" if kind in ("DEVELOPS", "USES") else "firm")
        terms = self.terms() if kind not in ("DEVELOPS", "USES", "HOLDS_POSITION", "COMPETES_WITH") else {}
        key = content_id("fact", kind, subject, target, terms.get("round", ""))
        return Fact(
            id=key,
            subject=subject,
            predicate=kind,
            object=target,
            qualifiers=terms,
            rule="made.up",
            confidence=0.9,
            evidence=evidence,
        )

    def terms(self) -> dict[str, str]:
        """Some terms of a transaction."""
        dice = self.dice
        amount = {"amount": f"{dice.randrange(1, 99)}00000000", "currency": "CNY", "amount_op": "="}
        status = {"status": dice.choice(("completed", "agreed", "planned", "negotiating"))}
        return status | (amount | {"round": dice.choice(("A轮", "B轮", "C轮"))} if dice.random() < 0.5 else {})

    def deal(self, evidence: tuple[Evidence, ...]) -> Deal:
        """An investment."""
        into, terms = self.one_of("firm"), self.terms()
        investors = sorted({self.one_of("firm") for _ in range(self.dice.randrange(1, 4))} - {into}) or ["firm0"]
        parties = [Party(role="INVESTEE", entity=into), *(Party(role="INVESTOR", entity=one) for one in investors)]
        return Deal(
            id=content_id("deal", "investment", into, terms.get("round", "")),
            type="investment",
            name=f"{into} {terms.get('round', '融资')}",
            status=terms.pop("status"),
            qualifiers=terms,
            parties=tuple(parties),
            facts=(),
            evidence=evidence,
        )

    def metric(self, evidence: tuple[Evidence, ...]) -> Metric:
        """A figure."""
        entity, name, period = self.one_of("firm"), "净利润", f"{self.dice.randrange(2020, 2028)}"
        value = str(self.dice.randrange(1, 999) * 1_000_000)
        key = content_id("metric", entity, name, period)
        return Metric(
            id=key,
            entity=entity,
            name=name,
            period=period,
            value=value,
            unit="CNY",
            written=value,
            evidence=evidence,
        )


def named(key: str) -> Entity:
    """An entity whose id says what it is."""
    kind = "Chip" if key.startswith("chip") else "Person" if key.startswith("person") else "Company"
    word = {"Chip": "芯片", "Person": "人物", "Company": "公司"}[kind]
    number = "".join(filter(str.isdigit, key))
    aliases = (f"{word}{number}股份",) if kind == "Company" else ()
    return Entity(id=key, type=kind, labels=(kind,), name=f"{word}{number}", aliases=aliases)


def write(store: Path, edges: int) -> None:
    """Write a ledger past the one who works out who is who, since every id here is known to be right."""
    with Ledger(store, create=True) as ledger, ledger.changing():
        for said in World(edges).documents():
            ledger.insert(said.document, "made up", "", "2026-01-01", "2026-01-01")
            groups: tuple[tuple[str, tuple[Record, ...]], ...] = (
                ("entity", said.entities),
                ("fact", said.facts),
                ("deal", said.deals),
                ("metric", said.metrics),
            )
            rows = [claims.claim_row(kind, one, one) for kind, group in groups for one in group]  # type: ignore[arg-type]
            called = [(one.entity, one.start, one.end, one.text, None) for one in said.mentions]
            claims.insert_claims(ledger.connection, said.document.id, rows, called)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/made_up.py", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--edges", type=int, default=100_000)
    given = parser.parse_args()
    write(given.store, given.edges)
