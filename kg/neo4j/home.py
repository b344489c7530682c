"""Where servers of one's own live, and the file that tells how to reach one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from platformdirs import user_cache_dir, user_data_dir

from ontology.errors import ServerError

APPLICATION = "yanbao-kg"
CONNECTION_FILE = "connection.json"


@dataclass(frozen=True)
class OwnServer:
    """A server of one's own; `pid` is 0 while it is stopped, `username` empty where it asks for no password."""

    version: str
    home: Path
    uri: str = ""
    http: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    pid: int = 0

    @property
    def browser(self) -> str:
        """The address of Neo4j Browser."""
        return f"{self.http}/browser/"

    @property
    def connection_file(self) -> Path:
        """The file, readable by its owner alone, that keeps address and password."""
        return self.home / CONNECTION_FILE

    def save(self) -> None:
        """Write the connection file."""
        write_private(self.connection_file, json.dumps(asdict(self) | {"home": str(self.home)}, indent=1))

    def stopped(self) -> OwnServer:
        """The same server without a process."""
        return replace(self, pid=0)


def cache_folder() -> Path:
    """Where jars and Java are kept."""
    return Path(user_cache_dir(APPLICATION))


def homes_folder() -> Path:
    """Where the servers keep their data, one folder a version: no version opens another's files."""
    return Path(user_data_dir(APPLICATION)) / "neo4j"


def load_server(home: Path) -> OwnServer | None:
    """The server whose connection file lies in `home`; raises ServerError where that file is broken."""
    file = home / CONNECTION_FILE
    if not file.exists():
        return None
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return OwnServer(**kept | {"home": home})
    except (ValueError, TypeError):
        raise ServerError("broken connection file", str(file), f"remove the folder {home} and start again") from None


def saved_servers() -> Iterator[OwnServer]:
    """Yield the servers that were ever started, sorted by version."""
    for file in sorted(homes_folder().glob(f"*/{CONNECTION_FILE}")):
        server = load_server(file.parent)
        if server:
            yield server


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
