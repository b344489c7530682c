"""Running heads, running feet and page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.expressions import ready as re
from extractors.read.pdf.page import Page, Piece

EDGE = 0.12
OFTEN = 0.4
_NUMBER = re.compile(
    r"[-–—·\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*(?:/|of|，?\s*共)\s*\d{1,4}(?:\s*页)?)?[-–—·\s]*|page\s+\d+.*",
    re.I,
)


def split_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without what runs along their edges, and the texts that did, each once, numbers of pages left out."""
    counts = Counter(key for page in pages for key in {_key(piece) for piece in page.pieces if _at_edge(piece, page)})
    often = {key for key, count in counts.items() if count >= max(2, OFTEN * len(pages))}
    kept, texts = [], dict[str, str]()
    for page in pages:
        inner = []
        for piece in page.pieces:
            if _at_edge(piece, page) and (_key(piece) in often or _NUMBER.fullmatch(piece.text.strip())):
                texts.setdefault(_key(piece), _without_number(piece.text))
            else:
                inner.append(piece)
        kept.append(Page(page.number, page.height, tuple(inner)))
    return kept, list(dict.fromkeys(filter(None, texts.values())))


def _at_edge(piece: Piece, page: Page) -> bool:
    if piece.grid:
        return False
    return piece.bottom < EDGE * page.height or piece.top > (1 - EDGE) * page.height


def _key(piece: Piece) -> str:
    """What is the same on every page: the text but for its numbers."""
    return re.sub(r"\d+", "0", "".join(piece.text.split()))


def _without_number(text: str) -> str:
    return re.sub(r"\s+(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d+)?\s*$|^\s*\d{1,4}\s+(?=\S)", "", text).strip(
        "-–—· "
    ) * (not _NUMBER.fullmatch(text.strip()))
