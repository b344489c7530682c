"""Short forms that a document uses of a full legal name without introducing them: 甲乙科技有限公司, later 甲乙科技."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.entities.characters import brand_odds
from extractors.entities.edges import strip_place
from extractors.entities.legal import brand_length
from extractors.entities.names import brand_strength, is_phrase, without_form
from extractors.entities.registry import Referent, Registry
from extractors.entities.vocabulary import name_parts
from extractors.expressions import ready as re
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
        if len(names) == 1 and _stands_alone(short, whole, legal) and not _is_another(short, registry):
            registry.alias(legal[next(iter(names))], short)


def _is_legal(name: str, referent: Referent) -> bool:
    return referent.is_actor and not referent.listed and without_form(name) != name


def _is_another(short: str, registry: Registry) -> bool:
    """Whether the lists know another firm by this name: 甲乙 is not its unit 浙江甲乙光学有限公司."""
    known = registry.known(short, "Company")
    return known is not None and known.listed


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
    yield from _by_brand(core, bare)


_MIDDLE = re.compile("国际|控股|投资|科技|集团|发展|实业|技术|电子|信息|网络|智能")
_TAIL = re.compile(
    "机场|集团|银行|证券|科技|股份|控股|投资|港口|高速|大学|医院|地产|能源|医药|药业|汽车|航空|物流|文化|传媒"
)


def _by_brand(core: str, bare: str) -> Iterator[str]:
    """Place and brand (浙江甲乙), a long brand alone, and brand and noun (甲乙机场 of 甲乙国际机场)."""
    brand = bare[: brand_length(bare)]
    if not 2 <= len(brand) <= 4 or brand == bare or brand_strength(brand) < 2:
        return
    if bare != core:
        yield from (core.removesuffix(bare) + own for own in dict.fromkeys((brand, brand[:2])) if not is_word(own))
    if brand_odds(brand) < 0:
        return
    if len(brand) > 2:
        yield brand
    tail = _TAIL.fullmatch(bare[-2:])
    if tail and _MIDDLE.search(bare[len(brand) : -2]):
        yield brand + tail.group()


def _stands_alone(short: str, text: str, legal: dict[str, Referent]) -> bool:
    found = 0 if is_word(short) else text.count(short)
    return found > 0 and found > sum(text.count(name) for name in legal if short in name)
