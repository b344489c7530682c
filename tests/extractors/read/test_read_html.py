"""Web pages: the article and its tables, without what surrounds it."""

from __future__ import annotations

from io import BytesIO

import pytest

from extractors.read.html import read_html
from ontology.errors import InputError
from ontology.records import Document

PARAGRAPHS = (
    "5 月 24 日，红杉中国宣布领投摩尔线程的 A 轮融资，云锋基金跟投，具体金额没有披露，双方还将在人才方面合作。",
    "摩尔线程表示，这笔资金将用于新一代图形处理器的研发与量产，并在北京和上海两地扩充团队，以满足客户的需求。",
    "比亚迪同日表示，旗下部分新能源汽车将采用英伟达的 Orin 平台，首批车型预计在下半年交付，供应链已经就绪。",
)
TABLE = (
    "<table><tr><th rowspan=2>名称</th><th colspan=2>EPS</th></tr><tr><td>2021</td><td>2022E</td></tr>"
    "<tr><td>寒武纪</td><td>-2.00</td><td>-1.50</td></tr></table>"
)
LINKS = "".join(f'<li><a href="/{number}">英伟达收购栏目{number}</a></li>' for number in range(8))


def page(body: str, head: str = "") -> str:
    return (
        f"<html><head><title>摩尔线程完成融资_某财经网</title>{head}</head><body><nav><ul>{LINKS}</ul></nav>"
        f"<div class=content><article>{body}</article></div><aside><h3>热门推荐</h3><ul>{LINKS}</ul></aside>"
        f"<footer>关于我们 | 联系我们</footer><script>var a = 1;</script></body></html>"
    )


def article(*more: str) -> str:
    return "<h1>摩尔线程完成新一轮融资</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "".join(more)


def read_page(html: str | bytes) -> Document:
    data = html if isinstance(html, bytes) else html.encode()
    [document] = read_html(BytesIO(data), "week/page.html")
    return document


def test_the_article_is_read_and_not_what_surrounds_it() -> None:
    document = read_page(page(article()))
    assert [part for part in PARAGRAPHS if part not in document.text] == []
    assert [word for word in ("栏目", "热门推荐", "关于我们", "var a") if word in document.text] == []
    assert (document.id, document.title) == ("page", "摩尔线程完成新一轮融资")


def test_tables_keep_their_columns() -> None:
    rows = "| 名称 | EPS |  |\n| --- | --- | --- |\n|  | 2021 | 2022E |\n| 寒武纪 | -2.00 | -1.50 |"
    assert rows in read_page(page(article(TABLE))).text


def test_a_table_that_lays_out_the_page_is_text() -> None:
    body = f"<table><tr><td>{article()}</td><td><h3>点评</h3><p>{PARAGRAPHS[0]}再看一遍。</p></td></tr></table>"
    text = read_page(page(body)).text
    assert "|" not in text
    assert PARAGRAPHS[1] in text


def test_a_paragraph_in_bold_is_a_heading_and_bold_words_are_words() -> None:
    text = read_page(
        page(article("<p><b>车载平台</b></p>", f"<p>{PARAGRAPHS[2]}<strong>未披露</strong>价格。</p>"))
    ).text
    assert "\n**车载平台**\n" in text
    assert "未披露价格。" in text


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2022-05-24T08:00:00+08:00">',
        '<meta name="pubdate" content="2022年5月24日">',
    ],
)
def test_the_date_of_issue_is_that_of_the_head(head: str) -> None:
    assert read_page(page(article(), head)).date == "2022-05-24"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_encodings(encoding: str) -> None:
    words = "紅杉中國領投了這家公司的融資" if encoding == "big5" else PARAGRAPHS[0]
    html = page(article(f"<p>{words}。</p>") if encoding != "big5" else f"<p>{words}。</p>" * 9)
    head = f'<meta charset="{encoding}">'
    assert words in read_page(html.replace("<head>", "<head>" + head).encode(encoding, "ignore")).text


@pytest.mark.parametrize(
    ("data", "message"),
    [(b" \n", "nothing in it"), (b"\0\1\2" * 50, "binary content"), (b"<html><body></body></html>", "no article")],
)
def test_bad_pages_are_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_page(data)
