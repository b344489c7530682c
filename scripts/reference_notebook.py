"""The example notebook: its cells run one after another, and what they print or show is written below them."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference_blocks import ROOT, normalised

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"

Cell = dict[str, Any]


def executed(notebook: Path, folder: Path) -> Iterator[tuple[Cell, list[Cell]]]:
    """Run a notebook in a folder; yield each code cell with its outputs."""
    names: dict[str, Any] = {"__name__": "__main__"}
    before = Path.cwd()
    os.chdir(folder)
    try:
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield cell, run("".join(cell["source"]), names)
    finally:
        os.chdir(before)


def run(source: str, names: dict[str, Any]) -> list[Cell]:
    """What a cell prints, and what its last line shows."""
    *lines, last = ast.parse(source).body
    shows = isinstance(last, ast.Expr)
    printed, shown = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(lines if shows else [*lines, last], []), "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    return [*streams(printed.getvalue()), *displays(shown)]


def streams(text: str) -> Iterator[Cell]:
    """Printed text as a notebook keeps it."""
    if text:
        yield {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}


def displays(shown: Any) -> Iterator[Cell]:
    """A value as a notebook keeps it."""
    if shown is not None:
        data = {"text/plain": repr(shown).splitlines(keepends=True)}
        if hasattr(shown, "_repr_html_"):
            data["text/html"] = shown._repr_html_().splitlines(keepends=True)
        yield {"data": data, "execution_count": None, "metadata": {}, "output_type": "execute_result"}


def differences(notebook: Path, folder: Path) -> Iterator[str]:
    """Yield what cells no longer print or show."""
    for cell, outputs in executed(notebook, folder):
        if list(map(essence, cell["outputs"])) != list(map(essence, outputs)):
            yield "".join(cell["source"])


def essence(output: Cell) -> list[str]:
    """The lines of printed text, counts left out, or the forms in which a value is shown."""
    return sorted(output["data"]) if "data" in output else [normalised(line) for line in output["text"]]


def refresh(notebook: Path, folder: Path) -> None:
    """Write the outputs anew."""
    written = json.loads(notebook.read_text("utf-8"))
    outputs = iter([found for _, found in executed(notebook, folder)])
    for number, cell in enumerate((c for c in written["cells"] if c["cell_type"] == "code"), start=1):
        cell |= {"execution_count": number, "outputs": next(outputs)}
        for output in cell["outputs"]:
            if "data" in output:
                output["execution_count"] = number
    notebook.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
