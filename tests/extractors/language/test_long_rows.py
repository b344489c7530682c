"""Rows of characters no text has do not hold a run up, and texts are cut into the words jieba finds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors import extract
from extractors.language.sentences import sentences
from extractors.language.words import dictionary, words_of
from ontology.records import Document


def test_a_very_long_row_takes_no_square_of_its_length() -> None:
    dictionary()
    started = time.process_time()
    words = words_of("椵" * 30_000)
    assert "".join(words) == "椵" * 30_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["", "红杉中国领投了摩尔线程的A轮融资。", "公司发布新品，" * 400])
def test_words_are_those_of_jieba(text: str) -> None:
    assert words_of(text) == dictionary().lcut(text)


def test_the_first_import_after_an_installation_says_nothing(tmp_path: Path) -> None:
    words = ["-X", f"pycache_prefix={tmp_path}", "-W", "default", "-c", "import extractors.language.words"]
    run = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    assert "jieba" not in run.stderr


def test_what_never_ends_is_cut_at_clauses() -> None:
    text = "甲公司发布新品，" * 400
    pieces = [text[start:end] for start, end in sentences(text)]
    assert "".join(pieces) == text
    assert all(len(piece) <= 1000 and piece.endswith("，") for piece in pieces)
    assert list(sentences("甲" * 2500)) == [(0, 1000), (1000, 2000), (2000, 2500)]


@pytest.mark.parametrize("piece", ["该公司", "甲科技投资", "（", "红杉中国、", "9", "9,999", "投资了"])
def test_a_line_that_never_ends_is_read_in_time(piece: str) -> None:
    extract(Document(id="first", text="甲投资乙。"))
    started = time.process_time()
    extract(Document(id="x", text=piece * (10_000 // len(piece))))
    assert time.process_time() - started < 5
