"""A real Chromium for the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reader import start
from selenium import webdriver


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """A headless browser; skips loudly, or fails, where it or its driver is missing."""
    browser = start()
    yield browser
    browser.quit()
