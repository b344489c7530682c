"""A headless Chromium, and somebody in front of it who reads the page."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from typing import Any, NoReturn

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1500,1000", "--hide-scrollbars"),
)
LOGS = {"browser": "ALL", "performance": "ALL"}


def skip_or_fail(missing: str) -> NoReturn:
    """Say loudly what is missing; a failure in CI and where it is required."""
    told = (
        f"NO CHROMIUM, NO PAGE IS OPENED: {missing} is missing; apt-get install chromium chromium-driver fonts-noto-cjk"
    )
    if os.environ.get("CI") == "true" or os.environ.get("KG_REQUIRE_CHROMIUM") == "1":
        pytest.fail(told)
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)


def start() -> webdriver.Chrome:
    """A headless browser; skips loudly, or fails, where it or its driver is missing."""
    binary, driver = next(filter(None, map(shutil.which, CHROMIUMS)), None), shutil.which("chromedriver")
    if not binary or not driver:
        skip_or_fail("chromedriver" if binary else "Chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", LOGS)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


class Reader:
    """Somebody with a page open, in English at first."""

    def __init__(self, browser: webdriver.Chrome, address: str) -> None:
        self.browser = browser
        self.requests()
        browser.get_log("browser")
        browser.get(address)
        if self.run("return language") != "en":
            self.press("language")

    def run(self, script: str, *values: Any) -> Any:
        """What a script answers that runs in the page."""
        return self.browser.execute_script(script, *values)

    def text(self, id: str) -> str:
        """The text of an element."""
        return self.browser.find_element(By.ID, id).text

    def shown(self) -> int:
        """How many relations the page says it shows."""
        return int(self.text("count").split()[0])

    def press(self, id: str) -> None:
        """Press a button."""
        self.browser.find_element(By.ID, id).click()

    def choose(self, group: str, value: str) -> None:
        """Tick or untick a box of a filter."""
        self.browser.find_element(By.CSS_SELECTOR, f"#{group} input[value='{value}']").click()

    def write(self, id: str, text: str) -> None:
        """Write into a field and press return."""
        field = self.browser.find_element(By.ID, id)
        field.clear()
        field.send_keys(text, Keys.ENTER)

    def click_at(self, place: dict[str, float]) -> None:
        """Click on a point of the drawing."""
        canvas = self.browser.find_element(By.ID, "picture")
        x, y = place["x"] - canvas.size["width"] / 2, place["y"] - canvas.size["height"] / 2
        ActionChains(self.browser).move_to_element_with_offset(canvas, round(x), round(y)).click().perform()

    def errors(self) -> list[str]:
        """What the browser complained of since it was asked last."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since this was asked last."""
        messages = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        sent = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith("data:")]
