"""What a page shows, as data that no browser takes for markup, and the page around it, which loads nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from kg.ledger import Ledger
from kg.picture.layout import positions
from kg.wording import qualifiers_in_words
from ontology.records import Entity, Evidence, Fact
from ontology.schema import load_ontology
from ontology.validate import STATUSES

SCRIPTS = ("words.js", "graph.js", "canvas.js", "panel.js")
NO_COLOUR = "#A5ABB6"
IN_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
PART = re.compile(r"\{\{(\w+)\}\}")

Json = Mapping[str, Any]


def page(ledger: Ledger) -> Iterator[str]:
    """Yield the page: every entity with a relation, every relation with its sentences; no deals, no figures."""
    style, script = asset("page.css"), "".join(map(asset, SCRIPTS))
    parts = {
        "policy": policy(style, script),
        "style": style,
        "data": as_data(contents(ledger)),
        "script": script,
    }
    yield PART.sub(lambda found: parts[found[1]], asset("page.html")).rstrip("\n")


def policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, and nothing from anywhere."""
    return f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; img-src data:"


def digest(text: str) -> str:
    """The hash by which a browser knows an allowed block."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """A file of the package as text."""
    return files("kg.picture").joinpath(name).read_text("utf-8")


def as_data(content: object) -> str:
    """JSON in which no character can end or open markup."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(IN_MARKUP)


def contents(ledger: Ledger) -> Json:
    """All that the page shows, lists sorted; an end is a place in `nodes`, a source one in `documents`."""
    facts = list(ledger.facts())
    tied = {key for fact in facts for key in (fact.subject, fact.object)}
    entities = [entity for entity in ledger.entities() if entity.id in tied]
    at = {entity.id: place for place, entity in enumerate(entities)}
    ends = [(at[fact.subject], at[fact.object]) for fact in facts]
    documents, sources = cited(ledger, facts)
    nodes = [node(entity, place) for entity, place in zip(entities, positions(len(entities), ends), strict=True)]
    edges = [edge(fact, pair, sources) for fact, pair in zip(facts, ends, strict=True)]
    return {
        "types": types({entity.type for entity in entities}),
        "relations": relations({fact.predicate for fact in facts}),
        "statuses": [status for status in (*STATUSES, "") if status in {one["status"] for one in edges}],
        "documents": documents,
        "nodes": nodes,
        "edges": edges,
    }


def cited(ledger: Ledger, facts: Iterable[Fact]) -> tuple[list[Json], dict[str, int]]:
    """The documents that facts cite, without the paths they were read from, and the place of each by its id."""
    wanted = {piece.document for fact in facts for piece in fact.evidence}
    found = [source for source in ledger.sources() if source.id in wanted]
    heads: list[Json] = [{"id": s.id, "title": s.title, "publisher": s.publisher, "date": s.date} for s in found]
    return heads, {source.id: place for place, source in enumerate(found)}


def types(names: Iterable[str]) -> list[Json]:
    """Entity types with what they are called and drawn in."""
    known = load_ontology().entities
    return [
        {"name": name, "zh": known[name].label_zh, "colour": known[name].colour or NO_COLOUR} for name in sorted(names)
    ]


def relations(names: Iterable[str]) -> list[Json]:
    """Relation types with what they are called; symmetric ones have no arrow."""
    known = load_ontology().relations
    return [
        {"name": name, "zh": known[name].label_zh, "symmetric": known[name].symmetric, "what": known[name].description}
        for name in sorted(names)
    ]


def node(entity: Entity, place: tuple[int, int]) -> Json:
    """An entity with its other names, where it stands."""
    code = entity.attributes.get("code", "")
    others = dict.fromkeys(filter(None, (code, *entity.aliases)))
    x, y = place
    return {"id": entity.id, "name": entity.name, "type": entity.type, "names": list(others), "x": x, "y": y}


def edge(fact: Fact, ends: tuple[int, int], sources: Mapping[str, int]) -> Json:
    """A relation with its status, day, terms and sentences."""
    shown = {key: value for key, value in fact.qualifiers.items() if key != "date"}
    return {
        "id": fact.id,
        "from": ends[0],
        "to": ends[1],
        "type": fact.predicate,
        "status": fact.qualifiers.get("status", ""),
        "date": fact.qualifiers.get("date", ""),
        "terms": qualifiers_in_words(shown),
        "rule": fact.rule,
        "confidence": fact.confidence,
        "said": said(fact.evidence, sources),
    }


def said(evidence: Sequence[Evidence], sources: Mapping[str, int]) -> list[Json]:
    """The sentences of a relation, each with its document and section."""
    return [{"document": sources[one.document], "section": one.section, "text": one.text} for one in evidence]
