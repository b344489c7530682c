"""The example notebook runs, and prints and shows what stands below its cells."""

from __future__ import annotations

import json
from pathlib import Path

from reference_blocks import Session
from reference_notebook import NOTEBOOK, differences


def test_cells_print_and_show_what_stands_below_them(tmp_path: Path) -> None:
    Session(tmp_path)
    assert list(differences(NOTEBOOK, tmp_path)) == [], "scripts/reference --refresh writes the outputs anew"


def test_a_cell_that_prints_something_else_is_found(tmp_path: Path) -> None:
    cells = [
        {
            "cell_type": "code",
            "source": ["a = 1\n", "print(a)"],
            "outputs": [{"output_type": "stream", "text": ["2\n"]}],
        },
        {"cell_type": "code", "source": ["a"], "outputs": [{"data": {"text/plain": ["7"]}}]},
    ]
    notebook = tmp_path / "wrong.ipynb"
    notebook.write_text(json.dumps({"cells": cells}), "utf-8")
    assert list(differences(notebook, tmp_path)) == ["a = 1\nprint(a)"]
