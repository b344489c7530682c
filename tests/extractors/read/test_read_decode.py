"""Encodings seen in the wild, and what is no text."""

from __future__ import annotations

import codecs

import pytest

from extractors.read.decode import decode
from ontology.errors import InputError

TEXT = "甲科技完成A轮融资，由乙资本领投。\n丙芯片（GPU）发布：€1，𠮷。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_comes_back_in_every_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_breaks_become_one_kind(ending: str) -> None:
    assert decode(TEXT.replace("\n", ending).encode(), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing in it"),
        (b" \n\t ", "nothing in it"),
        (codecs.BOM_UTF8, "nothing in it"),
        (TEXT.encode("utf-16"), "UTF-16 text"),
        (TEXT.encode("utf-16-le"), "binary content"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary content"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "binary content"),
        (TEXT.encode()[:-1], "broken UTF-8 at byte"),
        (TEXT.encode().replace("甲".encode(), b"\xe7\x94"), "broken UTF-8 at byte 0"),
        (b"\xff\xff\xff", "neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=rf"{message}.* \(a\.txt\); \S"):
        decode(data, "a.txt")
