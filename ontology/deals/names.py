"""What a deal is called, and its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter

from ontology.deals.tellings import PARTY
from ontology.deals.traits import Traits
from ontology.records import Deal

HOW = {
    "negotiating": "洽谈",
    "planned": "拟",
    "conditional": "拟",
    "agreed": "同意",
    "terminated": "拟",
    "denied": "拟",
}
AFTERWARDS = {"terminated": "（终止）", "denied": "（被否认）"}
PATTERNS: tuple[tuple[str, str], ...] = (
    ("investment", "{INVESTOR}{how}投资{INVESTEE}"),
    ("acquisition", "{BUYER}{how}收购{TARGET}"),
    ("stake_transfer", "{SELLER}{how}向{BUYER}转让{target}股份"),
    ("stake_increase", "{BUYER}{how}增持{TARGET}"),
    ("stake_reduction", "{SELLER}{how}减持{TARGET}"),
    ("contract", "{SUPPLIER}{how}向{CUSTOMER}供应{product}"),
    ("contract", "{SUPPLIER}{how}向{CUSTOMER}供货"),
    ("bid", "{BIDDER}{how}中标{TENDERER}{product}项目"),
    ("bid", "{BIDDER}{how}中标{TENDERER}项目"),
    ("listing", "{ISSUER}{how}在{EXCHANGE}上市"),
    ("loan_or_guarantee", "{GUARANTOR}{how}为{DEBTOR}担保"),
    ("loan_or_guarantee", "{PLEDGOR}{how}向{PLEDGEE}质押{target}股份"),
    ("litigation", "{PLAINTIFF}{how}起诉{DEFENDANT}"),
)
SIGNED_ANYWAY = frozenset({"bid", "contract", "litigation", "loan_or_guarantee"})
AMONG_ALIKE = {"investment": "投资", "acquisition": "并购", "contract": "签约", "litigation": "纠纷"}
ALREADY_SAID = re.compile("(?:融资|投资|募资|增资|扩股|增发|定增|配售|配股|认购|首发|IPO)$", re.IGNORECASE)


def named(deals: Iterable[Deal], names: Mapping[str, str]) -> list[Deal]:
    """Deals with their names."""
    return [deal.model_copy(update={"name": deal_name(deal, names)}) for deal in deals]


def deal_name(deal: Deal, names: Mapping[str, str]) -> str:
    """A name that reads well: 摩尔线程 Pre-A+轮融资, 亚马逊洽谈投资OpenAI; ids stand where `names` has none."""
    return title(deal, by_role(deal, names)) + AFTERWARDS.get(deal.status, "")


def title(deal: Deal, parties: Mapping[str, str]) -> str:
    """The name without what became of it."""
    told = deal.qualifiers.get("round", "")
    if deal.type == "investment" and told and "INVESTEE" in parties:
        return f"{parties['INVESTEE']} {told}{'' if ALREADY_SAID.search(told) else '融资'}"
    how = "" if deal.type in SIGNED_ANYWAY and deal.status == "agreed" else HOW.get(deal.status, "")
    values = {"target": "", **deal.qualifiers, **parties, "how": how}
    for kind, pattern in PATTERNS:
        if kind == deal.type and all(name in values for _, name, _, _ in Formatter().parse(pattern) if name):
            return pattern.format(**values)
    return f"{parties.get(PARTY) or '、'.join(parties.values())}{how}{AMONG_ALIKE.get(deal.type, deal.type)}"


def by_role(deal: Deal, names: Mapping[str, str]) -> dict[str, str]:
    """The parties of each role in words: the leading one first, of many only that; two that are alike with 与."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for party in deal.parties:
        follows = party.qualifiers.get("lead") != "true"
        found.setdefault(party.role, []).append((follows, names.get(party.entity, party.entity)))
    return {role: together(role, [name for _, name in sorted(members)]) for role, members in found.items()}


def together(role: str, members: list[str]) -> str:
    """Several parties of one role in words."""
    if role == PARTY:
        return "与".join(members)
    return members[0] if len(members) == 1 else f"{members[0]}等"


def deal_id(telling: Deal, known: Traits, days: Mapping[str, str], taken: set[str]) -> str:
    """An id that can be read: what it is about, its kind, its round or the other party, and where that is `taken` when.

    It is made from the telling that comes first, so that later documents leave it as it is.
    """
    document = telling.evidence[0].document
    other = known.round or min(known.actors - set(known.about), default="")
    base = ":".join(filter(None, ("deal", "+".join(known.about), known.kind, other)))
    when = telling.qualifiers.get("date") or days.get(document) or document
    numbered = (f"{base}:{when}:{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, f"{base}:{when}", *numbered) if key not in taken)
