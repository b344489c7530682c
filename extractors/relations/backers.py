"""Who pays for the round being told, by what the names are: 领头的是甲, 跟进者中有乙资本、丙创投.

Where a round of one firm is told, a sentence that names investors, no other firm and nothing else that investors do
names those who pay. Rules of words read first; this reads what they leave.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from extractors.entities.registry import Referent
from extractors.expressions import ready as re
from extractors.relations.discourse import Discourse, Event
from extractors.relations.lines import values_in
from extractors.relations.match import Candidate, Context
from extractors.relations.rules import Example, Rule, measured
from extractors.relations.subjects import topic
from extractors.relations.symbols import Line, Symbol
from ontology.schema import load_ontology

_ROUND_TOLD = re.compile(
    "融资(?!租赁|券|余额|担保|渠道|成本|环境|难|工具|业务|买入)|新一轮|首轮|本轮|此轮|天使轮|这一轮"
)
_MONEY_TOLD = re.compile("轮|融资|投资|领投|跟投|股东|出资|资方|钱|注资|加码|押注|认购")
_PAYS = re.compile(
    "领投|跟投|参投|领头|跟进|付钱|掏钱|出钱|资方|投资方|投资人|投资者|出资|新股东|老股东|押注|加码|入局"
)
_OTHER_NEWS = re.compile(
    "顾问|退出|减持|套现|合伙人|表示|认为|指出|坦言|曾任|任职|出身|收购|并购|担保|起诉|合作|签署|基石|上市|发布|报告|(?<!不完全)统计|数据(?!显示)|评级|发行|管理人|托管"
    "|保荐|承销|估值|对手|竞争|子公司|旗下|设立|成立|离开|加入|团队|成员|接洽|遭拒|拒绝|被拒|传闻|不实|核心|想|希望|计划|若|如果|可能|将|拟|否认|没有|未"
)
_UNNAMED = re.compile("(?:另外?|有)?[一某几多数两三](?:家|些)[^，。；]{0,14}?(?:公司|企业|初创|厂商|独角兽|平台|项目)")
_PAYING = ("firm", "investor", "body")
_OF_WHOM = ("旗下", "的旗下", "系")


@functools.cache
def round_rule() -> Rule:
    """The rule whose edges follow from the types of names alone."""
    example = Example(
        text="{乙科技:Company}公布B轮融资，领头的是{甲资本:Investor}，跟进者中还有{丙创投:Investor}",
        facts=("甲资本 INVESTED_IN 乙科技 round=B轮",),
    )
    return Rule(id="invested_in.round_backers", words="轮|融资", confidence=0.75, examples=(example,))


def note_round(line: Line, discourse: Discourse) -> None:
    """Set the round being told where a sentence tells of one and names a single firm, or goes on about one."""
    told = discourse.event
    if (told and not told.since) or _tells_of_others(line) or not _tells_of_round(line):
        return
    about = topic(line)
    firms = about.members if about else discourse.firm()
    if len(firms) == 1 and firms[0].type == "Company" and not _PAYS.search(line.text):
        kinds = ("round", "money")
        values = {s.value.kind: s.value for _, s in line.of(kinds) if s.value}
        discourse.events["INVESTED_IN", "object"] = Event(firms, values)


def _tells_of_others(line: Line) -> bool:
    """Whether a sentence names investors for something else, or tells of a firm it does not name."""
    return bool(_OTHER_NEWS.search(line.text) or _UNNAMED.search(line.text))


def _tells_of_round(line: Line) -> bool:
    return bool(_ROUND_TOLD.search(line.text)) or any(True for _ in line.of(("round",)))


def backers(line: Line, found: Sequence[Candidate], context: Context) -> Iterator[Candidate]:
    """Those a sentence names as paying for the round being told, besides what rules `found`."""
    event = context.discourse.event
    if not event or len(event.company) != 1 or _tells_of_others(line):
        return
    if event.since and not _MONEY_TOLD.search(line.text):
        return
    told = {frozenset((c.subject, c.object)) for c in found}
    if any(c.relation.name == "INVESTED_IN" and c.object not in event.company for c in found):
        return
    for at, symbol in _groups(line, event):
        unit_follows = line.text.startswith(_OF_WHOM, at + 1)
        for member in symbol.members[: -1 if unit_follows else None]:
            if member.type != "Person" and frozenset((member, *event.company)) not in told:
                yield _pays(member, event, _round_before(line, at, event), len(symbol.members), context)


def _round_before(line: Line, at: int, event: Event) -> dict[str, str]:
    """The round told last before position `at` of the sentence, else that of the event."""
    told = [value.parts for _, value in values_in(line, 0, at) if value.kind == "round"]
    return told[-1] if told else event.values["round"].parts if "round" in event.values else {}


def _groups(line: Line, event: Event) -> list[tuple[int, Symbol]]:
    """The names of a sentence that pay: investors alone, or with firms beside a word of paying."""
    placed = line.of((*_PAYING, "person", "exchange"))
    others = [(at, s) for at, s in placed if s.members and not {*s.members} & {*event.company}]
    investors = [s for _, s in others if any(member.type == "Investor" for member in s.members)]
    if not investors or (len(investors) < len(others) and not _PAYS.search(line.text)):
        return []
    return [(at, symbol) for at, symbol in others if symbol.kind in _PAYING]


def _pays(member: Referent, event: Event, told: dict[str, str], pairs: int, context: Context) -> Candidate:
    status = {"status": event.status} if event.status != "completed" else {}
    relation, rule = load_ontology().relations["INVESTED_IN"], measured(round_rule())
    place = (context.passage, context.start, context.end)
    return Candidate(relation, member, event.company[0], {**told, **status}, rule, *place, 1, pairs)
