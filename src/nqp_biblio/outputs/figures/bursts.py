"""Bursts as bars over the years, an item a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, year_axis
from nqp_biblio.outputs.figures.rows import rows_canvas
from nqp_biblio.outputs.figures.style import PALETTE, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_bursts"]

_SHADES = ("#6aaed6", PALETTE[0], "#08436b")


def plot_bursts(
    result: Result, *, n_items: int = 20, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw the years in which items burst.

    Parameters
    ----------
    result : Result
        Of ``bursts``.
    n_items : int
        Items at the most, those of the largest weight.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        Items in the order in which they began; at the right the weight of each one's largest
        burst. A higher level is darker; an arrow head marks a burst that lasts to the last
        year.

    Raises
    ------
    OptionError
        If nothing bursts.

    Examples
    --------
    >>> nb.plot_bursts(nb.bursts(corpus, of="references"))  # doctest: +SKIP
    """
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if not rows:
        raise OptionError("there are no bursts to draw")
    items = _items(rows, n_items)
    first = min(row["start"] for bursts in items.values() for row in bursts)
    ends = [row["end"] for bursts in items.values() for row in bursts]
    last = max(*ends, int(str(result.manifest.get("as_of") or 0)), 0)
    names = [bursts[0]["item"] for bursts in items.values()]
    with house_style():
        figure, axes = rows_canvas(names, width=width, right=42, ax=ax)
        year_axis(axes, first, last)
        axes.set_xlim(first - 0.5, last + 0.5)
        for place, bursts in enumerate(items.values()):
            axes.plot([first - 0.5, last + 0.5], [place, place], color="#dfe3e8", lw=1, zorder=1)
            for row in sorted(bursts, key=lambda row: row["level"]):
                _draw(axes, place, row)
            axes.annotate(
                f"{max(row['weight'] for row in bursts):.1f}",
                (1, place),
                (11, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                va="center",
                size=SIZE,
            )
    return figure


def _items(rows: list[dict[str, Any]], n_items: int) -> dict[Any, list[dict[str, Any]]]:
    """Group the bursts of the weightiest items, in the order of their beginning."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        if row["key"] in found or len(found) < n_items:
            found.setdefault(row["key"], []).append(row)
    order = sorted(
        found.items(),
        key=lambda pair: (
            min(row["start"] for row in pair[1]),
            max(row["end"] for row in pair[1]),
            str(pair[1][0]["item"]),
        ),
    )
    return dict(order)


def _draw(axes: Axes, place: int, row: dict[str, Any]) -> None:
    """Draw one burst."""
    shade = _SHADES[min(row["level"], len(_SHADES)) - 1]
    start, end = row["start"] - 0.4, row["end"] + 0.4
    axes.barh(place, end - start, left=start, height=0.5, color=shade, zorder=2)
    if row["is_open"]:
        axes.plot([end], [place], ">", color=shade, markersize=7, zorder=2, clip_on=False)
