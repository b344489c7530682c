"""The jars of known releases with their hashes, so that nothing has to be resolved and nothing can be slipped in.

`python -m kg.neo4j.locked VERSION` resolves a release and prints its lock, to be kept as `locks/VERSION.txt`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True)
class LockedJar:
    """Maven coordinates and the SHA-256 of the file."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def line(self) -> str:
        """The jar as it stands in a lock."""
        return f"{self.group}:{self.artifact}:{self.version}:{self.classifier} {self.sha256}"


def locked_jars(version: str) -> list[LockedJar]:
    """The lock of a release in the order of its class path; empty for a release without one."""
    lock = files("kg.neo4j").joinpath("locks").joinpath(f"{version}.txt")
    return [parse_line(line) for line in lock.read_text(encoding="utf-8").splitlines()] if lock.is_file() else []


def parse_line(line: str) -> LockedJar:
    """A jar from its line `group:artifact:version:classifier sha256`."""
    coordinates, _, sha256 = line.partition(" ")
    group, artifact, version, classifier = coordinates.split(":")
    return LockedJar(group, artifact, version, classifier, sha256)


def lock_files(jars: Iterable[Path], repository: Path) -> Iterator[LockedJar]:
    """Lock the jars of a local Maven repository."""
    for jar in jars:
        *group, artifact, version, name = jar.relative_to(repository).parts
        classifier = name.removeprefix(f"{artifact}-{version}").removesuffix(".jar").removeprefix("-")
        yield LockedJar(".".join(group), artifact, version, classifier, sha256_of(jar))


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file as hex digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(version: str) -> None:
    """Print the lock of a release."""
    from kg.neo4j.home import cache_folder
    from kg.neo4j.jars import maven_folder, resolve
    from kg.neo4j.releases import release

    cache = cache_folder()
    jars = resolve(release(version), cache, "", lambda step: None)
    print(*(jar.line for jar in lock_files(jars, maven_folder(cache))), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
