"""Figures over annotated sets, and the precision of every rule: printed, noted, and compared with those noted last."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality_sets import Reading, Score, Sets, read_list, read_sets, score

from extractors.relations.rules import COLUMNS, CONFIDENCE, packaged_rules, precisions
from extractors.relations.tables import table_rule
from kg.cli.output import say, say_table
from ontology.errors import YanbaoError

ROOT = Path(__file__).resolve().parent.parent
NOTED = ROOT / "docs" / "quality.json"
PRIOR = 5
"""The confidence a rule states weighs as much as this many firings."""
RISING = (
    "precision",
    "recall",
    "f1",
    "qualifier_accuracy",
    "entity_precision",
    "entity_recall",
    "entity_f1",
    "chip_product_recall",
)
FALLING = ("overstated",)


@dataclass(slots=True)
class Tally:
    """How often a rule read a fact that an annotation judges, and how often rightly."""

    firings: int = 0
    right: int = 0

    def precision(self, stated: float) -> float:
        """Share of right firings, drawn towards the confidence the rule states."""
        return round((self.right + PRIOR * stated) / (self.firings + PRIOR), 3)


def tally(readings: Iterable[Reading], scores: Iterable[Score]) -> dict[str, Tally]:
    """The firings of each rule over all sets; a fact that a rule reads twice in a document counts once."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for reading, verdicts in zip(readings, scores, strict=True):
        for firing in dict.fromkeys(reading.firings):
            right = verdicts.right.get((firing.document, firing.fact))
            if right is not None:
                tallies[firing.rule].firings += 1
                tallies[firing.rule].right += right
    return tallies


def stated_confidences() -> dict[str, float]:
    """The confidence each packaged rule states, by its id."""
    files = packaged_rules().values()
    rules = [rule for file in files for rule in (*file.frames, *file.nouns, *file.idioms)]
    return {rule.id: rule.confidence for rule in (*rules, table_rule())}


def rule_rows(tallies: Mapping[str, Tally]) -> Iterator[tuple[str, int, int, float]]:
    """Rows of the table of confidences, by packaged rule: id, firings, right ones, smoothed precision."""
    stated = stated_confidences()
    for rule in sorted(tallies.keys() & stated.keys()):
        found = tallies[rule]
        yield rule, found.firings, found.right, found.precision(stated[rule])


def show(name: str, found: Score) -> None:
    """Print the figures of a set."""
    say(f"{name}: " + " ".join(f"{key}={value}" for key, value in found.figures.items()))
    for title, counted in (("entity", found.entities), ("fact", found.facts)):
        if counted:
            say_table((title, "required", "found", "wrong"), [tuple(map(str, row)) for row in counted])


def show_rules(tallies: Mapping[str, Tally]) -> None:
    """Print the table of rules, those with most wrong firings first."""
    rows = sorted(rule_rows(tallies), key=lambda row: (row[2] - row[1], row[0]))
    cells = [(rule, str(n), str(right), str(n - right), f"{p:.3f}") for rule, n, right, p in rows]
    say_table(("rule", "firings", "right", "wrong", "smoothed precision"), cells)


def noted() -> dict[str, dict[str, Any]]:
    """The figures noted last, by set."""
    if not NOTED.exists():
        return {}
    figures: dict[str, dict[str, Any]] = json.loads(NOTED.read_text(encoding="utf-8"))
    return figures


def falls(before: Mapping[str, Mapping[str, Any]], scores: Mapping[str, Score]) -> Iterator[str]:
    """One line for each figure that is worse than the noted one."""
    for name, found in scores.items():
        for key, value in before.get(name, {}).get("figures", {}).items():
            now = found.figures.get(key, 0.0)
            if (key in RISING and now < value) or (key in FALLING and now > value):
                yield f"{name}: {key} was {value}, is {now}"


def stale() -> Iterator[str]:
    """One line for each rule of the table of confidences that is no more."""
    for rule in sorted(set(precisions(CONFIDENCE)) - set(stated_confidences())):
        yield f"{CONFIDENCE.name}: no rule {rule}; run scripts/quality --write"


def write(scores: Mapping[str, Score], tallies: Mapping[str, Tally]) -> None:
    """Note the figures; the confidences only where every set noted was measured."""
    before = noted()
    columns = ("required", "found", "wrong")
    now = {
        name: {
            "figures": found.figures,
            "facts": {kind: dict(zip(columns, counts, strict=True)) for kind, *counts in found.facts},
            "entities": {kind: dict(zip(columns, counts, strict=True)) for kind, *counts in found.entities},
        }
        for name, found in scores.items()
    }
    text = json.dumps(before | now, ensure_ascii=False, indent=1, sort_keys=True)
    NOTED.parent.mkdir(exist_ok=True)
    NOTED.write_text(text + "\n", encoding="utf-8", newline="\n")
    if set(before) <= set(now):
        write_confidences(tallies)
    else:
        say(f"{CONFIDENCE.name} left as it is: not measured {', '.join(sorted(set(before) - set(now)))}")


def write_confidences(tallies: Mapping[str, Tally]) -> None:
    """Write the table that the rules take their confidence from."""
    with CONFIDENCE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows([COLUMNS, *rule_rows(tallies)])


def find_shared(given: Path | None) -> Path:
    """The folder of annotated text; where there is none the run ends, well except with CI=true."""
    folder = given or Path(os.environ.get("YANBAO_SHARED") or ROOT.parent / "shared")
    if (folder / "gold").is_dir():
        return folder
    print(
        "quality: NOTHING WAS MEASURED: no annotated text; name its folder with --shared or YANBAO_SHARED",
        file=sys.stderr,
    )
    sys.exit(os.environ.get("CI") == "true" or given is not None)


def measure(names: Sequence[str], listed: Sets, shared: Path) -> tuple[dict[str, Score], dict[str, Tally]]:
    """Scores of the sets by name, and the tallies of the rules over all of them; raises YanbaoError."""
    for name in names:
        if name not in listed.sets:
            raise YanbaoError(f"no set {name!r}", "scripts/quality.yml", f"sets are {', '.join(listed.sets)}")
    readings = read_sets([shared / listed.sets[name].input for name in names])
    scores = {
        name: score(listed.sets[name], name, shared, reading) for name, reading in zip(names, readings, strict=True)
    }
    return scores, tally(readings, scores.values())


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(prog="scripts/quality", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help="sets of scripts/quality.yml; default: those it says")
    parser.add_argument("--shared", type=Path, help="folder of annotated text, else YANBAO_SHARED or ../shared")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--write", action="store_true", help="note the figures and the confidences of the rules")
    how.add_argument("--check", action="store_true", help="fail when a figure is worse than the noted one")
    return parser.parse_args(arguments)


def run(given: argparse.Namespace) -> int:
    """Measure, print, note or compare; the exit code. Raises YanbaoError."""
    shared, listed = find_shared(given.shared), read_list()
    scores, tallies = measure(given.sets or listed.default, listed, shared)
    for name, found in scores.items():
        show(name, found)
    show_rules(tallies)
    if given.write:
        write(scores, tallies)
    worse = [*falls(noted(), scores), *stale()] if given.check else []
    for line in worse:
        print(f"quality: {line}", file=sys.stderr)
    return int(bool(worse))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; an error is one line."""
    try:
        return run(parse_arguments(arguments))
    except YanbaoError as error:
        print(f"quality: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
