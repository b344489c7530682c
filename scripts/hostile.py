"""Hostile inputs, the same for the same seed: broken bytes and formats, and names that are code somewhere else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from random import Random

NAMES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "'; DROP TABLE claims; --",
    '"})-[r]-() DETACH DELETE r //',
    "`}) MATCH (n) DETACH DELETE n //",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><x>&amp;&#0;</x>",
    "[甲](javascript:alert(1))",
    "**甲**`乙`_丙_",
    "甲|乙\\丙",
    "甲\u202e乙\u2066",
    "甲\x00乙\x1b[31m",
    "\ufeff\u200b甲",
    "甲\u0085乙\u2028丙",
    "\U0001f600科技",
    "\ud800",
    "../../etc/passwd",
    "{S:firm}∅∥",
    "%s%n{0}{name}",
    "科" * 300,
)
KNOWN = ("红杉中国", "摩尔线程", "英伟达", "联想集团") * 3
SENTENCES = (
    "{0}领投了{1}的A轮融资，金额100亿美元。",
    "{0}拟收购{1}51%股权。",
    "{0}（以下简称“{1}”）于2025年12月24日在科创板上市。",
    "{0}是{1}的供应商，{1}的控股股东为{0}。",
    "{0}发布{1}，搭载于{0}的产品。",
    "{0}科技有限公司与{1}股份有限公司签署战略合作协议。",
    "据{0}报道，{1}2024年营业收入7.43亿元，同比增长-12.5%。",
)
PIECES = (
    *NAMES,
    "# ",
    "\n\n",
    "| 公司 | 2024 | 2025E |\n|---|---|---|\n| 甲 | 1.2 | -3 |\n",
    "公司\t2024A\t2025E\n甲\t-\t1e999\n",
    "```",
    "**",
    "（",
    "）",
    "“",
    "《",
    "：",
    "，" * 40,
    "红杉中国",
    "英伟达",
    "摩尔线程",
    "该公司",
    "9" * 60 + "亿元",
    "2025年13月45日",
    "<!--",
    "\r",
    "\x0c",
    "免责声明",
    "投资",
    "收购",
    "http://x/?a=[b](c)",
)
HTML = (
    "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p>"
    "<table><tr><td>{0}</td></tr></table></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><item><title>{0}</title><guid>{1}</guid>'
    "<description>{1}</description></item></channel></rss>"
)
PDF = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length {0}>>stream\n{1}\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{0}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:tr>"
    "</w:tbl></w:body></w:document>"
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
HUGE = 30_000


def hostile(chance: Random) -> tuple[str, bytes]:
    """A suffix and the bytes of one input."""
    kind, make = chance.choice(MAKERS)
    data = make(chance)
    return kind, data if chance.random() < 0.5 else damaged(chance, data)


def damaged(chance: Random, data: bytes) -> bytes:
    """Bytes flipped, cut off, doubled or put in at random places."""
    mutable = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, end = sorted((chance.randint(0, len(mutable)), chance.randint(0, len(mutable))))
        chance.choice(
            (
                lambda at=at: mutable.__setitem__(slice(at, at + 1), chance.randbytes(1)),
                lambda at=at: mutable.__setitem__(slice(at, at), chance.randbytes(chance.randint(1, 9))),
                lambda at=at, end=end: mutable.__delitem__(slice(at, min(end, at + 50))),
                lambda at=at, end=end: mutable.__setitem__(slice(at, at), mutable[at : min(end, at + 500)]),
            )
        )()
    return bytes(mutable)


def sentence(chance: Random) -> str:
    """A sentence a rule might read, with names nobody would like to meet."""
    return chance.choice(SENTENCES).format(chance.choice((*NAMES, *KNOWN)), chance.choice((*NAMES, *KNOWN)))


def soup(chance: Random) -> str:
    """Pieces of text in any order."""
    return "".join(
        sentence(chance) if chance.random() < 0.3 else chance.choice(PIECES) for _ in range(chance.randint(0, 30))
    )


def torn(chance: Random) -> str:
    """What becomes of half a pair of surrogates: mostly a question mark, at times bytes no reader should take."""
    return chance.choice(("replace",) * 9 + ("surrogatepass",))


def encoded(text: str, chance: Random) -> bytes:
    """A text in one of the encodings files come in."""
    encoding = chance.choice(("utf-8",) * 4 + ("utf-8-sig", "gb18030", "utf-16"))
    return text.encode(encoding, "replace" if encoding == "gb18030" else torn(chance))


def noise(chance: Random) -> bytes:
    """Bytes that mean nothing."""
    return chance.randbytes(chance.randint(0, 2000))


def prose(chance: Random) -> bytes:
    """Markdown of a sort."""
    return encoded(soup(chance), chance)


def huge_line(chance: Random) -> bytes:
    """One very long line."""
    piece = chance.choice((chance.choice(PIECES), sentence(chance), chr(chance.randint(1, 0xFFFF)))) or "甲"
    return (piece * (HUGE // len(piece))).encode("utf-8", torn(chance))


def controls(chance: Random) -> bytes:
    """Sentences with control characters between their letters."""
    text = "".join(char + (chr(chance.randint(0, 31)) if chance.random() < 0.2 else "") for char in sentence(chance))
    return text.encode("utf-8", torn(chance))


def line(chance: Random) -> str:
    """A line of JSON with values of any kind."""
    values: tuple[object, ...] = (
        *(sentence(chance), soup(chance)) * 4,
        1e308,
        None,
        [],
        {},
        True,
        -1,
        "2025-12-24",
        "",
    )
    keys = ("id", "text", "title", "date", "publisher", "url", "x")
    row = {key: chance.choice(values) for key in keys if chance.random() < 0.8}
    if chance.random() < 0.7:
        row |= {"id": str(chance.randint(0, 10**9)), "text": sentence(chance)}
    return json.dumps(row, ensure_ascii=chance.random() < 0.5)


def lines(chance: Random) -> bytes:
    """JSON Lines of a sort, sometimes nested beyond measure."""
    if chance.random() < 0.02:
        return b'{"id":' + b"[" * 100_000
    return "\n".join(line(chance) for _ in range(chance.randint(0, 4))).encode("utf-8", torn(chance))


def marked_up(chance: Random) -> bytes:
    """HTML."""
    return encoded(HTML.format(sentence(chance), soup(chance)), chance)


def feed(chance: Random) -> bytes:
    """RSS."""
    return encoded(FEED.format(sentence(chance), soup(chance)), chance)


def pdf(chance: Random) -> bytes:
    """A PDF of one page."""
    content = f"BT /F {chance.randint(-9, 99)} Tf 10 100 Td ({chance.choice(NAMES)}) Tj ET"
    return PDF.format(len(content), content).encode("utf-8", torn(chance))


def word(chance: Random) -> bytes:
    """A Word file of one paragraph and one cell."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in PARTS.items():
            archive.writestr(name, part)
        text = WORD.format(sentence(chance), chance.choice(NAMES))
        archive.writestr("word/document.xml", text.encode("utf-8", torn(chance)))
    return buffer.getvalue()


MAKERS: tuple[tuple[str, Callable[[Random], bytes]], ...] = (
    (".md", prose),
    (".md", prose),
    (".txt", controls),
    (".txt", huge_line),
    (".md", noise),
    (".jsonl", lines),
    (".jsonl", lines),
    (".jsonl", noise),
    (".html", marked_up),
    (".html", noise),
    (".rss", feed),
    (".xml", feed),
    (".pdf", pdf),
    (".pdf", noise),
    (".docx", word),
    (".docx", noise),
)
