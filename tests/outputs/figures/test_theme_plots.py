"""Figures of themes and of paths of citations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.figure import Figure

import nqp_biblio as nb
from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures import svg_of
from nqp_biblio.record import CitedReference

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.text import Text

    Draw = Callable[..., Figure]

THEMES = nb.Result(
    (
        *("theme", "label", "n_terms", "occurrences", "centrality", "density"),
        *("centrality_rank", "density_rank", "quadrant", "n_works", "mean_citations", "h"),
    ),
    [
        (1, "港口 growth, tide, crane", 9, 80, 4.0, 1.0, 4.0, 1.0, "basic", 60, 3.0, 7),
        (2, "trade <b>routes</b>, sail", 5, 40, 3.0, 9.0, 3.0, 4.0, "motor", 20, 1.0, 3),
        (3, "salt, whales", 4, 20, 1.0, 8.0, 1.0, 3.0, "niche", 9, None, None),
        (4, "rope, tar", 3, 10, 2.0, 2.0, 2.0, 2.0, "emerging or declining", 4, 0.0, 0),
    ],
    {"axes": "rank", "split": "median"},
)
LINKS = nb.Result(
    (
        *("from_period", "from_theme", "from_label", "to_period", "to_theme", "to_label"),
        *("n_from", "n_to", "n_shared", "shares_first_term"),
    ),
    [
        ("1990-1999", 1, "港口, tide", "2000-2009", 1, "harbour, tide", 12, 9, 5, True),
        ("1990-1999", 1, "港口, tide", "2000-2009", 2, "trade, sail", 12, 3, 1, False),
        ("1990-1999", 2, "rope, tar", "2000-2009", 2, "trade, sail", 2, 3, 1, False),
        ("2000-2009", 2, "trade, sail", "2010-2019", 1, "routes, sail", 3, 4, 2, True),
    ],
    {},
)


def _cited(n: int = 12) -> nb.Corpus:
    """Make works of which each cites the two before it, two works a year."""
    records = [
        nb.Record(
            title=f"Harbour growth number {at}",
            publication_year=2000 + at // 2,
            doi=f"10.1234/{at}",
            people=[nb.Person(family=f"Author{at}", given="A.")],
            cited_references=[
                CitedReference(raw=f"doi:10.1234/{k}", doi=f"10.1234/{k}")
                for k in range(max(0, at - 2), at)
            ],
        )
        for at in range(n)
    ]
    return nb.link_references(nb.normalise(nb.corpus_of(records)))


CITED = _cited()
FIGURES: dict[str, Draw] = {
    "thematic map": lambda **o: nb.plot_thematic_map(THEMES, **o),
    "evolution": lambda **o: nb.plot_evolution(LINKS, **o),
    "historiograph": lambda **o: nb.plot_historiograph(nb.historiograph(CITED), **o),
    "main path": lambda **o: nb.plot_main_path(nb.main_path(CITED), **o),
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
    assert axes.texts


@pytest.mark.parametrize("width", [6.2, 4.4, 3.3])
def test_texts_are_apart_and_inside(draw: Draw, width: float) -> None:
    """At any width of a column no text covers another or leaves the figure."""
    figure = draw(width=width)
    svg_of(figure)
    box = figure.get_window_extent()
    boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(figure)]
    for name, one in boxes:
        assert box.x0 - 1 <= one.x0 <= one.x1 <= box.x1 + 1, name
        assert box.y0 - 1 <= one.y0 <= one.y1 <= box.y1 + 1, name
    for (name, one), (other, two) in itertools.combinations(boxes, 2):
        is_apart = one.x1 <= two.x0 + 1 or two.x1 <= one.x0 + 1
        assert is_apart or one.y1 <= two.y0 + 2 or two.y1 <= one.y0 + 2, (name, other)


def test_quadrants_are_named() -> None:
    """The thematic map names its four quadrants and the themes."""
    shown = {text.get_text() for text in _texts(nb.plot_thematic_map(THEMES))}
    assert {"motor", "niche", "basic", "emerging or declining"} <= shown
    assert {"salt, whales", "rope, tar"} <= shown


def test_themes_without_quadrants_are_drawn() -> None:
    """Where one axis does not part the themes, they are drawn all the same."""
    rows = [(*row[:5], 2.0, row[6], 2.5, None, None, None, None) for row in THEMES.rows]
    figure = nb.plot_thematic_map(nb.Result(THEMES.columns, rows, THEMES.manifest))
    assert "salt, whales" in {text.get_text() for text in _texts(figure)}


def test_evolution_names_periods_and_themes() -> None:
    """Each period heads its column, from the first to the last; a band is drawn for each link."""
    figure = nb.plot_evolution(LINKS)
    at = {text.get_text(): text.get_position()[0] for text in _texts(figure)}
    assert at["1990-1999"] < at["2000-2009"] < at["2010-2019"]
    assert at["rope, tar"] < at["trade, sail"] < at["routes, sail"]
    bands = [patch for patch in figure.axes[0].patches if patch.get_alpha() is not None]
    assert len(bands) == len(LINKS)


def test_evolution_keeps_the_largest_themes() -> None:
    """With fewer themes a period the ones of the most terms stay, with their links."""
    shown = {text.get_text() for text in _texts(nb.plot_evolution(LINKS, n_themes=1))}
    assert "rope, tar" not in shown
    assert "港口, tide" in shown


def test_older_works_stand_above() -> None:
    """The historiograph goes from the oldest year down to the latest, with an arrow a citation."""
    net = nb.historiograph(CITED)
    figure = nb.plot_historiograph(net)
    at = {text.get_text(): text.get_position()[1] for text in _texts(figure)}
    years = sorted(name for name in at if name.isdigit())
    assert [at[year] for year in years] == sorted(at[year] for year in years)
    assert set(net.labels) <= set(at)
    assert len(figure.axes[0].patches) == net.n_edges


def test_main_path_is_cut_to_its_heaviest_citations() -> None:
    """A long main path shows as many works as asked for, at the most."""
    net = nb.main_path(CITED)
    assert net.n_nodes > 5
    figure = nb.plot_main_path(net, n_works=5)
    shown = set(net.labels) & {text.get_text() for text in _texts(figure)}
    assert 2 <= len(shown) <= 5


def test_nothing_to_draw() -> None:
    """Without themes, links or works there is an error that says so."""
    net = nb.historiograph(CITED)
    empty = net.subnetwork(np.zeros(net.n_nodes, dtype=bool))
    with pytest.raises(OptionError, match="no themes"):
        nb.plot_thematic_map(nb.Result(THEMES.columns, [], {}))
    with pytest.raises(OptionError, match="goes on"):
        nb.plot_evolution(nb.Result(LINKS.columns, [], {}))
    with pytest.raises(OptionError, match="no works"):
        nb.plot_historiograph(empty)


def _texts(figure: Figure) -> list[Text]:
    """List the texts that are shown."""
    [axes] = figure.axes
    return [text for text in axes.texts if text.get_text() and text.get_visible()]
