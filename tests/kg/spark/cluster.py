"""A Spark cluster of this machine alone: a master and two workers, on free ports, gone at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyspark

from kg.neo4j.java import EXECUTABLE, major_version

SPARK = Path(pyspark.__file__).parent
SECONDS = 240
T = TypeVar("T")
ENVIRONMENT = {
    **os.environ,
    "SPARK_HOME": str(SPARK),
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # all these Javas live for seconds only
}


def java_version() -> int:
    """The major version of the Java that Spark would run on; 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home, "bin", EXECUTABLE)) if home else shutil.which("java")
    return major_version(Path(found)) if found else 0


def until(found: Callable[[], T], what: str) -> T:
    """What `found` gives as soon as that is anything."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.02)
    raise TimeoutError(what)


@contextmanager
def daemon(folder: Path, name: str, *words: str) -> Iterator[Path]:
    """One process of the cluster; gives its log."""
    log = folder / f"{name}.log"
    command = [SPARK / "bin" / "spark-class", f"org.apache.spark.deploy.{words[0]}", *words[1:]]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=ENVIRONMENT, cwd=folder)
    try:
        yield log
    finally:
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def standalone(folder: Path) -> Iterator[str]:
    """The address of a master with two workers of one core each."""
    here = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    with daemon(folder, "master", "master.Master", *here) as log:
        address = until(lambda: re.search(r"spark://127\.0\.0\.1:\d+", log.read_text("utf-8")), "master")[0]
        size = ("--cores", "1", "--memory", "1g")
        with (
            daemon(folder, "one", "worker.Worker", *here, *size, "--work-dir", str(folder / "one"), address),
            daemon(folder, "two", "worker.Worker", *here, *size, "--work-dir", str(folder / "two"), address),
        ):
            until(lambda: log.read_text("utf-8").count("Registering worker") == 2, "workers")
            yield address
