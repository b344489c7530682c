"""Lock files pin everything with hashes, name no address, and hold what pyproject.toml asks for."""

from __future__ import annotations

import re
from importlib.metadata import requires

import pytest
from house import ROOT

LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
HEAVY = {"pyspark"}
"""Half a gigabyte that only those fetch who ask for its extra."""
PIN = re.compile(r"^([a-z\d-]+)==([^ ;]+)(?: ; (.+?))? \\$", re.M)


def read(lock: str) -> str:
    """The text of a lock file."""
    return (ROOT / lock).read_text("utf-8")


def pins(lock: str) -> set[tuple[str, str, str]]:
    """Name, version and marker of each pin of a lock file."""
    return set(PIN.findall(read(lock)))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?! )", read(lock).strip())
    assert entries
    wrong = [entry for entry in entries if not PIN.match(entry) or "--hash=sha256:" not in entry]
    assert not wrong


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_stands_in_it(lock: str) -> None:
    assert not re.findall(r"://|--(?:extra-)?index-url|--find-links|@ ", read(lock))


def test_checks_run_on_the_versions_that_users_get() -> None:
    users, checks = ({pin[:2] for pin in pins(lock)} for lock in ("requirements.lock", "requirements-dev.lock"))
    assert users <= checks


def test_what_the_project_requires_is_locked() -> None:
    required = {re.split(r"[<>=!~;\[ ]", each)[0].lower().replace("_", "-") for each in requires("yanbao-kg") or ()}
    assert len(required) >= 10
    users, checks = ({name for name, _, _ in pins(lock)} for lock in ("requirements.lock", "requirements-dev.lock"))
    assert required <= checks
    assert required - users == HEAVY
