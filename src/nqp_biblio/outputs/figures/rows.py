"""Axes with a name for each row at the left."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures.frames import SIZE, cut_text, framed
from nqp_biblio.outputs.figures.style import safe_text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["rows_canvas"]

_WIDEST = 0.46  # of the names, as a share of the figure
_EM = 0.56  # the mean width of a letter
_MAX_LINES = 2


def rows_canvas(
    names: Sequence[str], *, width: float, right: float = 12, top: float = 8, ax: Axes | None = None
) -> tuple[Figure, Axes]:
    """Return axes with a row for each name, the first on top.

    Parameters
    ----------
    names : sequence of str
        The names; long ones are broken into two lines, and then cut.
    width : float
        Width of a new figure, in inches; its height follows from the number of lines.
    right, top : float
        Margins, in points.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    (Figure, Axes)
        Rows are at 0, 1, 2, … downwards.
    """
    room = _WIDEST * width * 72 - 10
    labels = [_broken(safe_text(name), room) for name in names]
    lines = sum(label.count("\n") + 1 for label in labels)
    widest = max(text_width(line, SIZE) for label in labels for line in label.split("\n"))
    left = min(room, widest) + 10
    height = 0.5 + 0.09 * len(labels) + 0.16 * lines + top / 72
    figure, axes = framed((width, height), ax, (left, 24, right, top))
    axes.set_yticks(range(len(labels)), labels, size=SIZE, linespacing=1.0)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(visible=True, axis="x", color="#e6e9ee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    return figure, axes


def _broken(name: str, room: float) -> str:
    """Break a name into at most two lines."""
    if text_width(name, SIZE) <= room:
        return name
    letters = max(8, int(room / SIZE / _EM))
    lines = textwrap.wrap(name, letters, max_lines=_MAX_LINES, placeholder="…") or [name]
    return "\n".join(cut_text(line, room) for line in lines)
