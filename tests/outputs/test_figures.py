"""Figures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.figures import (
    PALETTE,
    colour_of,
    plot_bars,
    plot_columns,
    plot_network,
    svg_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

NetworkOf = Callable[..., nb.Network]

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "$x_1$ and $y^2$",
    r"$\frac$ $unclosed {",
    "新质生产力 研究",
    "😀 emoji 👩‍🔬",
    "বাংলা አማርኛ नमस्ते עברית",
    "a\x00b\x07c\x1bd\x85e\ufffe",
    "a & b; &amp; &#60;",
    'style="fill:red" url(#here) xlink:href="#there" id="mine"',
    "--> ]]> <!-- <![CDATA[",
    "",
    "   ",
    "x" * 300,
    "\u202eright to left\u202c",
    "\ud800 lone surrogate",
]


def _texts(svg: str) -> list[str]:
    """Return the texts of an SVG, which must be well-formed."""
    tree = ET.fromstring(svg)  # noqa: S314  made here
    names = ("{http://www.w3.org/2000/svg}text", "{http://www.w3.org/2000/svg}tspan")
    return ["".join(node.itertext()) for node in tree.iter() if node.tag in names]


def _bars(labels: list[str]) -> Figure:
    return plot_bars(labels, list(range(1, len(labels) + 1)), xlabel="works")


def test_same_bytes_twice(small_network: nb.Network) -> None:
    """The same figure gives the same bytes, within a page and as a file."""
    for name in ("", "map"):
        first, second = (svg_of(plot_network(small_network), name=name) for _ in range(2))
        assert first == second


def test_same_bytes_on_any_hash_seed() -> None:
    """The bytes do not depend on the seed of hashing."""
    code = (
        "import hashlib; from nqp_biblio.outputs.figures import plot_bars, plot_columns, svg_of\n"
        "bars = svg_of(plot_bars(['a', 'b'], [2, 1], xlabel='works'), name='n')\n"
        "years = svg_of(plot_columns([2001, 2002], [1, 2], ylabel='works'))\n"
        "print(hashlib.sha256((bars + years).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(digests) == 1


def test_named_is_an_element_for_a_page() -> None:
    """With a name there are no styles, no comments and no metadata, and ids bear the name."""
    svg = svg_of(_bars(["one", "two"]), name="mine", title='Works by "source" <&>')
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    assert not re.search(r"style=|<style|<!--|<metadata|xlink:", svg)
    ids = re.findall(r' id="([^"]+)"', svg)
    assert ids
    assert len(ids) == len(set(ids))
    assert all(name.startswith("mine-") for name in ids)
    used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg)
    assert {one or other for one, other in used} <= set(ids)
    tree = ET.fromstring(svg)  # noqa: S314  made here
    assert tree.attrib["aria-label"] == 'Works by "source" <&>'


def test_unnamed_is_a_whole_file() -> None:
    """Without a name it is a file of its own, without a date."""
    svg = svg_of(_bars(["one"]))
    assert svg.startswith("<?xml")
    assert "<dc:date>" not in svg


@pytest.mark.parametrize("name", ["", "page"])
@pytest.mark.parametrize("label", HOSTILE)
def test_bars_hold_any_label(label: str, name: str) -> None:
    """Whatever a label holds, it is drawn as text, without error or warning."""
    texts = _texts(svg_of(_bars([label, "other"]), name=name))
    assert "other" in texts


@pytest.mark.parametrize("name", ["", "page"])
def test_maps_hold_any_label(network_of_labels: NetworkOf, name: str) -> None:
    """A map with hostile labels is well-formed, and nothing in it is markup."""
    edges = [(i, i + 1, 1.0) for i in range(len(HOSTILE) - 1)]
    places = np.arange(len(HOSTILE))
    net = network_of_labels(HOSTILE, edges, x=places % 4 * 1.0, y=places // 4 * 1.0)
    svg = svg_of(plot_network(net, size=(16, 12)), name=name)
    texts = " ".join(_texts(svg))
    assert "<script>" in texts
    assert "$x_1$" in texts
    assert "<script" not in svg
    assert "<img" not in svg


TEXTS = [
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("$x_1$ and $y^2$", "$x_1$ and $y^2$"),
    (r"$\frac$", r"$\frac$"),
    ('style="a:b" url(#c)', 'style="a:b" url(#c)'),
    ('a id="b" <c>', 'a id="b" <c>'),
    ("新质生产力", "新质生产力"),
    ("a\x00b\x07c", "abc"),
]


@pytest.mark.parametrize(("label", "drawn"), TEXTS)
def test_text_stays_as_it_is(label: str, drawn: str) -> None:
    """A label is drawn letter by letter; only control characters are left out."""
    assert drawn in _texts(svg_of(_bars([label]), name="page"))


def test_long_labels_of_bars() -> None:
    """A label of many words is cut after three lines, and says so."""
    [*lines] = [text for text in _texts(svg_of(_bars(["many words " * 30]))) if "words" in text]
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_bars_are_in_order() -> None:
    """The first bar is on top, and its length is written beside it."""
    figure = plot_bars(["first", "second"], [7, 2], xlabel="works")
    [axes] = figure.axes
    assert axes.yaxis_inverted()
    assert [bar.get_width() for bar in axes.patches] == [7, 2]
    assert {"7", "2"} <= set(_texts(svg_of(figure)))


def test_bars_of_nothing_and_zero() -> None:
    """Zeros are drawn; no bars at all are refused."""
    assert svg_of(plot_bars(["none"], [0], xlabel="works"))
    with pytest.raises(nb.BiblioError, match="no bars"):
        plot_bars([], [], xlabel="works")


@pytest.mark.parametrize("years", [[2025], [2020, 2021], list(range(1900, 2026))])
def test_columns(years: list[int]) -> None:
    """One, two and many years are drawn, with whole years at the axis."""
    figure = plot_columns(years, [1] * len(years), ylabel="works")
    assert len(figure.axes[0].patches) == len(years)
    numbers = [text for text in _texts(svg_of(figure)) if text.isdigit()]
    assert numbers
    assert not [text for text in _texts(svg_of(figure)) if "." in text]


def test_map_without_nodes(network_of_labels: NetworkOf) -> None:
    """A network without nodes cannot be drawn, and the message says what would help."""
    with pytest.raises(nb.BiblioError, match="without nodes cannot be drawn; lower its"):
        plot_network(network_of_labels([], []))


SIZES = [(1, []), (2, []), (2, [(0, 1, 1.0)]), (5, []), (120, [(0, i, 1.0) for i in range(1, 120)])]


@pytest.mark.parametrize(("n_nodes", "edges"), SIZES)
def test_map_of_any_size(
    network_of_labels: NetworkOf, n_nodes: int, edges: list[tuple[int, int, float]]
) -> None:
    """One, two and many nodes are drawn, with edges and without, all inside the frame."""
    net = network_of_labels([f"n{i}" for i in range(n_nodes)], edges)
    figure = plot_network(net)
    [axes] = figure.axes
    circles = axes.collections[-1].get_offsets()
    assert len(circles) == n_nodes
    places = np.asarray(circles)
    assert np.isfinite(places).all()
    assert (places >= 0).all()
    assert (places <= [9.6 * 72, 6.4 * 72]).all()
    assert axes.texts[0].get_text() == "n0"


def test_areas_follow_occurrences(network_of_labels: NetworkOf) -> None:
    """The area of a circle is in proportion to the occurrences."""
    net = network_of_labels(["a", "b"], [], occurrences=[8, 2])
    sizes = plot_network(net).axes[0].collections[-1].get_sizes()
    assert sizes.tolist() == pytest.approx([4 * sizes[1], sizes[1]])


def test_limit_of_labels(network_of_labels: NetworkOf) -> None:
    """No more labels are drawn than asked for, those of the largest nodes."""
    net = network_of_labels(list("abcdef"), [], occurrences=[1, 2, 3, 4, 5, 6])
    texts = plot_network(net, max_labels=2).axes[0].texts
    assert [text.get_text() for text in texts] == ["f", "e"]


def test_settings_of_the_user_do_not_matter(small_network: nb.Network) -> None:
    """The user's own settings of matplotlib change nothing, and stay as they were."""
    import matplotlib as mpl

    plain = svg_of(plot_network(small_network))
    with mpl.rc_context({"font.size": 30, "text.usetex": False, "axes.facecolor": "red"}):
        assert svg_of(plot_network(small_network)) == plain
        assert mpl.rcParams["font.size"] == 30


COLOURS = [(1, PALETTE[0]), (10, PALETTE[9]), (11, "#8a8f98"), (0, "#8a8f98")]


@pytest.mark.parametrize(("number", "colour"), COLOURS)
def test_colours_of_clusters(number: int, colour: str) -> None:
    """Clusters from 1 have their colours; nodes in none, and clusters past ten, are grey."""
    assert colour_of(number) == colour


MAGIC = [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")]


@pytest.mark.parametrize(("kind", "magic"), MAGIC)
def test_files(tmp_path: Path, small_network: nb.Network, kind: str, magic: bytes) -> None:
    """A picture is of the kind that its ending says, and the same bytes each time."""
    one, two = tmp_path / f"one.{kind}", tmp_path / f"two.{kind}"
    nb.write(small_network, one)
    nb.write(small_network, two)
    assert one.read_bytes().startswith(magic)
    assert one.read_bytes() == two.read_bytes()
