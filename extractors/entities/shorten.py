"""Short forms that a document uses of a full legal name without introducing them: 甲乙科技有限公司, later 甲乙科技."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.entities.edges import strip_place
from extractors.entities.names import is_phrase, without_form
from extractors.entities.registry import Referent, Registry
from extractors.entities.vocabulary import name_parts
from extractors.language.words import is_word


def shorten(texts: Sequence[str], registry: Registry) -> None:
    """Give every unlisted legal name the short form that stands elsewhere in the texts, where it is no one else's."""
    legal = {name: referent for name, referent in registry.names() if _is_legal(name, referent)}
    owners: dict[str, set[str]] = defaultdict(set)
    for name in legal:
        for short in short_forms(name):
            owners[short].add(name)
    whole = "\n".join(texts) if owners else ""
    for short, names in owners.items():
        if len(names) == 1 and _stands_alone(short, whole, legal):
            registry.alias(legal[next(iter(names))], short)


def _is_legal(name: str, referent: Referent) -> bool:
    return referent.is_actor and not referent.listed and without_form(name) != name


def short_forms(name: str) -> Iterator[str]:
    """What may stand for a legal name: without its form, without its place, and that up to each ending."""
    core = without_form(name).replace("（", "").replace("）", "")
    bare = strip_place(core)
    for form in dict.fromkeys((core, bare)):
        if len(form) >= 4 and not is_phrase(form):
            yield form
    for end in range(4, len(bare)):
        if any(bare[:end].endswith(suffix) for suffix in name_parts().type_of_suffix) and not is_phrase(bare[:end]):
            yield bare[:end]


def _stands_alone(short: str, text: str, legal: dict[str, Referent]) -> bool:
    found = 0 if is_word(short) else text.count(short)
    return found > 0 and found > sum(text.count(name) for name in legal if short in name)
