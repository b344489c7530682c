"""The types of the graph, read from one YAML file each; the code only interprets them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ontology.errors import SchemaError
from ontology.kept import memo

if TYPE_CHECKING:
    from importlib.abc import Traversable

QUALIFIERS = frozenset(
    {
        "status",
        "attribution",
        "amount",
        "currency",
        "amount_op",
        "percent",
        "shares",
        "price",
        "date",
        "date_basis",
        "round",
        "lead",
        "title",
        "former",
        "target",
        "topic",
        "rating",
        "product",
        "kind",
    }
)
DEAL_KINDS = frozenset(
    {
        "investment",
        "acquisition",
        "stake_transfer",
        "stake_increase",
        "stake_reduction",
        "contract",
        "bid",
        "listing",
        "loan_or_guarantee",
        "litigation",
    }
)


class SchemaPart(BaseModel):
    """Immutable part of the ontology that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EntityType(SchemaPart):
    """A type of node; `labels` are those its nodes carry, the type itself included."""

    name: str
    label_zh: str
    description: str
    description_zh: str
    labels: tuple[str, ...]
    properties: tuple[str, ...] = ()
    colour: str = Field("", pattern=r"^(#[0-9A-Fa-f]{6})?$")


class Roles(SchemaPart):
    """What the ends of a relation are called as parties of its deal."""

    subject: str
    object: str


class RelationType(SchemaPart):
    """A type of edge.

    `pending` names the form for what is not done, `done` its reverse; `distinguishing` lists the qualifiers
    that tell two edges between the same ends apart.
    """

    name: str
    label_zh: str
    description: str
    description_zh: str
    subject: tuple[str, ...] = Field(min_length=1)
    object: tuple[str, ...] = Field(min_length=1)
    symmetric: bool = False
    pending: str | None = None
    done: str | None = None
    distinguishing: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    deal: str | None = None
    roles: Roles | None = None


class Ontology(SchemaPart):
    """All types by name."""

    entities: Mapping[str, EntityType]
    relations: Mapping[str, RelationType]


Model = TypeVar("Model", bound=BaseModel)
Part = TypeVar("Part", EntityType, RelationType)


@cache
def load_ontology() -> Ontology:
    """The packaged ontology and the user's own types; raises SchemaError where a file is wrong."""
    return read_ontology(files("ontology").joinpath("schema"), *own_schemas())


def own_schemas() -> list[Path]:
    """The folders with types of the user's own that `KG_ONTOLOGY` names, in the notation of `PATH`.

    Raises SchemaError where one is missing.
    """
    folders = [Path(name) for name in os.environ.get("KG_ONTOLOGY", "").split(os.pathsep) if name]
    for folder in folders:
        if not folder.is_dir():
            raise SchemaError("no folder of types", str(folder), "correct KG_ONTOLOGY")
    return folders


def read_ontology(*folders: Traversable) -> Ontology:
    """The ontology of folders with `entities/*.yml` and `relations/*.yml`, where a later type replaces one of its name.

    Raises SchemaError.
    """
    entities: dict[str, EntityType] = {}
    relations: dict[str, RelationType] = {}
    for folder in folders:
        entities |= _read_types(folder.joinpath("entities"), EntityType)
        relations |= _read_types(folder.joinpath("relations"), RelationType)
    ontology = Ontology(entities=dict(sorted(entities.items())), relations=dict(sorted(relations.items())))
    for problem in problems(ontology):
        raise problem
    return ontology


def parse_yaml(model: type[Model], text: str, where: str) -> Model:
    """A YAML mapping as `model`; raises SchemaError saying file, key, value and remedy."""
    try:
        return model.model_validate(load_yaml(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        raise SchemaError("broken YAML", place, "check indentation, colons and quotes") from None
    except ValidationError as error:
        raise _schema_error(model, error.errors()[0], where) from None


@memo
def load_yaml(text: str) -> Any:
    """What a YAML text says; raises yaml.YAMLError."""
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return yaml.safe_load(text)  # which tells the place of an error better


def snake_case(name: str) -> str:
    """`TypeName` and `EDGE_TYPE` as they stand in file names."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def problems(ontology: Ontology) -> Iterator[SchemaError]:
    """What does not fit together across files, one error each."""
    for entity in ontology.entities.values():
        where = f"entities/{snake_case(entity.name)}.yml"
        yield from _unknown("labels", entity.labels, ontology.entities, where)
        if entity.name not in entity.labels:
            yield SchemaError(f"labels without {entity.name}", where, "add the type itself")
    for relation in ontology.relations.values():
        yield from _relation_problems(relation, ontology)


def _read_types(folder: Traversable, model: type[Part]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    if not folder.is_dir():
        return found
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yml"):
            continue
        where = f"{folder.name}/{file.name}"
        part = parse_yaml(model, file.read_text(encoding="utf-8"), where)
        expected = f"{snake_case(part.name)}.yml"
        if file.name != expected:
            raise SchemaError(f"name: {part.name} in another type's file", where, f"rename the file to {expected}")
        found[part.name] = part
    return found


def _schema_error(model: type[BaseModel], error: Mapping[str, Any], where: str) -> SchemaError:
    key = ".".join(map(str, error["loc"])) or "content"
    if error["type"] == "extra_forbidden":
        return SchemaError(f"unknown key {key!r}", where, f"known keys: {', '.join(model.model_fields)}")
    if error["type"] == "missing":
        return SchemaError(f"missing key {key!r}", where, f"add a line '{key}: …'")
    return SchemaError(f"{key}: {error['input']!r}", where, error["msg"])


def _relation_problems(relation: RelationType, ontology: Ontology) -> Iterator[SchemaError]:
    where = f"relations/{snake_case(relation.name)}.yml"
    yield from _unknown("subject", relation.subject, ontology.entities, where)
    yield from _unknown("object", relation.object, ontology.entities, where)
    yield from _unknown("qualifiers", relation.qualifiers, QUALIFIERS, where)
    yield from _unknown("distinguishing", relation.distinguishing, relation.qualifiers, where)
    if relation.deal:
        yield from _unknown("deal", (relation.deal,), DEAL_KINDS, where)
    if bool(relation.deal) != bool(relation.roles):
        yield SchemaError("deal and roles apart", where, "give both or neither")
    yield from _pair_problems(relation, ontology, where)


def _pair_problems(relation: RelationType, ontology: Ontology, where: str) -> Iterator[SchemaError]:
    for key, back in (("pending", "done"), ("done", "pending")):
        other = getattr(relation, key)
        if other is None:
            continue
        if other not in ontology.relations:
            yield SchemaError(f"{key}: {other!r} is no relation", where, "name an existing relation")
        elif getattr(ontology.relations[other], back) != relation.name:
            remedy = f"add '{back}: {relation.name}' to {snake_case(other)}.yml"
            yield SchemaError(f"{key}: {other} does not point back", where, remedy)


def _unknown(
    key: str, values: tuple[str, ...], known: Mapping[str, object] | frozenset[str] | tuple[str, ...], where: str
) -> Iterator[SchemaError]:
    for value in values:
        if value not in known:
            yield SchemaError(f"{key}: unknown value {value!r}", where, f"known: {', '.join(sorted(known))}")
