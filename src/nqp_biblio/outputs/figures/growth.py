"""Works a year with their trend, and the life cycle that they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, framed, legend_above, year_axis
from nqp_biblio.outputs.figures.style import PALETTE, count_axis, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_growth", "plot_life_cycle"]

_PALE = "#9fc3dc"


def plot_growth(
    curve: Result, growth: Result | None = None, *, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw the works of each year, with the growth curve and the trend.

    Parameters
    ----------
    curve : Result
        Of ``life_cycle_curve``; where no curve fits, the columns stand alone.
    growth : Result, optional
        Of ``annual_growth``; adds the trend of its Poisson model, whose sum is that of the
        works.
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
    >>> nb.plot_growth(nb.life_cycle_curve(corpus), nb.annual_growth(corpus))  # doctest: +SKIP
    """
    years, works = _known(curve)
    fitted = _pairs(curve, "fitted")
    trend = _trend(years, works, growth)
    with house_style():
        figure, axes = framed((width, 3.1), ax, (44, 24, 12, 26))
        axes.bar(years, works, color=_PALE, width=0.72, label="works")
        if trend:
            axes.plot(*zip(*trend, strict=True), "--", color=PALETTE[1], label=_told(growth))
        if fitted:
            axes.plot(
                *zip(*fitted, strict=True), color=PALETTE[0], linewidth=1.8, label="life cycle"
            )
        year_axis(axes, years[0], max([years[-1], *(year for year, _ in fitted)]))
        top = max([*works, *(n for _, n in trend), *(n for _, n in fitted)])
        count_axis(axes.yaxis, top)
        axes.set_ylim(0, top * 1.06 or 1)
        axes.set_ylabel("works", size=SIZE)
        axes.spines["left"].set_visible(False)
        if trend or fitted:
            legend_above(axes, 3)
    return figure


def plot_life_cycle(
    curve: Result, cycle: Result | None = None, *, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw the works added up year by year, beside the fitted curve of growth.

    Parameters
    ----------
    curve : Result
        Of ``life_cycle_curve``; its years ahead are drawn with a broken line. What the curve
        has before the first year is taken off, as it is in the works.
    cycle : Result, optional
        Of ``life_cycle``; marks the midpoint and the works in the end, where they lie within
        the axes.
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
    >>> nb.plot_life_cycle(nb.life_cycle_curve(corpus), nb.life_cycle(corpus))  # doctest: +SKIP
    """
    years, _ = _known(curve)
    added = curve.column("cumulative")[: len(years)]
    fitted = _from_first(curve)
    with house_style():
        figure, axes = framed((width, 3.1), ax, (50, 24, 12, 26))
        axes.plot(years, added, "o", color=PALETTE[0], markersize=4, label="works, added up")
        past = [pair for pair in fitted if pair[0] <= years[-1]]
        ahead = [pair for pair in fitted if pair[0] >= years[-1]]
        if past:
            axes.plot(*zip(*past, strict=True), color=PALETTE[1], label="fitted")
        if len(ahead) > 1:
            axes.plot(*zip(*ahead, strict=True), "--", color=PALETTE[1], label="carried on")
        last = max([years[-1], *(year for year, _ in fitted)])
        year_axis(axes, years[0], last)
        top = max([*added, *(n for _, n in fitted)])
        count_axis(axes.yaxis, top)
        axes.set_ylim(0, top * 1.08 or 1)
        _mark_midpoint(axes, cycle, last)
        axes.set_ylabel("works, added up", size=SIZE)
        legend_above(axes, 3)
    return figure


def _known(curve: Result) -> tuple[list[int], list[int]]:
    """Return the years whose works are known, and these."""
    pairs = [pair for pair in _pairs(curve, "n_works") if pair[1] is not None]
    if not pairs:
        raise OptionError("there are no years to draw")
    years, works = zip(*pairs, strict=True)
    return list(years), list(works)


def _pairs(curve: Result, name: str) -> list[tuple[int, Any]]:
    """Return the years with their value in a column, where it has one."""
    rows = zip(curve.column("publication_year"), curve.column(name), strict=True)
    return [(year, value) for year, value in rows if value is not None]


def _from_first(curve: Result) -> list[tuple[int, float]]:
    """Return the curve added up from the first year on, as the works are."""
    added, total = [], 0.0
    for year, works in _pairs(curve, "fitted"):
        total += works
        added.append((year, total))
    return added


def _poisson(growth: Result) -> dict[str, Any]:
    """Return the row of the Poisson model."""
    rows = [dict(zip(growth.columns, row, strict=True)) for row in growth.rows]
    return next((row for row in rows if row["method"] == "poisson"), {"log_growth": None})


def _trend(years: list[int], works: list[int], growth: Result | None) -> list[tuple[int, float]]:
    """Return the trend by year; its sum is that of the works, as in every Poisson model."""
    import numpy as np

    slope = _poisson(growth)["log_growth"] if growth is not None else None
    if slope is None:
        return []
    shape = np.exp(slope * (np.array(years) - years[-1]))
    return list(zip(years, (shape * sum(works) / shape.sum()).tolist(), strict=True))


def _told(growth: Result | None) -> str:
    """Name the trend by its growth a year."""
    rate = _poisson(growth)["annual_growth_percent"] if growth is not None else 0.0
    return f"trend, {rate:+.1f} % a year"


def _mark_midpoint(axes: Axes, cycle: Result | None, last: float) -> None:
    """Draw a line at the midpoint, if it lies within the axes."""
    found = (
        dict(zip(cycle.column("parameter"), cycle.column("estimate"), strict=True)) if cycle else {}
    )
    middle = found.get("midpoint_year")
    if middle is None or not axes.get_xlim()[0] < middle <= last:
        return
    axes.axvline(middle, color="#8a8f98", linewidth=0.9, linestyle=":")
    side = -1 if middle > sum(axes.get_xlim()) / 2 else 1
    axes.annotate(
        f"midpoint {middle:.0f}",
        (middle, 0.03 * axes.get_ylim()[1]),
        (4 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        size=SIZE,
    )
