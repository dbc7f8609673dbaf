"""The report on dark and on light ground: text can be read, figures follow the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.figures import PALETTE, svg_of
from nqp_biblio.outputs.figures.style import INK

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "src" / "nqp_biblio" / "outputs" / "assets" / "report.css"
READABLE = 4.5
COLOURS = """() => [...document.querySelectorAll("p, td, th, dd, dt, summary, caption, svg text")]
    .filter(element => element.getClientRects().length && element.textContent.trim())
    .map(element => {
        let ground = element;
        const clear = "rgba(0, 0, 0, 0)";
        while (ground && getComputedStyle(ground).backgroundColor === clear)
            ground = ground.parentElement;
        const style = getComputedStyle(element);
        const ink = element.tagName === "text" ? style.fill : style.color;
        return [element.textContent.slice(0, 40), ink, getComputedStyle(ground).backgroundColor];
    })"""


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium; skip where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield chromium
        chromium.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Any, seed_report: Path, scheme: str) -> None:
    """Text and the labels of figures stand out from their ground by 4.5 to 1 or more."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(seed_report.as_uri())
    found = page.evaluate(COLOURS)
    page.close()
    assert len(found) > 100
    poor = [row for row in found if _contrast(row[1], row[2]) < READABLE]
    assert not poor


def test_colours_of_figures_have_a_dark_form() -> None:
    """The ink, the ground and the palette of figures each have their colour for dark pages."""
    style = STYLE.read_text(encoding="utf-8")
    for colour in (INK, "#ffffff", *PALETTE):
        assert f'[fill="{colour}"]' in style
        assert f'[stroke="{colour}"]' in style


def test_figures_use_these_colours() -> None:
    """Figures write their colours as the style of the page looks for them."""
    result = nb.Result(
        ("n_works", "n_authors", "share", "expected_share"),
        [(1, 3, 0.75, 0.7), (2, 1, 0.25, 0.3)],
        {"exponent": 2.0},
    )
    svg = svg_of(nb.plot_lotka(result), name="a", title="b")
    colours = {colour.lower() for colour in re.findall(r'(?:fill|stroke)="(#\w+)"', svg)}
    assert colours <= {INK, "#ffffff", "#c9ced6", "#e6e9ee", *PALETTE}, colours
