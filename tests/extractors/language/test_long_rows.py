"""Rows of characters no text has do not hold a run up, and texts are cut into the words jieba finds."""

from __future__ import annotations

import time

import pytest

from extractors.language.words import dictionary, words_of


def test_a_very_long_row_takes_no_square_of_its_length() -> None:
    dictionary()
    started = time.process_time()
    words = words_of("椵" * 30_000)
    assert "".join(words) == "椵" * 30_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["", "红杉中国领投了摩尔线程的A轮融资。", "公司发布新品，" * 400])
def test_words_are_those_of_jieba(text: str) -> None:
    assert words_of(text) == dictionary().lcut(text)
