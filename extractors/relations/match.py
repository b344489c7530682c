"""Applying rules to a line: every match becomes candidate facts, one for each pair of its ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations import houses
from extractors.relations.described import with_further
from extractors.relations.discourse import Discourse, Post
from extractors.relations.ends import fitting
from extractors.relations.events import EVENTS, event_of
from extractors.relations.figures import figures, of_member, resolve_date
from extractors.relations.issuers import issuer_of, note_holder, parent, target_of
from extractors.relations.lines import values_in
from extractors.relations.makers import known_maker, tied_maker
from extractors.relations.pairs import all_different, apart_from, distance, pairs_of
from extractors.relations.plans import after_deal, ahead, goes_on, launch_ahead, limited, proposed, resumed
from extractors.relations.posts import each_post, employer, further_posts, person_before, post_told, relation_of
from extractors.relations.rules import Compiled, Idiom, Implied, Noun, Opening, Rule, RuleSet
from extractors.relations.status import StatusCues, is_still_ahead, read_attribution, read_status
from extractors.relations.strangers import other_subject
from extractors.relations.subjects import hands_over
from extractors.relations.symbols import Line, Symbol
from extractors.relations.totals import totals
from ontology.schema import RelationType, load_ontology

_CLOSED_LATER = frozenset({"acquisition", "investment", "stake_transfer", "stake_increase", "stake_reduction"})


@dataclass(slots=True)
class Candidate:
    """A fact as one rule reads it, before validation; `start:end` is its sentence in the flow of `passage`."""

    relation: RelationType
    subject: Referent
    object: Referent
    qualifiers: dict[str, str]
    rule: Rule
    passage: Passage
    start: int
    end: int
    carried: int = 0
    pairs: int = 1
    shared: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Context:
    """What a match is read against."""

    passage: Passage
    discourse: Discourse
    start: int
    end: int
    date: str
    cues: StatusCues
    publisher: Referent | None = None
    staff_of: tuple[Referent, ...] = ()


def match_rules(rules: RuleSet, line: Line, context: Context) -> Iterator[Candidate]:
    """Candidates of every rule whose trigger the line holds."""
    for compiled in rules.sift(line.text):
        if compiled.trigger.search(line.text):
            for pattern in compiled.patterns:
                for match in pattern.finditer(line.text):
                    yield from _candidates(compiled, match, line, context)


def reduce_nouns(rules: RuleSet, line: Line) -> Line:
    """The line with every noun phrase a rule reads shrunk to its head."""
    for compiled in rules.sift(line.text):
        rule = compiled.rule
        if not isinstance(rule, Noun) or not compiled.trigger.search(line.text):
            continue
        for pattern in compiled.patterns:
            edits = [(m.start(), m.end(), _head(rule, m, line)) for m in pattern.finditer(line.text)]
            line = line.replace(edits)
    return line


def _head(rule: Noun, match: re.Match[str], line: Line) -> str:
    """The symbol of the head, which remembers the other name of the phrase as its owner."""
    other = rule.subject if rule.head == rule.object else rule.object
    head, owner = line.symbols.get(match.group(rule.head) or ""), line.symbols.get(match.groupdict().get(other) or "")
    if not head or not owner or rule.qualifiers.get("former"):
        return match.group(rule.head)
    return line.add(replace(head, owner=owner.members))


def _candidates(compiled: Compiled, match: re.Match[str], line: Line, context: Context) -> Iterator[Candidate]:
    rule = compiled.rule
    if isinstance(rule, Opening):
        return
    relation = load_ontology().relations[compiled.relation]
    subject, object_ = (_end(compiled, side, relation, match, line, context) for side in ("subject", "object"))
    if (
        subject is None
        or object_ is None
        or _nothing_named(rule, subject, object_)
        or other_subject(subject, match)
        or _gives(rule, subject, match)
    ):
        return
    subject = apart_from(subject, object_, relation, match, line)
    subject, object_ = with_further(subject, match, line), with_further(object_, match, line)
    object_ = parent(relation.name, object_, context.discourse)
    if _is_relative(match):
        object_ = replace(object_, members=object_.members[:1])
    target = target_of(rule.qualifiers.get("target", ""), object_, match, line, context.discourse)
    ends = {"S": subject, "O": object_, "T": target}
    if compiled.implies and not all_different(ends.values()):
        return
    base = _qualifiers(compiled, relation, match, line, context)
    if "target" in rule.qualifiers:
        base = {key: value for key, value in base.items() if key != "target"} | (
            {"target": target.members[0].name} if target else {}
        )
    if (
        line.text.endswith(("？", "？”"))
        and base.get("status", "completed") == "completed"
        and not isinstance(rule, Noun)
    ):
        return
    yield from _joined(rule, relation, subject, object_, base, match, context)
    for found in further_posts(match, line) if "title" in base else ():
        told = base | {"title": _source(found, "T", line, context)}
        yield from _joined(rule, relation, subject, line.symbols[found["S"]], told, match, context)
    for implied in compiled.implies:
        yield from _implied(implied, ends, rule, base, match, context)


def _implied(
    implied: Implied,
    ends: dict[str, Symbol | None],
    rule: Rule,
    base: dict[str, str],
    match: re.Match[str],
    context: Context,
) -> Iterator[Candidate]:
    """What a fact says besides: who is handed shares of a firm acquires it, who hands them on reduces a stake."""
    relation = load_ontology().relations[implied.relation]
    subject, object_ = ends[implied.subject], ends[implied.object]
    if subject and object_ and not _nothing_named(rule, subject, object_):
        told = {key: value for key, value in base.items() if key in relation.qualifiers}
        yield from _joined(rule, relation, subject, object_, told, match, context)


def _joined(
    rule: Rule,
    relation: RelationType,
    subject: Symbol,
    object_: Symbol,
    base: dict[str, str],
    match: re.Match[str],
    context: Context,
) -> Iterator[Candidate]:
    """A candidate for each pair of two ends, and for each post among its qualifiers."""
    pairs = pairs_of(subject, object_, relation.symmetric, match)
    for first, second in pairs:
        if _titled_alone(first, subject, base, match, context):
            continue
        if len(subject.members) > 1 and rule.qualifiers.get("title") == "@post":
            held = context.discourse.posts.get(first)
            if held is None:
                continue
            second, base = held.firm, base | {"title": held.title}
        allowed = frozenset(relation.qualifiers)
        own = of_member(subject.attached, first, allowed) | of_member(object_.attached, second, allowed)
        shared = totals(base, relation, match, len(pairs), _of_event(rule))
        alone = {key: value for key, value in base.items() if key not in shared}
        houses.note_advice(relation.name, alone, first, context.discourse)
        carried = distance(subject) + distance(object_)
        if alone.get("title") and each_post(alone, second):
            post = Post(second, alone["title"], "former" in alone, context.start, match.start())
            context.discourse.appoint(first, post)
        note_holder(relation.name, first, second, context.discourse)
        for qualifiers in each_post(alone | own, second):
            other = relation_of(qualifiers.get("title", ""))
            if other == "CONTROLS" and "former" in qualifiers:
                continue
            yield Candidate(
                load_ontology().relations[other] if other else relation,
                first,
                second,
                qualifiers,
                rule,
                context.passage,
                context.start,
                context.end,
                carried,
                len(pairs),
                shared,
            )


def _titled_alone(
    first: Referent, subject: Symbol, base: dict[str, str], match: re.Match[str], context: Context
) -> bool:
    """Whether a title before a list is not that of a member told with one of its own: 董事张三和乙公司总裁李四."""
    known = context.discourse.posts.get(first)
    before = "T" in match.re.groupindex and "O" in match.re.groupindex and match.end("T") == match.start("O")
    own = known is not None and known.sentence == context.start and known.title != base.get("title")
    return before and own and len(subject.members) > 1


def _of_event(rule: Rule) -> bool:
    """Whether a rule tells of one who takes part in an event opened before."""
    return isinstance(rule, Idiom) and not EVENTS.isdisjoint((rule.subject, rule.object))


def _side(rule: Rule) -> str:
    """The end of a fact that its event gives."""
    return "subject" if isinstance(rule, Idiom) and rule.subject in EVENTS else "object"


def _end(
    compiled: Compiled, side: str, relation: RelationType, match: re.Match[str], line: Line, context: Context
) -> Symbol | None:
    rule = compiled.rule
    name = getattr(rule, side) if isinstance(rule, Idiom) else "SO"[side == "object"]
    members: tuple[Referent, ...] = ()
    if name in EVENTS:
        told = event_of(compiled.relation, context.discourse, side, here=name == "@opened")
        members = told.company if told else ()
        if told and compiled.relation not in ("INVESTED_IN", "FOUNDED"):
            told.since = 0
    elif name == "@company":
        members = context.discourse.firm()[:1]
    elif name.startswith("@issuer"):
        return issuer_of(name, match, line, context.discourse)
    elif name == "@target":
        members = (context.discourse.target,) if context.discourse.target else ()
    elif name == "@maker":
        members = tied_maker(match.start("O"), line, context.discourse.firm())
    elif name == "@person":
        members = person_before(match, line, context.discourse)
    elif name == "@employer":
        members = employer(match, line, context.discourse, context.start, context.staff_of)
    elif name == "@post":
        post = post_told(match, line, context.discourse)
        members = (post.firm,) if post else ()
    elif name in houses.ENDS:
        members = houses.told(name, match, line, context.discourse, context.publisher)
    else:
        symbol = line.symbols.get(match.groupdict().get(name) or "")
        found = fitting(symbol, getattr(relation, side), compiled, name)
        if found or not {"made", "trader"} & compiled.slots.get(name, frozenset()):
            return found
        members = known_maker(symbol, line, context.discourse.recent)
    return Symbol("empty", 0, 0, members, carried=name not in houses.ENDS) if members else None


def _is_relative(match: re.Match[str]) -> bool:
    """Whether the predicate only describes what follows (甲收购的乙、丙和丁): of a list it describes the first."""
    groups = match.re.groupindex
    if "V" not in groups or "O" not in groups or match.start("V") < 0 or match.start("O") < match.end("V"):
        return False
    return match.string.startswith("的", match.end("V"))


def _nothing_named(rule: Rule | Opening, subject: Symbol, object_: Symbol) -> bool:
    """Whether nothing is named here, unless the rule takes both ends from the discourse; 双方 names a pair."""
    if isinstance(rule, Idiom) and rule.subject.startswith("@") and rule.object.startswith("@"):
        return False
    told_of = subject.kind == "person" or (subject.kind == "empty" and subject.split == 0)
    if told_of and subject.members[0].type == "Person":
        return False
    pair = subject is object_ and len(subject.members) == 2
    near = subject.near and object_.near
    return subject.carried and object_.carried and not pair and not near


def _gives(rule: Rule | Opening, subject: Symbol, match: re.Match[str]) -> bool:
    """Whether the name a pattern begins with hands something over: 甲向乙购买丙, 从乙手中收购丙, read as 乙购买丙."""
    spoken = not isinstance(rule, Noun) and subject.kind != "empty"
    begins = "S" in match.re.groupindex and match.start("S") == match.start()
    taken = _FROM_HAND.match(match.string, match.end("S")) if spoken and begins else None
    return bool(taken) or (spoken and begins and hands_over(match.string[: match.start()]))


_FROM_HAND = re.compile("手[中里上]?处?(?:收购|购买|受让|购得|买下|买入|接手|接过|取得|获得)")


def _qualifiers(
    compiled: Compiled, relation: RelationType, match: re.Match[str], line: Line, context: Context
) -> dict[str, str]:
    rule = compiled.rule
    assert isinstance(rule, Rule)
    trigger = match.start("V") if "V" in compiled.patterns[0].groupindex else _trigger(compiled, match)
    part = line.part(match.start(), match.end()) if isinstance(rule, Noun) else line
    start, end = (0, len(part.text)) if part is not line else match.span()
    at = trigger if part is line else start
    found = figures(part, start, at, end, relation, context.discourse, context.date)
    found |= _event_values(rule, relation, found, match.start(), line, context)
    filled = {key: _fill(value, match, line, context) for key, value in rule.qualifiers.items()}
    found |= {key: value for key, value in filled.items() if value or rule.qualifiers[key][-1:] in ("", "!")}
    text = context.passage.text
    told = read_status(context.cues, line, match.start(), trigger, match.end(), relation.deal in _CLOSED_LATER)
    status = _status(rule, relation.name, told, context)
    if rule.status == "none" and is_still_ahead(context.cues, line, match.start(), trigger):
        status = "planned"
    if not status and launch_ahead(relation.name, line.text, match.start(), match.end()):
        status = "planned"
    if told in _PLANS and (rule.status != "none" or _TO_COME.search(line.text, match.start(), trigger)):
        found.pop("former", None)
    undecided = (relation.pending or compiled.implies) and status in ("", "completed") and rule.status != "completed"
    if undecided and (limited(line, match.start(), match.end(), text) or ahead(found.get("date", ""), context.date)):
        status = "planned"
    elif undecided and not status:
        plan = context.discourse.plan_of(relation.name, goes_on(line))
        status = resumed(context.cues, line, match.start(), trigger, plan)
        status = status or proposed(context.cues, line, trigger)
    elif relation.name in _STAKES and not status and after_deal(line, match.start(), trigger, context.discourse.plans):
        status = "planned"
    if status in _PLANS:
        context.discourse.plan(relation.name, status)
    said_by = read_attribution(context.cues, line, text) if "attribution" in relation.qualifiers else ""
    found |= {key: value for key, value in (("status", status), ("attribution", said_by)) if value}
    return {key: value for key, value in found.items() if value}


_STAKES = frozenset({"HOLDS_STAKE_IN", "CONTROLS", "SUBSIDIARY_OF"})
_TO_COME = re.compile("将|拟|计划|打算|准备")
_PLANS = ("planned", "agreed", "negotiating", "conditional")


def _trigger(compiled: Compiled, match: re.Match[str]) -> int:
    found = compiled.trigger.search(match.string, match.start(), match.end())
    return found.start() if found else match.end()


def _status(rule: Rule, relation: str, read: str, context: Context) -> str:
    if rule.status == "none" or isinstance(rule, Noun):
        return "" if rule.status in ("none", "") else rule.status
    if read in ("denied", "terminated"):
        return read
    event = event_of(relation, context.discourse, _side(rule))
    if _of_event(rule) and event and event.status != "completed":
        return event.status
    return rule.status or read


def _event_values(
    rule: Rule, relation: RelationType, found: dict[str, str], at: int, line: Line, context: Context
) -> dict[str, str]:
    """Round and date told before position `at` of the sentence, else by the opening of the event."""
    event = event_of(relation.name, context.discourse, _side(rule))
    if not (_of_event(rule) and event):
        return {}
    told: dict[str, str] = {}
    rounds = [value for _, value in values_in(line, 0, at) if value.kind == "round"]
    if "round" in relation.qualifiers:
        told |= rounds[-1].parts if rounds else event.values["round"].parts if "round" in event.values else {}
    if "date" in event.values and "date" in relation.qualifiers:
        told |= resolve_date(event.values["date"], context.discourse, context.date)
    return {key: value for key, value in told.items() if key not in found}


def _fill(value: str, match: re.Match[str], line: Line, context: Context) -> str:
    if value == "@post":
        post = post_told(match, line, context.discourse)
        return post.title if post else ""
    if not value.startswith("$"):
        return value
    group = value[1:].rstrip("!")
    if not match.groupdict().get(group):
        return ""
    symbol = line.symbols.get(match.group(group))
    if symbol and symbol.value:
        return next(iter(symbol.value.parts.values()))
    if symbol and symbol.members:
        return symbol.members[0].name
    return _source(match, group, line, context)


def _source(match: re.Match[str], group: str, line: Line, context: Context) -> str:
    """The words of a group as the text has them."""
    start, end = line.spans[match.start(group)][0], line.spans[match.end(group) - 1][1]
    return context.passage.text[start:end].strip("“”《》，、")
