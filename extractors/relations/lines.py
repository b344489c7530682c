"""From a sentence to its line: names and figures become symbols, pronouns and dropped subjects are resolved."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise

import yaml

from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent
from extractors.entities.spans import Span, free
from extractors.entities.values import Value
from extractors.entities.vocabulary import SHARED, either
from extractors.expressions import ready as re
from extractors.relations.antecedents import (
    employer_told,
    last_list,
    named_last,
    pair_before,
    single_name,
    speakers_firm,
    two_of,
)
from extractors.relations.discourse import Discourse
from extractors.relations.held import acting_pronoun, not_itself
from extractors.relations.subjects import SUBJECT_KINDS, actors_before, holder_before
from extractors.relations.symbols import (
    ENTITY_CHARS,
    KIND_FAMILY,
    KIND_OF_TYPE,
    VALUE_CHARS,
    Line,
    Symbol,
    characters,
)

_BRACKET = re.compile(r"（(?:[^（）]|（[^（）]*）)*）")
_QUOTES = re.compile(r"”“|》《|[“”《》]")
_KIND = "(?:(?:[新老]|现有|既有)股东|老投资[方人]|战略投资[者方]|产业(?:资本|投资方|方)|(?:知名)?投资机构)?"
_LIST = re.compile(
    rf"[{ENTITY_CHARS}](?:(?:(?:、|，?以及|，?及|和|与|，和|连同){_KIND}|(?:、|以?及其?|同)一致行动人)[{ENTITY_CHARS}])+|[{ENTITY_CHARS}]{{2}}(?=等)|[{ENTITY_CHARS}]{{3,}}"
)
_ENUMERATOR = re.compile(
    r"(?:[0-9]{1,2}[、.]|（[0-9一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}、|[①-⑳•·])\s*(?![0-9])"
)
_BESIDE = re.compile(rf"([{ENTITY_CHARS}])([{ENTITY_CHARS}])")
_GENERIC_AFTER = re.compile(rf"(?<=[{ENTITY_CHARS}])(?:集团公司|公司|集团)(?!股东|控股|董事|章程|债)")
_OF_SHARES = re.compile(r"(?:的|无限售)?(?:股份|股权|股本|股票)$")
_BEFORE_COMPANY = (
    "，；。：、“”（—由向对与和为将把在从及的被使令称即是给以后其"
    "同跟经受据因如而但且并到至有占了过就若于等指让系属购持握入出押准定"
)
_BARE_COMPANY = (
    f"(?:^|(?<=[{_BEFORE_COMPANY}])|(?<=拿下|买下|取得|出售|控制))(?<![附下直所]属)(?:上市公司|公司|集团)"
    f"(?!法|章程|治理|债|企业|公司|[{characters(('firm', 'investor'))}])"
)
_COMPANIES = ("firm", "investor", "body")
_FIRM_KINDS = ("firm", "investor", "body", "person", "exchange")
_NOT_BEFORE = "及尤中美阿日韩俄欧该此本子母全分总各这两几多家某"
_NOT_AFTER = "[一二三四五][，、：是为]|们|中|他|它|次|余|实|间|时|后(?!续)|司法|治理|债|章程|法|控股股东以外|人民"
_NO_THINGS = "公司|企业|集团|机构|品牌|厂商|初创|巨头|股东|项目|行业|领域|基金|家|些|种|类"
_PAIR = "(?<=[，。；：])两家(?=[又也将还曾都均已要就的从合联共携官宣签各分正今去未并走打互达此间])"
_CHIP = re.compile("(?:芯片|处理器|SoC|GPU|CPU|加速器|加速卡)$")
_DEVICES = "显卡|引擎|助手|加速器|工具|新机|新车|加速卡|游戏|新品|机型|平板|火箭|电池"
_THINGS = f"服务|平台|芯片|产品|模型|系统|处理器|架构|应用|软件|车型|机器人|手机|框架|{_DEVICES}"


@functools.cache
def _pronouns() -> tuple[re.Pattern[str], dict[str, str]]:
    table = yaml.load((SHARED / "pronouns.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    kind_of = {word: kind for kind, words in table.items() for word in words.split()}
    words = either(word for word in kind_of if word not in ("公司", "集团", "上市公司"))
    free = rf"{_BARE_COMPANY}|(?<![{_NOT_BEFORE}])(?:{words})(?!{_NOT_AFTER})"
    thing = rf"(?:该|这)款?(?!{_NO_THINGS})[一-鿿A-Z]{{0,5}}?(?:{_THINGS})"
    generic = r"这家[一-鿿A-Z]{0,10}?(?:公司|企业|巨头|机构|厂商|制造商|初创公司|独角兽|车企|集团)"
    return re.compile(f"{generic}|{thing}|{_PAIR}|{free}"), kind_of


def build_line(passage: Passage, start: int, end: int, values: list[Value], discourse: Discourse) -> Line:
    """The line of the sentence `start:end` of a passage, its number in a list cut, its pronouns resolved."""
    number = _ENUMERATOR.match(passage.text, start, end)
    start = number.end() if number else start
    line = Line(passage.text[start:end], [(i, i + 1) for i in range(start, end)], {}, passage.words)
    named = list(passage.named(start, end))
    line = _absorb_generic_nouns(_told_twice(line.replace(_symbol_edits(line, start, named, values))))
    return _resolve_pronouns(line, discourse)


def _symbol_edits(
    line: Line, start: int, named: list[tuple[Span, Referent]], values: list[Value]
) -> list[tuple[int, int, str]]:
    edits = []
    for span, referent in named:
        symbol = Symbol(KIND_OF_TYPE[referent.type], span.start, span.end, (referent,))
        edits.append((span.start - start, span.end - start, line.add(symbol)))
    spans = [span for span, _ in named]
    first = bisect_left(values, start, key=lambda value: value.start)
    for value in islice(values, first, None):
        a, b = value.start - start, value.end - start
        if b > len(line.text):
            break
        if free(spans, value.start, value.end):
            edits.append((a, b, line.add(Symbol(value.kind, value.start, value.end, value=value))))
    return sorted(edits)


def _told_twice(line: Line) -> Line:
    """One symbol for a name right beside another name of the same: XILINX赛灵思."""
    pairs = ((m.start(), line.symbols.get(m[1]), line.symbols.get(m[2])) for m in _BESIDE.finditer(line.text))
    same = [at for at, first, second in pairs if first and second and first.members == second.members]
    return line.replace([(at, at + 2, line.text[at]) for at in same])


def _absorb_generic_nouns(line: Line) -> Line:
    """Drop 公司 and 集团 right after a name: 甲公司 is 甲."""
    return line.replace([(m.start(), m.end(), "") for m in _GENERIC_AFTER.finditer(line.text)])


def _resolve_pronouns(line: Line, discourse: Discourse) -> Line:
    pattern, kind_of = _pronouns()
    edits: list[tuple[int, int, str]] = []
    symbols = list(line.of(SUBJECT_KINDS))
    for match in pattern.finditer(line.text):
        before = [symbol for at, symbol in symbols if at < match.start()]
        kind = kind_of.get(match.group()) or _BEGINNINGS.get(match.group()[:2], "thing")
        if kind in _COUNTED and line.text[match.start() - 1 : match.start()] in line.symbols:
            edits.append((match.start(), match.end(), ""))
            continue
        if kind in _BY_PLACE:
            members = _BY_PLACE[kind](line, match.start(), discourse)
        else:
            held = kind == "own" and holder_before(line, match.start(), match.end())
            members = held or _antecedent(kind, match, before, discourse, line)
            members = (
                not_itself(members, match, before, line, discourse) if kind in _OF_A_FIRM and not held else members
            )
        if members:
            a, b = line.spans[match.start()][0], line.spans[match.end() - 1][1]
            split = 1 if len(members) == 2 else 0
            near = kind == "target" or any(members[0] in other.members for other in before)
            symbol = Symbol(KIND_OF_TYPE[members[0].type], a, b, members, None, True, split, near=near)
            edits.append((match.start(), match.end(), line.add(symbol)))
            symbols = sorted([*symbols, (match.start(), symbol)], key=lambda pair: pair[0])
    return line.replace(edits)


_COUNTED = ("both", "several")
_OF_A_FIRM = ("own", "company", "that", "this")
_BEGINNINGS = {"这家": "this", "两家": "both"}
_BY_PLACE = {"both": pair_before, "several": last_list, "it": single_name, "we": speakers_firm}


def _antecedent(
    kind: str, pronoun: re.Match[str], before: list[Symbol], discourse: Discourse, line: Line
) -> tuple[Referent, ...]:
    firms = [s for s in before if s.kind in _FIRM_KINDS and s.kind != "person" and not s.members[0].is_voice]
    if kind == "company":
        return _the_company(pronoun, firms, discourse, line)
    if kind in ("that", "this"):
        return _described(pronoun, firms, discourse, line)
    if kind == "own" and _EQUIPPED.match(line.text, pronoun.end()):
        return next((s.members[:1] for s in before if s.kind in ("chip", "product")), ())
    if kind == "own":
        return _its(pronoun, firms, discourse, line)
    if kind == "target":
        return (discourse.target,) if discourse.target else ()
    if kind in ("former", "latter"):
        pair = two_of(firms) or _last_two(line, pronoun.start(), discourse) or named_last(firms)
        pair = pair or (discourse.pair if len(set(_firms_named(firms))) < 3 or kind == "former" else ())
        spoken_of = (discourse.person,) if discourse.person else () if firms else tuple(discourse.recent[-1:])
        last = next((s.members[-1:] for s in reversed(before) if s.kind in _FIRM_KINDS and not s.carried), ())
        return pair[:1] if kind == "former" else pair[1:] or spoken_of or last
    if kind == "person":
        people = [symbol.members[:1] for symbol in before if symbol.kind == "person"]
        return people[-1] if people else (discourse.person,) if discourse.person else ()
    meant = ("chip",) if _CHIP.search(pronoun.group()) else ("chip", "product")
    things = [symbol.members[:1] for symbol in before if symbol.kind in meant]
    return things[-1] if things else (discourse.thing,) if discourse.thing else ()


def _described(pronoun: re.Match[str], firms: list[Symbol], discourse: Discourse, line: Line) -> tuple[Referent, ...]:
    """Whom 该公司 or 这家初创公司 means: at the head of a clause the subject so far, elsewhere somebody else.

    In a clause that names only people it is the subject so far as well: 张三一手创办了这家公司.

    A description such as 初创公司 keeps the firm it was first used for.
    """
    noun = re.sub("^(?:这家|该|此)", "", pronoun.group())
    if pronoun.group().startswith("这家") and len(noun) > 2:
        known = [referent for description, referent in discourse.described.items() if description.endswith(noun)]
        if known:
            return (known[-1],)
    named = _named_in(_clause_before(pronoun), line)
    people_act = bool(named) and all(member.type == "Person" for member in named)
    heads = _TALKED_OF.search(pronoun.string[: pronoun.start()])
    if noun != "股东" and (heads or people_act):
        found = _first_firm(firms) or discourse.introduced or discourse.that()
    else:
        here = len(HAS_SYMBOL.findall(_clause_before(pronoun)))
        named = _firms_named(firms)
        acting = [*named[:1], *_firms_named(firms[len(firms) - here :])]
        others = [member for member in [*discourse.recent, *named] if member not in acting]
        found = tuple(others[-1:]) or discourse.that()
    if found:
        discourse.described[noun] = found[0]
    return found


_TALKED_OF = re.compile(
    rf"(?:^|[，；。：])[^，；。：{ENTITY_CHARS}]{{0,3}}$|(?:^|[，；。：])[^，；。：{ENTITY_CHARS}]{{3,12}}的$"
)
_ANNOUNCES = re.compile(rf"[^，；。]{{0,12}}?[{ENTITY_CHARS}][^，；。]{{0,6}}(?:公告|披露|公布|：)")
_OWNS = ("子公司", "控股", "股东", "旗下")


def _the_company(pronoun: re.Match[str], firms: list[Symbol], discourse: Discourse, line: Line) -> tuple[Referent, ...]:
    """Whom 公司 means: the announcer of the section, else the firm this sentence begins with, else the one before."""
    if firms and _ANNOUNCES.match(pronoun.string[: pronoun.start()]):
        return firms[0].members[:1]
    if employer := employer_told(line, pronoun.start()):
        return employer
    begun = [] if discourse.company else list(actors_before(line, pronoun.start()))
    named = (actors.held.members[:1] if actors.held else actors.first(_COMPANIES) for actors in reversed(begun))
    own = next(filter(None, named), ())
    if not own and discourse.owner and pronoun.string.startswith(_UNITS, pronoun.end()):
        return discourse.owner
    known = own or discourse.firm()
    held = discourse.holdings.get(known[0]) if len(known) == 1 else None
    if held and held is discourse.issuer and _OF_SHARE_CAPITAL.match(pronoun.string, pronoun.end()):
        return (held,)
    return own or (known if len(known) == 1 else _first_firm(firms))


_OF_SHARE_CAPITAL = re.compile(f"的?(?:[{VALUE_CHARS}]|总?股本|股份|股票|股权|控股股东|实际控制人|实控人|[AH]股)")


_UNITS = ("旗下", "的旗下", "全资子公司", "控股子公司", "子公司")
_EQUIPPED = re.compile("(?:全系|均|还|也|将|首次|首发)?(?:搭载|配备|内置|标配|装有|配有)")
_COURTS = ("法院", "检察院", "仲裁委员会", "仲裁中心")


_BORROWS = re.compile("(?:自身|自己)?(?:向[^，；。]{1,16}?)?(?:融资|借款|贷款)(?:[^，；。]{0,8})(?:担保|质押)")


_GOVERNS_ITS = "(?:[对向为给由受被是]|受让|收购|购买|接手|(?:领投|跟投|参投|追投|独投|参与|入股|押注|加注)了?)$"


def _its(pronoun: re.Match[str], firms: list[Symbol], discourse: Discourse, line: Line) -> tuple[Referent, ...]:
    """Whom 其 means: the subject so far; after a preposition somebody else."""
    governed = re.search(_GOVERNS_ITS, pronoun.string[: pronoun.start()])
    acting = list(actors_before(line, pronoun.start()))
    acted = (actors.first(kinds) for kinds in (("firm", "investor", "person"), ("body",)) for actors in acting)
    own = acting_pronoun(pronoun, firms, line) or next(filter(None, acted), ()) or _first_firm(firms)
    own = own or discourse.firm()[:1]
    if governed and governed.group() == "是" and (here := _named_in(_clause_before(pronoun), line)):
        others = [m for m in _firms_named(firms) if m not in here] or [m for m in discourse.firm() if m not in here]
        return tuple(others[-1:]) or tuple(m for m in discourse.recent if m not in here)[-1:] or own
    if governed and governed.group() == "为" and _BORROWS.match(pronoun.string, pronoun.end()):
        return own
    if governed and (governed.group() == "是" or not pronoun.string.startswith(_OWNS, pronoun.end())):
        told = [*_firms_named(firms), *(member for member in discourse.firm()[:1] if governed.group() == "被")]
        others = [m for m in [*discourse.recent, *told] if m not in own and not m.name.endswith(_COURTS)]
        return tuple(others[-1:]) or own
    return own


def _clause_before(pronoun: re.Match[str]) -> str:
    """The clause of a pronoun up to it."""
    return re.split("[，；。：]", pronoun.string[: pronoun.start()])[-1]


def _named_in(clause: str, line: Line) -> list[Referent]:
    """The firms and people a stretch of the line names."""
    return [member for char in clause if char in line.symbols for member in line.symbols[char].members]


def _firms_named(firms: list[Symbol]) -> list[Referent]:
    """The members of all symbols, in the order of the text."""
    return [member for symbol in firms for member in symbol.members]


def _first_firm(firms: list[Symbol]) -> tuple[Referent, ...]:
    return firms[0].members[:1] if firms else ()


def _last_two(line: Line, end: int, discourse: Discourse) -> tuple[Referent, ...]:
    """The firms of the last list of two before `end`, where no other firm is named after it."""
    listed = last_list(line, end, discourse)
    named = [symbol.members[-1] for at, symbol in line.of(_COMPANIES) if at < end]
    return listed if len(listed) == 2 and named[-1:] == list(listed[-1:]) else ()


def lift_brackets(line: Line) -> tuple[Line, list[Line], list[Line]]:
    """The line without brackets and quotation marks; each bracket with the name before it; those with none before."""
    asides, loose, edits = [], [], []
    for match in _BRACKET.finditer(line.text):
        shares = _OF_SHARES.search(line.text, max(0, match.start() - 6), match.start())
        at = (shares.start() if shares else match.start()) - 1
        owner = line.symbols.get(line.text[at : at + 1]) if at >= 0 else None
        if owner:
            _attach(line, match, owner)
            asides.append(line.part(at, match.end()))
        elif HAS_SYMBOL.search(match.group()):
            loose.append(line.part(match.start() + 1, match.end() - 1))
        edits.append((match.start(), match.end(), ""))
    line = line.replace(edits)
    quotes = [(m.start(), m.end(), "、" if len(m.group()) == 2 else "") for m in _QUOTES.finditer(line.text)]
    return line.replace(quotes), asides, loose


_HONORIFIC = re.compile(f"(?<=[{characters(('person',))}])(?:先生|女士|小姐|老师)")


def drop_honorifics(line: Line) -> Line:
    """The line without 先生 and 女士 behind names, so that their lists stay lists."""
    return line.replace([(match.start(), match.end(), "") for match in _HONORIFIC.finditer(line.text)])


def _attach(line: Line, bracket: re.Match[str], owner: Symbol) -> None:
    values = [line.symbols[c].value for c in bracket.group() if c in line.symbols]
    if owner.value and owner.value.kind in ("percent", "shares"):
        other = "shares" if owner.value.kind == "percent" else "percent"
        told = {k: v for value in values if value and value.kind == other for k, v in value.parts.items() if k == other}
        owner.value.parts.update(told)
    if HAS_SYMBOL.search(bracket.group()):
        return
    for member in owner.members:
        shares = (value for value in values if value and value.kind in ("percent", "shares"))
        owner.attached.setdefault(member, []).extend(shares)


_STAFF = re.compile(rf"等(?P<firm>[{ENTITY_CHARS}])[^，；。]{{0,4}}(?:高管|管理层|领导|代表|负责人|团队|管理人员|一行)")


def staffed(line: Line) -> tuple[Referent, ...]:
    """The firm whose people a sentence lists: 张三（总裁）、李四（财务总监）等甲公司高管."""
    found = _STAFF.search(line.text)
    return line.symbols[found["firm"]].members[:1] if found else ()


def join_lists(line: Line) -> Line:
    """Runs of names of one kind become one symbol; `split` is where the last 与 or 和 parts them."""
    edits = []
    for match in _LIST.finditer(line.text):
        if all(char in line.symbols for char in match.group()) and any(line.symbols[c].carried for c in match.group()):
            continue
        for start, end in _same_kind_runs(line, match.start(), match.end()):
            edits.append((start, end, line.add(_list_symbol(line, start, end))))
    return line.replace(edits)


def _same_kind_runs(line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    run: list[int] = []
    for at in range(start, end):
        symbol = line.symbols.get(line.text[at])
        if symbol is None:
            continue
        if run and KIND_FAMILY[line.symbols[line.text[run[0]]].kind] != KIND_FAMILY[symbol.kind]:
            if len(run) > 1:
                yield run[0], run[-1] + 1
            run = []
        run.append(at)
    if len(run) > 1:
        yield run[0], run[-1] + 1


def _list_symbol(line: Line, start: int, end: int) -> Symbol:
    parts = [(at, line.symbols[line.text[at]]) for at in range(start, end) if line.text[at] in line.symbols]
    members = tuple(dict.fromkeys(m for _, s in parts for m in s.members))
    joints = [line.text[left + 1 : right] for (left, _), (right, _) in pairwise(parts)]
    attached = {m: v for _, s in parts for m, v in s.attached.items()}
    split = _split_at(joints, [symbol.members for _, symbol in parts])
    carried = all(s.carried for _, s in parts)
    return Symbol(
        parts[0][1].kind, line.spans[start][0], line.spans[end - 1][1], members, None, carried, split, attached
    )


def _split_at(joints: list[str], groups: list[tuple[Referent, ...]]) -> int:
    """How many members stand before the only 与 of a list, or before those who act in concert; 0 where it has none."""
    parted = [at for at, joint in enumerate(joints) if joint.endswith("一致行动人")]
    parted = parted or [at for at, joint in enumerate(joints) if joint == "与"]
    if len(parted) != 1:
        return 0
    return len(dict.fromkeys(member for group in groups[: parted[0] + 1] for member in group))


def values_in(line: Line, start: int, end: int) -> Iterator[tuple[int, Value]]:
    """Figures between two positions of the line."""
    for at, symbol in line.within(max(start, 0), end):
        if symbol.value and symbol.kind != "empty":
            yield at, symbol.value


HAS_SYMBOL = re.compile(f"[{ENTITY_CHARS}]")
HAS_VALUE = re.compile(f"[{VALUE_CHARS}]")
