"""Houses and the firms they rate: who says 维持买入评级, and of whom, where the clause names neither."""

from __future__ import annotations

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.language.words import dictionary, frequency
from extractors.relations.discourse import Discourse
from extractors.relations.grammar import grammar
from extractors.relations.symbols import CLASSES, Line, Symbol, characters

ENDS = ("@house", "@publisher", "@speaker", "@rated", "@titled", "@suggests")
_FIRM = f"[{characters(CLASSES['firm'])}]"
_DATE = f"[{characters(('date',))}]"
_DATED = re.compile(f"(?P<house>{_FIRM})(?:研究所|研究)?[· |-]{{0,3}}{_DATE}(?![^，。]{{0,4}}(?:发布|研报|表示))")
_ALONE = re.compile(f"(?P<house>{_FIRM})$")
_REPORTS = re.compile(
    rf"[^，；。：{characters(CLASSES['any'])}]{{0,10}}?"
    "(?:研报|研究报告|发表报告|发布报告|报告[指称])"
)


def is_house(firm: Referent) -> bool:
    """Whether a firm is a broker, a bank or a research house by its name."""
    return firm.name.endswith(grammar().houses) or "证券" in firm.name or firm.name in grammar().brokers


def note_house(line: Line, discourse: Discourse) -> None:
    """Note whose report a text is: a house with a date, or alone on a line."""
    dated = _DATED.search(line.text) or _ALONE.match(line.text)
    symbol = line.symbols[dated["house"]] if dated else None
    if symbol and is_house(symbol.members[0]):
        discourse.house = symbol.members[:1]


def note_speaker(line: Line, discourse: Discourse) -> None:
    """Note the house that a sentence says reports, for the sentences after it."""
    for _, found in _houses(line, len(line.text))[-1:]:
        discourse.house = found.members[:1]


def told(
    name: str, match: re.Match[str], line: Line, discourse: Discourse, publisher: Referent | None
) -> tuple[Referent, ...]:
    """Who stands for `@house`, `@speaker` (no mere publisher), `@rated` or `@suggests` at a match."""
    if name == "@suggests":
        return discourse.suggests
    if name == "@titled":
        return discourse.titled
    if name == "@rated":
        return _rated(match, line, discourse)
    speaking = list(_houses(line, match.start() + 1))
    if speaking:
        return speaking[-1][1].members[:1]
    analysts = [
        s.owner for at, s in line.of(("person",)) if at < match.start() + 1 and s.owner and is_house(s.owner[0])
    ]
    if analysts:
        return analysts[-1][:1]
    if _by_another(line, match.start()):
        return ()
    if discourse.house or name == "@speaker":
        return discourse.house
    return (publisher,) if publisher else ()


def _by_another(line: Line, at: int) -> bool:
    """Whether a clause begins with a name nobody knows, who then rates: 富瑞给予甲买入评级."""
    head = line.text[max(line.text.rfind(mark, 0, at) for mark in "，；。：∥") + 1 : at]
    words = list(dictionary().cut("".join(_CHINESE.findall(head)))) if len(head) < 10 else []
    return any((len(word) > 1 and not frequency(word)) or word.endswith(grammar().houses) for word in words)


_CHINESE = re.compile("[一-鿿]+")


def _houses(line: Line, end: int) -> list[tuple[int, Symbol]]:
    """The houses a sentence names before a place, and other firms it says report or rate."""
    named = [(at, s) for at, s in line.of(CLASSES["firm"]) if at < end and not s.carried and len(s.members) == 1]
    return [
        (at, s)
        for at, s in named
        if _REPORTS.match(line.text, at + 1) or (is_house(s.members[0]) and _SPEAKS.match(line.text, at + 1))
    ]


_SPEAKS = re.compile(
    rf"[^，；。：{characters(CLASSES['any'])}]{{0,12}}?(?:认为|指出|表示|称|预计|分析|看好|建议|推荐|维持|给予|重申|上调|下调|予|首次覆盖|首评|发布|发文|将|把|报告)|："
)


_OF_SECTOR = re.compile("行业|板块|赛道")


def _rated(match: re.Match[str], line: Line, discourse: Discourse) -> tuple[Referent, ...]:
    """The firm a rating without an object is for: the subject of its clause, the firm named last, the one titled."""
    dropped = [s for at, s in line.of(("empty",)) if at <= match.start()][-1:]
    named = [s for at, s in line.of(CLASSES["company"]) if at < match.start() and not s.carried]
    for symbol in (*dropped, *reversed(named)):
        firms = [m for m in symbol.members if m.type == "Company" and not is_house(m)]
        if firms and len(symbol.members) == 1:
            return (firms[0],)
    if _OF_SECTOR.search(line.text, 0, match.start()):
        return ()
    told_of = (*discourse.subjects.get("firm", ())[:1], *discourse.titled)
    return tuple(firm for firm in told_of if not is_house(firm))[:1]


def note_advice(relation: str, told_with: dict[str, str], house: Referent, discourse: Discourse) -> None:
    """Note who advises to look at firms, for the items of the list that follows."""
    if relation == "COVERS" and "rating" not in told_with:
        discourse.suggests = (house,)
