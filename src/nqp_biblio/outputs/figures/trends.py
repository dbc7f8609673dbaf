"""Trend topics: the years in which terms stand, by quartiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import year_axis
from nqp_biblio.outputs.figures.rows import rows_canvas
from nqp_biblio.outputs.figures.style import PALETTE, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_trends"]

_LARGEST = 190.0  # area of the largest dot, in square points


def plot_trends(
    result: Result, *, n_items: int = 30, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw terms at their median year, with a line from the first to the third quartile.

    Parameters
    ----------
    result : Result
        Of ``trend_topics``.
    n_items : int
        Terms at the most, those of the most works.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        The newest on top; the area of a dot is in proportion to the works.

    Raises
    ------
    OptionError
        If there are no terms.

    Examples
    --------
    >>> nb.plot_trends(nb.trend_topics(corpus, n_per_year=3))  # doctest: +SKIP
    """
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if not rows:
        raise OptionError("there are no terms to draw")
    shown = sorted(rows, key=lambda row: (-row["n_works"], str(row["item"])))[:n_items]
    shown.sort(key=lambda row: (-row["year_median"], -row["n_works"], str(row["item"])))
    most = max(row["n_works"] for row in shown)
    places = range(len(shown))
    with house_style():
        figure, axes = rows_canvas([row["item"] for row in shown], width=width, top=30, ax=ax)
        year_axis(axes, min(row["year_q1"] for row in shown), max(row["year_q3"] for row in shown))
        axes.hlines(
            places,
            [row["year_q1"] for row in shown],
            [row["year_q3"] for row in shown],
            color="#9fc3dc",
            linewidth=3,
        )
        axes.scatter(
            [row["year_median"] for row in shown],
            places,
            s=[_area(row["n_works"], most) for row in shown],
            color=PALETTE[0],
            edgecolors="white",
            linewidths=0.8,
            zorder=3,
        )
        _explain(axes, [row["n_works"] for row in shown])
    return figure


def _area(n_works: int, most: int) -> float:
    """Return the area of a dot; the smallest can still be seen."""
    return max(12.0, _LARGEST * n_works / most)


def _explain(axes: Axes, works: list[int]) -> None:
    """Show what the dots stand for, above the axes."""
    sizes = sorted({min(works), max(works)})
    handles: list[Any] = [
        axes.scatter([], [], s=_area(n, max(works)), color=PALETTE[0], label=f"{n:,} works")
        for n in sizes
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(handles),
        frameon=False,
        fontsize=8,
        borderaxespad=0.2,
    )
