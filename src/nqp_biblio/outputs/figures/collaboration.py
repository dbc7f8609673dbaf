"""Works of one author and of several, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, framed, legend_above, year_axis
from nqp_biblio.outputs.figures.style import PALETTE, count_axis, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_collaboration"]


def plot_collaboration(result: Result, *, width: float = 6.2, ax: Axes | None = None) -> Figure:
    """Draw the works of each year by whether they have one author or several.

    Parameters
    ----------
    result : Result
        Of ``collaboration`` by year.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    OptionError
        If there are no years.

    Examples
    --------
    >>> nb.plot_collaboration(nb.collaboration(corpus, by="year"))  # doctest: +SKIP
    """
    names = ("publication_year", "n_multi", "n_single")
    rows = [
        row
        for row in zip(*(result.column(name) for name in names), strict=True)
        if row[0] is not None
    ]
    if not rows:
        raise OptionError("there are no years to draw; ask for them with by='year'")
    years, several, single = (list(values) for values in zip(*rows, strict=True))
    top = max(a + b for a, b in zip(several, single, strict=True))
    with house_style():
        figure, axes = framed((width, 2.9), ax, (44, 24, 12, 26))
        axes.bar(years, several, color=PALETTE[0], width=0.72, label="several authors")
        axes.bar(years, single, bottom=several, color="#e8a15f", width=0.72, label="one author")
        year_axis(axes, min(years), max(years))
        count_axis(axes.yaxis, top)
        axes.set_ylim(0, top * 1.06 or 1)
        axes.set_ylabel("works", size=SIZE)
        axes.spines["left"].set_visible(False)
        legend_above(axes)
    return figure
