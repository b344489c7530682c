"""A newsletter as Markdown; what stands in reports is text in it, whatever marks it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.cli.output import short
from kg.newsletter import News, Newsletter

HEADINGS = {
    "deals": "New deals",
    "relations": "New relations",
    "status": "Moved on",
    "amounts": "Amounts changed",
    "conflicts": "Sources differ",
    "terms": "Other terms",
    "supported": "Said by other documents",
    "gone": "Gone",
}
MARKS = re.compile(r"([\\`*_\[\]<>])")
LONGEST_QUOTE = 80


def markdown(letter: Newsletter) -> Iterator[str]:
    """Yield the lines of a newsletter; none where nothing changed."""
    sections: Mapping[str, Sequence[News]] = {section: getattr(letter, section) for section in HEADINGS}
    if not letter.documents and not any(sections.values()):
        return
    yield f"# What changed{f' since {letter.since}' if letter.since else ''}"
    yield ""
    yield summary(letter, sections)
    for section, heading in HEADINGS.items():
        if sections[section]:
            yield from ("", f"## {heading} ({len(sections[section])})", "")
            yield from items(section, sections[section])


def summary(letter: Newsletter, sections: Mapping[str, Sequence[News]]) -> str:
    """The counts in one line."""
    counts = (f"{len(news)} {HEADINGS[section].lower()}" for section, news in sections.items() if news)
    return ", ".join((f"{len(letter.documents)} documents read", *counts)) + "."


def items(section: str, news: Iterable[News]) -> Iterator[str]:
    """Yield each piece of news as an item of a list: what, terms, words, source, id."""
    for one in news:
        quote = one.quote if section in ("deals", "relations", "status", "amounts") else ""
        source = ", ".join(filter(None, (one.publisher, one.date))) or one.document
        place = "" if section == "conflicts" else f" ({in_markdown(source)})"
        told = f": {in_markdown(one.told)}" if one.told else ""
        said = f" — “{in_markdown(clipped(quote))}”" if quote else ""
        yield f"- **{in_markdown(one.about)}**{told}{said}{place} `{short(one.id).replace('`', '')}`"


def clipped(quote: str) -> str:
    """A quote on one line, cut where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def in_markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
