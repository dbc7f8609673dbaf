"""Countries on a map of the world."""

from __future__ import annotations

import functools
import importlib.resources
import json
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.style import INK, SOFT, canvas, house_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    Rings = dict[str, list[NDArray[np.float64]]]

__all__ = ["plot_countries"]

_NONE = "#e4e8ed"
_COLOURS = ("#cfe1ef", "#94c0de", "#559bc8", "#1f73ae", "#0a4a7d")
_BOUNDS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_FRAME = (-4_750, 4_900, -2_020, 2_480)  # without Antarctica
_LEGEND = 520  # the strip below the map


def plot_countries(
    values: Mapping[str, float], *, label: str, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Colour countries by a count.

    Parameters
    ----------
    values : mapping of str to float
        A count by country, ISO 3166-1 alpha-2; a country with none is left grey.
    label : str
        What is counted.
    width : float
        Width of the figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        At most five classes of one hue, with their bounds below the map; areas of countries are
        in true proportion (Equal Earth). A country too small for its outline is a dot.

    Raises
    ------
    OptionError
        If no country has a count above 0.

    References
    ----------
    .. [1] Savric, B., Patterson, T. & Jenny, B. (2019). The Equal Earth map projection.
       International Journal of Geographical Information Science 33(3), 454-465.
       https://doi.org/10.1080/13658816.2018.1504949
    """
    from matplotlib.collections import PolyCollection

    counted = {code: n for code, n in values.items() if n > 0}
    if not counted:
        raise OptionError("no country has a count to draw")
    outlines, places = _world()
    bounds = _classes(max(counted.values()))
    with house_style():
        figure, axes = canvas((width, width * _ratio()), ax)
        axes.set_axis_off()
        axes.set(xlim=_FRAME[:2], ylim=(_FRAME[2] - _LEGEND, _FRAME[3]))
        axes.set_aspect("equal")
        pairs = [(ring, code) for code, rings in outlines.items() for ring in rings]
        shades = [_shade(counted.get(code, 0), bounds) for _, code in pairs]
        axes.add_collection(
            PolyCollection(
                [ring for ring, _ in pairs], facecolors=shades, edgecolors="white", linewidths=0.4
            )
        )
        dots = [(*places[code], _shade(n, bounds)) for code, n in counted.items() if code in places]
        if dots:
            x, y, colours = zip(*sorted(dots), strict=True)
            axes.scatter(x, y, s=16, c=colours, edgecolors=INK, linewidths=0.4, zorder=3)
        _legend(axes, bounds, label)
    return figure


@functools.cache
def _world() -> tuple[Rings, dict[str, tuple[float, float]]]:
    """Read the outlines, and the places of what is too small for one."""
    import numpy as np

    file = importlib.resources.files("nqp_biblio.outputs") / "assets" / "world.json"
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    outlines = {
        code: [np.cumsum(np.array(ring, dtype=float).reshape(-1, 2), axis=0) for ring in rings]
        for code, rings in told["outlines"].items()
    }
    return outlines, {code: (float(x), float(y)) for code, (x, y) in told["places"].items()}


def _ratio() -> float:
    """Height of the figure by its width."""
    left, right, bottom, top = _FRAME
    return (top - bottom + _LEGEND) / (right - left)


def _classes(top: float) -> list[float]:
    """Return the lower bounds of at most five classes, round numbers up to the largest count."""
    scale = 1.0
    while _BOUNDS[-1] * scale < top:
        scale *= 10
    bounds = sorted({1.0, *(bound * scale for bound in _BOUNDS if bound * scale <= top)})
    while len(bounds) > len(_COLOURS):
        # the least count stays the first bound
        bounds = [bounds[0], *bounds[1:][::-1][::2][::-1]]
    return bounds


def _shade(value: float, bounds: list[float]) -> str:
    """Return the colour of a count; the darkest is the highest class."""
    if value <= 0:
        return _NONE
    place = max(0, sum(value >= bound for bound in bounds) - 1)
    return _COLOURS[len(_COLOURS) - len(bounds) + place]


def _legend(axes: Axes, bounds: list[float], label: str) -> None:
    """Draw the classes below the map, with the least count of each."""
    from matplotlib.patches import Rectangle

    size, y = 620, _FRAME[2] - 240
    left = -size * len(bounds) / 2
    for place, bound in enumerate(bounds):
        x = left + size * place
        shade = _COLOURS[len(_COLOURS) - len(bounds) + place]
        axes.add_patch(Rectangle((x, y), size, 160, facecolor=shade, edgecolor=SOFT, linewidth=0.5))
        axes.text(x, y - 50, f"{bound:,.0f}", size=8, ha="center", va="top")
    told = f"{label}, from"
    axes.text(left - 160, y + 80, told, size=8, ha="right", va="center")
