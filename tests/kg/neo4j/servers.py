"""What to do where no server, or no Chromium, can be had."""

from __future__ import annotations

import os
import warnings
from typing import NoReturn

import pytest


def skip_or_fail(reason: str, what: str = "NEO4J SERVER", needed: str = "KG_REQUIRE_NEO4J") -> NoReturn:
    """Say loudly that something cannot be had; a failure in CI and where it is required."""
    told = f"NO {what}, NOTHING OF IT IS TESTED: {reason}"
    if os.environ.get("CI") == "true" or os.environ.get(needed) == "1":
        pytest.fail(told)
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)
