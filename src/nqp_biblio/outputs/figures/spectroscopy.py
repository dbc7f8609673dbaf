"""Reference publication year spectroscopy: cited references by year, and what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import (
    SIZE,
    framed,
    label_points,
    legend_above,
    year_axis,
)
from nqp_biblio.outputs.figures.style import PALETTE, count_axis, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_rpys"]


def plot_rpys(
    result: Result,
    *,
    years: tuple[int, int] | None = None,
    n_labels: int = 12,
    width: float = 6.2,
    ax: Axes | None = None,
) -> Figure:
    """Draw cited references by year, and their deviation from the median of five years.

    Parameters
    ----------
    result : Result
        Of ``rpys``.
    years : pair of int, optional
        First and last year to draw; by default all.
    n_labels : int
        Peaks of the largest deviation that are labelled with their year, where there is room.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        The upper line is the number of cited references, the lower one with the dots at its
        peaks the deviation.

    Raises
    ------
    OptionError
        If there is no year to draw.

    Examples
    --------
    >>> nb.plot_rpys(nb.rpys(corpus), years=(1950, 2020))  # doctest: +SKIP
    """
    names = ("publication_year", "n_citations", "deviation", "is_peak")
    rows = list(zip(*(result.column(name) for name in names), strict=True))
    first, last = years or (rows[0][0], rows[-1][0]) if rows else (0, 0)
    rows = [row for row in rows if first <= row[0] <= last]
    if not rows:
        raise OptionError("there is no year of cited references to draw")
    shown, counts, deviation, _ = zip(*rows, strict=True)
    peaks = sorted((-row[2], row[0]) for row in rows if row[3])[:n_labels]
    with house_style():
        figure, axes = framed((width, 3.4), ax, (50, 24, 12, 26))
        axes.fill_between(shown, counts, color="#dbe9f3", linewidth=0)
        axes.plot(shown, counts, color=PALETTE[0], linewidth=1.2, label="cited references")
        axes.plot(
            shown,
            deviation,
            color=PALETTE[1],
            linewidth=1.4,
            label="deviation from the median",
        )
        axes.plot([year for _, year in peaks], [-n for n, _ in peaks], "o", color=PALETTE[1], ms=4)
        axes.axhline(0, color="#8a8f98", linewidth=0.8)
        year_axis(axes, shown[0], shown[-1])
        count_axis(axes.yaxis, max(counts))
        low, high = min(*deviation, 0.0), max(*counts, 1)
        axes.set_ylim(low - 0.03 * (high - low), high + 0.06 * (high - low))
        line = [*zip(shown, deviation, strict=True), *zip(shown[::-1], counts[::-1], strict=True)]
        label_points(axes, [(str(year), year, -n) for n, year in peaks], line=line)
        axes.set_ylabel("cited references", size=SIZE)
        legend_above(axes)
    return figure
