"""Feeds: each item is a document with its date and link."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest

from extractors.read.feed import read_feed
from ontology.errors import InputError
from ontology.records import Document

ITEM = """<item><title>红杉中国领投摩尔线程</title><link>https://news.example/1</link><guid>n-1</guid>
<pubDate>Wed, 25 May 2022 00:30:00 +0800</pubDate>
<description>&lt;p&gt;红杉中国&lt;b&gt;领投&lt;/b&gt;了摩尔线程。&lt;/p&gt;&lt;p&gt;云锋基金跟投。&lt;/p&gt;</description></item>"""
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><title>要闻</title>{ITEM}%s</channel></rss>'
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>要闻</title>
<entry><id>urn:n:2</id><title>云锋基金投资OpenAI</title><link href="https://news.example/2"/>
<updated>2022-05-24T23:30:00-05:00</updated><summary>短讯</summary>
<content type="html">&lt;p&gt;云锋基金宣布投资OpenAI。&lt;/p&gt;</content></entry></feed>"""


def items(data: str) -> list[Document | InputError]:
    return list(read_feed(BytesIO(data.encode()), "news.xml"))


def test_an_item_of_rss_is_a_document() -> None:
    [document] = items(RSS % "")
    text = "红杉中国领投摩尔线程\n红杉中国领投了摩尔线程。\n\n云锋基金跟投。"
    wanted = Document(
        id="n-1", text=text, source="https://news.example/1", title="红杉中国领投摩尔线程", date="2022-05-25"
    )
    assert document == wanted


def test_an_entry_of_atom_is_a_document_with_the_fullest_text() -> None:
    [document] = items(ATOM)
    assert isinstance(document, Document)
    assert (document.id, document.date, document.source) == ("urn:n:2", "2022-05-24", "https://news.example/2")
    assert document.text == "云锋基金投资OpenAI\n云锋基金宣布投资OpenAI。"


def test_an_item_without_text_is_said_and_the_others_are_read() -> None:
    first, second = items(RSS % "<item><guid>n-2</guid></item>")
    assert isinstance(first, Document)
    assert str(second).startswith("no text in it (news.xml, item 2)")


def test_what_stands_before_a_break_is_kept() -> None:
    first, second = items((RSS % "")[: -len("</channel></rss>")] + "<item><title>断")
    assert isinstance(first, Document)
    assert str(second).startswith("broken feed")


@pytest.mark.parametrize(
    ("data", "message"),
    [("", "nothing in it"), ("<?xml version='1.0'?><a><b>1</b></a>", "no RSS or Atom"), ("<html></html>", "no RSS")],
)
def test_what_is_no_feed_is_said_in_one_line(data: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        items(data)


def test_entities_that_multiply_do_not_fill_the_memory() -> None:
    names = "abcdefgh"
    nested = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"长" * 10}">{nested}]>'
    found = items(bomb + RSS.removeprefix('<?xml version="1.0"?>') % "<item><title>&h;</title></item>")
    assert sum(len(item.text) for item in found if isinstance(item, Document)) < 1000
