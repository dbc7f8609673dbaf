"""The map viewer in a real browser: looked at, moved, asked, filtered, taken away."""

from __future__ import annotations

import itertools
import shutil
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nqp_biblio as nb
from maps_to_view import HOSTILE, hostile_map, map_of_topics
from nqp_biblio.outputs.network_files.losses import compare_networks
from nqp_biblio.outputs.viewer import (
    content_policy,
    viewer_html,
    viewer_script,
    viewer_style,
    write_map,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Open = Callable[..., Any]

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
READY = "[data-ready]"
SHOWN = "() => { const m = [...nqpMaps.values()][0]; return [m.nShown, m.nShownEdges]; }"
PLACE = """([kind, i]) => {
    const m = [...nqpMaps.values()][0], box = m.stage.canvas.getBoundingClientRect();
    const ends = kind === "node" ? [i, i] : [m.source[i], m.target[i]];
    const at = (values) => (values[ends[0]] + values[ends[1]]) / 2;
    let x = at(m.x), y = at(m.y);
    if (kind === "edge") {
        x -= 0.065 * (m.y[ends[1]] - m.y[ends[0]]);
        y += 0.065 * (m.x[ends[1]] - m.x[ends[0]]);
    }
    return [box.left + x * m.view.k + m.view.x, box.top + y * m.view.k + m.view.y];
}"""
VIEW = "() => { const {k, x, y} = [...nqpMaps.values()][0].view; return [k, x, y]; }"
COLOURS = """() => {
    const shown = [...nqpMaps.values()][0].stage.canvas, copy = document.createElement("canvas");
    copy.width = shown.width;
    copy.height = shown.height;
    const ctx = copy.getContext("2d", {willReadFrequently: true}), seen = new Set();
    ctx.drawImage(shown, 0, 0);
    const data = ctx.getImageData(0, 0, copy.width, copy.height).data;
    for (let p = 0; p < data.length; p += 4) {
        seen.add(data[p] * 65536 + data[p + 1] * 256 + data[p + 2]);
    }
    return seen.size;
}"""
LABELS = """() => {
    const m = [...nqpMaps.values()][0], {k} = m.view;
    return m.placed.map(({i, size, label, dx, dy}) => {
        const x = m.x[i] * k + dx, y = m.y[i] * k + dy;
        const half = label.width * size / 2, high = label.lines.length * size * 0.5;
        return [x - half, y - high, x + half, y + high];
    });
}"""
CONTROLS = """() => [...document.querySelectorAll(
    "a[href], button, input, select, summary, canvas, [tabindex]")]
    .filter((e) => e.checkVisibility() && !e.disabled).map((e) => ({
        tag: e.tagName, tabindex: e.getAttribute("tabindex"),
        name: (e.getAttribute("aria-label") || e.textContent
               || [...(e.labels || [])].map((l) => l.textContent).join(" ")
               || e.getAttribute("title") || "").trim(),
        labelled: [...(e.labels || [])].map((l) => l.textContent).join(" ").trim()}))"""
FAINT = """() => {
    const light = (c) => {
        const [r, g, b] = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
            .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (e) => {
        for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (!/, 0\\)$|transparent|color/.test(c)) return c;
        }
        return "rgb(255, 255, 255)";
    };
    const faint = [];
    for (const e of document.querySelectorAll(".nm-app *")) {
        const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!own || !e.checkVisibility() || e.matches(":disabled, input:disabled + span")) continue;
        if (e.closest(".nm-hide")) continue;
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((p, q) => q - p);
        if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(e.className + " " + e.textContent);
    }
    return faint;
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium; skip where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def topics() -> nb.Network:
    """Give the map of the keywords of eight works."""
    return map_of_topics()


@pytest.fixture(scope="module")
def map_page(topics: nb.Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the map of the keywords of eight works."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    write_map(topics, path)
    return path


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a page, and look that it says nothing and asks for nothing but itself."""
    pages: list[Any] = []

    def opened(path: Path, *, width: int = 1280, **options: Any) -> Any:
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        page.said, page.asked, page.uri = [], [], path.as_uri()
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda asked: page.asked.append(asked.url))
        page.goto(page.uri)
        if options.get("java_script_enabled", True):
            page.wait_for_selector(READY)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        assert page.said == []
        assert [url for url in page.asked if not url.startswith("blob:")] == [page.uri]
        page.close()


def _settle(page: Any) -> None:
    """Wait until the map stands still and all is painted."""
    page.wait_for_timeout(200)
    page.wait_for_function("() => [...nqpMaps.values()].every((m) => !m.frame)")


def _click(page: Any, kind: str, place: int) -> None:
    """Click a node or the middle of an edge."""
    _settle(page)
    page.mouse.click(*page.evaluate(PLACE, [kind, place]))


def _edge(net: nb.Network, one: str, other: str) -> int:
    """Find an edge by its labels."""
    ends = sorted((net.index(one), net.index(other)))
    return int(np.flatnonzero((net.source == ends[0]) & (net.target == ends[1]))[0])


def _titles(page: Any) -> list[str]:
    """Return the titles of the works in the panel."""
    titles: list[str] = page.locator(".nm-works .nm-title").all_text_contents()
    return titles


@pytest.mark.parametrize("width", [400, 1280, 1920])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_opens(open_page: Open, map_page: Path, width: int, theme: str) -> None:
    """The page opens from a file in the reader's colours, and nothing runs over the side."""
    page = open_page(map_page, width=width, color_scheme=theme)
    _settle(page)
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
    assert page.evaluate(COLOURS) > 20
    paper = page.evaluate("() => [...nqpMaps.values()][0].theme.paper")
    assert paper == ("#12171d" if theme == "dark" else "#ffffff")
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("view", ["network", "overlay", "density"])
def test_views(open_page: Open, map_page: Path, view: str) -> None:
    """Each view draws something; overlay and density have a scale that says what it is."""
    page = open_page(map_page)
    page.locator(f"input[value={view}]").check(force=True)
    _settle(page)
    assert page.evaluate(COLOURS) > 20
    told = {"network": "", "overlay": "Average year", "density": "Density, by occurrences"}[view]
    assert page.locator("[data-nm=axis-name]").is_visible() == bool(told)
    assert told in page.locator("[data-nm=axis-name]").inner_text()


def test_search(open_page: Open, map_page: Path) -> None:
    """Search finds a node whatever the case; Enter selects it and shows its works."""
    page = open_page(map_page)
    page.get_by_role("searchbox", name="Search the nodes").fill("HEA")
    assert page.locator(".nm-search li").all_inner_texts() == ["heat"]
    page.keyboard.press("Enter")
    assert page.locator(".nm-head h3").inner_text() == "heat"
    assert len(_titles(page)) == 3
    assert page.locator("[data-nm=live]").inner_text().startswith("heat, ")
    page.get_by_role("searchbox").fill("zzz")
    assert "No node has this name" in page.locator(".nm-search ul").inner_text()


def test_node_and_its_works(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """A click on a circle shows its numbers, links and works, the most cited first."""
    page = open_page(map_page)
    _click(page, "node", topics.index("heat"))
    assert page.locator(".nm-head h3").inner_text() == "heat"
    assert "Occurrences\n3" in page.locator(".nm-numbers").inner_text()
    assert _titles(page)[0] == "Work 2 on heat and pump and cost"
    link = page.locator(".nm-works a").first
    assert link.get_attribute("href") == "https://doi.org/10.5555/w2"
    assert "noreferrer" in (link.get_attribute("rel") or "")


@pytest.mark.parametrize(
    ("ends", "works"),
    [
        (
            ("heat", "pump"),
            ["Work 2 on heat and pump and cost", "Work 0 on heat and flow and pump"],
        ),
        (("law", "court"), ["Work 7 on law and court"]),
    ],
)
def test_edge_and_its_works(
    open_page: Open, map_page: Path, topics: nb.Network, ends: tuple[str, str], works: list[str]
) -> None:
    """A click on a line shows the works that have both, as ``evidence`` has them."""
    page = open_page(map_page)
    _click(page, "edge", _edge(topics, *ends))
    assert page.locator(".nm-head h3").inner_text() == "Link"
    assert _titles(page) == works
    assert set(works) == set(topics.evidence(*ends)["title"])
    assert set(page.locator(".nm-links bdi").all_text_contents()) == set(ends)


def test_years(open_page: Open, map_page: Path) -> None:
    """The slider of years leaves the nodes and links that have a work of these years."""
    page = open_page(map_page)
    assert page.evaluate(SHOWN) == [7, 10]
    first = page.get_by_role("slider", name="First year")
    first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.locator("[data-nm=years-told]").inner_text() == "2014–2017"
    assert page.evaluate(SHOWN) == [4, 4]
    page.keyboard.press("Home")
    assert page.evaluate(SHOWN) == [7, 10]


def test_works_of_years(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """The panel lists the works of the years that are chosen, and says of how many."""
    page = open_page(map_page)
    page.get_by_role("slider", name="Last year").press("ArrowLeft")
    _click(page, "node", topics.index("law"))
    assert page.locator(".nm h4").last.inner_text() == "2 of 3 works, 2010–2016"
    page.get_by_role("slider", name="Last year").press("End")
    assert page.locator(".nm h4").last.inner_text() == "3 works"


def test_years_run(open_page: Open, map_page: Path) -> None:
    """The button lets the years run from the first to the last, and stops there."""
    page = open_page(map_page)
    page.clock.install()
    page.get_by_role("button", name="Let the years run").click()
    assert page.locator("[data-nm=years-told]").inner_text() == "2010"
    page.clock.run_for(1500)
    assert page.locator("[data-nm=years-told]").inner_text() == "2010–2012"
    page.clock.run_for(9000)
    assert page.get_by_role("button", name="Let the years run").is_visible()
    assert page.evaluate(SHOWN) == [7, 10]


def test_clusters(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """A cluster is hidden and shown by its box."""
    page = open_page(map_page)
    page.locator(".nm-clusters input[type=checkbox]").first.uncheck()
    clusters = topics.node_columns["cluster"]
    assert page.evaluate(SHOWN)[0] == int((clusters != 1).sum())
    page.get_by_role("button", name="Show none").click()
    assert page.evaluate(SHOWN) == [0, 0]
    page.get_by_role("button", name="Show all").click()
    assert page.evaluate(SHOWN) == [7, 10]


def test_filters(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """Nodes are left out by size and links by strength; a button takes all filters away."""
    page = open_page(map_page)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Strength of a link").press("End")
    strongest = int((topics.weight == topics.weight.max()).sum())
    assert page.evaluate(SHOWN) == [7, strongest]
    page.get_by_label("Only nodes with a link").check()
    assert page.evaluate(SHOWN)[0] < 7
    page.get_by_label("Size of a node").press("End")
    assert page.evaluate(SHOWN)[0] == 0
    page.get_by_role("button", name="Take all filters away").click()
    assert page.evaluate(SHOWN) == [7, 10]


def test_size_by(open_page: Open, map_page: Path) -> None:
    """Circles have the size of the weight that is chosen."""
    page = open_page(map_page)
    page.locator("[data-nm=size]").select_option("Links")
    largest = "() => { const m = [...nqpMaps.values()][0]; return m.labels[m.rank[0]]; }"
    assert page.evaluate(largest) == "cost"
    assert page.evaluate("() => [...nqpMaps.values()][0].sizeBy") == "Links"


def test_keys(open_page: Open, map_page: Path) -> None:
    """On the map arrows move, + and - zoom, 0 fits, n goes on, Escape ends."""
    page = open_page(map_page, reduced_motion="reduce")
    page.get_by_role("application").focus()
    before = page.evaluate(VIEW)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(VIEW) == [before[0], before[1] + 60, before[2]]
    page.keyboard.press("+")
    assert page.evaluate(VIEW)[0] > before[0]
    page.keyboard.press("0")
    assert page.evaluate(VIEW) == before
    page.keyboard.press("n")
    assert page.locator(".nm-head h3").inner_text() == "cost"
    page.keyboard.press("Escape")
    assert not page.locator(".nm-head").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_all_is_reached_by_keyboard(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """Tab comes to every control, in the order of the page, and leaves the map again."""
    page = open_page(map_page)
    for summary in page.locator(".nm summary").all():
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    _click(page, "node", topics.index("heat"))
    page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(
        "() => { const e = [...document.querySelectorAll('a[href], button, input, select, summary,"
        " canvas')].filter((e) => e.checkVisibility() && !e.disabled && (e.type !== 'radio' ||"
        " e.checked)); e.forEach((c, n) => { c.dataset.order = n; }); return e.length; }"
    )
    reached = []
    for _ in range(wanted + 8):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.dataset.order")
        if at is not None and int(at) not in reached:
            reached.append(int(at))
    assert sorted(reached) == list(range(wanted))
    start = reached.index(0)
    assert reached[start:] + reached[:start] == list(range(wanted))


def test_list_of_nodes(open_page: Open, map_page: Path) -> None:
    """The list of all nodes selects as the map does, so that no sight is needed."""
    page = open_page(map_page)
    page.get_by_text("All nodes", exact=True).click()
    page.get_by_label("Nodes, the largest first").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    name = page.locator(".nm-head h3").inner_text()
    assert page.locator("[data-nm=live]").inner_text().startswith(name)
    assert len(page.locator("[data-nm=list] option").all()) == 7


def test_controls_have_names(open_page: Open, map_page: Path, topics: nb.Network) -> None:
    """Every control has a name, none jumps the order of focus, and regions have names."""
    page = open_page(map_page)
    _click(page, "node", topics.index("heat"))
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 25
    assert [control for control in controls if not (control["name"] or control["labelled"])] == []
    assert {control["tabindex"] for control in controls} <= {None, "0", "-1"}
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    assert page.get_by_role("region", name="Co-occurrence of author keywords").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"


def test_theme_button(open_page: Open, map_page: Path) -> None:
    """The button changes light and dark, and says which it is."""
    page = open_page(map_page, color_scheme="light")
    button = page.get_by_role("button", name="Dark colours")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    page.wait_for_function("() => [...nqpMaps.values()][0].theme.isDark")
    assert button.get_attribute("aria-pressed") == "true"
    page.wait_for_timeout(300)
    assert page.evaluate(FAINT) == []


def test_moving_with_the_mouse(open_page: Open, map_page: Path) -> None:
    """A drag moves the map, the wheel zooms about the pointer, and neither selects."""
    page = open_page(map_page)
    before = page.evaluate(VIEW)
    page.mouse.move(60, 700)
    page.mouse.down()
    page.mouse.move(110, 670, steps=4)
    page.mouse.up()
    assert page.evaluate(VIEW) == [before[0], before[1] + 50, before[2] - 30]
    page.mouse.wheel(0, -200)
    page.wait_for_function("(k) => [...nqpMaps.values()][0].view.k > k", arg=before[0])
    assert not page.locator(".nm-head").is_visible()


def test_pinch(open_page: Open, map_page: Path) -> None:
    """Two fingers that part zoom in, and what lies between them stays there."""
    page = open_page(map_page, has_touch=True)
    before = page.evaluate(VIEW)
    session = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 80), ("touchMove", 120), ("touchEnd", 0)):
        points = [{"x": 450 + side * apart, "y": 400, "id": side + 1} for side in (-1, 1)]
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": points if apart else []},
        )
    after = page.evaluate(VIEW)
    assert after[0] == pytest.approx(3 * before[0], rel=0.05)
    top = page.evaluate("document.querySelector('canvas').getBoundingClientRect().top")
    middle = [[(450 - x) / k, (400 - top - y) / k] for k, x, y in (before, after)]
    assert middle[0] == pytest.approx(middle[1])


@pytest.mark.parametrize("scale", [1, 2])
def test_sharp_and_resized(browser: Any, map_page: Path, scale: int) -> None:
    """The canvas has the points of the screen, also when the window changes."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=scale)
    page.goto(map_page.as_uri())
    page.wait_for_selector(READY)
    for width in (1280, 900, 500):
        page.set_viewport_size({"width": width, "height": 800})
        _settle(page)
        found = page.evaluate(
            "() => { const c = document.querySelector('canvas'); return [c.width, c.clientWidth]; }"
        )
        assert found[0] == scale * found[1]
        assert page.evaluate(COLOURS) > 20
    page.close()


def _saved(page: Any, button: str, folder: Path) -> Path:
    """Take a file away."""
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waited:
        page.get_by_role("button", name=button).click()
    path: Path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def test_saves_vosviewer(
    open_page: Open, map_page: Path, topics: nb.Network, tmp_path: Path
) -> None:
    """What is saved for VOSviewer reads back as the network, with the new name of a cluster."""
    page = open_page(map_page)
    page.get_by_label("Name of cluster 1").fill('Heat & "pumps" <1>')
    path = _saved(page, "VOSviewer JSON", tmp_path)
    assert path.name == "co-occurrence-of-author-keywords.json"
    back = nb.read_network(path)
    assert back.manifest["clustering"]["labels"]["1"] == 'Heat & "pumps" <1>'
    rounded = topics.with_nodes(
        x=[round(float(value), 5) for value in topics.node_columns["x"]],
        y=[round(float(value), 5) for value in topics.node_columns["y"]],
    )
    lost = [loss.name for loss in compare_networks(rounded, back)]
    assert [name for name in lost if not name.startswith(("edges.", "nodes.mean_"))] == []


def test_saves_png(open_page: Open, map_page: Path, tmp_path: Path) -> None:
    """The picture is a PNG of twice the points of the map."""
    page = open_page(map_page)
    _settle(page)
    head = _saved(page, "PNG", tmp_path).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width = page.evaluate("document.querySelector('canvas').clientWidth")
    assert int.from_bytes(head[16:20], "big") == 2 * width


@pytest.mark.parametrize("view", ["network", "overlay", "density"])
def test_saves_svg(open_page: Open, map_page: Path, tmp_path: Path, view: str) -> None:
    """The picture is SVG that parses, with circles, labels and a legend."""
    page = open_page(map_page)
    page.locator(f"input[value={view}]").check(force=True)
    _settle(page)
    root = ET.fromstring(_saved(page, "SVG", tmp_path).read_text(encoding="utf-8"))  # noqa: S314
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    texts = {"".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")}
    assert "heat" in texts
    if view == "density":
        assert "image" in names
    else:
        assert names.count("path") == 10
        assert names.count("circle") >= 7
    assert ("Average year" in texts) == (view == "overlay")


def test_hostile_labels(open_page: Open, tmp_path: Path) -> None:
    """No label runs, none breaks the page, and all that is saved can be read."""
    write_map(hostile_map(), tmp_path / "map.html", title="</title><script>alert(1)</script>")
    page = open_page(tmp_path / "map.html")
    for place in range(len(HOSTILE)):
        page.evaluate(
            "(i) => { const m = [...nqpMaps.values()][0], list = m.part('list');"
            " m.part('list-box').open = true; m.part('list-box').ontoggle();"
            " list.value = String(i); list.onchange(); }",
            place,
        )
    assert page.title() == "</title><script>alert(1)</script>"
    assert page.locator("img, main script:not([type])").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [1280, 1280]
    _settle(page)
    ET.fromstring(_saved(page, "SVG", tmp_path).read_text(encoding="utf-8"))  # noqa: S314
    page.get_by_text("Export", exact=True).click()
    back = nb.read_network(_saved(page, "VOSviewer JSON", tmp_path))
    assert back.labels[:3] == HOSTILE[:3]


def test_labels(
    open_page: Open, network_of_labels: Callable[..., nb.Network], tmp_path: Path
) -> None:
    """No label lies over another, at any zoom, and more of them come as the map is zoomed."""
    random = np.random.default_rng(5)
    labels = [f"label of the node {number}" for number in range(600)]
    x, y = random.normal(size=(2, 600))
    net = network_of_labels(
        labels, [(0, 1, 1.0)], x=x, y=y, occurrences=random.integers(1, 99, 600)
    )
    write_map(net, tmp_path / "map.html")
    page = open_page(tmp_path / "map.html", reduced_motion="reduce")
    page.get_by_role("application").focus()
    counts = []
    for _ in range(4):
        _settle(page)
        boxes = page.evaluate(LABELS)
        counts.append(len(boxes))
        overlaps = [
            (one, other)
            for one, other in itertools.combinations(boxes, 2)
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert overlaps == []
        page.keyboard.press("+")
        page.keyboard.press("+")
    assert counts == sorted(counts)
    assert counts[0] > 20
    assert counts[-1] > 1.5 * counts[0]


SMALL: list[tuple[list[str], list[tuple[int, int, float]], dict[str, Any]]] = [
    (["alone"], [], {}),
    (["one", "other"], [], {"x": [0.0, 0.0], "y": [0.0, 0.0]}),
    (["one", "other"], [(0, 1, 0.0)], {"x": [0.0, 1.0], "y": [0.0, 0.0]}),
    (["one", "other"], [(0, 1, 1.0)], {"score": [np.nan, np.nan], "occurrences": [0, 0]}),
    (["one", "other"], [(0, 1, 1.0)], {"score": [2.0, 2.0], "year": [2001.0, 2001.0]}),
]


@pytest.mark.parametrize("case", range(len(SMALL)))
def test_smallest_maps(
    open_page: Open, network_of_labels: Callable[..., nb.Network], tmp_path: Path, case: int
) -> None:
    """Maps of a node or two are shown in every view, and saved."""
    labels, edges, columns = SMALL[case]
    write_map(network_of_labels(labels, edges, **columns), tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    for view in ("density", "overlay", "network"):
        radio = page.locator(f"input[value={view}]")
        if radio.is_enabled():
            radio.check(force=True)
            _settle(page)
            assert page.evaluate(COLOURS) > 5
    ET.fromstring(_saved(page, "SVG", tmp_path).read_text(encoding="utf-8"))  # noqa: S314
    page.get_by_text("Export", exact=True).click()
    assert nb.read_network(_saved(page, "VOSviewer JSON", tmp_path)).n_nodes == len(labels)


def test_without_script(open_page: Open, map_page: Path) -> None:
    """Without a script the drawing is shown, and no dead control."""
    page = open_page(map_page, java_script_enabled=False)
    assert page.locator(".nm-static svg").is_visible()
    assert page.locator("button:visible, input:visible, canvas:visible").count() == 0


def test_two_maps_on_a_page(open_page: Open, topics: nb.Network, tmp_path: Path) -> None:
    """Two maps stand on one page, and what is done to one leaves the other alone."""
    style, script = viewer_style(), viewer_script()
    policy = content_policy([style], [script])
    maps = [viewer_html(topics, name="one"), viewer_html(hostile_map(), name="two")]
    text = (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Two</title><meta '
        f'http-equiv="Content-Security-Policy" content="{policy}"><style>{style}</style>'
        f"<main>{maps[0]}{maps[1]}</main><script>{script}</script></html>"
    )
    (tmp_path / "two.html").write_text(text, encoding="utf-8", errors="replace")
    page = open_page(tmp_path / "two.html")
    page.wait_for_function("() => document.querySelectorAll('[data-ready]').length === 2")
    page.locator("#one .nm-clusters input[type=checkbox]").first.uncheck()
    shown = "() => ['one', 'two'].map((name) => nqpMaps.get(name).nShown)"
    assert page.evaluate(shown)[0] < 7
    assert page.evaluate(shown)[1] == len(HOSTILE)
    before = page.evaluate("nqpMaps.get('one').view.k")
    page.locator("#one canvas").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate("nqpMaps.get('one').view.k") == before


@pytest.mark.parametrize(
    "name",
    ["JOI_2007-2016_co-authorship", "QSS_publication_bibliographic_coupling"],
)
def test_maps_of_vosviewer(open_page: Open, shared_data: Path, tmp_path: Path, name: str) -> None:
    """A map of VOSviewer is shown, moved through time, and saved as it was read."""
    net = nb.read_network(shared_data / "truths" / "vosviewer" / f"{name}_network.json")
    write_map(net, tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    assert page.evaluate(SHOWN) == [net.n_nodes, net.n_edges]
    back = nb.read_network(_saved(page, "VOSviewer JSON", tmp_path))
    lost = {loss.name for loss in compare_networks(net, back)}
    assert lost <= {"network.kind", "network.of", "nodes.description"}
