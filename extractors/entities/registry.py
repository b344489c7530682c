"""Who is who in one document: every name leads to one referent, which becomes one entity."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.entities.consulted import Consulted
from extractors.entities.gazetteer import Entry, Gazetteer
from extractors.entities.spans import ACTORS, THINGS
from extractors.entities.vocabulary import word_set
from extractors.language.normalise import fold, normalise
from ontology.records import Entity

_LABELS = {"Investor": ("Company", "Investor")}


@dataclass(slots=True, eq=False)
class Referent:
    """One real thing of a document while it is being read."""

    type: str
    name: str
    entry: Entry | None = None
    full_name: str = ""
    names: dict[str, None] = field(default_factory=dict)
    code: str = ""
    parent: str = ""
    listed: bool = False
    makers: frozenset[str] = frozenset()
    publishes: bool = False

    @property
    def id(self) -> str:
        """Stock code where there is one, else the normalised full name, led by the type where it is no actor."""
        if self.entry and self.entry.id and self.listed:
            return self.entry.id
        code = self.code or (self.entry.code[0] if self.entry and self.entry.code and self.listed else "")
        if code and self.type in ACTORS:
            return code
        key = _key(self.full_name or self.name)
        return key if self.type in ACTORS else f"{self.type.lower()}:{key}"

    @property
    def is_voice(self) -> bool:
        """Whether it only passes news on: a medium, or the house that publishes the document."""
        if self.publishes:
            return True
        return _is_medium(self.name)

    @property
    def is_actor(self) -> bool:
        """Whether it can act: a firm, fund, body or exchange."""
        return self.type in ACTORS


@functools.lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return "".join(normalise(name).text.split())


@functools.lru_cache(maxsize=65536)
def _is_medium(name: str) -> bool:
    return name in word_set("media.yml", "names") or name.endswith(tuple(word_set("media.yml", "endings")))


def space(kind: str) -> str:
    """Names are unique within a space: actors, people, things, or the type itself."""
    return "actor" if kind in ACTORS else "thing" if kind in THINGS else kind


class Registry:
    """Names of one document and what they stand for; `lists` is the gazetteer and what it was asked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.lists = Consulted(gazetteer)
        self._named: dict[tuple[str, str], Referent] = {}
        self._listed: dict[tuple[int, str], Referent] = {}

    def listed(self, entry: Entry, text: str) -> Referent:
        """The referent of a listed name; `text` longer than the name is a member of its series."""
        member = text if _is_member(entry, text) else ""
        key = (id(entry), fold(member))
        if key not in self._listed:
            name = member or entry.name
            known = self._named.get((space(entry.type), fold(name)))
            found = known or Referent(entry.type, name, entry, parent=entry.parent, listed=not member)
            if known and not known.listed and not member:
                known.entry, known.listed, known.name, known.type = entry, True, entry.name, entry.type
            if entry.relation == "maker":
                found.makers = self.lists.lineage(entry.parent)
            self._listed[key] = found
            self._named.setdefault((space(entry.type), fold(name)), found)
        found = self._listed[key]
        found.names.setdefault(text)
        return found

    def named(self, name: str, kind: str) -> Referent:
        """The referent that goes by `name` in the space of `kind`, made where there is none."""
        key = (space(kind), fold(name))
        if key not in self._named:
            entry = self.lists.by_name(name)
            if entry and space(entry.type) == space(kind):
                self._named[key] = self.listed(entry, name)
            else:
                self._named[key] = Referent(kind, name)
        found = self._named[key]
        found.names.setdefault(name)
        return found

    def lookup(self, name: str, kind: str) -> Referent | None:
        """The referent that goes by `name`, if the document has one."""
        return self._named.get((space(kind), fold(name)))

    def known(self, name: str, kind: str) -> Referent | None:
        """The referent that goes by `name`, if the document or the lists have one."""
        entry = self.lists.by_name(name)
        listed = entry is not None and space(entry.type) == space(kind)
        return self.named(name, kind) if listed else self.lookup(name, kind)

    def alias(self, referent: Referent, name: str) -> None:
        """Record another name of a referent, joining the one that went by it."""
        key = (space(referent.type), fold(name))
        other = self._named.get(key)
        if other and other is not referent:
            if other.listed and referent.listed:
                return
            self._join(referent, other)
        self._named[key] = referent
        referent.names.setdefault(name)
        if not referent.listed:
            entry = self.lists.by_name(name)
            if entry and space(entry.type) == space(referent.type):
                self._adopt(referent, entry)

    def give_code(self, referent: Referent, code: str) -> None:
        """Record a stock code that the document gives, unless the lists know the firm's own, or whose else it is."""
        owner = self.lists.by_code(code)
        entry = referent.entry if referent.listed else None
        if not entry or not (entry.code or owner):
            referent.code = referent.code or code

    def _adopt(self, referent: Referent, entry: Entry) -> None:
        twin = self._listed.get((id(entry), ""))
        if twin and twin is not referent:
            self._join(referent, twin)
        self._listed[id(entry), ""] = referent
        referent.entry, referent.listed, referent.name, referent.type = entry, True, entry.name, entry.type
        referent.parent = entry.parent

    def _join(self, kept: Referent, gone: Referent) -> None:
        kept.names.update(gone.names)
        if gone.listed and not kept.listed:
            kept.entry, kept.listed, kept.name, kept.type, kept.parent = (
                gone.entry,
                True,
                gone.name,
                gone.type,
                gone.parent,
            )
        kept.code = kept.code or gone.code
        self._named = {key: kept if value is gone else value for key, value in self._named.items()}
        self._listed = {key: kept if value is gone else value for key, value in self._listed.items()}

    def names(self) -> Iterator[tuple[str, Referent]]:
        """Every recorded name with its referent."""
        for referent in dict.fromkeys(self._named.values()):
            for name in referent.names:
                yield name, referent


def _is_member(entry: Entry, text: str) -> bool:
    return bool(entry.series) and not any(fold(name).endswith(fold(text)) for name in entry.names)


def _without_maker(referent: Referent, names: Iterable[str]) -> Iterator[str]:
    """What a thing is called where its maker is named already: Find X8 of OPPO Find X8."""
    for name in names if referent.type in THINGS else ():
        for maker in referent.makers:
            rest = name.removeprefix(maker).lstrip()
            if rest != name and len(rest) > 2 and any(mark.isdigit() for mark in rest):
                yield rest


def to_entity(referent: Referent, types: frozenset[str] = frozenset()) -> Entity:
    """The entity record of a referent; `types` are further types its roles showed."""
    entry = referent.entry if referent.listed else None
    names = {*referent.names, *(entry.names if entry else ())}
    names = {*names, *_without_maker(referent, names)} - {referent.name}
    attributes = {"code": "|".join(entry.code) if entry and entry.code else referent.code}
    if entry and entry.country:
        attributes["country"] = entry.country
    return Entity(
        id=referent.id,
        type=referent.type,
        labels=tuple(sorted({*_LABELS.get(referent.type, (referent.type,)), *types})),
        name=referent.name,
        aliases=tuple(sorted(names)),
        attributes={key: value for key, value in attributes.items() if value},
    )
