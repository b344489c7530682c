"""One hash over everything that decides what is read: code, rules and lists."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from ontology.schema import own_schemas

_ROOTS = (Path(__file__).resolve().parent, Path(__file__).resolve().parent.parent / "ontology")


@functools.cache
def fingerprint(folders: tuple[Path, ...] = ()) -> str:
    """Hash of the reading code, types, rules and lists, those of the user's own `folders` among them."""
    digest = hashlib.sha256()
    for root in (*_ROOTS, *own_schemas(), *folders):
        for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".yml", ".csv")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
