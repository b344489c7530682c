"""The characters of brands and of given names."""

from __future__ import annotations

import pytest

from extractors.entities.characters import brand_odds, person_odds


@pytest.mark.parametrize("brand", ["卡威", "盈捷", "德利迅达", "昂立", "禾香"])
def test_brands_are_written_unlike_text(brand: str) -> None:
    assert brand_odds(brand) > 10


@pytest.mark.parametrize("stretch", ["待批", "算起", "占比去年", "完成了", "此前"])
def test_text_is_not_written_like_brands(stretch: str) -> None:
    assert brand_odds(stretch) < -25


def test_people_are_told_from_text() -> None:
    assert person_odds("尹明善") > 40
    assert person_odds("时候他") < 0
    assert person_odds("李通") > person_odds("成为")
