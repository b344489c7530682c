"""When to refresh: folders are watched, and what happens close together counts as one change."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from threading import Event
from types import FrameType

from watchfiles import Change, watch

from extractors.read.sources import READERS
from ontology.errors import InputError

DEBOUNCE = 1600  # milliseconds in which changes are gathered
TICK = 500  # milliseconds after which silence is reported


def moments(folders: Sequence[str], stop: Event, poll: bool = False) -> Iterator[None]:
    """Yield once when everything is watched, and after every change, until `stop` is set; raises InputError.

    `poll` looks at the files again and again, for places that do not tell of changes.
    """
    for folder in folders:
        if not Path(folder).is_dir():
            raise InputError("no such folder", folder, "name a folder that is there")
    roots = [Path(folder).resolve() for folder in folders]
    told = watch(
        *roots,
        watch_filter=lambda change, path: matters(path, roots),
        debounce=DEBOUNCE,
        rust_timeout=TICK,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=poll or None,
    )
    yield from when(told)


def when(told: Iterator[set[tuple[Change, str]]]) -> Iterator[None]:
    """Yield for the first report and for those that tell of a change."""
    for number, changes in enumerate(told):
        if number == 0 or changes:
            yield


def matters(path: str, roots: Sequence[Path]) -> bool:
    """Whether a path may be a report or a folder of reports, and is not hidden."""
    inside = next((PurePath(path).relative_to(root) for root in roots if PurePath(path).is_relative_to(root)), None)
    hidden = inside is None or any(part.startswith(".") for part in inside.parts)
    return not hidden and PurePath(path).suffix.lower() in {"", *READERS}


@contextmanager
def until_interrupted() -> Iterator[Event]:
    """An event that the first SIGINT or SIGTERM sets, so that what is being written is finished; a second one kills."""
    stop = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        restore()
