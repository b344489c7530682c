"""What changed since a date, as news: what is new, moved on, was corrected, is disputed, is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import present
from kg.answers import End
from kg.deals import Heads, conflicts
from kg.ledger import Change, Ledger
from kg.ledger.changes import State
from kg.wording import amount_in_words, qualifiers_in_words
from ontology.records import Deal, Fact, Record
from ontology.schema import load_ontology

AMOUNT = frozenset({"amount", "amount_op", "currency"})
SIDE_TERMS = frozenset({"date_basis", "attribution", "status"}) | AMOUNT
SECTIONS = ("deals", "relations", "status", "amounts", "conflicts", "terms", "supported", "gone")
NOTHING = "–"


class News(Record):
    """One piece of news: what it is about, what there is to tell, and the words and document that told it last."""

    id: str
    about: str
    told: str
    quote: str
    document: str
    publisher: str
    date: str


class Newsletter(Record):
    """What changed since a moment; `documents` are those read since and still there. One change may stand twice."""

    since: str
    documents: tuple[str, ...]
    deals: tuple[News, ...] = ()
    relations: tuple[News, ...] = ()
    status: tuple[News, ...] = ()
    amounts: tuple[News, ...] = ()
    conflicts: tuple[News, ...] = ()
    terms: tuple[News, ...] = ()
    supported: tuple[News, ...] = ()
    gone: tuple[News, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What news are written with: names by id, date and publisher by document."""

    named: Mapping[str, End]
    heads: Heads

    def news(self, change: Change, told: str) -> News:
        """One piece of news."""
        date, publisher = self.heads.get(change.document, ("", ""))
        quote = next((e.text for e in change.state.evidence if e.document == change.document), "")
        about = self.about(change.state)
        return News(
            id=change.id, about=about, told=told, quote=quote, document=change.document, publisher=publisher, date=date
        )

    def about(self, state: State) -> str:
        """An edge as subject, Chinese label, object; a deal by its name."""
        if isinstance(state, Deal):
            return state.name
        label = load_ontology().relations[state.predicate].label_zh
        return f"{self.named[state.subject]} {label} {self.named[state.object]}"

    def sort_out(self, change: Change) -> Iterator[tuple[str, News]]:
        """Yield the sections a change belongs to."""
        if change.what == "new":
            yield "deals" if isinstance(change.state, Deal) else "relations", self.news(change, terms_of(change.state))
        elif change.what != "changed":
            yield change.what, self.news(change, terms_of(change.state))
        else:
            moved = list(moves(change))
            yield from ((section, self.news(change, told)) for section, told in moved)
        for told in self.disputed(change):
            yield "conflicts", self.news(change, told)

    def disputed(self, change: Change) -> Iterator[str]:
        """Yield the terms of a deal on which documents have come to differ."""
        if not isinstance(change.after, Deal):
            return
        before = list(conflicts(change.before, self.heads)) if isinstance(change.before, Deal) else []
        for conflict in conflicts(change.after, self.heads):
            if conflict not in before:
                said = dict.fromkeys((v.value, " ".join(filter(None, (v.publisher, v.date)))) for v in conflict.values)
                yield f"{conflict.term}: " + " | ".join(f"{value} ({who})" for value, who in said)


def newsletter(ledger: Ledger, since: str) -> Newsletter:
    """What was recorded at or after a moment (ISO 8601)."""
    found = ledger.changes(since)
    states = [change.state for change in found]
    ends = present.ends(ledger, (key for s in states if isinstance(s, Fact) for key in (s.subject, s.object)))
    sources = ledger.sources()
    desk = Desk(ends, Known({s.id: (s.date, s.publisher or s.title) for s in sources}))
    sections = sorted_out(desk, found)
    documents = tuple(source.id for source in sources if source.changed_at >= since)
    return Newsletter(since=since, documents=documents, **{key: in_order(news) for key, news in sections.items()})


def sorted_out(desk: Desk, changes: Iterable[Change]) -> dict[str, list[News]]:
    """The news of each section; an edge is left out where its deal tells the same."""
    sections: dict[str, list[News]] = {section: [] for section in SECTIONS}
    told: dict[str, set[str]] = {section: set() for section in ("status", "amounts")}
    for change in changes:
        for section, news in desk.sort_out(change):
            sections[section].append(news)
            if section in told and isinstance(change.state, Deal):
                told[section].update(change.state.facts)
    for section, edges in told.items():
        sections[section] = [news for news in sections[section] if news.id not in edges]
    return sections


def in_order(news: Iterable[News]) -> tuple[News, ...]:
    """News sorted by what they are about."""
    return tuple(sorted(news, key=lambda one: (one.about, one.told, one.id)))


class Known(dict[str, tuple[str, str]]):
    """Date and publisher by document; nothing is known of one that is gone."""

    def __missing__(self, key: str) -> tuple[str, str]:
        return "", ""


def moves(change: Change) -> Iterator[tuple[str, str]]:
    """Yield section and words for what differs between two states of one edge or deal."""
    assert change.before
    assert change.after
    differing = present.changed_terms(change)
    if "status" in differing:
        yield "status", arrow(*differing["status"])
    before, after = (amount_in_words(state.qualifiers) for state in (change.before, change.after))
    if before != after:
        yield "amounts", arrow(before, after)
    others = {key: pair for key, pair in differing.items() if key not in SIDE_TERMS}
    if others or not ("status" in differing or before != after):
        yield "terms", "; ".join(f"{key}: {arrow(*pair)}" for key, pair in others.items())


def arrow(before: str, after: str) -> str:
    """Before and after."""
    return f"{before or NOTHING} → {after or NOTHING}"


def terms_of(state: State) -> str:
    """Status and terms in words."""
    status = state.status if isinstance(state, Deal) else state.qualifiers.get("status", "")
    return " · ".join(filter(None, (status, qualifiers_in_words(state.qualifiers))))
