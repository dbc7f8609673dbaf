"""What all figures of measures have in common."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from matplotlib.figure import Figure

import nqp_biblio as nb
from nqp_biblio.outputs.figures import svg_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.text import Text

    Draw = Callable[..., Figure]

YEARS = range(2001, 2013)


def _made() -> nb.Corpus:
    """Make works of twelve years, with authors, keywords, sources and lists of references."""
    records = [
        nb.Record(
            title=f"Harbour growth {year} {n}",
            publication_year=year,
            source_raw=f"Journal {n % 4}",
            people=[nb.Person(family=f"Author{k}", given="A.") for k in range(n % 3 + 1)],
            keywords=[("author_keyword", "港口 growth"), ("author_keyword", f"word {year // 3}")],
            cited_by_count=n,
        )
        for year in YEARS
        for n in range(year - 1999)
    ]
    return nb.normalise(nb.corpus_of(records))


CORPUS = _made()
SPECTRUM = nb.Result(
    ("publication_year", "n_citations", "deviation", "is_peak"),
    [(1990 + n, 20 + 15 * (n % 4 == 0), 15.0 * (n % 4 == 0), n % 4 == 0) for n in range(20)],
    {},
)
BURSTS = nb.Result(
    ("key", "item", "level", "start", "end", "weight", "n_works", "n_total", "is_open"),
    [
        ("a", "港口 growth", 1, 2003, 2006, 9.5, 12, 20, False),
        ("b", "trade <b>routes</b>", 1, 2001, 2012, 4.25, 8, 9, True),
        ("a", "港口 growth", 2, 2004, 2005, 3.0, 9, 20, False),
    ],
    {"as_of": 2012},
)
TREE = nb.Result(
    ("part", "rank", "label", "citations", "references", "betweenness"),
    [
        (part, rank, f"{part} {rank}", 10 - rank, rank, 0.5 / rank)
        for part in ("root", "trunk", "leaf")
        for rank in (1, 2, 3)
    ],
    {},
)
FIGURES: dict[str, Draw] = {
    "bradford": lambda **o: nb.plot_bradford(
        nb.bradford_zones(CORPUS), nb.bradford_law(CORPUS), **o
    ),
    "bursts": lambda **o: nb.plot_bursts(BURSTS, **o),
    "collaboration": lambda **o: nb.plot_collaboration(nb.collaboration(CORPUS, by="year"), **o),
    "growth": lambda **o: nb.plot_growth(
        nb.life_cycle_curve(CORPUS), nb.annual_growth(CORPUS), **o
    ),
    "life cycle": lambda **o: nb.plot_life_cycle(
        nb.life_cycle_curve(CORPUS, years_ahead=5), nb.life_cycle(CORPUS), **o
    ),
    "lotka": lambda **o: nb.plot_lotka(nb.lotka(CORPUS, n_bootstrap=0), **o),
    "rpys": lambda **o: nb.plot_rpys(SPECTRUM, **o),
    "three fields": lambda **o: nb.plot_three_field(
        nb.multimode_network(CORPUS, ("authors", "author_keywords", "sources")), **o
    ),
    "tree": lambda **o: nb.plot_tree(TREE, **o),
    "trends": lambda **o: nb.plot_trends(nb.trend_topics(CORPUS), **o),
}


@pytest.fixture(params=FIGURES)
def draw(request: pytest.FixtureRequest) -> Draw:
    """Give each figure in turn."""
    return FIGURES[request.param]


def test_same_bytes(draw: Draw) -> None:
    """The same measure gives the same file."""
    assert svg_of(draw()) == svg_of(draw())


def test_own_axes(draw: Draw) -> None:
    """It is drawn into axes that are given, and into no others."""
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    assert draw(ax=axes) is figure
    assert figure.axes == [axes]
    assert axes.has_data() or axes.patches or axes.texts


@pytest.mark.parametrize("width", [6.2, 4.4, 3.3])
def test_nothing_leaves_the_figure(draw: Draw, width: float) -> None:
    """At any width of a column, text stays within the figure."""
    figure = draw(width=width)
    svg_of(figure)
    assert figure.get_figwidth() == width
    box = figure.get_window_extent()
    for text in _texts(figure):
        found = text.get_window_extent()
        assert found.x0 >= box.x0 - 1, text.get_text()
        assert found.x1 <= box.x1 + 1, text.get_text()


def test_labels_cover_none(draw: Draw) -> None:
    """No name of a row, tick or item covers another."""
    figure = draw()
    svg_of(figure)
    boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(figure)]
    for (name, one), (other, two) in itertools.combinations(boxes, 2):
        apart = (
            one.x1 <= two.x0 + 1
            or two.x1 <= one.x0 + 1
            or one.y1 <= two.y0 + 2
            or two.y1 <= one.y0 + 2
        )
        assert apart, (name, other)


def _texts(figure: Figure) -> list[Text]:
    """List the texts that are shown; ticks outside of the axes are not."""
    [axes] = figure.axes
    ticks: list[Text] = []
    if axes.axison:
        for names, limits, at in (
            (axes.get_xticklabels(), axes.get_xlim(), 0),
            (axes.get_yticklabels(), axes.get_ylim(), 1),
        ):
            low, high = sorted(limits)
            ticks += [text for text in names if low <= text.get_position()[at] <= high]
    legend = axes.get_legend()
    told = [*axes.texts, *ticks, *(legend.get_texts() if legend else [])]
    return [text for text in told if text.get_text() and text.get_visible()]
