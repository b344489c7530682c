"""A real Chromium at Neo4j Browser: connected, fed with files, asked what it draws."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import ElementNotInteractableException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from servers import skip_or_fail

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1500,1100", "--lang=en"),
)
WITHIN = 120  # seconds for anything the page is to show
DROP = """
const [name, text] = arguments, data = new DataTransfer();
data.items.add(new File([text], name, {type: "text/plain"}));
for (const kind of ["dragenter", "dragover", "drop"])
  document.querySelector("[data-testid=main]").dispatchEvent(
    new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
"""


def start_chromium() -> webdriver.Chrome:
    """A headless Chromium; skips loudly, or fails, where it or its driver is missing."""
    binary, driver = next(filter(None, map(shutil.which, CHROMIUMS)), None), shutil.which("chromedriver")
    if not binary or not driver:
        what = "chromedriver" if binary else "Chromium"
        reason = f"{what} is missing; apt-get install chromium chromium-driver fonts-noto-cjk"
        skip_or_fail(reason, "CHROMIUM", "KG_REQUIRE_CHROMIUM")
    options = Options()
    options.binary_location = binary
    for option in OPTIONS:
        options.add_argument(option)
    return webdriver.Chrome(options=options, service=Service(driver))


def clicked(element: WebElement) -> bool:
    """Click an element, if the page lets it be clicked yet."""
    try:
        element.click()
    except ElementNotInteractableException:
        return False
    return True


class Desk:
    """Neo4j Browser in Chromium, as a test works with it."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go to an address and wait for the editor."""
        self.driver.get(address)
        self.wait(lambda: self.all("activeEditor"))

    def wait(self, found: Callable[[], Any]) -> Any:
        """What is found, as soon as it is."""
        return WebDriverWait(self.driver, WITHIN, poll_frequency=0.2).until(lambda driver: found())

    def all(self, test_id: str) -> list[WebElement]:
        """The elements with a mark."""
        return self.driver.find_elements("css selector", f"[data-testid='{test_id}']")

    def first(self, test_id: str) -> WebElement:
        """The first element with a mark, waited for."""
        return self.wait(lambda: self.all(test_id))[0]

    def press(self, label: str) -> None:
        """Press the button with this text."""
        buttons = f"//button[normalize-space()='{label}']"
        self.wait(lambda: self.driver.find_elements("xpath", buttons))[0].click()

    def drop(self, name: str, text: str) -> None:
        """Drop a file onto the page."""
        self.driver.execute_script(DROP, name, text)

    def run(self, name: str, query: str) -> WebElement:
        """Drop a saved query into the editor, run it, and wait for its frame to be filled."""
        self.drop(name, query)
        self.press("Paste in editor")
        return self.run_edited(query.splitlines()[0])

    def run_edited(self, title: str) -> WebElement:
        """Run the query with this title once it stands in the editor, and wait for its frame to be filled."""
        self.wait(lambda: title in self.first("activeEditor").text)
        self.first("editor-Run").click()
        return self.wait(lambda: self.filled_frame(title))

    def filled_frame(self, title: str) -> WebElement | None:
        """The newest frame, once it shows the result of the query with this title."""
        for frame in self.all("frame")[:1]:
            command = frame.find_element("css selector", "[data-testid=frameCommand]").text
            if command.startswith(title) and self.outcome(frame):
                return frame
        return None

    def outcome(self, frame: WebElement) -> str:
        """`graph`, `nothing` or `error` once the frame shows one."""
        if frame.find_elements("css selector", "g.node"):
            return "graph"
        text = frame.text
        return next((word for word, mark in (("nothing", "no records"), ("error", "ERROR")) if mark in text), "")

    def texts(self, frame: WebElement, selector: str) -> list[str]:
        """The text of every element of a frame."""
        query = "return [...arguments[0].querySelectorAll(arguments[1])].map(each => each.textContent.trim())"
        return self.driver.execute_script(query, frame, selector)  # type: ignore[no-any-return]

    def inspected(self, frame: WebElement, key: str) -> str:
        """What the panel beside a graph tells of the chosen node or edge; empty until it tells `key`."""
        text = " ".join(panel.text for panel in frame.find_elements("css selector", "[data-testid=vizInspector]"))
        return text if key in text else ""

    def close(self, frame: WebElement) -> None:
        """Close a frame."""
        self.wait(lambda: clicked(frame.find_element("css selector", "button[title='Close']")))

    def kept(self, key: str) -> str:
        """What Browser keeps under a key."""
        return str(self.driver.execute_script("return localStorage.getItem(arguments[0]) || ''", f"neo4j.{key}"))

    def photograph(self, file: Path) -> None:
        """Write what is seen."""
        file.parent.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(file))
