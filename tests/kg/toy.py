"""A toy language for documents, so that ledger and commands are tested without the extractor.

A line `甲 INVESTED_IN 乙 round=A轮` is a fact, `alias 甲 = Alpha_Tech` an alias with a space,
`deal investment 甲 乙 status=agreed` a deal,
`figure 甲 营业收入 2024 743000000 CNY` a figure; any other line says nothing.
"""

from __future__ import annotations

from pathlib import Path

from ontology.records import Deal, Document, Entity, Evidence, Extraction, Fact, Mention, Metric, Party, content_id

RELATIONS = {"INVESTED_IN", "PLANS_TO_INVEST_IN", "PARTNERS_WITH", "SUPPLIES", "NEGOTIATING_WITH"}


class Reading:
    """The records of one toy document while its lines are read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.facts: dict[str, Fact] = {}
        self.deals: list[Deal] = []
        self.metrics: list[Metric] = []

    def line(self, words: list[str], evidence: Evidence) -> None:
        match words:
            case ["alias", name, "=", alias]:
                self.entity(name, evidence, alias.replace("_", " "))
            case ["deal", kind, a, b, *terms]:
                self.deal(kind, a, b, qualifiers(terms), evidence)
            case ["figure", name, figure, period, value, unit]:
                key = content_id("metric", name, figure, period)
                entity = self.entity(name, evidence)
                self.metrics.append(
                    Metric(
                        id=key, entity=entity, name=figure, period=period, value=value, unit=unit, evidence=(evidence,)
                    )
                )
            case [a, predicate, b, *terms] if predicate in RELATIONS:
                self.fact(a, predicate, b, qualifiers(terms), evidence)

    def entity(self, name: str, evidence: Evidence, alias: str = "") -> str:
        known = self.entities.get(name) or Entity(id=name, type="Company", labels=("Company",), name=name)
        aliases = tuple(sorted({*known.aliases, alias} - {""}))
        self.entities[name] = known.model_copy(update={"aliases": aliases})
        start = self.document.text.index(name, evidence.start)
        self.mentions.append(
            Mention(entity=name, document=self.document.id, start=start, end=start + len(name), text=name)
        )
        return name

    def fact(self, a: str, predicate: str, b: str, terms: dict[str, str], evidence: Evidence) -> None:
        key = content_id("fact", predicate, a, b, terms.get("round", ""))
        confidence = float(terms.pop("confidence", "0.9"))
        self.facts[key] = Fact(
            id=key,
            subject=self.entity(a, evidence),
            predicate=predicate,
            object=self.entity(b, evidence),
            qualifiers=terms,
            rule="toy",
            confidence=confidence,
            evidence=(evidence,),
        )

    def deal(self, kind: str, a: str, b: str, terms: dict[str, str], evidence: Evidence) -> None:
        parties = (
            Party(role="INVESTOR", entity=self.entity(a, evidence)),
            Party(role="INVESTEE", entity=self.entity(b, evidence)),
        )
        self.deals.append(
            Deal(
                id=content_id("deal", kind, b, terms.get("round", "")),
                type=kind,
                name=f"{b} {kind}",
                status=terms.pop("status", "completed"),
                qualifiers=terms,
                parties=parties,
                facts=(),
                evidence=(evidence,),
            )
        )


def qualifiers(terms: list[str]) -> dict[str, str]:
    return dict(term.split("=", 1) for term in terms)


def read_toy(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """The extraction of a toy document; a line `crash` is one the extractor cannot cope with."""
    if "crash" in document.text.split("\n"):
        raise IndexError("list index out of range")
    reading, start = Reading(document), 0
    for line in document.text.split("\n"):
        evidence = Evidence(document=document.id, section="", start=start, end=start + len(line), text=line)
        reading.line(line.split(), evidence)
        start += len(line) + 1
    return Extraction(
        document=document,
        entities=tuple(entity for _, entity in sorted(reading.entities.items())),
        mentions=tuple(reading.mentions),
        facts=tuple(fact for _, fact in sorted(reading.facts.items())),
        deals=tuple(reading.deals),
        metrics=tuple(reading.metrics),
    )


def say(id: str, *lines: str, date: str = "") -> Extraction:
    """What the toy reader makes of a document with these lines."""
    return read_toy(Document(id=id, text="\n".join(lines), date=date, title=f"title of {id}"))
