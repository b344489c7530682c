"""Facts of a document, passage by passage, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent, Registry
from extractors.entities.values import Value, find_values
from extractors.expressions import ready as re
from extractors.figures.prose import Told, has_figure, read_prose
from extractors.figures.stated import Stated
from extractors.language.sentences import sentences
from extractors.relations.backers import backers, note_round
from extractors.relations.chains import deal_out
from extractors.relations.discourse import Discourse
from extractors.relations.events import open_events
from extractors.relations.figures import dateline, note_dates
from extractors.relations.grammar import grammar
from extractors.relations.heard import Heard
from extractors.relations.houses import note_house, note_speaker
from extractors.relations.lines import (
    HAS_SYMBOL,
    build_line,
    drop_honorifics,
    join_lists,
    lift_brackets,
    staffed,
)
from extractors.relations.match import Candidate, Context, match_rules, reduce_nouns
from extractors.relations.rules import RuleBook
from extractors.relations.subjects import mark_dropped_subjects, topic
from extractors.relations.symbols import CLASSES, Line, characters
from ontology.records import Document

_FIRM = f"[{characters(CLASSES['company'])}]"
_TITLED = re.compile(
    rf"[◆●■▶*\s]{{0,3}}(?:(?P<firm>{_FIRM})[（(][^（）()]{{0,4}}\d{{4,6}}[^（）()]{{0,14}}[）)]|[\[【](?P<named>{_FIRM})[\]】])"
)
_ENDS_WITH = re.compile(rf"(?:有|是|为|叫|到|的)(?P<firm>{_FIRM})[。！]?\s*$")
_NAME_ALONE = re.compile(rf"(?P<firm>{_FIRM})(?:（[^（）]*）)?[。：]?\s*$")
_SOURCE_NOTE = re.compile("(?:资料|数据|图片|信息)来源：")
_ITEM = re.compile(r"(?:\d{1,2}[、.．]|[①-⑳]|[（(]\d{1,2}[）)]|-?\s?\[?\d{2}-\d{2} \d|\[)")


class Reader:
    """Reads the passages of one document against a rule book.

    `figures` are those it met on the way, `heard` is what it asked the rules.
    """

    def __init__(self, document: Document, registry: Registry, rules: RuleBook) -> None:
        self._date = document.date
        self._rules = self.heard = Heard(rules)
        self._publisher = _publisher(document, registry)
        self._discourse = Discourse()
        self._section = ""
        self._told = Told()
        self.figures: list[Stated] = []
        self._day = document.date
        self._titled: tuple[Referent, ...] = ()

    def read(self, passages: Sequence[Passage]) -> Iterator[Candidate]:
        """Candidate facts in the order of the text."""
        for passage in passages:
            self._enter(passage)
            values = list(find_values(passage.text))
            for start, end in sentences(passage.text):
                yield from self._read_sentence(passage, start, end, values)
            if passage is passages[0]:
                self._titled = self._discourse.titled

    def _enter(self, passage: Passage) -> None:
        """Start afresh at a new section, with the firm its heading begins with."""
        self._told = Told()
        if passage.block.kind == "heading" or passage.block.section != self._section:
            self._section = passage.block.section
            company = _announcer(passage) if passage.block.kind == "heading" else None
            self._discourse = Discourse(company=company, titled=self._titled)
        elif _ITEM.match(passage.text):
            before = self._discourse
            rolls = {told: event for told, event in before.events.items() if told[0] == "HOLDS_STAKE_IN"}
            self._discourse = Discourse(
                company=before.company, house=before.house, suggests=before.suggests, events=rolls
            )
        if passage.company and not passage.company.is_voice:
            self._discourse.company = passage.company
        self._day = dateline(passage.text, self._date) or self._date

    def _read_sentence(self, passage: Passage, start: int, end: int, values: list[Value]) -> Iterator[Candidate]:
        if _SOURCE_NOTE.match(passage.text, start):
            return
        line = build_line(passage, start, end, values, self._discourse)
        if HAS_SYMBOL.search(line.text) or "评级" in line.text:
            context = Context(passage, self._discourse, start, end, self._day, self._rules.cues, self._publisher)
            yield from self._read_line(line, context)
        elif has_figure(line.text):
            self._read_figures(line, passage)
        self._note(line)

    def _read_figures(self, line: Line, passage: Passage) -> None:
        marked = mark_dropped_subjects(line, self._discourse, of_figures=True)
        self.figures += read_prose(marked, passage, self._date, self._told)

    def _read_line(self, line: Line, context: Context) -> Iterator[Candidate]:
        rules = self._rules
        self._turn_to(line)
        note_house(line, context.discourse)
        line, asides, loose = lift_brackets(drop_honorifics(line))
        context.staff_of = staffed(line)
        for aside in asides:
            yield from match_rules(rules.asides, deal_out(join_lists(aside)), context)
        yield from match_rules(rules.nouns, line, context)
        line = join_lists(reduce_nouns(rules.nouns, line))
        yield from match_rules(rules.nouns, line, context)
        joined = reduce_nouns(rules.nouns, line)
        line = deal_out(joined)
        marked = mark_dropped_subjects(line, context.discourse)
        open_events(rules.openings, marked, context.discourse, context.cues)
        found = list(match_rules(rules.clauses, marked, context))
        note_round(marked, context.discourse)
        yield from found
        yield from backers(marked, found, context)
        note_speaker(marked, context.discourse)
        if has_figure(joined.text):
            self._read_figures(joined, context.passage)
        context.discourse.note_target([c.object for c in found if c.relation.name == "ACQUIRED"])
        self._note_pair(line)
        about = topic(line)
        if about and not _pays_for_event(about.members, found, context.discourse):
            context.discourse.talk_of(about.members, about.owner)
        for aside in loose:
            yield from self._read_loose(aside, context)

    def _turn_to(self, line: Line) -> None:
        """One that begins with a firm and its code, or its name in brackets, is about it; a bare name titles it."""
        titled = _TITLED.match(line.text)
        symbol = line.symbols.get(titled["firm"] or titled["named"]) if titled else None
        if symbol and not symbol.members[0].is_voice:
            self._discourse.talk_of(symbol.members[:1])
            self._discourse.titled, self._discourse.house = symbol.members[:1], ()
        alone = _NAME_ALONE.match(line.text)
        if alone and not line.symbols[alone["firm"]].members[0].is_voice:
            self._discourse.turn_to(line.symbols[alone["firm"]].members[0])

    def _read_loose(self, aside: Line, context: Context) -> Iterator[Candidate]:
        """A bracket without a name before it, read as a clause about what its sentence talks of."""
        rules = self._rules
        yield from match_rules(rules.nouns, aside, context)
        aside = mark_dropped_subjects(join_lists(reduce_nouns(rules.nouns, aside)), context.discourse)
        yield from match_rules(rules.clauses, aside, context)

    def _note_pair(self, line: Line) -> None:
        """Two firms in one list, or the only two of a sentence, are those 双方 means next."""
        firms = [symbol for _, symbol in line.of(CLASSES["firm"]) if not symbol.carried]
        members = tuple(dict.fromkeys(m for symbol in firms for m in symbol.members if not m.is_voice))
        if len(members) == 2:
            self._discourse.pair_up(*members)

    def _note(self, line: Line) -> None:
        if line.text.endswith("。"):
            self._discourse.suggests = ()
        note_dates(line, self._discourse)
        self._discourse.pass_sentence()
        self._told.pass_sentence()
        last = _ENDS_WITH.search(line.text)
        self._discourse.introduced = line.symbols[last["firm"]].members[:1] if last else ()
        for _, symbol in line.within(0, len(line.text)):
            for member in symbol.members if not symbol.carried else ():
                self._discourse.see(member)


def _pays_for_event(topic: tuple[Referent, ...], found: list[Candidate], discourse: Discourse) -> bool:
    """Whether a sentence names its subject only as an investor of the one firm whose financing is being told."""
    told = discourse.event.company if discourse.event else ()
    paid = {fact.object for fact in found if fact.relation.name == "INVESTED_IN" and fact.subject in topic}
    return len(paid) == 1 and not paid.isdisjoint(told)


def _publisher(document: Document, registry: Registry) -> Referent | None:
    """The house that publishes the document; whatever bears its name in it only passes on what it says."""
    if not document.publisher:
        return None
    house = registry.named(document.publisher, "Company")
    for name, referent in list(registry.names()):
        if document.publisher in name and referent.is_actor:
            referent.publishes = True
    house.publishes = True
    return house


def _announcer(passage: Passage) -> Referent | None:
    """The firm before the colon of an announcement's title; a house names there whom its report is about."""
    if not passage.spans:
        return None
    first, *further = zip(passage.spans, passage.referents, strict=True)
    span, referent = first
    if not _NUMBERED.fullmatch(passage.text, 0, span.start) or not _TITLE_COLON.match(passage.text, span.end):
        return None
    if further and referent.name.endswith(grammar().houses) and further[0][0].start == span.end + 1:
        referent = further[0][1]
    return referent if referent.is_actor else None


_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[、.．）)]\s*)?")
_TITLE_COLON = re.compile(r"\s*[（(]?(?:\d{4,6}(?:\.[A-Z]{2})?)?[）)]?：|[-·—_ ]\d{6}(?!\d)")
