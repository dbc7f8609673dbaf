"""The report in a real browser, wide and narrow."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
WIDTHS = [1280, 400]
REPORTS = ["seed_report", "paper_report", "long_report"]
BOXES = """(selector) => [...document.querySelectorAll(selector)].map(element => {
    const box = element.getBoundingClientRect();
    return [element.textContent, box.left, box.top, box.right, box.bottom];
})"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium; skip where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=list(itertools.product(REPORTS, WIDTHS)), ids=str)
def opened(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Open a report at a width, and note what the page says and asks for."""
    name, width = request.param
    path: Path = request.getfixturevalue(name)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.goto(path.as_uri())
    page.uri, page.width = path.as_uri(), width
    yield page
    page.close()


def test_nothing_runs_over_the_side(opened: Any) -> None:
    """The page is never wider than the window."""
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    scroll_width, client_width = opened.evaluate(widths)
    assert scroll_width == client_width


def test_nothing_is_said_or_loaded(opened: Any) -> None:
    """The console stays empty, so the policy holds, and only the page itself is loaded."""
    assert opened.said == []
    assert opened.asked == [opened.uri]


def test_the_map_can_be_explored(opened: Any) -> None:
    """The map is drawn, and each of its nodes stands in the list that readers can walk."""
    viewer = opened.locator(".map .nm").first
    assert viewer.locator("canvas").first.is_visible()
    assert viewer.locator("input[type=search]").first.is_visible()
    assert opened.evaluate("window.nqpMaps.size") == opened.locator(".map .nm").count()


def test_charts_can_be_seen(opened: Any) -> None:
    """Every chart that is shown has a size, inside the window."""
    boxes = [box for box in opened.evaluate(BOXES, "svg.chart") if box[3] > box[1]]
    for _, left, top, right, bottom in boxes:
        assert right - left > 200
        assert bottom - top > 40
        assert left >= 0
        assert right <= opened.width


def test_texts_of_charts_can_be_read(opened: Any) -> None:
    """Texts of charts are no smaller than 7 pixels high."""
    boxes = [box for box in opened.evaluate(BOXES, "svg.chart text") if box[3] > box[1]]
    assert all(bottom - top >= 7 for _, _, top, _, bottom in boxes)


def test_anchors_lead_to_their_place(opened: Any) -> None:
    """Every link within the page has its target, and following one brings it into view."""
    missing = opened.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.getElementById(href.slice(1)))"
    )
    assert missing == []
    opened.locator('nav a[href="#methods"]').click()
    opened.wait_for_function(
        "() => { const top = document.getElementById('methods').getBoundingClientRect().top;"
        " return top > -60 && top < innerHeight; }"
    )


def test_entries_open(opened: Any) -> None:
    """An entry opens to the reference as printed."""
    details = opened.locator(".works details").first
    quote = details.locator("blockquote")
    assert not quote.is_visible()
    details.locator("summary").click()
    assert quote.is_visible()
