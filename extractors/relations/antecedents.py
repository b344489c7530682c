"""Whom 这几家, 它 and 我们 stand for: the list, the single name, the speaker's firm before them."""

from __future__ import annotations

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse
from extractors.relations.symbols import ENTITY_CHARS, KIND_FAMILY, Line, Symbol, characters

_FIRMS = ("firm", "investor", "body", "exchange")
_RUN = re.compile(rf"[{ENTITY_CHARS}](?:(?:、|和|与|及|以及|连同)?[{ENTITY_CHARS}])+")
_SPEECH = re.compile("：|表示|称|说|透露|介绍")
_CLAUSE_HEAD = re.compile(r"(?:^|[，；。：]|但|而|因为|如今|现在)$")


def last_list(line: Line, end: int, _: Discourse) -> tuple[Referent, ...]:
    """The firms or things of the last list before `end`; nobody where there is none."""
    runs = list(_RUN.finditer(line.text, 0, end))
    listed = [s for at, s in line.of((*_FIRMS, "chip", "product")) if runs and runs[-1].start() <= at < runs[-1].end()]
    listed = [s for s in listed if KIND_FAMILY[s.kind] == KIND_FAMILY[listed[-1].kind]]
    return tuple(dict.fromkeys(member for symbol in listed for member in symbol.members)) if len(listed) > 1 else ()


def pair_before(line: Line, end: int, discourse: Discourse) -> tuple[Referent, ...]:
    """Whom 双方 and 两家公司 mean: the two firms named so far, those of a list of two, or the pair told of before."""
    named = [symbol for at, symbol in line.of(_FIRMS) if at < end and not _is_voice(symbol)]
    seen = tuple(dict.fromkeys(member for symbol in named for member in symbol.members))
    listed = last_list(line, end, discourse)
    return next((two for two in (seen, listed) if len(two) == 2), discourse.pair)


def single_name(line: Line, end: int, discourse: Discourse) -> tuple[Referent, ...]:
    """Whom 它 means at the head of a clause: the first name of the sentence, the other one where a list comes first."""
    if not _CLAUSE_HEAD.search(line.text, 0, end):
        return _only_other(line, end, discourse)
    before = [
        (at, symbol) for at, symbol in line.of((*_FIRMS, "chip", "product")) if at < end and not _is_voice(symbol)
    ]
    if not before:
        return discourse.topic if len(discourse.topic) == 1 and discourse.topic[0].type != "Person" else ()
    listed = {at for run in _RUN.finditer(line.text, 0, end) for at in range(*run.span())}
    single = [symbol.members for at, symbol in before if at not in listed]
    if before[0][0] in listed:
        return single[-1] if single else ()
    return before[0][1].members


def _only_other(line: Line, end: int, discourse: Discourse) -> tuple[Referent, ...]:
    """Whom 它 means within a clause: the one name that stood alone before it, else the topic; nobody of the clause."""
    begin = max(line.text.rfind(mark, 0, end) for mark in "，；。：") + 1
    listed = {at for run in _RUN.finditer(line.text, 0, end) for at in range(*run.span())}
    names = [(at, symbol) for at, symbol in line.of((*_FIRMS, "chip", "product")) if at < end and not _is_voice(symbol)]
    here = {member for at, symbol in names if at >= begin for member in symbol.members}
    told = [symbol.members for at, symbol in names if at < begin and at not in listed]
    told = list(dict.fromkeys(members for members in told if not here.intersection(members)))
    if told:
        return told[0] if len(told) == 1 else ()
    about = discourse.firm() if discourse.topic and discourse.topic[0].type == "Person" else discourse.topic
    return about if len(about) == 1 and not names else ()


def speakers_firm(line: Line, end: int, discourse: Discourse) -> tuple[Referent, ...]:
    """Whom 我们 means: the firm named before the last word of saying, else that of the person last told with a post."""
    said = [match.start() for match in _SPEECH.finditer(line.text, 0, end)]
    named = [symbol for at, symbol in line.of(_FIRMS) if said and at < said[-1] and not _is_voice(symbol)]
    if named:
        return named[-1].members[:1]
    post = discourse.posts.get(discourse.person) if discourse.person else None
    return (post.firm,) if post and not post.former else ()


def _is_voice(symbol: Symbol) -> bool:
    return symbol.members[0].is_voice


_POST_BEFORE = re.compile(
    f"(?:任|是|为)(?P<firm>[{characters(('firm', 'investor', 'body'))}])[^，；。{ENTITY_CHARS}]{{2,24}}、$"
)


def employer_told(line: Line, end: int) -> tuple[Referent, ...]:
    """The firm of the post told just before `end` in a list of posts: 曾任甲副总裁、集团工会主席."""
    post = _POST_BEFORE.search(line.text, 0, end)
    return line.symbols[post["firm"]].members[:1] if post else ()


def two_of(firms: list[Symbol]) -> tuple[Referent, ...]:
    """The two firms a sentence has named so far; nobody where it named one or more than two."""
    seen = tuple(dict.fromkeys(member for symbol in firms for member in symbol.members))
    return seen if len(seen) == 2 else ()


def named_last(firms: list[Symbol]) -> tuple[Referent, ...]:
    """The two firms a sentence has named last; nobody where it has named fewer."""
    named = [symbol for symbol in firms if not symbol.carried]
    seen = tuple(dict.fromkeys(member for symbol in reversed(named) for member in reversed(symbol.members)))
    return (seen[1], seen[0]) if len(seen) > 1 else ()
