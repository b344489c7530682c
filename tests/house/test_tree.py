"""The tree names no machine and no registry, and the version stands in one place."""

from __future__ import annotations

import re
from importlib.metadata import version

from house import PACKAGES, ROOT, own_files, own_texts

MACHINE = re.compile(r"(?<![\w.~-])/(?:root|home|Users|work|tmp/h)/\w|[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|repo1?[.]maven|maven[.]org|crates[.]io|golang[.]org|debian[.]org"
)
TOP = {*PACKAGES, "tests", "scripts", "docs", ".ci"}


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs in the project's own text files."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in own_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_machine_path_stands_in_a_file() -> None:
    assert MACHINE.search("see " + "/home" + "/somebody/project")
    assert not places(MACHINE)


def test_no_registry_host_stands_in_a_file() -> None:
    assert REGISTRY.search("https://" + "pypi" + ".org/simple")
    assert not places(REGISTRY)


def test_top_level_folders_are_those_of_the_design() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in own_files() if path.parent != ROOT}
    assert folders <= TOP


def test_the_version_stands_in_one_place() -> None:
    stated = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert stated
    assert version("yanbao-kg") == stated[1]
    code = [name for name in own_texts() if name.endswith(".py") and name.startswith(PACKAGES)]
    assert code
    assert not [name for name in code if stated[1] in (ROOT / name).read_text("utf-8")]
    assert not [name for name in code if re.search(r"^__version__ = [\"']", (ROOT / name).read_text("utf-8"), re.M)]
