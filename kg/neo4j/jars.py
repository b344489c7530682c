"""The jars of a Neo4j release: resolved by jgo, kept in the user's cache folder."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.neo4j.extra import server_extra
from kg.neo4j.locked import LockedJar, locked_jars, sha256_of
from kg.neo4j.releases import Release
from ontology.errors import ServerError

DOWNLOADS = 16
PAUSES = (1.0, 4.0)
"""Seconds to wait before a connection that broke is tried again."""
ENTRY_POINT = "META-INF/services/org.neo4j.server.startup.EntryPoint"

Say = Callable[[str], None]


def fetch_jars(release: Release, cache: Path, repository: str, say: Say) -> list[Path]:
    """The class path of a release; asks the Maven repository only for what the cache lacks.

    `repository` is a URL that takes the place of jgo's default; empty for that default and jgo's own settings.
    Raises ServerError where the extra is missing or the repository does not deliver.
    """
    listing = cache / "classpath" / f"{release.version}.txt"
    jars = _listed(listing)
    if not jars:
        jars = _fetch(release, cache, repository, say)
        listing.parent.mkdir(parents=True, exist_ok=True)
        listing.write_text("\n".join(map(str, jars)), encoding="utf-8")
    return jars


def main_class(jars: list[Path], release: Release) -> str:
    """The class that starts the server, as its own jar names it; raises ServerError where the jar is broken."""
    jar = next(path for path in jars if path.name == f"neo4j-{release.version}.jar")
    try:
        with zipfile.ZipFile(jar) as archive:
            return archive.read(ENTRY_POINT).decode().strip()
    except (KeyError, OSError, zipfile.BadZipFile):
        raise ServerError("no entry point in the server's jar", str(jar), "remove that file and start again") from None


def _listed(listing: Path) -> list[Path]:
    if not listing.exists():
        return []
    jars = [Path(line) for line in listing.read_text(encoding="utf-8").splitlines()]
    return jars if all(jar.exists() for jar in jars) else []


def maven_folder(cache: Path) -> Path:
    """The local Maven repository in the cache."""
    return cache / "maven"


def resolve(release: Release, cache: Path, repository: str, say: Say) -> list[Path]:
    """Let Maven's rules say which jars a release needs, and fetch them; raises whatever jgo raises."""
    maven = _maven(cache, repository, say)
    coordinate = server_extra("jgo.parse").Coordinate
    wanted = [maven.create_dependency(coordinate(*names, scope="compile")) for names in release.coordinates]
    inputs, transitive = maven.resolver.resolve(wanted)
    needed = [found.artifact for found in (*inputs, *transitive) if found.scope in ("compile", "runtime")]
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        return list(pool.map(_download, needed))


def _fetch(release: Release, cache: Path, repository: str, say: Say) -> list[Path]:
    locked = locked_jars(release.version)
    try:
        return _fetch_locked(locked, cache, repository, say) if locked else resolve(release, cache, repository, say)
    except ServerError:
        raise
    except Exception as error:  # jgo raises whatever its parts raise: requests, XML, OS
        reason = cause(error)
        remedy = f"name another Maven repository with --maven-repository URL, or remove {cache} and try again"
        raise ServerError(
            f"the jars of Neo4j {release.version} cannot be fetched: {reason:.160}", remedy=remedy
        ) from None


def cause(error: Exception) -> str:
    """What was wrong in one line: of a request that was tried again and again, what stopped it."""
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    _, found, inner = said.rpartition("Caused by ")
    return inner.removesuffix(")") if found else said


def _fetch_locked(locked: list[LockedJar], cache: Path, repository: str, say: Say) -> list[Path]:
    maven = _maven(cache, repository, say)

    def fetch(jar: LockedJar) -> Path:
        path = _download(maven.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier))
        if sha256_of(path) != jar.sha256:
            path.unlink()
            raise ServerError(
                "a fetched jar is not the one that was locked", path.name, "name another Maven repository"
            )
        return path

    with ThreadPoolExecutor(DOWNLOADS) as pool:
        return list(pool.map(fetch, locked))


def _maven(cache: Path, repository: str, say: Say) -> Any:
    maven, settings = server_extra("jgo.maven"), server_extra("jgo.config").GlobalSettings.load()
    central = server_extra("jgo.constants").MAVEN_CENTRAL_URL
    return maven.MavenContext(
        repo_cache=maven_folder(cache),
        remote_repos={"named": repository} if repository else {"central": central, **settings.repositories},
        resolver=maven.PythonResolver(progress_callback=_announcer(say)),
        timeout=60,
    )


def _download(artifact: Any) -> Path:
    path = _resolved(artifact)
    if not zipfile.is_zipfile(path):  # left by a download that was cut
        os.unlink(path)
        path = _resolved(artifact)
    return path


def _resolved(artifact: Any) -> Path:
    """The file of an artifact; a connection that breaks is tried again after each of `PAUSES`."""
    errors = server_extra("requests").exceptions
    for pause in PAUSES:
        try:
            return Path(artifact.resolve())
        except (errors.ConnectionError, errors.ChunkedEncodingError, errors.Timeout):
            time.sleep(pause)
    return Path(artifact.resolve())


def _announcer(say: Say) -> Callable[[str, int], Any]:
    @contextmanager
    def announce(filename: str, size: int) -> Iterator[Callable[[int], None]]:
        say(f"fetching {filename} ({max(size // 1024, 1)} kB)")
        yield lambda received: None

    return announce
