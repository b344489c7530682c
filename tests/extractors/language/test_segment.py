"""The words are those of jieba."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.segment import segmenter

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.md"))
ODD = [
    "",
    "\r\n 甲\r\n\t乙",
    "A-1 3.5%十_#&.",
    "龘靐齉爩𠮷野家",
    "一",
    "。",
    "\x85\u2028x",
    "公司" * 300,
    "江州市长江大桥参加了长江大桥的通车仪式",
]


PLAIN = jieba.Tokenizer()
jieba.setLogLevel(60)


@pytest.mark.parametrize("text", [*ODD, *(path.read_text("utf-8") for path in SAMPLES)], ids=range(len(ODD + SAMPLES)))
def test_words_of_a_text(text: str) -> None:
    assert segmenter().lcut(text) == PLAIN.lcut(text)
    assert list(segmenter().cut(text)) == list(PLAIN.cut(text))


@given(st.text(st.sampled_from("".join(sorted(set(SAMPLES[0].read_text("utf-8"))))), max_size=40))
def test_words_of_any_row_of_characters(text: str) -> None:
    assert segmenter().lcut(text) == PLAIN.lcut(text)


def test_frequencies() -> None:
    PLAIN.initialize()
    words = list(PLAIN.FREQ)[::97]
    assert [segmenter().frequency(word) for word in words] == [PLAIN.FREQ[word] for word in words]
    assert segmenter().frequency("") == segmenter().frequency("椵椵") == 0
