"""Whether two tellings can be one deal: what ties them, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ontology.deals.traits import AGAIN_AND_AGAIN, STEP, Span, Traits

WINDOW = {"investment": 365, "acquisition": 730, "listing": 730, "litigation": 730}
WINDOW_OTHERWISE = 90
"""Days that may lie between two tellings of one deal."""
FIGURES_APART = {True: Decimal("1.1"), False: Decimal(3)}
"""How many times an amount may be the other, by whether the kind is done again and again."""
DATES_APART = {True: 0, False: 45}
"""Days that may lie between two stated dates of one status, likewise."""
LAG = 30
"""Days for which a deal may still be told as open after it is done."""
RESTART = 90
"""Days after which talks that were off are new talks."""
CLEARLY_APART = Decimal("1.1")


def tied(one: Traits, other: Traits) -> bool:
    """Whether two tellings about the same share who acts, or the round, or the sentence in which several invest."""
    joint = one.kind == "investment" and (same_round(one, other) or told_together(one, other))
    return bool(one.actors & other.actors) or joint


def near(one: Traits, other: Traits) -> bool:
    """Whether two tellings are close enough in time; a round of the series is had once, whenever it is told."""
    return same_series(one, other) or gap(one.time, other.time) <= WINDOW.get(one.kind, WINDOW_OTHERWISE)


def apart(one: Traits, other: Traits) -> bool:
    """Whether something two tellings state speaks against their being one deal."""
    return any(clash(one, other) for clash in CLASHES)


def same_round(one: Traits, other: Traits) -> bool:
    """Whether both name the same round."""
    return bool(one.round) and one.round == other.round


def same_series(one: Traits, other: Traits) -> bool:
    """Whether both name the same round of the series."""
    return one.is_series and same_round(one, other)


def told_together(one: Traits, other: Traits) -> bool:
    """Whether some sentence tells both."""
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in one.places for b in other.places)


def gap(one: Span | None, other: Span | None) -> int:
    """Days between two spans; 0 where they meet or one is unknown."""
    if not one or not other:
        return 0
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def rounds_clash(one: Traits, other: Traits) -> bool:
    """Two rounds stay two."""
    return bool(one.round and other.round) and one.round != other.round


def words_clash(one: Traits, other: Traits) -> bool:
    """Shares of another company, or other goods."""
    keys = ("target", "product") if one.kind in AGAIN_AND_AGAIN else ("target",)
    return any(differ(one.terms.get(key, ""), other.terms.get(key, "")) for key in keys)


def differ(one: str, other: str) -> bool:
    """Whether both are given and neither says the other more exactly."""
    return bool(one and other) and one not in other and other not in one


def amounts_clash(one: Traits, other: Traits) -> bool:
    """Amounts of the same parties too far from each other for two reports of one deal, neither correcting the other."""
    if same_series(one, other) or one.corrects or other.corrects or not one.money or not other.money:
        return False
    if one.terms.get("currency") != other.terms.get("currency"):
        return False
    all_of_it = one.actors == other.actors or (len(one.actors) > 1 and len(other.actors) > 1)
    (a, b), (c, d) = one.money, other.money
    times = FIGURES_APART[one.kind in AGAIN_AND_AGAIN]
    return all_of_it and (a > d * times or c > b * times)


def parts_clash(one: Traits, other: Traits) -> bool:
    """Another percentage or number of shares, but in an investment, where each investor has its own."""
    if one.kind == "investment":
        return False
    percents = one.terms.get("percent", ""), other.terms.get("percent", "")
    shares = one.terms.get("shares", ""), other.terms.get("shares", "")
    return (all(percents) and not rounded_alike(*percents)) or (all(shares) and far(*shares))


def rounded_alike(one: str, other: str) -> bool:
    """Whether two numbers are the same to the places of the less exact one."""
    places = min((Decimal(one), Decimal(other)), key=lambda number: -int(number.as_tuple().exponent))
    return Decimal(one).quantize(places) == Decimal(other).quantize(places)


def far(one: str, other: str) -> bool:
    """Whether two numbers clearly differ."""
    a, b = sorted((Decimal(one), Decimal(other)))
    return b > a * CLEARLY_APART


def dates_clash(one: Traits, other: Traits) -> bool:
    """Dates of one step, such as two closings, too far from each other."""
    if one.step != other.step or same_series(one, other):
        return False
    return gap(one.span, other.span) > DATES_APART[one.kind in AGAIN_AND_AGAIN]


def began_anew(one: Traits, other: Traits) -> bool:
    """Whether one was over when the other was open: done long before, or off long before."""
    return not same_series(one, other) and (over_before(one, other) or over_before(other, one))


def over_before(one: Traits, other: Traits) -> bool:
    """Whether `other` is open some time after `one` was over."""
    if not one.time or not other.time or other.step >= STEP["completed"] or one.status == "denied":
        return False
    wait = {STEP["completed"]: LAG, STEP["terminated"]: RESTART}.get(one.step)
    return wait is not None and (other.time[0] - one.time[1]).days > wait


CLASHES: tuple[Callable[[Traits, Traits], bool], ...] = (
    rounds_clash,
    words_clash,
    amounts_clash,
    parts_clash,
    dates_clash,
    began_anew,
)
