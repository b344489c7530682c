"""The pattern language of rules, compiled to regular expressions over symbol lines.

`{S:firm}`  a name, list or pronoun of a class; `{S:firm?}` also a dropped subject
`{S:lead}`  a holder; of a list that parts at 与 only those before it: 控股股东甲与乙签署协议; `{O:rest}` those after it
`_`  up to 10 characters of the same clause without another name     `__`  up to 24
`∅`  the head of a clause that names no subject     `{T:title}`  one or more posts (`rules/shared/titles.yml`)
`{goods}`  a piece several rules share, by its name in `rules/shared/fragments.yml`
`-adv-`  what may stand between a subject and its verb: adverbs, figures, phrases such as 通过X
Everything else is a regular expression.
"""

from __future__ import annotations

import functools

from pydantic import BaseModel, ConfigDict

from extractors.entities.vocabulary import SHARED, either, word_set
from extractors.expressions import ready as re
from extractors.expressions.compiled import compiled
from extractors.relations.symbols import CLASSES, ENTITY_CHARS, KINDS, VALUE_CHARS, characters
from ontology.schema import parse_yaml

_SLOT = re.compile(r"\{(?P<name>[A-Z]\d?):(?P<types>[a-z|]+)(?P<dropped>\??)\}")
_TITLE = re.compile(r"\{(?P<name>[A-Z]\d?):title\}")
_FRAGMENT = re.compile(r"\{(?P<name>[a-z]+)\}")
_NOT_IN_A_TITLE = (
    "、（）的与和及由对向称是有将被了给使让把为任兼在于从以因并到着过这那该其我你他她们也都还就又已说去来没不此每各原前"
)
_PEOPLE = (
    "代表|团队|成员|员工|客户|股东|记者|[多几两三][位名]|高管|嘉宾|领导|专家|家属|用户|伙伴|投资|方面"
    "|并|会|签|达成|合作|联"
)
_STOP = r"，；。！？：∥|\[\]"
GAP = rf"[^{_STOP}{ENTITY_CHARS}]"
_PHRASE = rf"(?:通过|经由|经|在|于|从|根据|按照|据|自){GAP}{{0,8}}[{ENTITY_CHARS}]"
ADVERBS = rf"(?:{GAP}|{_PHRASE}){{0,26}}?"


class Fragments(BaseModel):
    """`rules/shared/fragments.yml`: pieces of patterns by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fragments: dict[str, str]


@functools.cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the rule language.

    Raises ValueError where it names an unknown class or fragment or is no regular expression.
    """
    try:
        return compiled(expand(pattern))
    except re.error as error:
        raise ValueError(f"bad pattern: {error.msg}") from error


def expand(pattern: str) -> str:
    """The regular expression a pattern stands for; raises ValueError where it names an unknown class or fragment."""
    pattern = _SLOT.sub(_slot, _TITLE.sub(lambda match: _titles(match["name"]), _FRAGMENT.sub(_fragment, pattern)))
    pattern = pattern.replace("-adv-", ADVERBS).replace("∅", f"(?:(?<=[，；。！？∥])|^)[{characters(('empty',))}]?")
    pattern = re.sub(r"(?<![A-Za-z0-9_<\\])__(?![A-Za-z0-9_>])", lambda _: f"{GAP}{{0,24}}?", pattern)
    return re.sub(r"(?<![A-Za-z0-9_<\\])_(?![A-Za-z0-9_>])", lambda _: f"{GAP}{{0,10}}?", pattern)


def _fragment(match: re.Match[str]) -> str:
    known = _fragments()
    if match["name"] not in known:
        raise ValueError(f"unknown fragment {match['name']!r}; known are {', '.join(sorted(known))}")
    return known[match["name"]]


@functools.cache
def _fragments() -> dict[str, str]:
    return parse_yaml(Fragments, (SHARED / "fragments.yml").read_text(encoding="utf-8"), "fragments.yml").fragments


def _titles(name: str) -> str:
    """A named group of the words of a post, or of several: 董事长兼总裁, 董事、副总经理."""
    others = characters(kind for kind in KINDS if kind not in ("chip", "product"))
    inside = f"[^{_STOP}{others}{VALUE_CHARS}{_NOT_IN_A_TITLE}]"
    heads = either(word_set("titles.yml", "heads"))
    both = f"(?!{inside}{{0,6}}(?:{_PEOPLE}|(?:{heads})(?!会))){inside}{{1,6}}与{inside}{{1,10}}?"
    post = f"(?![前原]|[时曾现新]任)(?:{inside}{{0,14}}?|{both})(?:{heads})(?!秘书|[助办团队会组国])"
    return f"(?P<{name}>{post}(?:(?:兼任?|暨|[、及和与]|以及|/){post})*)"


def slot_classes(pattern: str) -> dict[str, frozenset[str]]:
    """The classes each slot of a pattern takes, by its name."""
    return {match["name"]: frozenset(match["types"].split("|")) for match in _SLOT.finditer(pattern)}


def _slot(match: re.Match[str]) -> str:
    kinds: list[str] = []
    for name in match.group("types").split("|"):
        if name not in CLASSES:
            raise ValueError(f"unknown class {name!r}; known are {', '.join(sorted(CLASSES))}")
        kinds += CLASSES[name]
    if match.group("dropped"):
        kinds.append("empty")
    return f"(?P<{match.group('name')}>[{characters(dict.fromkeys(kinds))}])"
