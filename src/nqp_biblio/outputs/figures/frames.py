"""Axes with margins, axes of years, legends, and labels of points that cover nothing."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures.style import canvas, safe_text, text_width
from nqp_biblio.outputs.labels import Box, place_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["SIZE", "cut_text", "framed", "label_points", "legend_above", "log_axis", "year_axis"]

SIZE = 9.0
"""Size of text in figures, in points."""

_POINTS = 72.0
_SMALL = 8.0
_TICK = 40.0  # the least distance of two years, in points


def framed(
    size: tuple[float, float], ax: Axes | None, margins: tuple[float, float, float, float]
) -> tuple[Figure, Axes]:
    """Return a figure with axes inside margins, or the axes that are given as they are.

    Parameters
    ----------
    size : (float, float)
        Width and height of a new figure, in inches.
    ax : matplotlib.axes.Axes or None
        Axes to draw in; None for a new figure.
    margins : (float, float, float, float)
        Left, bottom, right and top, in points.

    Returns
    -------
    (Figure, Axes)
    """
    figure, axes = canvas(size, ax)
    if ax is None:
        left, bottom, right, top = margins
        width, height = size[0] * _POINTS, size[1] * _POINTS
        axes.set_position(
            (
                left / width,
                bottom / height,
                (width - left - right) / width,
                (height - bottom - top) / height,
            )
        )
    axes.tick_params(labelsize=SIZE)
    return figure, axes


def year_axis(axes: Axes, first: float, last: float) -> None:
    """Show whole years from a first to a last one, with some room at both ends."""
    from matplotlib.ticker import MaxNLocator

    room = axes.get_window_extent().width * _POINTS / axes.figure.dpi
    n_ticks = max(1, min(10, int(room / _TICK)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=n_ticks, min_n_ticks=1))
    axes.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
    axes.set_xlim(first - 0.8, last + 0.8)


def log_axis(axes: Axes, which: str) -> None:
    """Scale an axis by logarithms, with plain numbers at whole powers and few between."""
    from matplotlib.ticker import LogLocator, NullFormatter

    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    low, high = axes.get_xlim() if which == "x" else axes.get_ylim()
    is_short = high < 200 * low  # else 2 and 5 would stand too close
    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if is_short else (1.0,), numticks=12))
    axis.set_major_formatter(lambda value, _: _plain(value))
    axis.set_minor_formatter(NullFormatter())
    axis.set_tick_params(which="minor", size=0)
    axes.grid(visible=True, axis="x" if which == "x" else "y", color="#e6e9ee", linewidth=0.8)
    axes.set_axisbelow(True)


def _plain(value: float) -> str:
    """Write a power of ten without exponent."""
    return f"{value:,.0f}" if value >= 1 else f"{value:.12f}".rstrip("0")


def legend_above(axes: Axes, columns: int = 2) -> None:
    """Explain marks and lines above the axes, in as many columns as fit, at the most `columns`."""
    labels = axes.get_legend_handles_labels()[1]
    box = axes.get_window_extent()
    room = box.width * _POINTS / axes.figure.dpi
    widths = [text_width(label, _SMALL) + 4 * _SMALL for label in labels]
    while columns > 1 and min(columns, len(labels)) * max(widths) > room:
        columns -= 1
    n_more = -(-len(labels) // columns) - 1
    if n_more and axes.get_subplotspec() is None:  # axes of a user's grid stay where they are
        place = axes.get_position()
        taken = n_more * 1.7 * _SMALL * axes.figure.dpi / _POINTS / box.height
        axes.set_position((place.x0, place.y0, place.width, place.height * (1 - taken)))
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        frameon=False,
        fontsize=_SMALL,
        borderaxespad=0.2,
        handlelength=1.6,
        columnspacing=1.2,
    )


def label_points(
    axes: Axes,
    points: Sequence[tuple[str, float, float]],
    *,
    line: Sequence[tuple[float, float]] = (),
    radius: float | Sequence[float] = 2.5,
) -> list[str]:
    """Label points so that no label covers another, a point or, where it can be, a line.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits set.
    points : sequence of (str, float, float)
        Label and place in the units of the axes, the most important first.
    line : sequence of (float, float)
        A line in the same units.
    radius : float or sequence of float
        Radius of the points, or of each, in points.

    Returns
    -------
    list of str
        The labels that found a place.
    """
    scale = _POINTS / axes.figure.dpi

    def at(x: float, y: float) -> tuple[float, float]:
        """Return the place in points."""
        right, up = axes.transData.transform((x, y))
        return float(right) * scale, -float(up) * scale  # downwards: a label goes above first

    box = axes.get_window_extent()
    frame = Box(box.x0 * scale, -box.y1 * scale - SIZE, box.x1 * scale, -box.y0 * scale)
    path = [at(x, y) for x, y in line]
    radii = [radius] * len(points) if isinstance(radius, int | float) else radius
    nodes = [
        (safe_text(text), *at(x, y), its_radius, SIZE)
        for (text, x, y), its_radius in zip(points, radii, strict=True)
    ]
    placed = place_labels(
        nodes,
        width_of=text_width,
        frame=frame,
        limit=len(nodes),
        lines=[(*start, *end) for start, end in itertools.pairwise(path)],
    )
    for label in placed:
        # in units of the axes, so that another resolution changes nothing
        x, y = axes.transData.inverted().transform((label.x / scale, -label.y / scale))
        axes.text(x, y, label.text, size=SIZE, ha="center", va="center", zorder=5)
    return [label.text for label in placed]


def cut_text(text: str, room: float, size: float = SIZE) -> str:
    """Cut a line to the room that there is, in points, with an ellipsis at its end."""
    line = safe_text(text).replace("\n", " ")
    if text_width(line, size) <= room:
        return line
    while line and text_width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
