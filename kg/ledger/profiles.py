"""How documents show one thing: what tells it apart from others, and what may tie it to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.ledger.naming import fold
from ontology.records import Entity, Extraction, Record

ACTORS = frozenset({"Company", "Investor", "Organization", "Exchange"})
THINGS = frozenset({"Chip", "Product"})
PERSON = "Person"
EMPLOYED = "@"
BELONGING = frozenset({"HOLDS_POSITION", "FOUNDED", "CONTROLS"})
LISTED = "list"
"""Stands for an employer of people whom the lists know: they are one wherever they work."""

_LEGAL_CHINESE = re.compile(r"(?:有限|股份|责任)公司$|(?:有限|普通)合伙）?\)?$|合伙企业$")
_LEGAL_LATIN = re.compile(r"(?:inc|ltd|llc|corp|plc|gmbh|corporation|limited)\.?$")
_ROLE = re.compile(
    r"(?:标的|目标|合资|项目|新|母|子|孙|本|该|上市|控股|参股|合营|联营)?(?:公司|基金|企业|集团|合伙企业|项目)"
    r"|[甲乙丙丁]方|(?:转让|受让|交易|认购|投资|出让|增资|收购|委托|受托|担保|发行|管理|保荐|承销)(?:方|人|对方|机构|商)"
    r"|(?:控股|大)?股东"
)


class Profile(Record):
    """How one thing is shown; all documents that show it alike share a profile.

    Names are folded and unique in `space`. `codes` and `formal` (full names; a person's name and employer) identify,
    `names` only suggest. `employers` are ids, `marks` the ids by which judgements may mean it.
    """

    local: str
    space: str
    codes: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """Everything by which another profile may be tied to this one."""
        return {f"{self.space}:{key}" for key in (*self.codes, *self.formal, *self.names)} | {
            f"is:{mark}" for mark in self.marks
        }


def space_of(kind: str) -> str:
    """What names of a type are unique in: actors, people, things, or the type itself."""
    return "actor" if kind in ACTORS else "thing" if kind in THINGS else kind.lower()


def is_legal(name: str) -> bool:
    """Whether a folded name has a legal form, so that it means one firm wherever it stands."""
    return bool(_LEGAL_CHINESE.search(name) or (len(name) > 6 and _LEGAL_LATIN.search(name)))


def spoken(extraction: Extraction) -> dict[str, set[str]]:
    """By id: the folded names by which the document itself calls each thing, without words for a role."""
    found = {entity.id: {fold(entity.name)} for entity in extraction.entities}
    for mention in extraction.mentions:
        found.setdefault(mention.entity, set()).add(fold(mention.text))
    return {key: {name for name in names if name and not _ROLE.fullmatch(name)} for key, names in found.items()}


def employers(extraction: Extraction) -> dict[str, set[str]]:
    """By id of a person: the ids of those the document says they work or worked for, founded or control."""
    found: dict[str, set[str]] = {}
    for fact in extraction.facts:
        if fact.predicate in BELONGING:
            found.setdefault(fact.subject, set()).add(fact.object)
    return found


def firm_profile(entity: Entity, names: Iterable[str], aside: str = "") -> Profile:
    """The profile of anything but a person; `aside` is added to names where a judgement sets the document aside."""
    space, called = space_of(entity.type), set(names)
    codes = tuple(filter(None, entity.attributes.get("code", "").split("|")))
    formal: set[str] = set()
    if space == "actor":
        introduced = entity.id not in codes and fold(entity.id) not in (fold(entity.name), "")
        known = {fold(name) for name in (entity.name, *entity.aliases)} | called
        formal = {name for name in known if is_legal(name)} | ({fold(entity.id)} if introduced else set())
    return Profile(
        local=entity.id + aside,
        space=space,
        codes=() if aside else codes,
        formal=tuple(sorted(name + aside for name in formal)),
        names=tuple(sorted(name + aside for name in called)),
        marks=(entity.id + aside,),
    )


def person_profile(
    entity: Entity, names: Iterable[str], employed: Iterable[str], ids: Mapping[str, str], aside: str = ""
) -> Profile:
    """The profile of a person; `employed` are the document's ids of employers, `ids` what they are by now."""
    called, local = {name + aside for name in names}, entity.id + aside
    employed = {*employed, *([LISTED] if entity.attributes.get("country") else [])}
    final = {ids.get(key, key) for key in employed}
    marks = {f"{local}{EMPLOYED}{key}" for key in employed | final} or {local}
    return Profile(
        local=local,
        space=space_of(entity.type),
        formal=tuple(sorted(f"{name}{EMPLOYED}{key}" for name in called for key in final)),
        names=tuple(sorted(called)),
        employers=tuple(sorted(final - {LISTED})),
        marks=tuple(sorted(marks)),
    )
