"""Saved web pages: the article without navigation, related links and foot; tables as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractors.read import markup
from extractors.read.decode import decode
from extractors.read.extra import damage_explained, formats_extra
from extractors.read.filed import filed
from extractors.read.front_page import parse_date
from ontology.errors import InputError
from ontology.records import Document

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.I)
_DATES = ("article:published_time", "og:published_time", "og:release_date", "publishdate", "pubdate", "date")
_TITLE_TAIL = re.compile(r"\s*(?:[_|｜丨]|\s[-–—]\s).*$")


def read_html(stream: BinaryIO, source: str) -> Iterator[Document]:
    """The document of a page. Raises InputError on what holds no article."""
    html = decode_html(stream.read(), source)
    page = markup.parse(html, source)
    text = article(page, source)
    if not text.strip():
        raise InputError("no article in it", source, "save the page with its text, or as .txt")
    yield filed(text, source, title=_title(page), date=_date(page))


def decode_html(data: bytes, where: str) -> str:
    """The page as text, in the encoding it names or one that `decode` knows. Raises InputError."""
    named = _CHARSET.search(data[:4096])
    if named and named[1].lower() not in (b"utf-8", b"gb2312", b"gbk", b"gb18030"):
        try:
            return data.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where)


def article(page: Any, where: str) -> str:
    """The main text of a page as Markdown; "" where nothing looks like one."""
    trafilatura = formats_extra("trafilatura", where)
    with damage_explained("web page", where):
        markup.fill_spans(page)
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_formatting=True,
            include_tables=True,
            favor_recall=True,
            with_metadata=False,
        )
    return markup.to_markdown(found.body) if found is not None else ""


def _title(page: Any) -> str:
    """The title that the page gives itself, without the name of the site."""
    named = _meta(page, "og:title") or (page.findtext(".//h1") or "") or (page.findtext(".//title") or "")
    return _TITLE_TAIL.sub("", " ".join(named.split()))


def _date(page: Any) -> str:
    """The day of issue that the page's head or its first time element names; "" if there is none."""
    stated = [_meta(page, name) for name in _DATES]
    times = [time.get("datetime") or time.text or "" for time in page.iter("time")]
    for value in filter(None, [*stated, *times[:1]]):
        try:
            return parse_date(value)
        except ValueError:
            continue
    return ""


def _meta(page: Any, name: str) -> str:
    for meta in page.iter("meta"):
        if name in ((meta.get("property") or "").lower(), (meta.get("name") or "").lower()):
            return str(meta.get("content") or "")
    return ""
