"""Which name of a clause acts: prepositions govern names, verbs take them as objects, 的 makes them modify others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse, family
from extractors.relations.grammar import grammar
from extractors.relations.strangers import begins_with_stranger
from extractors.relations.symbols import ENTITY_CHARS, VALUE_CHARS, Line, Symbol

SUBJECT_KINDS = ("firm", "investor", "body", "person", "exchange", "chip", "product")
_CLAUSE_MARKS = "，；：。！？∥"
_NEW = ("新", "原", "引")
_TURNS_TO = ("至于", "说到", "谈到", "反观")
_NAMES_IT = ("叫", "名叫", "名为", "叫做", "取名", "定名")
_ORIGINS = ("毕业", "出身", "背景", "校友")
_GOVERNING = tuple("由被遭向对给将把从自以在于为据获")
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands before a name of a clause up to the name before it, word by word."""

    words: tuple[str, ...]

    @property
    def verb(self) -> bool:
        """Whether a verb stands here that takes the next name; beside 的 it only describes."""
        around = zip(("", *self.words), self.words, (*self.words[1:], ""), strict=False)
        return any(
            word in grammar().verbs and "的" not in (before, after) and after not in grammar().times
            for before, word, after in around
        )

    @property
    def introduces(self) -> bool:
        """Whether the next name is what a clause without a name that acts brings up: 创始团队成立了甲."""
        verbs = [word for word in self.words if word in grammar().verbs]
        return bool(verbs) and verbs[-1] in grammar().introducing and not self.governs

    @property
    def governs(self) -> bool:
        """Whether a preposition takes the next name; 与 and 和 are none between two nouns, 被举牌的 describes it."""
        known = grammar()
        if self.words[-1:] and self.words[-1] in _TURNS_TO:
            return False
        if self.words[:1] == ("被",) and self.words[-1:] == ("的",):
            return False
        joined = any(
            word in known.with_
            and (
                at == 0
                or self.words[at - 1] == "公司"
                or not _CHINESE.search(self.words[at - 1])
                or self.words[at - 1] in known.adverbs
            )
            for at, word in enumerate(self.words)
        )
        glued = bool(self.words) and self.words[-1].endswith(_GOVERNING)
        return joined or glued or bool(known.prepositions.intersection(self.words))

    @property
    def holder(self) -> bool:
        """Whether the next name holds the one before: 甲公司控股股东乙."""
        return bool(self.words) and self.words[-1].endswith(grammar().holders) and not self.words[-1].startswith(_NEW)

    @property
    def describes(self) -> bool:
        """Whether the name before only describes the next one: 甲的旗舰乙, 甲旗下乙, 甲乙."""
        if self.words[-1:] and self.words[-1] in _NAMES_IT:
            return True
        if self.verb or self.governs or "是" in self.words:
            return False
        return not self.words or "的" in self.words or self.words[-1] in grammar().nouns or self.holder


@dataclass(frozen=True, slots=True)
class Actors:
    """The names that act in a clause: the head first, then those that only describe it; `held` is whose holder acts."""

    names: tuple[Symbol, ...] = ()
    held: Symbol | None = None

    def first(self, kinds: tuple[str, ...]) -> tuple[Referent, ...]:
        """The first of the names that is of these kinds."""
        return next((symbol.members[:1] for symbol in self.names if symbol.kind in kinds), ())


def acting(line: Line, begin: int, end: int) -> Actors:
    """The names that act in the clause `begin:end`."""
    found: list[tuple[int, Symbol]] = []
    held: Symbol | None = None
    for at, symbol, gap in _names(line, begin, end):
        if found and not gap.describes:
            break
        if found and gap.holder:
            held = found[0][1]
        if found and (gap.holder or _heads(found[0][1], symbol)):
            found.insert(0, (at, symbol))
        elif found or gap.introduces or line.text.startswith("为例", at + 1) or not (gap.verb or gap.governs):
            found.append((at, symbol))
    if not found or _only_speaks(found[0][1], line.text[found[0][0] + 1 : end]):
        return Actors()
    return Actors(tuple(symbol for _, symbol in found), held)


def _heads(before: Symbol, symbol: Symbol) -> bool:
    """Whether the later of two names is the head of their phrase; before a chief or a board the firm stays it."""
    return symbol.kind not in ("person", "exchange") or symbol.kind == before.kind


def _names(line: Line, begin: int, end: int) -> Iterator[tuple[int, Symbol, _Gap]]:
    """Place, name and gap before it for every name of a clause that may act."""
    last = begin
    for at, symbol in line.within(begin, end):
        if _DATELINED.match(line.text, at + 1):
            continue
        origin = symbol.kind != "person" and line.text.startswith(_ORIGINS, at + 1)
        if symbol.kind in SUBJECT_KINDS and not origin and not all(member.is_voice for member in symbol.members):
            yield at, symbol, _Gap(tuple(_words(line, last, at)))
            last = at + 1


_DATELINED = re.compile(rf"[^，；。：{ENTITY_CHARS}]{{0,6}}?(?:讯|(?<!来)电)(?=[ ，：（【\[{VALUE_CHARS}])")


def _words(line: Line, begin: int, end: int) -> Iterator[str]:
    """The words between two places of a line, as the segmenter parts them; names and figures left out."""
    word = ""
    for at in range(begin, end):
        char = line.text[at]
        if word and (char in line.symbols or line.words.is_edge(line.spans[at][0])):
            yield word
            word = ""
        word += "" if char in line.symbols else char
    if word:
        yield word


def _only_speaks(symbol: Symbol, rest: str) -> bool:
    """Whether a broker or research house stands here only as the voice of an opinion, or an investor pays a round."""
    known = grammar()
    house = symbol.members[0].name.endswith(known.houses)
    spoken = house and known.opinion.search(rest[:14])
    return bool(spoken or known.payers.match(rest) or known.passing_on.match(rest))


def mark_dropped_subjects(line: Line, discourse: Discourse, *, of_figures: bool = False) -> Line:
    """Put an empty subject at the head of every clause; it stands for the subject of the clause before.

    A clause on a firm's revenue or assets leaves the one who acts alone, but figures that go on are that firm's. No
    subject is carried on by a clause that begins with somebody nobody knows.
    """
    if not line.text:
        return line
    edits = []
    bounds = [m.start() for m in _CLAUSE.finditer(line.text)] + [len(line.text)]
    told = discourse.topic or discourse.firm()
    here = False
    subject: tuple[Referent, ...] = told if len(told) == 1 else ()
    subjects = {family(names[0]): names for names in (discourse.firm(), subject) if names}
    named = list(line.of(("person",)))
    for begin, end in pairwise(bounds):
        if begins_with_stranger(line.text[begin:end]):
            subject, subjects, here = (), {}, False
        subject = _named_next(line, begin, end) or subject
        if subject:
            place = line.spans[begin][0] if begin < len(line.spans) else line.spans[-1][1]
            instead = tuple(other for other in subjects.values() if other is not subject)
            symbol = Symbol("empty", place, place, subject, None, True, 0 if here else -1, instead=instead, near=here)
            edits.append((begin, begin, line.add(symbol)))
        people = [symbol.members for at, symbol in named if begin <= at < end]
        subjects |= {"person": people[-1]} if people else {}
        for names in _taking_over(line, begin, end, bool(subject) and not of_figures):
            if names != subjects.get(family(names[0]), names):
                subjects[f"earlier {family(names[0])}"] = subjects[family(names[0])]
            subject, here = names, True
            subjects[family(subject[0])] = subject
    return line.replace(edits)


def _named_next(line: Line, begin: int, end: int) -> tuple[Referent, ...]:
    """Who acts in the clause after a first one that only leads up to it: 与乙缠斗几年之后，甲认输."""
    if not _LEADS_UP.fullmatch(line.text, begin, end) or acting(line, begin, end).names:
        return ()
    after = acting(
        line, end, min((at for mark in "，；" if (at := line.text.find(mark, end)) > 0), default=len(line.text))
    )
    return after.names[0].members if after.names else ()


def _taking_over(line: Line, begin: int, end: int, talked: bool) -> Iterator[tuple[Referent, ...]]:
    """Whom the clauses after `begin:end` are about, the head last; nobody new where it tells a target's figures."""
    if talked and _BACKGROUND.search(line.text, begin, end):
        return
    leads = _SIGNS_TO_BUY.match(line.text, begin)
    for symbol in reversed(acting(line, begin, end).names):
        yield symbol.members[: symbol.split] if leads and symbol.split > 0 else symbol.members


_CLAUSE = re.compile(r"(?<=[，；：])(?=.)|^")
_LEADS_UP = re.compile(
    rf"(?<![，：])(?=[^，；。：]*[{ENTITY_CHARS}])(?:(?:作为|凭借|依托|背靠|继|除了?)[^，；。：]+|[^，；。：]{{2,}}(?:之?后|以后|的同时|之际|之余|前夕|之前|以来))，"
)
_BACKGROUND = re.compile("资产总额|总资产|净资产|营业收入|净利润|注册资本|经审计")
_SIGNS_TO_BUY = re.compile(
    "[^，；。]{0,24}(?:签|达成|订立)[^，；。]{0,24}(?:协议|合同|意向书)[^，；。]{0,4}，(?![^，；。]{0,12}(?:共同|合资|双方|联合|分别))"
    "[^，；。]{0,24}(?:收购|受让|购买|转让|出售|取得|增资)"
)


def topic(line: Line) -> Symbol | None:
    """Whom the sentence is about: who acts in its first clause where somebody does."""
    found = list(actors_before(line, len(line.text)))
    return found[-1].names[0] if found else None


def actors_before(line: Line, end: int) -> Iterator[Actors]:
    """The names that act before position `end`, clause by clause from there to the left; brackets are passed over."""
    line = replace(line, text=_BRACKETED.sub(lambda match: "※" * len(match.group()), line.text))
    while end > 0:
        begin = max(line.text.rfind(mark, 0, end - 1) for mark in _CLAUSE_MARKS) + 1
        found = acting(line, begin, end)
        if found.names:
            yield found
        end = begin


def holder_before(line: Line, start: int, end: int) -> tuple[Referent, ...]:
    """Whom 其 in 将其持有的 means: the holder the clause names last, else the subject of the clauses before it."""
    if not _HELD.match(line.text, end):
        return ()
    text = _BRACKETED.sub(lambda match: "※" * len(match.group()), line.text)
    begin = max(text.rfind(mark, 0, start) for mark in "，；。：") + 1
    if named := _DISPOSES.search(text, begin, start):
        symbol = line.symbols[named["holder"]]
        return () if _TAKEN.search(text[begin : named.start()]) or symbol.kind not in _HOLDERS else symbol.members[:1]
    if _NAMED.search(text, begin, start) or not _DISPOSES_ALONE.search(text, begin, start):
        return ()
    return next((actors.names[0].members[:1] for actors in actors_before(line, begin)), ())


_NO_NAME = f"[^，；。：{ENTITY_CHARS}]"
_TAKEN = re.compile(
    rf"(?:由|(?<![方导面趋])向|对|被|获|与|和|同|给|为|从|将|把|通过|收购|受让|购买|包括|成|是|系|引入|新增){_NO_NAME}{{0,10}}$"
)
_NAMED = re.compile(f"[{ENTITY_CHARS}]")
_BRACKETED = re.compile("（[^（）]*）")
_HOLDERS = ("firm", "investor", "body", "person")
_HELD = re.compile("(?:直接|间接|合计|共同|所|分别)*(?:持|拥有)")
_DISPOSAL = "(?:将|把|以|用|出售|转让|减持|质押)(?:了|过)?$"
_DISPOSES_ALONE = re.compile(_DISPOSAL)
_DISPOSES = re.compile(f"(?P<holder>[{ENTITY_CHARS}]){_NO_NAME}{{0,14}}?{_DISPOSAL}")
_FROM = re.compile(
    r"(?:(?<![方导面趋意来])向(?!来)|从(?![而事此前])|自(?![主研己有身动称去今此从营]))"
    rf"(?:[{ENTITY_CHARS}]{_NO_NAME}{{0,8}}(?:股东|属|子公司))?[^，；。：{ENTITY_CHARS}{VALUE_CHARS}的]{{0,10}}$"
)


def hands_over(head: str) -> bool:
    """Whether a name after `head` stands behind 向 or 从: 甲向控股股东乙购买丙 does not say that 乙 buys."""
    return bool(_FROM.search(head))
