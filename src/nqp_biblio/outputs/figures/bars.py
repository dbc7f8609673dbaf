"""Bars and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.style import (
    PALETTE,
    canvas,
    count_axis,
    house_style,
    safe_text,
    text_width,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

__all__ = ["plot_bars", "plot_columns"]


def plot_bars(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    xlabel: str,
    width: float = 6.2,
    highlight: Sequence[bool] | None = None,
) -> Figure:
    """Draw horizontal bars, the first on top.

    Parameters
    ----------
    labels : sequence of str
        A name per bar; long ones are wrapped.
    values : sequence of float
        Their lengths.
    xlabel : str
        What the lengths are, with their unit.
    width : float
        Width of the figure, in inches; its height follows from the number of bars.
    highlight : sequence of bool, optional
        Bars to set apart by a paler colour.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    OptionError
        If there are no bars.
    """
    if not labels:
        raise OptionError("there are no bars to draw")
    names = [wrapped(label) for label in labels]
    lines = sum(label.count("\n") + 1 for label in names)
    pale = highlight or [False] * len(names)
    colours = ["#9fc3dc" if is_pale else PALETTE[0] for is_pale in pale]
    with house_style():
        figure, axes = canvas((width, 0.75 + 0.11 * len(names) + 0.15 * lines))
        label_width = max(text_width(part, 9) for label in names for part in label.split("\n"))
        left = min(0.6, (label_width + 14) / (width * 72))
        height = figure.get_figheight()
        axes.set_position((left, 0.52 / height, 0.94 - left, 1 - 0.6 / height))
        places = range(len(names))
        axes.barh(list(places), list(values), color=colours, height=0.68)
        axes.set_yticks(
            list(places), [safe_text(label) for label in names], size=9, linespacing=1.0
        )
        axes.invert_yaxis()
        axes.set_ylim(len(names) - 0.4, -0.6)
        count_axis(axes.xaxis, max(values))
        axes.set_xlabel(xlabel, size=9)
        axes.spines["bottom"].set_visible(False)
        for place, length in zip(places, values, strict=True):
            axes.annotate(
                f"{length:g}",
                (length, place),
                (4, 0),
                textcoords="offset points",
                va="center",
                size=9,
            )
    return figure


def plot_columns(
    years: Sequence[int], values: Sequence[float], *, ylabel: str, width: float = 6.2
) -> Figure:
    """Draw a column a year.

    Parameters
    ----------
    years : sequence of int
        The years, without gaps.
    values : sequence of float
        Their heights.
    ylabel : str
        What the heights are, with their unit.
    width : float
        Width of the figure, in inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.ticker import MaxNLocator

    with house_style():
        figure, axes = canvas((width, 2.9))
        axes.set_position((0.1, 0.14, 0.87, 0.8))
        axes.bar(list(years), list(values), color=PALETTE[0], width=0.72)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10, min_n_ticks=1))
        axes.set_xlim(min(years) - 0.8, max(years) + 0.8)
        count_axis(axes.yaxis, max(values))
        axes.set_ylabel(ylabel, size=9)
        axes.tick_params(labelsize=9)
        axes.spines["left"].set_visible(False)
    return figure
