"""Countries on a map."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

import nqp_biblio as nb
from nqp_biblio.cleaning.place.country_names import is_country_code
from nqp_biblio.outputs.figures import svg_of
from nqp_biblio.outputs.figures.country_map import _classes, _shade, _world


def test_outlines_have_codes_and_lie_on_the_map() -> None:
    """Each outline or place is of a country, and within the frame of the projection."""
    outlines, places = _world()
    assert all(is_country_code(code) for code in (*outlines, *places))
    assert not set(outlines) & set(places)
    assert {"CN", "US", "RU", "FJ", "TW"} <= set(outlines)
    assert {"SG", "HK", "MT"} <= set(places)
    for rings in outlines.values():
        for ring in rings:
            assert abs(ring[:, 0]).max() <= 5_000
            assert abs(ring[:, 1]).max() <= 2_500
            # no ring goes around the world
            assert ring[:, 0].max() - ring[:, 0].min() < 4_000


@pytest.mark.parametrize("top", [1, 2, 3, 9, 77, 500, 12_345, 3_000_000])
def test_classes(top: float) -> None:
    """There are at most five classes, from 1 to a bound not above the largest count."""
    bounds = _classes(top)
    assert bounds[0] == 1
    assert bounds == sorted(set(bounds))
    assert len(bounds) <= 5
    assert bounds[-1] <= top
    shades = [_shade(bound, bounds) for bound in bounds]
    assert len(set(shades)) == len(bounds)
    assert _shade(0, bounds) not in shades


def test_countries_are_coloured() -> None:
    """A country with works is coloured, a small one is a dot, the others are grey."""
    figure = nb.plot_countries({"CN": 12, "SG": 1, "XX": 3, "FR": 0}, label="works")
    [axes] = figure.axes
    outlines, dots = (list(axes.collections)[place] for place in (0, 1))
    assert isinstance(outlines, PolyCollection)
    assert len(np.unique(np.asarray(outlines.get_facecolor()), axis=0)) == 2
    assert np.shape(dots.get_offsets()) == (1, 2)
    assert "works, from" in svg_of(figure)


def test_own_axes_and_same_bytes() -> None:
    """It is drawn where it is told to, and the same each time."""
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.add_subplot()
    assert nb.plot_countries({"SE": 2}, label="works", ax=axes) is figure
    once, again = (svg_of(nb.plot_countries({"SE": 2}, label="works")) for _ in range(2))
    assert once == again


def test_nothing_to_draw() -> None:
    """Without a count there is no map."""
    with pytest.raises(nb.BiblioError, match="no country"):
        nb.plot_countries({"SE": 0}, label="works")
