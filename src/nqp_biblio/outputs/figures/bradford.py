"""Bradford's law: works of the first sources, added up, with zones and Leimkuhler's curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, framed, legend_above, log_axis
from nqp_biblio.outputs.figures.style import PALETTE, count_axis, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_bradford"]

_SHADES = ("#dbe9f3", "#edf3f8", "#f7f9fb")
_NARROWEST = 48.0  # of a zone with its name, in points
_N_STEPS = 120


def plot_bradford(
    zones: Result, law: Result | None = None, *, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw the works of the first 1, 2, 3, … sources, with the zones of equal works.

    Parameters
    ----------
    zones : Result
        Of ``bradford_zones``.
    law : Result, optional
        Of ``bradford_law``; adds Leimkuhler's curve, where one was fitted.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        The rank of a source is on a logarithmic axis, on which the law is nearly a straight
        line. A zone too narrow for its name has none.

    Raises
    ------
    OptionError
        If there are no sources.

    Examples
    --------
    >>> nb.plot_bradford(nb.bradford_zones(corpus), nb.bradford_law(corpus))  # doctest: +SKIP
    """
    if not len(zones):
        raise OptionError("there are no sources to draw")
    ranks, works = zones.column("rank"), zones.column("cumulative")
    with house_style():
        figure, axes = framed((width, 3.6), ax, (50, 36, 12, 26))
        axes.set_xlim(0.9, max(2, ranks[-1]) * 1.06)
        axes.set_ylim(0, works[-1] * 1.12)
        log_axis(axes, "x")
        count_axis(axes.yaxis, works[-1])
        _draw_zones(axes, zones)
        axes.plot(ranks, works, color=PALETTE[0], linewidth=2.2, label="observed", zorder=3)
        if law is not None and law.manifest["a_leimkuhler"] is not None:
            x, y = _curve(law.manifest, ranks[-1])
            axes.plot(x, y, "--", color=PALETTE[1], label="Leimkuhler's curve, fitted", zorder=3)
        axes.set_xlabel("rank of the source", size=SIZE)
        axes.set_ylabel("works, added up", size=SIZE)
        legend_above(axes)
    return figure


def _curve(manifest: dict[str, Any], last: int) -> tuple[Any, Any]:
    """Return ranks and works of Leimkuhler's curve."""
    import numpy as np

    x = np.geomspace(1, max(last, 2), _N_STEPS)
    return x, manifest["a_leimkuhler"] * np.log1p(manifest["b_leimkuhler"] * x)


def _draw_zones(axes: Axes, zones: Result) -> None:
    """Shade the zones, and name those that are wide enough."""
    ends: dict[int, int] = {}
    counts: dict[int, int] = {}
    for rank, zone in zip(zones.column("rank"), zones.column("zone"), strict=True):
        ends[zone] = rank
        counts[zone] = counts.get(zone, 0) + 1
    start, top = axes.get_xlim()[0], axes.get_ylim()[1]
    for zone, end in sorted(ends.items()):
        edge = end + 0.5 if zone < max(ends) else axes.get_xlim()[1]
        axes.axvspan(start, edge, color=_SHADES[(zone - 1) % len(_SHADES)], lw=0, zorder=0)
        left, right = (axes.transData.transform((x, 0))[0] for x in (start, edge))
        if (right - left) * 72 / axes.figure.dpi >= _NARROWEST:
            name = "core" if zone == 1 else f"zone {zone}"
            noun = "source" if counts[zone] == 1 else "sources"
            axes.text(
                (start * edge) ** 0.5,
                top * 0.985,
                f"{name}\n{counts[zone]:,} {noun}",
                size=8,
                ha="center",
                va="top",
            )
        start = edge
