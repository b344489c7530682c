"""The Java process of a server: launched apart from the terminal, known by its home, stopped by its own pid."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from kg.neo4j.extra import server_extra
from kg.neo4j.home import OwnServer, write_private
from kg.neo4j.jars import main_class
from kg.neo4j.java import Java
from kg.neo4j.releases import Release
from ontology.errors import ServerError

STARTS_WITHIN, STOPS_WITHIN = 180, 60  # seconds
ADMIN_CLASS = "org.neo4j.cli.AdminTool"
JVM_OPTIONS = (
    "-Xms256m",
    "-Xmx512m",
    "-XX:+UseG1GC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)
JVM_OPTIONS_SINCE_25 = (
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def launch(java: Java, jars: list[Path], release: Release, home: Path) -> subprocess.Popen[bytes]:
    """Start the server's process; its output goes to `logs/console.log`."""
    command = [str(java.path), f"@{_java_arguments(java, jars, home)}", main_class(jars, release)]
    command += [_home_argument(home), f"--config-dir={home / 'conf'}", "--console-mode"]
    with open(_console_log(home), "wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=home, start_new_session=True
        )


def set_password(java: Java, jars: list[Path], home: Path, password: str) -> None:
    """Set the first password, handed over in a private file: no process list shows it."""
    secret = home / "run" / "first-password"
    write_private(secret, f"dbms\nset-initial-password\n{password}\n")
    try:
        done = run_admin(java, jars, home, secret)
    finally:
        secret.unlink()
    if done.returncode or not (home / "data" / "dbms" / "auth.ini").exists():
        reason = _last_line(done.stderr)
        raise ServerError(f"the first password was not set: {reason}", str(home), "remove that folder and start again")


def load(java: Java, jars: list[Path], home: Path, arguments: Path) -> None:
    """Run the import that a file of arguments describes, in its folder; raises ServerError where it fails."""
    done = run_admin(java, jars, home, arguments)
    if done.returncode:
        raise ServerError(f"the import failed: {_last_line(done.stderr)}", str(arguments), "export the files anew")


def run_admin(java: Java, jars: list[Path], home: Path, arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run `neo4j-admin` with the arguments of a file, which no process list shows."""
    command = [str(java.path), f"@{_java_arguments(java, jars, home)}", ADMIN_CLASS, f"@{arguments.name}"]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(
        command, cwd=arguments.parent, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def wait_ready(process: subprocess.Popen[bytes], server: OwnServer) -> None:
    """Return when the server answers; raises ServerError with its last words when it ends or is too slow."""
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        if _answers(server.http):
            return
        time.sleep(0.2)
    what = "Neo4j ended while starting" if process.poll() is not None else f"Neo4j not ready after {STARTS_WITHIN} s"
    raise ServerError(f"{what}: {_last_words(server.home)}", remedy=f"read {_console_log(server.home)}")


def is_running(server: OwnServer) -> bool:
    """Whether the recorded pid is alive and is this very server, not a process that took the number over."""
    if not server.pid:
        return False
    psutil = server_extra("psutil")
    try:
        process = psutil.Process(server.pid)
        return process.status() != psutil.STATUS_ZOMBIE and _home_argument(server.home) in process.cmdline()
    except psutil.Error:
        return False


def terminate(server: OwnServer) -> None:
    """End the server's process cleanly, which takes Neo4j about ten seconds; killed where it does not go."""
    if is_running(server):
        psutil = server_extra("psutil")
        process = psutil.Process(server.pid)
        process.terminate()
        if psutil.wait_procs([process], timeout=STOPS_WITHIN)[1]:
            process.kill()


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1][:200]


def _home_argument(home: Path) -> str:
    return f"--home-dir={home}"


def _console_log(home: Path) -> Path:
    return home / "logs" / "console.log"


def _java_arguments(java: Java, jars: list[Path], home: Path) -> Path:
    options = [*JVM_OPTIONS, *(JVM_OPTIONS_SINCE_25 if java.major >= 25 else ())]
    options += [f"-Dbasedir={home}", "-cp", os.pathsep.join(map(str, jars))]
    file = home / "run" / "java.args"
    file.write_text("\n".join(map(_quoted, options)) + "\n", encoding="utf-8")
    return file


def _quoted(option: str) -> str:
    escaped = option.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _answers(http: str) -> bool:
    try:
        with urlopen(http, timeout=5) as answer:
            return b"neo4j_version" in answer.read()
    except (URLError, OSError):
        return False


def _last_words(home: Path) -> str:
    lines = _console_log(home).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    telling = [line for line in lines if "ERROR" in line or "Exception" in line] or lines or ["no output"]
    return telling[-1].strip()[:200]
