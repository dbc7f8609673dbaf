"""What each figure of a measure shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

import nqp_biblio as nb
from nqp_biblio.outputs.figures import svg_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure


def _texts(figure: Figure) -> list[str]:
    """List what is written."""
    [axes] = figure.axes
    legend = axes.get_legend()
    return [text.get_text() for text in (*axes.texts, *(legend.get_texts() if legend else []))]


def _bars(figure: Figure) -> list[Rectangle]:
    """List the bars."""
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def test_lotka_draws_the_fitted_line() -> None:
    """Observed shares are points; the line is straight on logarithmic axes."""
    rows = [(n, 100 // n**2, 1 / n**2, 90 / n**2, 0.9 / n**2) for n in (1, 2, 5)]
    columns = ("n_works", "n_authors", "share", "expected", "expected_share")
    result = nb.Result(columns, rows, {"exponent": 2.0, "standard_error": 0.125})
    figure = nb.plot_lotka(result)
    [axes] = figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    observed, fitted = axes.lines
    assert np.allclose(observed.get_ydata(), [1, 0.25, 0.04])
    slope = np.diff(np.log(np.asarray(fitted.get_ydata()))) / np.diff(np.log([1, 2, 5]))
    assert np.allclose(slope, -2)
    assert "fitted law, exponent 2.00 ± 0.12" in _texts(figure)


def test_lotka_without_fit() -> None:
    """Where nothing was fitted, the observed shares stand alone."""
    columns = ("n_works", "n_authors", "share", "expected", "expected_share")
    figure = nb.plot_lotka(nb.Result(columns, [(1, 3, 1.0, None, None)], {"exponent": None}))
    assert len(figure.axes[0].lines) == 1


def test_bradford_names_its_zones() -> None:
    """Each zone that is wide enough says how many sources it has."""
    works = [40, 20, 10, 10, *[2] * 40]
    records = [
        nb.Record(title=f"{at} {n}", source_raw=f"Journal {at}")
        for at, count in enumerate(works)
        for n in range(count)
    ]
    corpus = nb.normalise(nb.corpus_of(records))
    zones, law = nb.bradford_zones(corpus), nb.bradford_law(corpus)
    texts = _texts(nb.plot_bradford(zones, law))
    n_core = law.column("n_sources")[0]
    assert f"core\n{n_core} sources" in texts
    assert "Leimkuhler's curve, fitted" in texts
    assert "Leimkuhler's curve, fitted" not in _texts(nb.plot_bradford(zones))


def test_growth_keeps_the_sum() -> None:
    """The trend has the sum of the works, as every Poisson model has."""
    records = [
        nb.Record(title=f"{year} {n}", publication_year=year)
        for year in range(2000, 2010)
        for n in range(2 + year % 2000)
    ]
    corpus = nb.corpus_of(records)
    figure = nb.plot_growth(nb.life_cycle_curve(corpus), nb.annual_growth(corpus))
    [trend] = [line for line in figure.axes[0].lines if "trend" in str(line.get_label())]
    assert np.isclose(np.sum(np.asarray(trend.get_ydata())), len(records))
    assert [bar.get_height() for bar in _bars(figure)] == list(range(2, 12))


def test_life_cycle_counts_from_the_first_year() -> None:
    """The curve has nothing before the first year, and is broken behind the last."""
    columns = ("publication_year", "n_works", "fitted", "cumulative", "fitted_cumulative")
    rows = [
        (2000, 3, 4.0, 3, 104.0),
        (2001, 5, 5.0, 8, 109.0),
        (2002, None, 6.0, None, 115.0),
    ]
    curve = nb.Result(columns, rows, {})
    cycle = nb.Result(("parameter", "estimate"), [("midpoint_year", 2001.0)], {})
    figure = nb.plot_life_cycle(curve, cycle)
    past, ahead = figure.axes[0].lines[1:3]
    assert list(np.asarray(past.get_ydata())) == [4, 9]
    assert list(np.asarray(ahead.get_ydata())) == [9, 15]
    assert "midpoint 2001" in _texts(figure)


def test_rpys_labels_its_largest_peaks() -> None:
    """The largest peaks of the years that are drawn bear their year."""
    rows = [(1900 + n, 10, 5.0 * (n % 10 == 5) + n / 100, n % 10 == 5) for n in range(60)]
    names = ("publication_year", "n_citations", "deviation", "is_peak")
    spectrum = nb.Result(names, rows, {})
    shown = {text for text in _texts(nb.plot_rpys(spectrum, n_labels=3)) if text.isdigit()}
    assert shown == {"1935", "1945", "1955"}
    early = nb.plot_rpys(spectrum, years=(1900, 1920))
    assert {text for text in _texts(early) if text.isdigit()} == {"1905", "1915"}


BURSTS = nb.Result(
    ("key", "item", "level", "start", "end", "weight", "is_open"),
    [
        ("a", "港口 growth", 1, 2003, 2006, 9.5, False),
        ("b", "<script>", 1, 2001, 2012, 4.25, True),
        ("a", "港口 growth", 2, 2004, 2005, 3.0, False),
        ("c", "small", 1, 2002, 2002, 1.0, False),
    ],
    {"as_of": 2012},
)


def test_bursts_by_beginning() -> None:
    """Items stand in the order of their first burst; a higher level is darker."""
    figure = nb.plot_bursts(BURSTS, n_items=2)
    [axes] = figure.axes
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<script>", "港口 growth"]
    lengths = sorted(round(bar.get_width(), 1) for bar in _bars(figure))
    assert lengths == [1.8, 3.8, 11.8]
    assert len({bar.get_facecolor() for bar in _bars(figure)}) == 2
    assert _texts(figure) == ["4.2", "9.5"]
    assert "&lt;script&gt;" in svg_of(figure, name="x", title="y")


def test_trends_newest_on_top() -> None:
    """Terms stand by median year; the area of a dot follows the works."""
    names = ("year", "key", "item", "n_works", "year_q1", "year_median", "year_q3")
    rows = [
        (2001, "a", "old", 10, 2000.0, 2001.0, 2002.5),
        (2008, "b", "new", 40, 2007.0, 2008.0, 2009.0),
        (2008, "c", "rare", 1, 2008.0, 2008.0, 2008.0),
    ]
    figure = nb.plot_trends(nb.Result(names, rows, {}), n_items=2)
    [axes] = figure.axes
    assert [text.get_text() for text in axes.get_yticklabels()] == ["new", "old"]
    dots = axes.collections[1]
    assert isinstance(dots, PathCollection)
    assert np.allclose(np.asarray(dots.get_offsets())[:, 0], [2008, 2001])
    areas = np.asarray(dots.get_sizes())
    assert np.isclose(areas[0] / areas[1], 4)


def _fields(labels: list[str], edges: list[tuple[int, int, float]], modes: str) -> nb.Network:
    """Make a network of items of several kinds."""
    source, target, weight = np.array(edges).T
    net = nb.Network(
        kind="multimode",
        of="a+b+c",
        directed=False,
        ids=np.arange(1, len(labels) + 1),
        labels=tuple(labels),
        source=source.astype(np.int64),
        target=target.astype(np.int64),
        weight=weight.astype(np.float64),
    )
    return net.with_nodes(
        mode=np.array(list(modes), dtype=object), occurrences=np.ones(len(labels), dtype=np.int64)
    )


def test_three_fields_are_joined_by_neighbours() -> None:
    """Only links of neighbouring fields are bands; items without one are left out."""
    edges = [(0, 2, 3.0), (1, 2, 1.0), (2, 3, 4.0), (0, 3, 9.0)]
    net = _fields(["Ann", "Bo", "港口", "Acta", "alone"], edges, "aabcc")
    figure = nb.plot_three_field(net)
    assert len([p for p in figure.axes[0].patches if type(p).__name__ == "PathPatch"]) == 3
    assert [t for t in _texts(figure) if t not in "abc"] == ["Ann", "Bo", "港口", "Acta"]
    heights = [bar.get_height() for bar in _bars(figure)]
    assert np.isclose(heights[0], 3 * heights[1])
    assert np.isclose(heights[2], heights[3])
    assert [t for t in _texts(nb.plot_three_field(net, fields=("c", "a", "b"))) if t in "abc"] == [
        "c",
        "a",
        "b",
    ]


def test_tree_stands_upright() -> None:
    """Leaves stand above the trunk, and the trunk above the roots."""
    columns = ("part", "rank", "label", "citations", "references", "betweenness")
    rows = [
        ("root", 1, "an old book", 9, 0, 0.0),
        ("trunk", 1, "a bridge", 3, 3, 0.5),
        ("leaf", 1, "a new paper", 0, 9, 0.0),
    ]
    [axes] = nb.plot_tree(nb.Result(columns, rows, {})).axes
    y = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert y["a new paper"] < y["a bridge"] < y["an old book"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert nb.plot_tree(nb.Result(columns, rows[:1], {})).axes[0].texts[0].get_text() == "roots"


NOTHING: dict[str, Callable[[], Figure]] = {
    "authors": lambda: nb.plot_lotka(nb.Result(("n_works", "share"), [], {})),
    "sources": lambda: nb.plot_bradford(nb.Result(("rank", "cumulative"), [], {})),
    "years to draw": lambda: nb.plot_growth(nb.Result(("publication_year", "n_works"), [], {})),
    "ask for them": lambda: nb.plot_collaboration(
        nb.Result(("publication_year", "n_multi", "n_single"), [(None, 1, 2)], {})
    ),
    "cited references": lambda: nb.plot_rpys(
        nb.Result(("publication_year", "n_citations", "deviation", "is_peak"), [], {})
    ),
    "bursts": lambda: nb.plot_bursts(nb.Result(("key",), [], {})),
    "terms": lambda: nb.plot_trends(nb.Result(("key",), [], {})),
    "tree": lambda: nb.plot_tree(nb.Result(("part",), [], {})),
    "network has a, b": lambda: nb.plot_three_field(_fields(["x", "y"], [(0, 1, 1.0)], "ab")),
    "stand in one work": lambda: nb.plot_three_field(
        _fields(["x", "y", "z"], [(0, 2, 1.0)], "abc")
    ),
}


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_to_draw(words: str) -> None:
    """A measure without anything to draw is refused in words."""
    with pytest.raises(nb.BiblioError, match=words):
        NOTHING[words]()
