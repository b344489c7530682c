"""RSS and Atom: each item is a document with its date and link."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import Any, BinaryIO
from xml.sax import SAXParseException

from extractors.read import markup
from extractors.read.extra import damage_explained, formats_extra
from extractors.read.front_page import find_date, find_publisher, parse_date
from ontology.errors import InputError
from ontology.records import Document, content_id


def read_feed(stream: BinaryIO, source: str) -> Iterator[Document | InputError]:
    """The items of a feed in order, and an error in the place of each that says nothing. Raises InputError."""
    feedparser = formats_extra("feedparser", source)
    data = stream.read()
    if not data.strip():
        raise InputError("nothing in it", source, "check the file, or leave it out")
    with damage_explained("feed", source):
        feed = feedparser.parse(data, response_headers={"content-location": ""})
    if not feed.version:
        raise InputError("no RSS or Atom feed", source, "give the feed itself; web pages end in .html")
    broken = feed.get("bozo_exception") if feed.bozo else None
    items = [_item(entry, source, f"{source}, item {number}") for number, entry in enumerate(feed.entries, 1)]
    if isinstance(broken, SAXParseException):
        yield from (item for item in items if isinstance(item, Document))
        where = f"{source}, line {broken.getLineNumber()}"
        yield InputError(f"broken feed: {broken.getMessage()}", where, "fetch it anew; what could be read is")
    else:
        yield from items


def _item(entry: Any, source: str, where: str) -> Document | InputError:
    title = " ".join(_plain(entry.get("title", ""), where).split())
    body = _plain(_longest(entry), where)
    text = "\n".join(filter(str.strip, (title, body)))
    if not text:
        return InputError("no text in it", where, "give items with title or text")
    return Document(
        id=entry.get("id") or entry.get("link") or content_id(PurePath(source).stem, text),
        text=text,
        source=entry.get("link") or source,
        title=title,
        publisher=find_publisher(body),
        date=_date(entry) or find_date(body),
    )


def _longest(entry: Any) -> str:
    """The fullest of an item's texts."""
    texts = [entry.get("summary", ""), *(content.get("value", "") for content in entry.get("content", ()))]
    return str(max(texts, key=len))


def _plain(html: str, where: str) -> str:
    if "<" not in html and "&" not in html:
        return html
    tree = markup.parse(html, where)
    markup.fill_spans(tree)
    return markup.to_markdown(tree).strip()


def _date(entry: Any) -> str:
    """The day an item is from, in the time zone it names."""
    value = entry.get("published") or entry.get("updated") or ""
    for parse in (parse_date, _mail_date):
        try:
            return parse(value)
        except (ValueError, TypeError, IndexError):
            continue
    return ""


def _mail_date(text: str) -> str:
    return parsedate_to_datetime(text).date().isoformat()
