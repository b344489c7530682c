"""Rules as data: one file a relation, validated, compiled once, indexed by the words that trigger them."""

from __future__ import annotations

import csv
import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.expressions import ready as re
from extractors.expressions.compiled import compiled
from extractors.expressions.needs import Needs, needs_of
from extractors.expressions.sieve import Marks, Row, Sieve, Sifted, sifted
from extractors.fingerprint import fingerprint, parts_of
from extractors.relations.patterns import compile_pattern, slot_classes
from extractors.relations.status import StatusCues
from extractors.relations.symbols import CLASSES, kinds_held, kinds_within
from ontology.errors import SchemaError
from ontology.kept import Kept, digest, held, keep
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


# A rule as it is kept: form, fields, relation, expressions, classes of its slots, what it implies.
_Told = tuple[str, dict[str, Any], str, tuple[str, ...], dict[str, tuple[str, ...]], tuple[tuple[str, str, str], ...]]
_FORMS: dict[str, type[Rule | Opening]] = {"frames": Frame, "nouns": Noun, "idioms": Idiom, "openings": Opening}
_IMPLIED = tuple(Implied.model_fields)


class Compiled:
    """A rule made ready when it is first tried: its relation, its patterns, its trigger.

    `rule` is the rule as it is written, without its examples, `mark` the hash of all by which it reads.
    """

    __slots__ = ("_tell", "implies", "mark", "patterns", "relation", "rule", "slots", "trigger")

    relation: str
    rule: Rule | Opening
    patterns: tuple[re.Pattern[str], ...]
    slots: Mapping[str, frozenset[str]]
    implies: tuple[Implied, ...]
    trigger: re.Pattern[str]
    mark: str

    def __init__(self, tell: Callable[[], _Told]) -> None:
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        if name not in self.__slots__ or name == "_tell":
            raise AttributeError(name)
        told = form, fields, relation, expressions, slots, implies = self._tell()
        if name == "patterns":
            self.patterns = tuple(map(compiled, expressions))
        elif name == "trigger":
            self.trigger = compiled(fields["words"])
        elif name == "mark":
            self.mark = digest(repr(told))
        else:
            self.relation, self.rule = relation, _FORMS[form].model_construct(None, **fields)
            self.slots = {slot: frozenset(classes) for slot, classes in slots.items()}
            ends = (dict(zip(_IMPLIED, names, strict=True)) for names in implies)
            self.implies = tuple(Implied.model_construct(None, **named) for named in ends)
        return getattr(self, name)

    def takes(self, slot: str, kind: str) -> bool:
        """Whether a slot takes symbols of a kind; one for dropped subjects alone takes whatever they stand for."""
        classes = self.slots.get(slot, frozenset())
        return classes == {"empty"} or any(kind in CLASSES[name] for name in classes)


_MARKS = Marks(kinds_held, kinds_within)


class RuleSet(Protocol):
    """Rules in their order, found by the words of a line."""

    def sift(self, text: str) -> list[Compiled]:
        """The rules a line may call."""


class RuleBook:
    """All rules, by form, and the cues they share; `ids` are those of all rules that read facts."""

    def __init__(self, files: Sequence[RelationRules], forms: Forms, cues: StatusCues) -> None:
        self._set(held(_records(files, forms)), cues, lambda: tuple(files))

    @classmethod
    def of(cls, kept: Kept, cues: StatusCues, files: Callable[[], tuple[RelationRules, ...]]) -> RuleBook:
        """The book of rules as they are kept; `files` reads them as they are written."""
        book = cls.__new__(cls)
        book._set(kept, cues, files)
        return book

    def _set(self, kept: Kept, cues: StatusCues, files: Callable[[], tuple[RelationRules, ...]]) -> None:
        self.cues, self._files = cues, files
        rows: dict[str, list[Row[Compiled]]] = {form: [] for form in _FORMS}
        found = kept.get(_NEEDED)
        self.ids = frozenset(name for form, name, _ in found if form != "openings")
        for number, (form, _, needed) in enumerate(found):
            rows[form].append(Row(Compiled(functools.partial(kept.get, number)), needed))
        self._rows = rows

    def _of(self, *forms: str) -> Sieve[Compiled]:
        return Sieve.of((row for form in forms for row in self._rows[form]), _MARKS)

    @functools.cached_property
    def nouns(self) -> Sieve[Compiled]:
        """Nouns with a slot."""
        return self._of("nouns")

    @functools.cached_property
    def asides(self) -> Sieve[Compiled]:
        """What is tried in brackets."""
        return self._of("nouns", "idioms")

    @functools.cached_property
    def clauses(self) -> Sieve[Compiled]:
        """What is tried in clauses."""
        return self._of("idioms", "frames")

    @functools.cached_property
    def openings(self) -> Sieve[Compiled]:
        """Events whose roles are named later."""
        return self._of("openings")

    @functools.cached_property
    def files(self) -> tuple[RelationRules, ...]:
        """The rules as they are written, file by file."""
        return self._files()


_NEEDED = "needed"


def _records(files: Sequence[RelationRules], forms: Forms) -> Iterator[tuple[Any, Any]]:
    """Rules as they are kept: what each needs, and by its number what it tells."""
    needed: list[tuple[str, str, Sifted]] = []
    for form in _FORMS:
        for file in files:
            for rule in getattr(file, form):
                told = _told(file, form, rule, forms)
                expressions = told[3]
                needs = needs_of(rule.words) + (needs_of(expressions[0]) if len(expressions) == 1 else Needs())
                yield len(needed), told
                needed.append((form, rule.id, sifted(needs, _MARKS)))
    yield _NEEDED, needed


def _told(file: RelationRules, form: str, rule: Rule | Opening, forms: Forms) -> _Told:
    fields = rule.model_dump(exclude={"examples"}) | {"examples": ()}
    if isinstance(rule, Frame):
        patterns = list(_frame_patterns(rule, forms))
        slots = {"S": tuple(rule.subject.split("|")), "O": tuple(rule.object.split("|"))}
    else:
        assert isinstance(rule, (Idiom, Opening))
        patterns = [rule.pattern]
        slots = {slot: tuple(sorted(classes)) for slot, classes in slot_classes(rule.pattern).items()}
    expressions = tuple(_pattern(rule.id, pattern).pattern for pattern in patterns)
    implied = tuple((i.relation, i.subject, i.object) for i in file.implies)
    return form, fields, file.relation, expressions, slots, implied


def _pattern(rule: str, text: str) -> re.Pattern[str]:
    try:
        return compile_pattern(text)
    except ValueError as error:
        raise SchemaError(f"{error} in {text!r}", rule, "extractors/relations/patterns.py tells the language") from None


def _frame_patterns(rule: Frame, forms: Forms) -> Iterator[str]:
    for name in rule.forms:
        if name not in forms.forms:
            raise SchemaError(f"unknown form {name!r}", rule.id, "forms are " + ", ".join(forms.forms))
        for shape in forms.forms[name]:
            text = shape.replace("{S}", f"{{S:{rule.subject}}}").replace("{S?}", f"{{S:{rule.subject}?}}")
            text = text.replace("{O}", f"{{O:{rule.object}}}").replace("{O?}", f"{{O:{rule.object}?}}")
            yield text.replace("{V}", guarded(rule)) + rule.tail


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
    cues = _shared(StatusCues, "status.yml", folders)
    key = digest(*parts_of(fingerprint(folders))[:2], os.environ.get("KG_ONTOLOGY", ""))
    kept = keep("rules", key, lambda: _records(_files(folders), _shared(Forms, "forms.yml", folders)))
    return RuleBook.of(kept, cues, lambda: _files(folders))


def _files(folders: tuple[Path, ...]) -> tuple[RelationRules, ...]:
    files = {name: _measured(rules) for name, rules in packaged_rules().items()}
    for folder in folders:
        files |= _read_folder(folder)
    return tuple(rules for _, rules in sorted(files.items()))


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
