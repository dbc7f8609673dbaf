"""The thematic map: themes as bubbles, by how central and how dense they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, framed, label_points
from nqp_biblio.outputs.figures.style import GREY, INK, PALETTE, SOFT, house_style

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_thematic_map"]

# name, colour, and the corner it stands in
_QUADRANTS = (
    ("niche", PALETTE[2], (0.0, 1.0)),
    ("motor", PALETTE[0], (1.0, 1.0)),
    ("emerging or declining", PALETTE[3], (0.0, 0.0)),
    ("basic", PALETTE[1], (1.0, 0.0)),
)
_LARGEST, _SMALLEST = 22.0, 5.0  # radius of a bubble, in points
_MARGINS = (26, 42, 10, 20)
_SHAPE = 0.78


def plot_thematic_map(
    result: Result, *, n_terms: int = 2, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw themes by their centrality and density, with the quadrants named.

    Parameters
    ----------
    result : Result
        Of ``thematic_map`` or ``callon_map``.
    n_terms : int
        Terms of a theme that its label has, 1 to 3.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        A bubble a theme, its area by works, else by occurrences; along the axes go ranks or
        values, as the themes were parted. Of labels that would cover others those of the
        larger themes stay. Themes without a quadrant are grey.

    Raises
    ------
    OptionError
        If there are no themes.

    Examples
    --------
    >>> nb.plot_thematic_map(nb.thematic_map(corpus))  # doctest: +SKIP
    """
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if not rows:
        raise OptionError("there are no themes to draw")
    by = "" if result.manifest.get("axes") == "value" else "_rank"
    rows.sort(key=lambda row: (-_volume(row), row["theme"]))
    with house_style():
        figure, axes = framed((width, width * _SHAPE), ax, _MARGINS)
        _frame(axes, rows, by)
        _split(axes, rows, by=by, split=str(result.manifest.get("split", "median")))
        _draw_bubbles(axes, rows, by=by, n_terms=n_terms)
    return figure


def _volume(row: dict[str, Any]) -> float:
    """Return the works of a theme, or the occurrences of its terms where works are not known."""
    return float(row["occurrences"] or 0) if row["n_works"] is None else float(row["n_works"])


def _frame(axes: Axes, rows: list[dict[str, Any]], by: str) -> None:
    """Give axes with room at their ends, and without numbers, which have no unit."""
    for which, set_limits in (("centrality", axes.set_xlim), ("density", axes.set_ylim)):
        values = [row[which + by] for row in rows]
        room = max((max(values) - min(values)) * 0.17, 0.5 if by else 1e-6)
        set_limits(min(values) - room, max(values) + room)
    axes.set(xticks=[], yticks=[])
    told = ", by rank" if by else ""
    axes.set_xlabel(f"centrality{told} →", size=SIZE, labelpad=18)
    axes.set_ylabel(f"density{told} →", size=SIZE)


def _split(axes: Axes, rows: list[dict[str, Any]], *, by: str, split: str) -> None:
    """Part the quadrants where the measure did, and name them outside of their corners."""
    import numpy as np

    middle = np.mean if split == "mean" else np.median
    style: dict[str, Any] = {"color": SOFT, "linewidth": 0.9, "linestyle": (0, (4, 3)), "zorder": 1}
    axes.axvline(float(middle([row["centrality" + by] for row in rows])), **style)
    axes.axhline(float(middle([row["density" + by] for row in rows])), **style)
    for name, colour, (x, y) in _QUADRANTS:
        axes.annotate(
            name,
            (x, y),
            xycoords="axes fraction",
            xytext=(0, -4 if y == 0 else 4),
            textcoords="offset points",
            size=SIZE,
            weight="bold",
            color=colour,
            ha="left" if x == 0 else "right",
            va="top" if y == 0 else "bottom",
        )


def _draw_bubbles(axes: Axes, rows: list[dict[str, Any]], *, by: str, n_terms: int) -> None:
    """Draw the bubbles, the largest below, and label them inside the room of the axes."""
    colours = {name: colour for name, colour, _ in _QUADRANTS}
    largest = max(_volume(row) for row in rows) or 1.0
    radii = [max(_SMALLEST, _LARGEST * (_volume(row) / largest) ** 0.5) for row in rows]
    points = []
    for row, radius in zip(rows, radii, strict=True):
        x, y = float(row["centrality" + by]), float(row["density" + by])
        colour = colours.get(str(row["quadrant"]), GREY)
        axes.scatter(
            [x],
            [y],
            s=(2 * radius) ** 2,
            color=colour,
            alpha=0.4,
            edgecolors=INK,
            linewidths=0.6,
            zorder=3,
        )
        terms = str(row["label"]).split(", ")[: max(1, n_terms)]
        points.append((", ".join(terms), x, y))
    label_points(axes, points, radius=radii)
