"""Rules as data: one file a relation, validated, compiled once, indexed by the words that trigger them."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.expressions.needs import Needs, needs_of
from extractors.expressions.sieve import Marks, Sieve
from extractors.relations.patterns import compile_pattern, slot_classes
from extractors.relations.status import StatusCues
from extractors.relations.symbols import CLASSES, kinds_held, kinds_within
from ontology.errors import SchemaError
from ontology.schema import Model, load_ontology, parse_yaml

RULES = Path(__file__).resolve().parent.parent / "rules"
CONFIDENCE = RULES / "confidence.csv"
COLUMNS = ("rule", "firings", "right", "precision")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(_Strict):
    """A sentence with its names marked, and the facts it says: none for a counter-example."""

    text: str
    facts: tuple[str, ...]


class Rule(_Strict):
    """What every form of rule has.

    `words` is a regular expression for the words that trigger it, `unless_before` and `unless_after` for what must not
    stand beside the trigger, `status` what the words themselves say, `qualifiers` fixed values or `$X`, a group
    (`$X!` the group or nothing).
    """

    id: str
    words: str
    unless_before: str = ""
    unless_after: str = ""
    status: str = ""
    qualifiers: dict[str, str] = Field(default_factory=dict)
    confidence: float = 0.8
    examples: tuple[Example, ...] = Field(min_length=1)

    @field_validator("words", "unless_before", "unless_after")
    @classmethod
    def _expression(cls, text: str) -> str:
        re.compile(text)
        return text


AnyRule = TypeVar("AnyRule", bound=Rule)


class Frame(Rule):
    """A predicate word with its two roles; `forms` names the shapes of `rules/shared/forms.yml` it takes."""

    subject: str
    object: str
    forms: tuple[str, ...]
    tail: str = ""


class Idiom(Rule):
    """A pattern; `subject` and `object` name its groups, or `@event` and `@company` for what the discourse holds.

    `@opened` is the event that opened in the same sentence, `@issuer` the firm whose shares the subject holds,
    `@issuer!` only where the text ties it to the subject.
    """

    pattern: str
    subject: str = "S"
    object: str = "O"


class Noun(Idiom):
    """A noun with a slot: the fact is emitted and the phrase shrinks to the group `head`."""

    head: str


class Opening(_Strict):
    """An event that opens here and takes roles named later: `company` is whom it is about, `status` how it stands.

    `named` is an expression for the end of that name, `side` where it stands in the facts. Without a `company` somebody
    unnamed is told of, and the event so far ends; one that opens `anew` does so only where none is told.
    """

    id: str
    words: str
    pattern: str
    company: str = "O"
    status: str = ""
    named: str = ""
    side: Literal["subject", "object"] = "object"
    anew: bool = False
    examples: tuple[Example, ...] = ()


class Implied(_Strict):
    """What every fact of a file says besides: a relation between two of its slots, `S`, `O` and `T`."""

    relation: str
    subject: Literal["S", "O", "T"]
    object: Literal["S", "O", "T"]


class RelationRules(_Strict):
    """Rules of one relation; several files may tell it."""

    relation: str
    implies: tuple[Implied, ...] = ()
    frames: tuple[Frame, ...] = ()
    nouns: tuple[Noun, ...] = ()
    idioms: tuple[Idiom, ...] = ()
    openings: tuple[Opening, ...] = ()


class Forms(_Strict):
    """Shapes a frame can take: each a list of patterns with `{S}`, `{O}` and `{V}`."""

    forms: dict[str, tuple[str, ...]]


class Compiled:
    """A rule made ready: its relation, its patterns, its trigger."""

    __slots__ = ("implies", "needs", "patterns", "relation", "rule", "slots", "trigger")

    def __init__(
        self,
        relation: str,
        rule: Rule | Opening,
        patterns: Sequence[re.Pattern[str]],
        slots: Mapping[str, frozenset[str]],
        implies: tuple[Implied, ...] = (),
    ) -> None:
        self.relation, self.rule, self.patterns, self.slots = relation, rule, tuple(patterns), slots
        self.implies = implies
        self.trigger = re.compile(rule.words)
        first = needs_of(patterns[0].pattern) if len(patterns) == 1 else Needs()
        self.needs = needs_of(rule.words) + first

    def takes(self, slot: str, kind: str) -> bool:
        """Whether a slot takes symbols of a kind; one for dropped subjects alone takes whatever they stand for."""
        classes = self.slots.get(slot, frozenset())
        return classes == {"empty"} or any(kind in CLASSES[name] for name in classes)


class RuleSet(Protocol):
    """Rules in their order, found by the words of a line."""

    def sift(self, text: str) -> list[Compiled]:
        """The rules a line may call."""


def rule_set(*forms: Sequence[Compiled]) -> Sieve[Compiled]:
    """Rules of one or more forms in their order, found by the words of a line."""
    return Sieve(((compiled, compiled.needs) for form in forms for compiled in form), Marks(kinds_held, kinds_within))


class RuleBook:
    """All rules, by form, and the cues they share."""

    def __init__(self, files: Sequence[RelationRules], forms: Forms, cues: StatusCues) -> None:
        self.files, self.cues = tuple(files), cues
        frames = [_compile_frame(f, rule, forms) for f in files for rule in f.frames]
        nouns = [_compile(f, rule) for f in files for rule in f.nouns]
        idioms = [_compile(f, rule) for f in files for rule in f.idioms]
        self.nouns, self.asides, self.clauses = rule_set(nouns), rule_set(nouns, idioms), rule_set(idioms, frames)
        self.openings = rule_set([_compile(f, rule) for f in files for rule in f.openings])


def _compile(file: RelationRules, rule: Idiom | Opening) -> Compiled:
    patterns = [_pattern(rule.id, rule.pattern)]
    return Compiled(file.relation, rule, patterns, slot_classes(rule.pattern), file.implies)


def _pattern(rule: str, text: str) -> re.Pattern[str]:
    try:
        return compile_pattern(text)
    except ValueError as error:
        raise SchemaError(f"{error} in {text!r}", rule, "extractors/relations/patterns.py tells the language") from None


def _compile_frame(file: RelationRules, rule: Frame, forms: Forms) -> Compiled:
    patterns = []
    for name in rule.forms:
        if name not in forms.forms:
            raise SchemaError(f"unknown form {name!r}", rule.id, "forms are " + ", ".join(forms.forms))
        for shape in forms.forms[name]:
            text = shape.replace("{S}", f"{{S:{rule.subject}}}").replace("{S?}", f"{{S:{rule.subject}?}}")
            text = text.replace("{O}", f"{{O:{rule.object}}}").replace("{O?}", f"{{O:{rule.object}?}}")
            patterns.append(_pattern(rule.id, text.replace("{V}", guarded(rule)) + rule.tail))
    slots = {"S": frozenset(rule.subject.split("|")), "O": frozenset(rule.object.split("|"))}
    return Compiled(file.relation, rule, patterns, slots, file.implies)


def guarded(rule: Rule) -> str:
    """The trigger as a group, with what must not stand beside it."""
    before = "".join(f"(?<!{word})" for word in rule.unless_before.split("|") if word)
    after = f"(?!{rule.unless_after})" if rule.unless_after else ""
    return f"(?P<V>{before}(?:{rule.words}){after})"


@functools.cache
def load_rules(folders: tuple[Path, ...] = ()) -> RuleBook:
    """The packaged rules and those of `folders`; a later folder's file replaces the one of the same name.

    A folder may have a folder `shared` with forms and cues of its own. The confidence of a packaged rule is what was
    measured of it. Raises SchemaError naming file, place, value and remedy.
    """
    files = {name: _measured(rules) for name, rules in packaged_rules().items()}
    for folder in folders:
        files |= _read_folder(folder)
    forms, cues = _shared(Forms, "forms.yml", folders), _shared(StatusCues, "status.yml", folders)
    return RuleBook([rules for _, rules in sorted(files.items())], forms, cues)


def _shared(model: type[Model], name: str, folders: tuple[Path, ...]) -> Model:
    """The last file of this name among the shared ones."""
    paths = [folder / "shared" / name for folder in (RULES, *folders)]
    return parse_yaml(model, [path for path in paths if path.exists()][-1].read_text(encoding="utf-8"), name)


def packaged_rules() -> dict[str, RelationRules]:
    """The packaged rules by file name as they are written, with the confidence they state."""
    return _read_folder(RULES / "relations")


def _measured(rules: RelationRules) -> RelationRules:
    return rules.model_copy(
        update={form: tuple(map(measured, getattr(rules, form))) for form in ("frames", "nouns", "idioms")}
    )


def measured(rule: AnyRule) -> AnyRule:
    """The rule with the precision measured for it as confidence; unchanged where it never fired."""
    return rule.model_copy(update={"confidence": precisions().get(rule.id, rule.confidence)})


@functools.cache
def precisions(path: Path = CONFIDENCE) -> dict[str, float]:
    """Smoothed precision of each rule by its id, measured over annotated text; raises SchemaError."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        try:
            return {row["rule"]: float(row["precision"]) for row in csv.DictReader(file)}
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(f"wrong row: {error}", path.name, "columns are " + ", ".join(COLUMNS)) from error


def _read_folder(folder: Path) -> dict[str, RelationRules]:
    return {path.name: _read(path) for path in sorted(folder.glob("*.yml"))}


def _read(path: Path) -> RelationRules:
    rules = parse_yaml(RelationRules, path.read_text(encoding="utf-8"), path.name)
    for name in (rules.relation, *(implied.relation for implied in rules.implies)):
        if name not in load_ontology().relations:
            raise SchemaError(f"unknown relation {name!r}", path.name, "see kg ref for the known ones")
    return rules
