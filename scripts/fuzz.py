"""Feeds hostile inputs to the whole way from file to export, and tells what did not end in one line or in data."""

from __future__ import annotations

import argparse
import csv
import faulthandler
import json
import re
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from hostile import hostile

import extractors
from extractors.read import read
from kg.cli.letter import markdown
from kg.export import graphml, jsonl, write_csv
from kg.ledger import Ledger
from kg.newsletter import newsletter
from kg.wording import CONTROL, printable
from ontology.errors import InputError, YanbaoError
from ontology.records import Document, Extraction

LONGEST = 5.0
FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(\.\d+)?$)")


class Fuzz:
    """One run over many inputs: `faults` holds what went wrong, `counts` what became of the inputs."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder = seed, folder
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()
        self.longest = 0.0

    def run(self, count: int) -> None:
        """Read, extract and record so many inputs, then write all of it in every format."""
        extractors.extract(Document(id="first", text="甲投资乙。"))
        with Ledger(self.folder / "kg.db", create=True) as ledger:
            for number in range(count):
                faulthandler.dump_traceback_later(60, exit=True)
                self.feed(ledger, number)
            faulthandler.cancel_dump_traceback_later()
            self.faults += exports(ledger, self.folder)

    def feed(self, ledger: Ledger, number: int) -> None:
        """Take one input all the way."""
        suffix, data = hostile(Random(f"{self.seed}-{number}"))
        path = self.folder / f"input-{number}{suffix}"
        path.write_bytes(data)
        started = time.process_time()
        try:
            for item in read(path):
                self.take(ledger, item, str(path))
        except YanbaoError as error:
            self.faults += one_line(error)
        except Exception:
            self.faults.append(f"{path.name}: {traceback.format_exc(limit=-4)}")
        seconds = time.process_time() - started
        self.longest = max(self.longest, seconds)
        if seconds > LONGEST:
            self.faults.append(f"{path.name}: {seconds:.1f} s")
        path.unlink()

    def take(self, ledger: Ledger, item: Document | InputError, origin: str) -> None:
        """Extract and record one document, or look at the error that stands in its place."""
        if isinstance(item, InputError):
            self.counts["refused"] += 1
            self.faults += one_line(item)
            return
        extraction = extractors.extract(item)
        self.faults += misquoted(extraction)
        ledger.record(extraction, "fuzz", "2026-01-01", origin)
        self.counts["documents"] += 1
        self.counts["facts"] += len(extraction.facts)


def one_line(error: YanbaoError) -> Iterator[str]:
    """What a user would see of an error, if it is more than a line."""
    line = " ".join(printable(str(error)).split())
    if not line or CONTROL.search(line):
        yield f"no message: {error!r}"
    try:
        line.encode()
    except UnicodeEncodeError:
        yield f"cannot be printed: {line!r}"


def misquoted(extraction: Extraction) -> Iterator[str]:
    """Evidence and mentions whose words are not those of the text."""
    text = extraction.document.text
    for fact in extraction.facts:
        yield from (f"misquoted: {e!r}" for e in fact.evidence if text[e.start : e.end] != e.text)
    yield from (f"misplaced: {m!r}" for m in extraction.mentions if text[m.start : m.end] != m.text)


def exports(ledger: Ledger, folder: Path) -> Iterator[str]:
    """What in the exports is code instead of data, or does not come back as it went in."""
    for line in jsonl(ledger):
        line.encode()
        if json.dumps(json.loads(line), ensure_ascii=False) != line or "\n" in line:
            yield f"jsonl: {line[:80]!r}"
    write_csv(ledger, folder / "csv")
    for name in ("nodes.csv", "edges.csv"):
        with (folder / "csv" / name).open(encoding="utf-8-sig", newline="") as file:
            cells = (cell for row in csv.reader(file) for cell in row)
            yield from (f"{name}: {cell[:80]!r}" for cell in cells if FORMULA.match(cell))
    nodes = ElementTree.fromstring("\n".join(graphml(ledger)).encode()).iter(
        "{http://graphml.graphdrawing.org/xmlns}node"
    )
    if (found := len(list(nodes))) < sum(1 for _ in ledger.entities()):
        yield f"graphml: {found} nodes"
    for line in markdown(newsletter(ledger, "")):
        if CONTROL.search(printable(line)) or re.search(r"(?<!\\)<(?!\\)", line):
            yield f"letter: {line[:80]!r}"


def main() -> None:
    """Run from the command line; exit with 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        fuzz = Fuzz(given.seed, Path(folder))
        fuzz.run(given.count)
    for fault in fuzz.faults:
        print(printable(fault).encode(errors="backslashreplace").decode())
    said = ", ".join(f"{count} {what}" for what, count in sorted(fuzz.counts.items()))
    print(f"{given.count} inputs: {said}; longest {fuzz.longest:.1f} s; {len(fuzz.faults)} faults")
    raise SystemExit(bool(fuzz.faults))


if __name__ == "__main__":
    main()
