"""JSON Lines: one line `{"id", "text"}`, optionally with title, date, publisher and url, is one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extractors.expressions import ready as re
from extractors.read.decode import decode
from extractors.read.front_page import find_date, find_publisher, parse_date
from ontology.errors import InputError
from ontology.records import Document

EXAMPLE = 'write {"id": "…", "text": "…"}'
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text; raises ValueError for half a surrogate pair, which JSON can write and no text can hold."""
    if HALF_CHARACTER.search(text):
        raise ValueError("half a surrogate pair; cut the text between characters")
    return text


Text = Annotated[str, AfterValidator(whole)]
Optional = Annotated[Text, BeforeValidator(lambda value: "" if value is None else value)]
Filled = Annotated[Text, Field(pattern=r"\S")]


class Line(BaseModel):
    """One line of input; keys it does not know are somebody else's and pass."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: Filled
    text: Filled
    title: Optional = ""
    date: Annotated[Optional, BeforeValidator(lambda value: parse_date(str(value)) if value else "")] = ""
    publisher: Optional = ""
    url: Optional = ""


def read_lines(stream: BinaryIO, source: str) -> Iterator[Document | InputError]:
    """The documents of a stream in order, and an error in the place of each line that is none."""
    first_seen: dict[str, int] = {}
    number = 0
    for number, data in enumerate(stream, 1):
        if not data.strip():
            continue
        try:
            document = _document(_line(data.rstrip(), f"{source}:{number}"), source)
            yield _refuse_double(document, first_seen, source, number)
        except InputError as error:
            yield error
    if not number:
        yield InputError("nothing in it", source, EXAMPLE)


def _refuse_double(document: Document, first_seen: dict[str, int], source: str, number: int) -> Document:
    line = first_seen.setdefault(document.id, number)
    if line != number:
        raise InputError(f"id {document.id!r} again", f"{source}:{number}", f"it stands in line {line}; rename one")
    return document


def _line(data: bytes, where: str) -> Line:
    text = decode(data, where)
    try:
        return Line.model_validate(_object(text, where))
    except ValidationError as error:
        raise _line_error(error.errors()[0], where) from None


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON: {error.msg}", f"{where}, column {error.colno}", EXAMPLE) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"unreadable JSON: {error}", where, EXAMPLE) from None
    if not isinstance(value, dict):
        raise InputError(f"a {type(value).__name__} instead of an object", where, EXAMPLE)
    return value


def _line_error(error: Any, where: str) -> InputError:
    key = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return InputError(f"no {key!r}", where, EXAMPLE)
    shown = repr(error["input"])[:40]
    return InputError(f"{key}: {shown}", where, error["msg"].removeprefix("Value error, "))


def _document(line: Line, source: str) -> Document:
    return Document(
        id=line.id,
        text=f"{line.title}\n{line.text}" if line.title else line.text,
        source=line.url or source,
        title=line.title,
        publisher=line.publisher or find_publisher(line.text),
        date=line.date or find_date(line.text),
    )
