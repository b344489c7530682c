"""Rating tables: a row with a company and a rating is coverage by the house that publishes the report."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from extractors.entities.introductions import find_codes
from extractors.entities.recognise import Passage
from extractors.entities.registry import Referent, Registry
from extractors.entities.spans import Span
from extractors.expressions import ready as re
from extractors.language.normalise import normalise
from extractors.language.words import Words
from extractors.read.layout import Block
from extractors.relations.match import Candidate
from extractors.relations.rules import Example, Rule, measured
from ontology.records import Document
from ontology.schema import load_ontology

RATINGS = (
    "强烈推荐|强力买入|谨慎推荐|谨慎增持|审慎增持|买入|增持|推荐|中性|持有|卖出|减持|回避"
    "|跑赢行业|跑输行业|优于大市|同步大市|弱于大市|未评级|无评级"
)
_RATING = re.compile(rf"^(?:{RATINGS})(?:[（(][^）)]*[）)]|[-—]?[A-B])?$")
_NAME_HEADS = ("名称", "简称", "公司", "股票", "标的", "证券")


@functools.cache
def table_rule() -> Rule:
    """What reads a row, with the confidence it states."""
    example = Example(
        text="688000.SH	{甲科技:Company}	10.00	买入", facts=("某证券 COVERS 甲科技 rating=买入",)
    )
    return Rule(id="covers.table", words="评级", confidence=0.97, examples=(example,))


def rated(document: Document, blocks: Sequence[Block], registry: Registry) -> Iterator[tuple[Candidate, Passage]]:
    """Yield COVERS candidates with the row each comes from; nothing where the report names no house."""
    if not document.publisher:
        return
    house = registry.named(document.publisher, "Company")
    for block in blocks:
        if block.kind == "table":
            for start, end in _rows(document.text, block):
                yield from _covered(document, block, start, end, house, registry)


def _rows(text: str, block: Block) -> Iterator[tuple[int, int]]:
    at = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        end = at + len(line.rstrip("\r\n"))
        if line.strip():
            yield at, end
        at += len(line)


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the cells of a row of a tab or pipe table, white space trimmed."""
    found = []
    for match in re.finditer(r"[^\t|]+", text[start:end]):
        inner = match.group()
        left = len(inner) - len(inner.lstrip())
        if inner.strip():
            found.append((start + match.start() + left, start + match.start() + left + len(inner.strip())))
    return found


def _covered(
    document: Document, block: Block, start: int, end: int, house: Referent, registry: Registry
) -> Iterator[tuple[Candidate, Passage]]:
    row = cells(document.text, start, end)
    texts = [document.text[a:b] for a, b in row]
    rating = next((t for t in texts if _RATING.match(t.strip())), "")
    code = next((i for i, t in enumerate(texts) if any(True for _ in find_codes(normalise(t).text))), None)
    if not rating or code is None:
        return
    name = next(
        (i for i, t in enumerate(texts) if i != code and re.search(r"[一-鿿]{2,}", t) and not _RATING.match(t)), None
    )
    if name is None:
        return
    company = registry.named("".join(texts[name].split()), "Company")
    company.code = company.code or next(code for _, _, code in find_codes(normalise(texts[code]).text))
    passage = _row_passage(document, block, start, end, row[name], company)
    relation, rule = load_ontology().relations["COVERS"], measured(table_rule())
    yield Candidate(relation, house, company, {"rating": rating}, rule, passage, 0, len(passage.text)), passage


def _row_passage(
    document: Document, block: Block, start: int, end: int, name: tuple[int, int], company: Referent
) -> Passage:
    flow = normalise(document.text, start, end)
    a, b = flow.position(name[0]), flow.position(name[1])
    passage = Passage(block, flow, Words(flow, ()))
    passage.spans, passage.referents = [Span(a, b, flow.text[a:b], company.type, 3)], [company]
    return passage
