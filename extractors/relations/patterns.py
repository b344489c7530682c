"""The pattern language of rules, compiled to regular expressions over symbol lines.

`{S:firm}`  a name, list or pronoun of a class; `{S:firm?}` also a dropped subject
`_`  up to 10 characters of the same clause without another name     `__`  up to 24
`∅`  the head of a clause that names no subject
`-adv-`  what may stand between a subject and its verb: adverbs, figures, phrases such as 通过X
Everything else is a regular expression.
"""

from __future__ import annotations

import functools
import re

from extractors.relations.symbols import CLASSES, ENTITY_CHARS, characters

_SLOT = re.compile(r"\{(?P<name>[A-Z]\d?):(?P<types>[a-z|]+)(?P<dropped>\??)\}")
_STOP = r"，；。！？：∥\[\]"
GAP = rf"[^{_STOP}{ENTITY_CHARS}]"
_PHRASE = rf"(?:通过|经由|经|在|于|从|根据|按照|据|自){GAP}{{0,8}}[{ENTITY_CHARS}]"
ADVERBS = rf"(?:{GAP}|{_PHRASE}){{0,26}}?"


@functools.cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the rule language.

    Raises ValueError where it names an unknown class or is no regular expression.
    """
    pattern = _SLOT.sub(_slot, pattern)
    pattern = pattern.replace("-adv-", ADVERBS).replace("∅", f"(?:(?<=[，；。！？∥])|^)[{characters(('empty',))}]?")
    pattern = re.sub(r"(?<![A-Za-z0-9_<\\])__(?![A-Za-z0-9_>])", lambda _: f"{GAP}{{0,24}}?", pattern)
    pattern = re.sub(r"(?<![A-Za-z0-9_<\\])_(?![A-Za-z0-9_>])", lambda _: f"{GAP}{{0,10}}?", pattern)
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"bad pattern: {error.msg}") from error


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
