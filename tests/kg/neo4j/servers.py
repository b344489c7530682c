"""What to do where no server can be had."""

from __future__ import annotations

import os
import warnings
from typing import NoReturn

import pytest


def skip_or_fail(reason: str) -> NoReturn:
    """Say loudly that no server can be had; a failure in CI and where one is required."""
    told = f"NO NEO4J SERVER, NOTHING OF IT IS TESTED: {reason}"
    if os.environ.get("CI") == "true" or os.environ.get("KG_REQUIRE_NEO4J") == "1":
        pytest.fail(told)
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)
