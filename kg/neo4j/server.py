"""A real Neo4j Community server of one's own: start, stop, and a temporary one for tests."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

from kg.neo4j.browser import with_pages
from kg.neo4j.bulk import ARGUMENTS
from kg.neo4j.config import BOLT_PORT, HOST, HTTP_PORT, lay_home, pick_port, write_config
from kg.neo4j.extra import server_extra
from kg.neo4j.home import OwnServer, cache_folder, homes_folder, load_server, saved_servers
from kg.neo4j.jars import Say, fetch_jars
from kg.neo4j.java import Java, find_java
from kg.neo4j.process import is_running, launch, load, set_password, terminate, wait_ready
from kg.neo4j.releases import DEFAULT_VERSION, Release, release
from ontology.errors import ServerError


def running_server() -> OwnServer | None:
    """The server of one's own that runs now."""
    return next(filter(is_running, saved_servers()), None)


def start(version: str = "", repository: str = "", say: Say = lambda step: None) -> OwnServer:
    """Start the user's own server, or return it where it runs already.

    `version` is a release of Neo4j, `repository` the URL of a Maven repository; empty for the defaults.
    Raises ServerError where another version runs, something cannot be fetched, or the server does not come up.
    """
    server_extra("psutil")  # without it a server that runs could not be found again, nor stopped
    running = running_server()
    if running and version not in ("", running.version):
        raise ServerError(f"Neo4j {running.version} runs already", running.uri, "kg neo4j stop, then start again")
    if running:
        return running
    wanted = release(version or DEFAULT_VERSION)
    java, jars = _fetch(wanted, repository, say)
    home = homes_folder() / wanted.version
    lay_home(home)
    server = load_server(home) or _new_server(java, jars, wanted, home)
    return _run(server, java, jars, (pick_port(BOLT_PORT, say), pick_port(HTTP_PORT, say)), say)[1]


def stop() -> OwnServer | None:
    """Stop the user's own server; None where none runs."""
    server = running_server()
    if server:
        terminate(server)
        server.stopped().save()
    return server


@contextmanager
def temporary_server(
    version: str = DEFAULT_VERSION,
    auth: bool = False,
    repository: str = "",
    say: Say = lambda step: None,
    bulk: Path | None = None,
) -> Iterator[OwnServer]:
    """A server on free ports, gone with its data at the end; raises ServerError.

    Its database is empty, or filled from `bulk`, a folder written by `kg export --format neo4j-admin`.
    """
    wanted = release(version)
    java, jars = _fetch(wanted, repository, say)
    home = Path(tempfile.mkdtemp(prefix="kg-neo4j-"))
    lay_home(home)
    try:
        server = _new_server(java, jars, wanted, home) if auth else OwnServer(version, home)
        if bulk:
            load(java, jars, home, bulk / ARGUMENTS)
        process, server = _run(server, java, jars, (pick_port(0, say), pick_port(0, say)), say)
        try:
            yield server
        finally:
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _fetch(wanted: Release, repository: str, say: Say) -> tuple[Java, list[Path]]:
    cache = cache_folder()
    say(f"looking for the jars of Neo4j {wanted.version}")
    jars = fetch_jars(wanted, cache, repository, say)
    say("looking for Java")
    return find_java(wanted, cache, say), jars


def _new_server(java: Java, jars: list[Path], wanted: Release, home: Path) -> OwnServer:
    if (home / "data" / "databases").exists():
        remedy = f"remove the folder {home} and start again; kg neo4j sync writes the graph anew"
        raise ServerError("the password of the server is lost", str(home), remedy)
    server = OwnServer(wanted.version, home, username="neo4j", password=secrets.token_hex(12))
    set_password(java, jars, home, server.password)
    server.save()
    return server


def _run(
    server: OwnServer, java: Java, jars: list[Path], ports: tuple[int, int], say: Say
) -> tuple[Popen[bytes], OwnServer]:
    bolt, http = ports
    write_config(server.home, bolt, http, auth=bool(server.username))
    say(f"starting Neo4j {server.version} on Java {java.major}")
    server = replace(server, uri=f"bolt://{HOST}:{bolt}", http=f"http://{HOST}:{http}")
    served = with_pages(jars, server.home, server.uri)
    process = launch(java, served, release(server.version), server.home)
    server = replace(server, pid=process.pid)
    server.save()
    try:
        wait_ready(process, server)
    except BaseException:
        process.kill()
        process.wait()
        server.stopped().save()
        raise
    return process, server
