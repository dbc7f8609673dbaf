"""The tree of science: leaves, trunk and roots of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import cut_text
from nqp_biblio.outputs.figures.style import canvas, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_tree"]

_PARTS = (
    ("leaf", "leaves", "references", "#4d7d1f"),
    ("trunk", "trunk", "betweenness", "#7a5230"),
    ("root", "roots", "citations", "#a87900"),
)
_ROW, _GAP = 15.0, 20.0
_SPREAD = 46.0  # how far the branches reach from the trunk, in points


def plot_tree(result: Result, *, width: float = 6.2, ax: Axes | None = None) -> Figure:
    """Draw the works of a field as a tree: new ones above, those they rest on below.

    Parameters
    ----------
    result : Result
        Of ``tree_of_science``.
    width : float
        Width of a new figure, in inches; its height follows from the works.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        A work a line. The area of a dot: references of a leaf, betweenness of a work of the
        trunk, citations of a root, each by the largest of its part.

    Raises
    ------
    OptionError
        If the tree has no works.

    Examples
    --------
    >>> nb.plot_tree(nb.tree_of_science(corpus, n=8))  # doctest: +SKIP
    """
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if not rows:
        raise OptionError("there is no tree to draw")
    parts = [(part, [row for row in rows if row["part"] == part[0]]) for part in _PARTS]
    parts = [(part, works) for part, works in parts if works]
    height = sum(len(works) * _ROW + _GAP for _, works in parts) + 8
    tops = _tops([len(works) for _, works in parts])
    heights = {part[0]: (top, len(works)) for (part, works), top in zip(parts, tops, strict=True)}
    trunk = _trunk(heights, height)
    with house_style():
        figure, axes = canvas((width, height / 72), ax)
        axes.set_axis_off()
        axes.set(xlim=(0, width * 72), ylim=(height, 0))
        axes.plot([_SPREAD, _SPREAD], trunk, color=_PARTS[1][3], linewidth=7, alpha=0.75)
        for (part, works), top in zip(parts, tops, strict=True):
            _draw_part(axes, part, works, top=top, trunk=trunk)
    return figure


def _tops(counts: list[int]) -> list[float]:
    """Return where the first line of each part stands."""
    tops, top = [], _GAP
    for count in counts:
        tops.append(top + _ROW / 2)
        top += count * _ROW + _GAP
    return tops


def _trunk(heights: dict[str, tuple[float, int]], height: float) -> tuple[float, float]:
    """Return both ends of the trunk; without works of its own it is a stump between the others."""
    if "trunk" in heights:
        top, count = heights["trunk"]
        return top - _ROW / 2, top + (count - 0.5) * _ROW
    if "leaf" in heights and "root" in heights:
        top, count = heights["leaf"]
        end = top + (count - 0.5) * _ROW
        return end, end + _GAP
    return (height - 12, height - 4) if "leaf" in heights else (4.0, 12.0)


def _draw_part(
    axes: Axes,
    part: tuple[str, str, str, str],
    works: list[dict[str, Any]],
    *,
    top: float,
    trunk: tuple[float, float],
) -> None:
    """Draw the works of a part with their branches and labels."""
    name, heading, measure, colour = part
    largest = max(float(row[measure] or 0) for row in works) or 1.0
    x = _SPREAD + (14 if name == "trunk" else 34)
    room = axes.get_xlim()[1] - x - 14
    axes.text(x - 5, top - _ROW / 2 - 3, heading, size=9, weight="bold", color=colour, va="bottom")
    for place, row in enumerate(works):
        y = top + place * _ROW
        _draw_branch(axes, (x, y), trunk=trunk, colour=colour)
        area = max(14.0, 90.0 * float(row[measure] or 0) / largest)
        axes.scatter([x], [y], s=area, color=colour, edgecolors="white", linewidths=0.8, zorder=3)
        axes.text(x + 10, y, cut_text(str(row["label"]), room, 8), size=8, va="center")


def _draw_branch(
    axes: Axes, end: tuple[float, float], *, trunk: tuple[float, float], colour: str
) -> None:
    """Draw a branch from the nearest point of the trunk to a work."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x, y = end
    start = min(max(y, trunk[0]), trunk[1])
    points = [(_SPREAD, start), (_SPREAD, (start + y) / 2), (_SPREAD, y), (x, y)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3]
    line = PathPatch(
        Path(points, codes), facecolor="none", edgecolor=colour, linewidth=1.3, alpha=0.6
    )
    axes.add_patch(line)
