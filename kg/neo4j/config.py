"""The home of a server: its folders, its strict configuration, its ports."""

from __future__ import annotations

import socket
from pathlib import Path

from kg.neo4j.browser import GUIDE
from kg.neo4j.jars import Say

HOST = "127.0.0.1"
BOLT_PORT, HTTP_PORT = 7687, 7474
FOLDERS = ("conf", "data", "logs", "plugins", "import", "run")


def lay_home(home: Path) -> None:
    """Make the folders of a server, readable by its owner alone."""
    for folder in FOLDERS:
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def write_config(home: Path, bolt: int, http: int, auth: bool) -> None:
    """Write `conf/neo4j.conf`: loopback only, no reports home, the guide opened when Browser connects."""
    lines = [
        f"server.bolt.listen_address={HOST}:{bolt}",
        f"server.bolt.advertised_address={HOST}:{bolt}",
        f"server.http.listen_address={HOST}:{http}",
        f"server.http.advertised_address={HOST}:{http}",
        "server.https.enabled=false",
        "server.memory.pagecache.size=128m",
        "dbms.usage_report.enabled=false",
        f"browser.remote_content_hostname_whitelist={HOST},localhost",
        f"browser.post_connect_cmd=guide http://{HOST}:{http}/{GUIDE}",
    ]
    if not auth:
        lines.append("dbms.security.auth_enabled=false")
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def pick_port(preferred: int, say: Say) -> int:
    """The preferred port, or a free one where that is taken; 0 prefers none."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            free = int(probe.getsockname()[1])
            if preferred and free != preferred:
                say(f"port {preferred} is taken, using {free}")
            return free
    raise OSError("no free port")
