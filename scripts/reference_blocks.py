"""The examples in documents: fenced blocks that are run, one after another, and the output that stands below them.

```bash run              is run with bash
```python                is run as Python; the blocks of one document share their names
```text output           what the block above printed
```text output head=9    the first nine lines of it
```text output pick=RE   the lines in which the expression is found, `…` for what lies between
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reference_tables import tighten

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(?P<language>\w+)(?P<options>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
OMITTED = "…"
MEASURED = re.compile(r"(?<=\"confidence\": )[\d.]+|(?<=\"aliases\": )\[[^]]*\]")
COUNTS = re.compile(r"\d+(?= (?:facts )?(?:new|changed|unchanged|gone|failed)\b)|(?<=\()\d+(?=\)$)|^\d+(?= queries)")
KEPT = ("HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class ExampleFailed(Exception):
    """An example in a document does not run."""


@dataclass(frozen=True)
class Block:
    """A fenced block; `start` and `end` are the offsets of its text in the document."""

    language: str
    options: tuple[str, ...]
    text: str
    start: int
    end: int

    @property
    def runs(self) -> bool:
        """Whether it is an example to run."""
        return self.language == "python" or (self.language == "bash" and "run" in self.options)

    @property
    def is_output(self) -> bool:
        """Whether it is what the example above printed."""
        return "output" in self.options

    def option(self, name: str) -> str:
        """The value of an option, empty where it is not given."""
        return next((option.partition("=")[2] for option in self.options if option.startswith(f"{name}=")), "")


@dataclass
class Session:
    """A folder with the samples in which the examples of one document run."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "tests" / "samples", self.folder / "tests" / "samples")
        (self.folder / "docs").mkdir()
        shutil.copy(ROOT / "docs" / "weekly-b.pdf", self.folder / "docs")
        (self.folder / "extractors").symlink_to(ROOT / "extractors")
        put_program(self.folder / "bin" / "kg", "-c", "from kg.cli import main; main()")
        put_program(self.folder / "bin" / "python")
        put_program(self.folder / "scripts" / "demo", str(ROOT / "scripts" / "demo.py"))

    def run(self, block: Block) -> str:
        """What a block prints; raises ExampleFailed."""
        return self.run_python(block.text) if block.language == "python" else self.run_bash(block.text)

    def write(self, block: Block) -> None:
        """Write a block to the place it names."""
        path = self.folder / block.option("file")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")

    def run_bash(self, text: str) -> str:
        """Run commands; what they export holds for the next ones."""
        state = self.folder / "exports"
        state.touch()
        script = f'set -euo pipefail; source "{state}"\n{text}\nexport -p > "{state}"'
        path = os.pathsep.join((str(self.folder / "bin"), os.defpath))
        env = {key: os.environ[key] for key in KEPT if key in os.environ}
        env |= {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        pipe = subprocess.PIPE
        command = ["bash", "-c", script]
        done = subprocess.run(command, cwd=self.folder, env=env, stdout=pipe, stderr=subprocess.STDOUT, check=False)
        said = done.stdout.decode()
        if done.returncode:
            raise ExampleFailed(f"exit code {done.returncode} of\n{text}\n{said}")
        return said

    def run_python(self, text: str) -> str:
        """Run Python lines; their names stay for the next ones."""
        said, before = io.StringIO(), Path.cwd()
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(said):
                exec(compile(text, "<document>", "exec"), self.names)
        finally:
            os.chdir(before)
        return said.getvalue()


def put_program(path: Path, *words: str) -> None:
    """A program that runs this Python with these words first."""
    path.parent.mkdir(exist_ok=True)
    quoted = " ".join(f"'{word}'" for word in (sys.executable, *words))
    path.write_text(f'#!/bin/sh\nexec {quoted} "$@"\n', "utf-8")
    path.chmod(0o755)


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a document."""
    return [
        Block(match["language"], tuple(match["options"].split()), match["text"], match.start("text"), match.end("text"))
        for match in FENCE.finditer(document)
    ]


def outputs(document: str, folder: Path) -> Iterator[tuple[Block, list[str]]]:
    """Run the examples of a document; yield each block of output with the lines that were printed."""
    session, printed = Session(folder), ""
    for block in blocks(document):
        if block.runs:
            printed = session.run(block)
        elif block.option("file"):
            session.write(block)
        elif block.is_output:
            yield block, printed.splitlines()


def missing_lines(block: Block, printed: list[str]) -> list[str]:
    """Lines of a block of output that were not printed; see `normalised` for what may differ."""
    real = {normalised(line) for line in printed}
    stated = [line for line in block.text.splitlines() if line.strip(f" {OMITTED}")]
    checked = stated[:1] if "varies" in block.options else stated
    return [line for line in checked if normalised(line) not in real]


def normalised(line: str) -> str:
    """A line without what widths, counts, measured confidences and further aliases change."""
    return " ".join(MEASURED.sub("N", COUNTS.sub("N", re.sub("─{2,}", "", line))).split())


def refreshed(document: str, folder: Path) -> str:
    """The document with its output written anew."""
    for block, printed in reversed(list(outputs(document, folder))):
        text = "".join(f"{line}\n" for line in shortened(block, printed))
        document = document[: block.start] + text + document[block.end :]
    return document


def shortened(block: Block, printed: list[str]) -> list[str]:
    """The lines a block asks for, without empty ends, columns no wider than needed."""
    text = "\n".join(line.rstrip() for line in printed)
    lines = re.sub("\n{3,}", "\n\n", text).strip("\n").splitlines()
    head, pick = block.option("head"), block.option("pick")
    wanted = [n for n, line in enumerate(lines) if re.search(pick, line)] if pick else list(range(len(lines)))
    wanted = wanted[: int(head)] if head else wanted
    return tighten(list(with_marks(lines, wanted)))


def with_marks(lines: list[str], wanted: list[int]) -> Iterator[str]:
    """The wanted lines, with a mark where others lie between or after; rules of tables are no loss."""
    before = -1
    for number in [*wanted, len(lines)]:
        between = [line for line in lines[before + 1 : number] if line.strip(" ─")]
        if between:
            yield OMITTED
        if number < len(lines):
            yield lines[number]
        before = number
