"""A server of one's own: what it needs, how it is found, started once and stopped by its own pid."""

from __future__ import annotations

import json
import socket
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest
from servers import skip_or_fail
from typer.testing import CliRunner

from kg.cli.commands import app
from kg.neo4j import home, jars, java, server
from kg.neo4j.config import lay_home, pick_port, write_config
from kg.neo4j.connect import Address, connected, find_address
from kg.neo4j.extra import server_extra
from kg.neo4j.home import OwnServer, load_server, saved_servers
from kg.neo4j.jars import fetch_jars, main_class
from kg.neo4j.java import Java, find_java
from kg.neo4j.locked import locked_jars, parse_line
from kg.neo4j.process import is_running, terminate
from kg.neo4j.releases import DEFAULT_VERSION, release
from ontology.errors import ServerError

runner = CliRunner()


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without servers and without settings."""
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(home, "user_data_dir", lambda application: str(tmp_path / application))
    monkeypatch.setattr(jars, "PAUSES", (0.0, 0.0))
    return home.homes_folder()


@pytest.fixture
def sleeper(homes: Path) -> Iterator[tuple[Popen[bytes], OwnServer]]:
    """A process that carries the mark of a server's home."""
    own = OwnServer(DEFAULT_VERSION, homes / DEFAULT_VERSION, "bolt://127.0.0.1:1", "http://127.0.0.1:1", "neo4j", "s3")
    lay_home(own.home)
    process = Popen([sys.executable, "-c", "import time; time.sleep(60)", f"--home-dir={own.home}"])
    own = OwnServer(**{**vars(own), "pid": process.pid})
    own.save()
    yield process, own
    process.kill()
    process.wait()


def test_configuration_listens_on_loopback_only(tmp_path: Path) -> None:
    lay_home(tmp_path)
    write_config(tmp_path, 17687, 17474, auth=True)
    lines = (tmp_path / "conf" / "neo4j.conf").read_text().splitlines()
    addresses = [line.partition("=")[2] for line in lines if "_address=" in line]
    assert addresses == ["127.0.0.1:17687", "127.0.0.1:17687", "127.0.0.1:17474", "127.0.0.1:17474"]
    assert not any("auth_enabled" in line for line in lines)


def test_a_taken_port_is_said_and_replaced() -> None:
    said: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert pick_port(taken, said.append) != taken
    assert said[0].startswith(f"port {taken} is taken")


def test_connection_file_is_private_and_password_is_not_shown(homes: Path) -> None:
    own = OwnServer(
        "2026.09.0", homes / "2026.09.0", "bolt://127.0.0.1:7687", "http://127.0.0.1:7474", "neo4j", "s3cret"
    )
    lay_home(own.home)
    own.save()
    assert own.connection_file.stat().st_mode & 0o777 == 0o600
    assert list(saved_servers()) == [own]
    assert "s3cret" not in repr(own)


def test_broken_connection_file_is_one_line(homes: Path) -> None:
    (homes / "5.26.21").mkdir(parents=True)
    (homes / "5.26.21" / "connection.json").write_text("{")
    with pytest.raises(ServerError, match="broken connection file"):
        load_server(homes / "5.26.21")


def test_only_the_very_process_counts_as_running(sleeper: tuple[Popen[bytes], OwnServer]) -> None:
    process, own = sleeper
    elsewhere = OwnServer(**{**vars(own), "home": own.home.parent / "other"})
    assert is_running(own)
    assert not is_running(elsewhere)
    assert not is_running(own.stopped())
    terminate(elsewhere)
    assert process.poll() is None


def test_start_again_says_so(sleeper: tuple[Popen[bytes], OwnServer]) -> None:
    result = runner.invoke(app, ["neo4j", "start"])
    assert result.exit_code == 0
    assert "runs already" in result.stdout
    assert "s3" not in result.stdout.replace(str(sleeper[1].home), "")


def test_another_version_beside_a_running_one_is_refused(sleeper: tuple[Popen[bytes], OwnServer]) -> None:
    with pytest.raises(ServerError, match="runs already"):
        server.start("5.26.21")


def test_stop_ends_the_recorded_process(sleeper: tuple[Popen[bytes], OwnServer]) -> None:
    process, own = sleeper
    assert runner.invoke(app, ["neo4j", "stop"]).stdout == f"Neo4j {own.version} stopped\n"
    process.wait(5)
    assert json.loads(runner.invoke(app, ["neo4j", "status", "--json"]).stdout) == {"running": False}


def test_without_a_server_one_line_says_what_to_do() -> None:
    with pytest.raises(ServerError, match="kg neo4j start"):
        find_address()


def test_environment_comes_before_the_own_server(
    sleeper: tuple[Popen[bytes], OwnServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_address().uri == "bolt://127.0.0.1:1"
    monkeypatch.setenv("NEO4J_URI", "neo4j://example:7687")
    monkeypatch.setenv("NEO4J_PASSWORD", "p")
    assert find_address() == Address("neo4j://example:7687", "neo4j", "p", "neo4j")


@pytest.mark.parametrize(("uri", "what"), [("bolt://127.0.0.1:1", "does not answer"), ("nonsense", "not the address")])
def test_unreachable_server_is_one_line(uri: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    with pytest.raises(ServerError, match=what), connected():
        pass


def test_missing_extra_names_the_line_that_installs_it() -> None:
    with pytest.raises(ServerError, match=r"pip install 'yanbao-kg\[server\]'"):
        server_extra("a_package_that_is_not_there")


def test_nothing_is_started_that_could_not_be_stopped(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    with pytest.raises(ServerError, match="psutil"):
        server.start(say=pytest.fail)
    assert not homes.exists()


class Breaking:
    """An artifact whose connection breaks `failures` times before it is there."""

    def __init__(self, path: Path, failures: int) -> None:
        self.path, self.failures, self.asked = path, failures, 0

    def resolve(self) -> Path:
        self.asked += 1
        if self.asked <= self.failures:
            raise server_extra("requests").exceptions.ConnectionError("reset")
        return self.path


def test_a_connection_that_breaks_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "")
    artifact = Breaking(path, failures=2)
    assert jars._download(artifact) == path
    assert artifact.asked == 3


def test_a_connection_that_stays_broken_is_an_error(tmp_path: Path) -> None:
    artifact = Breaking(tmp_path / "a.jar", failures=9)
    with pytest.raises(OSError, match="reset"):
        jars._download(artifact)
    assert artifact.asked == 3


def test_unreachable_repository_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"refused.*--maven-repository") as caught:
        fetch_jars(release("5.26.21"), tmp_path, "http://127.0.0.1:1", lambda step: None)
    assert "\n" not in str(caught.value)
    assert "Max retries" not in str(caught.value)


def test_listed_jars_are_not_asked_for_again(tmp_path: Path) -> None:
    jar = tmp_path / "neo4j-5.26.21.jar"
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr("META-INF/services/org.neo4j.server.startup.EntryPoint", "org.neo4j.Start\n")
    (tmp_path / "classpath").mkdir()
    (tmp_path / "classpath" / "5.26.21.txt").write_text(str(jar))
    found = fetch_jars(release("5.26.21"), tmp_path, "http://127.0.0.1:1", lambda step: None)
    assert main_class(found, release("5.26.21")) == "org.neo4j.Start"


@pytest.mark.parametrize("version", ["2026.09.0", "5.26.21"])
def test_locks_hold_server_and_browser_with_hashes(version: str) -> None:
    locked = locked_jars(version)
    assert {("neo4j", version), ("neo4j-browser", "5.24.0")} <= {(jar.artifact, jar.version) for jar in locked}
    assert all(len(jar.sha256) == 64 and parse_line(jar.line) == jar for jar in locked)


def test_a_jar_that_is_not_the_locked_one_is_refused(tmp_path: Path) -> None:
    jar = locked_jars("5.26.21")[0]
    other = tmp_path / "maven" / "org" / "neo4j" / "neo4j" / "5.26.21" / "neo4j-5.26.21.jar"
    other.parent.mkdir(parents=True)
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("other", "")
    assert jar.artifact == "neo4j"
    with pytest.raises(ServerError, match="not the one that was locked"):
        fetch_jars(release("5.26.21"), tmp_path, "http://127.0.0.1:1", lambda step: None)
    assert not other.exists()


def test_java_is_taken_where_its_version_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Java(tmp_path / "17", 17), Java(tmp_path / "25", 25)]
    monkeypatch.setattr(java, "_found", lambda cache: iter(found))
    assert find_java(release("2026.09.0"), tmp_path, print).major == 25
    assert find_java(release("5.26.21"), tmp_path, print).major == 17


def test_version_of_a_java_that_does_not_run(tmp_path: Path) -> None:
    assert java.major_version(tmp_path / "no-java") == 0


@pytest.fixture
def started() -> Iterator[dict[str, str]]:
    """A server started by the command line, as it tells of itself."""
    result = runner.invoke(app, ["neo4j", "start", "--json"])
    if result.exit_code:
        skip_or_fail(result.stderr)
    yield json.loads(result.stdout)
    server.stop()


def test_start_sync_check_with_a_password_that_nothing_tells(
    started: dict[str, str], filled_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ["--store", str(filled_store)]
    assert "8 would be written" in runner.invoke(app, ["neo4j", "sync", "--dry-run", *store]).stdout
    written = [json.loads(runner.invoke(app, ["neo4j", "sync", "--json", *store]).stdout)["written"] for _ in range(2)]
    assert written == [8, 0]
    checked = runner.invoke(app, ["neo4j", "check", *store])
    assert (checked.exit_code, checked.stdout) == (0, "Neo4j holds what the graph says\n")
    assert started["password"] not in runner.invoke(app, ["neo4j", "start"]).stdout
    process = server_extra("psutil").Process(int(started["pid"]))
    assert started["password"] not in " ".join(process.cmdline())
    logs = [
        file.read_text("utf-8", "replace") for file in (Path(started["home"]) / "logs").rglob("*") if file.is_file()
    ]
    assert logs
    assert started["password"] not in "".join(logs)
    listening = {each.laddr.ip for each in process.net_connections("inet") if each.status == "LISTEN"}
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    for options in (["--documents"], []):
        assert json.loads(runner.invoke(app, ["neo4j", "sync", "--json", *options, *store]).stdout)["written"] == 4
        assert runner.invoke(app, ["neo4j", "check", *options, *store]).exit_code == 0
    monkeypatch.setenv("NEO4J_URI", started["uri"])
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    refused = runner.invoke(app, ["neo4j", "sync", *store])
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "refuses user or password" in refused.stderr
