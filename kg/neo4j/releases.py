"""The releases of Neo4j Community that are known to run, and what they need."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_VERSION = "2026.09.0"
BROWSER_VERSION = "5.24.0"


@dataclass(frozen=True)
class Release:
    """A release of Neo4j; `javas` are the major versions of Java it runs on, the best first."""

    version: str
    javas: tuple[int, ...]

    @property
    def coordinates(self) -> tuple[tuple[str, str, str], ...]:
        """Group, artifact and version of the jars to resolve: the server and its Browser."""
        return ("org.neo4j", "neo4j", self.version), ("org.neo4j.client", "neo4j-browser", BROWSER_VERSION)


def release(version: str) -> Release:
    """The release with its Java: 17 or 21 up to 5.x, 25 or 21 since the releases are named by year."""
    return Release(version, (17, 21) if version.startswith("5.") else (25, 21))
