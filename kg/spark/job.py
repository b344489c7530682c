"""The job itself: a session on the master asked for, one task after another, and what came out of them."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.inputs import sources
from kg.merged import Claim, claims_of, unite
from kg.spark.results import Given, Plan, errors_in, extract_file, merge, said_in
from ontology.errors import InputError, YanbaoError

SLICES = 10_000
LOCAL = re.compile(r"local(?:\[([\d*]+)\])?")
INSTALL = "pip install 'yanbao-kg[spark]'"


@dataclass(frozen=True)
class Extracted:
    """The results of the files in the order of the files, and what could not be read."""

    results: tuple[Path, ...]
    errors: tuple[InputError, ...]

    def told(self) -> Iterator[str | InputError]:
        """Yield the lines of all documents as one process prints them."""
        return merge(self.results)


def files_under(paths: Sequence[str]) -> tuple[list[Given], list[InputError]]:
    """The files under some paths, and what is not there; raises YanbaoError for standard input."""
    files, errors = list[Given](), list[InputError]()
    for origin, source in sources(paths):
        if isinstance(source, InputError):
            errors.append(source)
        elif isinstance(source, str):
            raise YanbaoError("standard input cannot be read on Spark", source, "write it into a file")
        else:
            files.append(Given(Path(origin), str(source)))
    return files, errors


def extract_on_spark(context: Any, files: Sequence[Given], plan: Plan) -> Extracted:
    """Read files, those whose results are not there yet."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    reading = partial(extract_file, plan=plan, fingerprint=plan.fingerprint())
    done = context.parallelize(files, min(len(files), SLICES) or 1).map(reading).collect()
    errors: list[InputError] = []
    results: list[Path] = []
    for each in done:
        if isinstance(each, InputError):
            errors.append(each)
        else:
            results.append(plan.folder / each)
            errors += errors_in(results[-1])
    return Extracted(tuple(results), tuple(errors))


def merge_facts_on_spark(context: Any, results: Sequence[Path]) -> Iterator[str]:
    """Yield the line of every fact of some results, each once with all its evidence, sorted by id."""
    claims = context.parallelize(results, min(len(results), SLICES) or 1).flatMap(keyed)
    yield from claims.groupByKey().mapValues(unite).sortByKey().values().toLocalIterator()


def keyed(result: Path) -> Iterator[tuple[str, Claim]]:
    """Yield what a result claims, by the id of the fact."""
    for _, _, said in said_in(result):
        if isinstance(said, str):
            yield from ((claim[0], claim) for claim in claims_of(said))


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A Spark context on a master; without one, on that of `spark-submit` or of Spark's own settings.

    Raises YanbaoError where Spark is not installed, does not start, or a job on it fails.
    """
    try:
        pyspark = import_module("pyspark")
    except ImportError:
        raise YanbaoError("Spark needs the package pyspark", remedy=INSTALL) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # about pandas, which is not used
    with explained(import_module("pyspark.errors").PySparkException):
        pyspark.SparkContext._ensure_initialized()  # else the settings of `spark-submit` are not seen
        context = pyspark.SparkContext(conf=settings(pyspark.SparkConf(), master))
        try:
            yield context
        finally:
            context.stop()


def settings(conf: Any, master: str) -> Any:
    """What Spark is told; a local master tries again as a cluster does, since one lost process fails it otherwise."""
    conf.setIfMissing("spark.app.name", "kg extract").setIfMissing("spark.log.level", "OFF")
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    conf.setIfMissing("spark.python.daemon.module", "kg.spark.daemon")
    found = master or conf.get("spark.master", "local[*]")
    local = LOCAL.fullmatch(found)
    return conf.setMaster(f"local[{local[1] or 1},4]" if local else found)


@contextmanager
def explained(starting: type[Exception]) -> Iterator[None]:
    """Turn what Spark raises into one line."""
    failed = import_module("py4j.protocol").Py4JError
    try:
        yield
    except starting as error:
        remedy = "Spark needs Java 17 or newer: set JAVA_HOME; see what it said above"
        raise YanbaoError("Spark did not start", first_line(error), remedy) from error
    except failed as error:
        raise YanbaoError("the Spark job failed", first_line(error), "run again: what is done is kept") from error


def first_line(error: Exception) -> str:
    """The line of an error that tells most: what a Python worker raised, or else the first."""
    raised = re.findall(r"^(?:\w+\.)+\w*Error: (.+)$", str(error), re.M)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (raised or lines or [type(error).__name__])[0][:200]
