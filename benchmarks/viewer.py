"""Time the map viewer in a real browser: frames a second while moving, and the first picture.

Run ``python benchmarks/viewer.py [n_nodes n_edges]``; without numbers 5,000 and 50,000. Needs
Playwright and Chromium, which is started headless, so that all drawing is done by the
processor. The page itself counts its frames with requestAnimationFrame while a script of it moves
the map on each of them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from nqp_biblio.networks.network import Network
from nqp_biblio.outputs.viewer import write_map

SIZE = (5_000, 50_000)
N_GROUPS = 24
WITHIN = 0.85
WINDOW = {"width": 1280, "height": 800}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
VIEWS = ("network", "overlay", "density")
PAINTED = 'performance.getEntriesByName("first-contentful-paint")[0].startTime'
MOVING = """([kind, seconds]) => new Promise((done) => {
    const map = [...window.nqpMaps.values()][0], gaps = [];
    const canvas = map.stage.canvas, box = canvas.getBoundingClientRect();
    let begun = 0, last = 0, way = -22;
    const send = (name, x, y, more) => canvas.dispatchEvent(
        new (name === "wheel" ? WheelEvent : PointerEvent)(
            name, {clientX: box.left + x, clientY: box.top + y, bubbles: true, cancelable: true,
                   pointerId: 1, pointerType: "mouse", ...more}));
    canvas.setPointerCapture = () => {};
    if (kind === "pan") send("pointerdown", 400, 300, {});
    const step = (now) => {
        if (!begun) begun = now; else gaps.push(now - last);
        last = now;
        const turn = (now - begun) / 1000;
        if (kind === "pan") {
            send("pointermove", 400 + 220 * Math.sin(2 * turn), 300 + 140 * Math.sin(3 * turn), {});
        } else {
            const zoom = map.view.k / map.fit.k;
            way = zoom > 8 ? 22 : zoom < 1 ? -22 : way;
            send("wheel", 420, 330, {deltaY: way});
        }
        if (turn < seconds) requestAnimationFrame(step);
        else {
            if (kind === "pan") send("pointerup", 0, 0, {});
            gaps.sort((a, b) => a - b);
            const sum = gaps.reduce((a, b) => a + b, 0);
            done([1000 * gaps.length / sum, gaps[Math.floor(gaps.length / 2)],
                  gaps[Math.floor(0.95 * gaps.length)]]);
        }
    };
    requestAnimationFrame(step);
})"""


def made_network(n_nodes: int, n_edges: int) -> Network:
    """Make a laid-out network of groups with hubs."""
    random = np.random.default_rng(1)
    group = np.arange(n_nodes) % N_GROUPS
    angle = 2.4 * group
    middle = np.sqrt(group / N_GROUPS)
    spread = random.normal(0, 0.09, (2, n_nodes))
    x, y = middle * np.cos(angle) + spread[0], middle * np.sin(angle) + spread[1]
    size = n_nodes // N_GROUPS
    pairs = np.empty((0, 2), dtype=np.int64)
    while len(pairs) < n_edges:
        one = random.integers(0, N_GROUPS, n_edges)
        within = random.random(n_edges) < WITHIN
        other = np.where(within, one, random.integers(0, N_GROUPS, n_edges))
        ends = (random.random((2, n_edges)) ** 2 * size).astype(np.int64) * N_GROUPS
        drawn = np.sort(np.stack([ends[0] + one, ends[1] + other], axis=1), axis=1)
        pairs = np.unique(np.concatenate([pairs, drawn[drawn[:, 0] != drawn[:, 1]]]), axis=0)
    pairs = pairs[np.sort(random.permutation(len(pairs))[:n_edges])]
    return Network(
        kind="cooccurrence",
        of="keywords",
        directed=False,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple(f"keyword {number} of group {number % N_GROUPS}" for number in range(n_nodes)),
        source=pairs[:, 0],
        target=pairs[:, 1],
        weight=np.floor(random.pareto(1.5, n_edges)) + 1,
        node_columns={
            "x": x,
            "y": y,
            "cluster": group + 1,
            "occurrences": (random.pareto(1.2, n_nodes) * 3).astype(np.int64) + 1,
            "mean_year": random.uniform(2000, 2024, n_nodes).round(1),
        },
    )


def time_page(path: Path) -> None:
    """Open the page, move the map in each view and print what the page measured."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS, headless=True
        )
        page = browser.new_page(viewport=WINDOW)
        page.goto(path.as_uri())
        page.wait_for_selector("[data-ready]")
        drawn = page.locator(".nm").get_attribute("data-painted")
        painted = page.evaluate(PAINTED)
        print(f"drawn after {drawn} ms, first paint of the browser after {painted:.0f} ms")
        for view in VIEWS:
            page.locator(f"input[value={view}]").check(force=True)
            page.wait_for_timeout(1500)
            for kind in ("pan", "zoom"):
                rate, middle, slow = page.evaluate(MOVING, [kind, 4])
                told = f"{rate:5.1f} frames/s, frame {middle:.1f} ms (95%: {slow:.1f})"
                print(f"{view:8} {kind:4} {told}")
        browser.close()


if __name__ == "__main__":
    n_nodes, n_edges = (int(value) for value in sys.argv[1:3]) if len(sys.argv) > 1 else SIZE
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.html"
        begun = time.perf_counter()
        write_map(made_network(n_nodes, n_edges), file)
        print(f"{n_nodes:,} nodes, {n_edges:,} edges: {file.stat().st_size / 1e6:.2f} MB,")
        print(f"written in {time.perf_counter() - begun:.1f} s")
        time_page(file)
