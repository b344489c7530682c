"""What takes long to make and follows from its inputs alone, kept in the user's cache folder from run to run.

A file is written whole, under a name of its own, and then renamed, so that several processes may make the same one.
One that is broken, another user's or open to others to write is not read; without a folder to write to, what it would
hold is made anew. Values are plain ones that `marshal` knows, so that nothing in a file is ever run.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import marshal
import mmap
import os
import stat
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from platformdirs import user_cache_dir

APPLICATION = "yanbao-kg"
SWITCH = "KG_CACHE"
_MARK = b"yanbao-kg kept 1\n"
_HEAD = len(_MARK) + 8
_COPIES = 4
Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


class Kept:
    """Values by key, each decoded when it is asked for."""

    def __init__(self, index: dict[Any, tuple[int, int]], data: Any) -> None:
        self._index, self._data = index, data

    def __contains__(self, key: object) -> bool:
        return key in self._index

    def __len__(self) -> int:
        return len(self._index)

    def get(self, key: object) -> Any:
        """The value of a key, or None."""
        place = self._index.get(key)
        return marshal.loads(self._data[place[0] : place[0] + place[1]]) if place else None

    def packed(self) -> Iterable[tuple[Any, bytes]]:
        """Every key with its value as it stands in the file."""
        return ((key, bytes(self._data[at : at + size])) for key, (at, size) in self._index.items())


def keep(name: str, key: str, make: Callable[[], Iterable[tuple[Any, Any]]]) -> Kept:
    """What was kept under a name for exactly this key; made, and kept from now on, where nothing is."""
    path = _path(name, key)
    found = _load(path) if path else None
    if found is not None:
        return found
    body = _body((key, marshal.dumps(value)) for key, value in make())
    if path:
        _store(path, body)
    return (_load(path) if path else None) or Kept(*_parts(memoryview(body)))


def held(values: Iterable[tuple[Any, Any]]) -> Kept:
    """The same without a file."""
    return Kept(*_parts(memoryview(_body((key, marshal.dumps(value)) for key, value in values))))


def cache_folder() -> Path:
    """The cache folder of this program."""
    return Path(user_cache_dir(APPLICATION))


def digest(*parts: str | bytes) -> str:
    """A short hash of some parts, in their order."""
    sizes = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        sizes.update(b"%d:" % len(data) + data)
    return sizes.hexdigest()


class Memo:
    """Values of pure functions, each under a key that tells function, version and arguments."""

    _MOST = 20_000

    def __init__(self, name: str) -> None:
        self._name = name
        self._new: dict[str, bytes] = {}

    @functools.cached_property
    def _kept(self) -> Kept:
        path = _path(self._name, "")
        atexit.register(self.save)
        return (_load(path) if path else None) or Kept({}, b"")

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """The value of a key; what `marshal` does not know is made each time."""
        found = self._kept.get(key)
        if found is None and key in self._new:
            found = marshal.loads(self._new[key])
        if found is not None:
            return found[0]
        value = make()
        with contextlib.suppress(ValueError):
            self._new[key] = marshal.dumps((value,))
        return value

    def save(self) -> None:
        """Keep what is new, together with what other processes have kept meanwhile."""
        path = _path(self._name, "") if self._new else None
        if path is None:
            return
        known = _load(path)
        before = dict(known.packed()) if known and len(known) + len(self._new) <= self._MOST else {}
        _store(path, _body((before | self._new).items()))
        self.__dict__.pop("_kept", None)
        self._new = {} if _load(path) else self._new


MEMO = Memo("memo")


def _path(name: str, key: str) -> Path | None:
    """The file for a name and key; None where there is no folder of one's own to keep it in."""
    folder = cache_folder() if os.environ.get(SWITCH, "1") != "0" else None
    if folder is None or not folder.is_absolute():
        return None
    return folder / "kept" / f"{name}-{digest(key, sys.version, str(sys.implementation.cache_tag))}.kept"


def _load(path: Path) -> Kept | None:
    """What a file holds; None where it is not there, not whole or not only one's own to write."""
    try:
        with path.open("rb") as file:
            if not _trusted(os.fstat(file.fileno())):
                return None
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[: len(_MARK)] != _MARK or zlib.crc32(memoryview(data)[_HEAD - 4 :]) != _number(data, len(_MARK)):
            return None
        return Kept(*_parts(memoryview(data)))
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _trusted(status: os.stat_result) -> bool:
    if not stat.S_ISREG(status.st_mode):
        return False
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _number(data: Any, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _parts(body: memoryview) -> tuple[dict[Any, tuple[int, int]], memoryview]:
    size = _number(body, _HEAD - 4)
    return marshal.loads(body[_HEAD : _HEAD + size]), body[_HEAD + size :]


def _body(values: Iterable[tuple[Any, bytes]]) -> bytes:
    """A whole file: mark, checksum of the rest, length of the index, index, values."""
    index: dict[Any, tuple[int, int]] = {}
    parts: list[bytes] = []
    at = 0
    for key, value in values:
        index[key] = at, len(value)
        parts.append(value)
        at += len(value)
    table = marshal.dumps(index)
    rest = b"".join([len(table).to_bytes(4, "little"), table, *parts])
    return _MARK + zlib.crc32(rest).to_bytes(4, "little") + rest


def _store(path: Path, body: bytes) -> None:
    """Write a file beside its place and move it there; nothing where that cannot be."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        _forget(path)


def _forget(path: Path) -> None:
    """Remove all but the last few files of a name, and what was left half written an hour ago."""
    name = path.name.rpartition("-")[0]
    ages = {other: other.stat().st_mtime for other in path.parent.iterdir()}
    kept = sorted((p for p in ages if p.name.startswith(f"{name}-")), key=ages.__getitem__, reverse=True)
    left = [p for p in ages if p.suffix == ".new" and ages[p] < time.time() - 3600]
    for other in (*kept[_COPIES:], *left):
        other.unlink(missing_ok=True)


def memo(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """A pure function of strings and numbers whose values are kept; its module's code is part of the key."""
    source = Path(sys.modules[function.__module__].__file__ or "").read_bytes()
    version = digest(function.__qualname__, source)

    @functools.wraps(function)
    def remembered(*arguments: Arguments.args, **named: Arguments.kwargs) -> Value:
        key = digest(version, repr(arguments), repr(named))
        value: Value = MEMO.get(key, lambda: function(*arguments, **named))
        return value

    return remembered
