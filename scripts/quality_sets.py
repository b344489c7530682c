"""Annotated sets: which there are, what is read from them, and what their scorers say of it."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from extractors.read import read
from extractors.relations.explain import Firing, trace
from kg.pipeline import work_all
from ontology.errors import InputError, YanbaoError
from ontology.records import Document
from ontology.schema import SchemaPart, parse_yaml
from ontology.stream import rows

PROCESSES = 2
LIST = Path(__file__).with_name("quality.yml")
WRONG = re.compile(r"^  wrong .*\| (\d+)$", re.M)
BY_TYPE = re.compile(r"^  (.+?)\s+(\d+)/\s*(\d+) = ", re.M)
FIGURES = re.compile(r"P=(?P<precision>\S+) R=(?P<recall>\S+) F1=(?P<f1>\S+)")

Row = dict[str, Any]


class AnnotatedSet(SchemaPart):
    """A text and its annotation, as paths under the folder of shared files, and the tool that scores it."""

    input: str
    gold: str
    tool: Literal["score", "public_sets"]
    partial: bool = False


class Sets(SchemaPart):
    """All sets by name, and those measured when none is named."""

    default: tuple[str, ...]
    sets: dict[str, AnnotatedSet]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a set: rows of the stream, and which rule reads which fact."""

    rows: list[Row]
    firings: list[Firing]


@dataclass(slots=True)
class Score:
    """What the tool says: figures, rows `type, required, found, wrong`, and whether a judged fact is right.

    `right` is keyed by document and fact.
    """

    figures: dict[str, float]
    facts: list[tuple[str, int, int, int]]
    entities: list[tuple[str, int, int, int]] = field(default_factory=list)
    right: dict[tuple[str, str], bool] = field(default_factory=dict)


def read_list() -> Sets:
    """The sets of `quality.yml`; raises SchemaError."""
    return parse_yaml(Sets, LIST.read_text(encoding="utf-8"), LIST.name)


def read_sets(inputs: Sequence[Path]) -> list[Reading]:
    """What is read from each input, worked out in a fixed number of processes; raises InputError."""
    documents = [list(_documents(path)) for path in inputs]
    results = iter(list(work_all(read_document, (document for group in documents for document in group), PROCESSES)))
    return [_join(islice(results, len(group))) for group in documents]


def _documents(path: Path) -> Iterator[Document]:
    for item in read(path):
        if isinstance(item, InputError):
            raise item
        yield item


def read_document(document: Document) -> Reading:
    """What is read from one document."""
    extraction, firings = trace(document)
    return Reading(list(rows(extraction)), list(firings))


def _join(results: Iterable[Reading | InputError]) -> Reading:
    whole = Reading([], [])
    for result in results:
        if isinstance(result, InputError):
            raise result
        whole.rows.extend(result.rows)
        whole.firings.extend(result.firings)
    return whole


def score(annotated: AnnotatedSet, name: str, shared: Path, reading: Reading) -> Score:
    """Score what was read from a set with its tool."""
    tool = _load(shared / "tools" / f"{annotated.tool}.py")
    if annotated.tool == "score":
        return _score(tool, shared / annotated.gold, reading.rows)
    found = _score_public(tool, shared / annotated.gold, name, reading.rows)
    if annotated.partial:
        _keep_annotated_pairs(found, tool, shared / annotated.gold / f"{name}.gold.jsonl", reading.rows)
    return found


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if not spec or not spec.loader or not path.exists():
        raise YanbaoError("no scorer", str(path), "name the folder of shared files with --shared")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _score(tool: ModuleType, path: Path, read_rows: list[Row]) -> Score:
    gold = tool.read(path)
    figures, by_type, _, wrong, *_ = tool.score([row for row in gold if "predicate" in row], read_rows)
    named = [row for row in gold if "names" in row]
    of_entities, missed, strangers = tool.score_entities(named, read_rows)
    bad = set(map(id, wrong))
    facts = [row for row in read_rows if row["kind"] == "fact"]
    return Score(
        {key: value for key, value in (figures | of_entities).items() if value is not None},
        [(predicate, *counts) for predicate, counts in sorted(by_type.items())],
        _by_type(named, missed, strangers),
        {_key(row): id(row) not in bad for row in facts},
    )


def _by_type(
    gold: Iterable[Row], missed: Iterable[Row], wrong: Iterable[tuple[str, str, str]]
) -> list[tuple[str, int, int, int]]:
    required = Counter(row["type"] for row in gold if row["required"])
    lost, bad = Counter(row["type"] for row in missed), Counter(kind for kind, *_ in wrong)
    return [(kind, required[kind], required[kind] - lost[kind], bad[kind]) for kind in sorted(required | bad)]


def _score_public(tool: ModuleType, gold: Path, name: str, read_rows: list[Row]) -> Score:
    """The tool tells verdicts only in print, so every fact carries its number as its sentence.

    Facts that stand in no known document are all wrong: those are the facts the tool judges at all.
    """
    facts = [row for row in read_rows if row["kind"] == "fact"]
    others = [row for row in read_rows if row["kind"] in ("entity", "mention")]
    printed = _print(tool, gold, name, [*others, *(_numbered(i, row) for i, row in enumerate(facts))])
    nowhere = _print(tool, gold, name, [*others, *(_numbered(i, row, "nowhere") for i, row in enumerate(facts))])
    wrong, judged = set(WRONG.findall(printed)), WRONG.findall(nowhere)
    found = FIGURES.search(printed)
    if not found:
        raise YanbaoError("scorer without figures", name, "see tools/public_sets.py")
    bad = Counter(facts[int(number)]["predicate"] for number in wrong)
    return Score(
        {"facts": len(judged), **{key: float(value) for key, value in found.groupdict().items()}},
        [(kind, int(all_), int(hit), 0) for kind, hit, all_ in BY_TYPE.findall(printed)]
        + [(predicate, 0, 0, count) for predicate, count in sorted(bad.items())],
        right={_key(facts[int(number)]): number not in wrong for number in judged},
    )


def _keep_annotated_pairs(found: Score, tool: ModuleType, gold: Path, read_rows: list[Row]) -> None:
    """Drop the verdicts on facts between names that the document's annotation does not relate in any way."""
    names: dict[str, set[str]] = defaultdict(set)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_rows:
        if row["kind"] in ("entity", "mention"):
            key = row["id" if row["kind"] == "entity" else "entity"]
            names[key] |= {tool.fold(n) for n in (row.get("text") or row["name"], *row.get("aliases", ()))}
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        pairs[row["doc"]].append((row["subject"], row["object"]))
    for fact in (row for row in read_rows if row["kind"] == "fact" and _key(row) in found.right):
        ends = names[fact["subject"]], names[fact["object"]]
        if not any(_fit(tool, pair, ends) for pair in pairs[fact["evidence"][0]["document"]]):
            del found.right[_key(fact)]


def _fit(tool: ModuleType, pair: tuple[str, str], ends: tuple[set[str], set[str]]) -> bool:
    return any(tool.fits(pair[0], a) and tool.fits(pair[1], b) for a, b in (ends, ends[::-1]))


def _numbered(number: int, row: Row, document: str = "") -> Row:
    changed = {"text": str(number)} | ({"document": document} if document else {})
    return {**row, "evidence": [evidence | changed for evidence in row["evidence"]]}


def _print(tool: ModuleType, gold: Path, name: str, extracted: Sequence[Row]) -> str:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
        path = Path(folder) / "extracted.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in extracted), "utf-8")
        tool.score(gold, name, path, len(extracted))
    return printed.getvalue()


def _key(row: Row) -> tuple[str, str]:
    return row["evidence"][0]["document"], row["id"]
