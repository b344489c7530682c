"""Makes any number of documents out of a folder: its sentences in other company, its firms in each other's place.

Sentences are drawn at random; within a document every firm of the packaged lists stands for another one, so that facts
grow with the documents, as they do in news. `--keep-names` leaves names alone: the same facts are then said ever again.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.inputs import read_all
from ontology.records import Document

LISTS = Path(__file__).resolve().parent.parent / "extractors" / "lists"
SENTENCE = re.compile(r"[^。！？\n]{8,300}[。！？]")
FIRST_DAY, DAYS = date(2015, 1, 1), 4000
SHARD = 1_000


class Exchange:
    """The firms of the lists, each to be named in the place of another."""

    def __init__(self) -> None:
        self.names = sorted({row["name"] for row in rows() if re.fullmatch("[\u4e00-\u9fff]{3,}", row["name"])})
        self.matcher = AhoCorasick(self.names, matchkind=MatchKind.LeftmostLongest)

    def renamed(self, text: str, chance: random.Random) -> str:
        """The text about other firms."""
        others: dict[str, str] = {}
        pieces, done = list[str](), 0
        for at, start, end in self.matcher.find_matches_as_indexes(text):
            name = self.names[at]
            pieces += [text[done:start], others.setdefault(name, chance.choice(self.names))]
            done = end
        return "".join([*pieces, text[done:]])


def rows() -> Iterator[dict[str, str]]:
    """Yield the firms of the packaged lists."""
    for path in sorted(LISTS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row for row in csv.DictReader(file) if row.get("type") == "Company")


def sentences(paths: Iterable[str]) -> list[str]:
    """All sentences of the documents under some paths, in their order."""
    documents = (item for _, item in read_all(paths) if isinstance(item, Document))
    return [sentence.strip() for document in documents for sentence in SENTENCE.findall(document.text)]


def recombine(sentences: list[str], number: int, size: int, exchange: Exchange | None) -> dict[str, str]:
    """One document of about `size` characters; the same for the same number."""
    chance = random.Random(number)
    drawn, length = list[str](), 0
    while length < size:
        drawn.append(chance.choice(sentences))
        length += len(drawn[-1])
    text = "\n".join(drawn)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    renamed = exchange.renamed(text, chance) if exchange else text
    return {"id": f"{number:09}", "text": renamed, "date": day.isoformat()}


def main() -> None:
    """Write the documents, a thousand in a file."""
    parser = argparse.ArgumentParser(prog="scripts/recombine.py", description=__doc__)
    parser.add_argument("paths", nargs="+", help="what to make them of")
    parser.add_argument("--output", type=Path, required=True, help="a folder")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--size", type=int, default=300, help="characters of a document, at least")
    parser.add_argument("--keep-names", action="store_true")
    arguments = parser.parse_args()
    drawn = sentences(arguments.paths)
    exchange = None if arguments.keep_names else Exchange()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for start in range(0, arguments.documents, SHARD):
        numbers = range(start, min(start + SHARD, arguments.documents))
        made = (json.dumps(recombine(drawn, n, arguments.size, exchange), ensure_ascii=False) for n in numbers)
        (arguments.output / f"{start:09}.jsonl").write_text("\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
