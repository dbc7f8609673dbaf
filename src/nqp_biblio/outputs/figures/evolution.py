"""Thematic evolution: the themes of periods side by side, joined by the terms that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, cut_text
from nqp_biblio.outputs.figures.style import GREY, PALETTE, canvas, house_style

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_evolution"]

_ROW, _GAP, _BAR, _HEAD = 14.0, 3.0, 8.0, 20.0
_TEXT = 8.0
_FEWEST_ROWS = 6

_Key = tuple[str, int]


@dataclass(slots=True)
class _Theme:
    """A bar: its label, terms, place and height in points, from the top."""

    label: str
    n_terms: int
    x: float = 0.0
    top: float = 0.0
    height: float = 0.0
    left: float = 0.0  # terms that bands have taken so far, at either side
    right: float = 0.0


def plot_evolution(
    result: Result, *, n_themes: int = 10, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw which themes of a period go on in the next.

    Parameters
    ----------
    result : Result
        Of ``thematic_evolution``.
    n_themes : int
        Themes of each period at the most, those of the most terms, of equals the first.
    width : float
        Width of a new figure, in inches; its height follows from the themes.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        A column a period. The height of a bar is the terms of a theme, the width of a band
        the terms that both themes have; coloured where the most linked term of either is
        among them, else grey. Themes that share no term with a neighbour are left out.

    Raises
    ------
    OptionError
        If no theme goes on in a later period.

    Examples
    --------
    >>> nb.plot_evolution(nb.thematic_evolution(corpus, n_periods=3))  # doctest: +SKIP
    """
    links = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    columns, links = _chosen(links, n_themes)
    if not links:
        raise OptionError("no theme goes on in the next period")
    rows = max(_FEWEST_ROWS, *(len(column) for column in columns.values()))
    size = (width, (rows * _ROW * 1.7 + _HEAD) / 72)
    with house_style():
        figure, axes = canvas(size, ax)
        axes.set_axis_off()
        axes.set(xlim=(0, size[0] * 72), ylim=(size[1] * 72, 0))
        _order(columns, links)
        _place(columns, size[0] * 72, size[1] * 72)
        themes = {key: theme for column in columns.values() for key, theme in column.items()}
        for link in sorted(links, key=lambda link: [themes[end].top for end in _ends(link)]):
            _draw_band(axes, themes, link)
        for period, column in columns.items():
            _draw_column(axes, period, column, room=size[0] * 72 / len(columns) - _BAR - 8)
    return figure


def _ends(link: dict[str, Any]) -> tuple[_Key, _Key]:
    """Return period and number of both themes of a link."""
    return (link["from_period"], link["from_theme"]), (link["to_period"], link["to_theme"])


def _chosen(
    links: list[dict[str, Any]], n_themes: int
) -> tuple[dict[str, dict[_Key, _Theme]], list[dict[str, Any]]]:
    """Return the largest themes of each period that still have links, and those links."""
    columns: dict[str, dict[_Key, _Theme]] = {}
    for link in links:
        for side in ("from", "to"):
            period, number = link[f"{side}_period"], link[f"{side}_theme"]
            theme = _Theme(link[f"{side}_label"], link[f"n_{side}"])
            columns.setdefault(period, {})[period, number] = theme
    kept: set[_Key] = set()
    for column in columns.values():
        kept |= set(sorted(column, key=lambda key: (-column[key].n_terms, key))[:n_themes])
    links = [link for link in links if kept.issuperset(_ends(link))]
    linked = {end for link in links for end in _ends(link)}
    columns = {
        period: {key: column[key] for key in column if key in linked}
        for period, column in sorted(columns.items())
    }
    return {period: column for period, column in columns.items() if column}, links


def _order(columns: dict[str, dict[_Key, _Theme]], links: list[dict[str, Any]]) -> None:
    """Order the themes of a period by where those that they come from stand."""
    before: dict[_Key, float] = {}
    for period, column in columns.items():
        middle = {}
        for key, theme in column.items():
            pairs = [
                (before[_ends(link)[0]], link["n_shared"])
                for link in links
                if _ends(link)[1] == key and _ends(link)[0] in before
            ]
            total = sum(weight for _, weight in pairs)
            mean = sum(at * weight for at, weight in pairs) / total if total else float("inf")
            middle[key] = (round(mean, 9), -theme.n_terms, key)
        columns[period] = {key: column[key] for key in sorted(column, key=middle.__getitem__)}
        before = {key: float(place) for place, key in enumerate(columns[period])}


def _place(columns: dict[str, dict[_Key, _Theme]], width: float, height: float) -> None:
    """Stack the bars; a small one still has room for its label."""
    free = height - _HEAD - 4
    scale = min(
        _scale([theme.n_terms for theme in column.values()], free) for column in columns.values()
    )
    pitch = width / len(columns)
    for at, column in enumerate(columns.values()):
        slots = [max(theme.n_terms * scale + _GAP, _ROW) for theme in column.values()]
        top = _HEAD + (free - sum(slots)) / 2
        for theme, slot in zip(column.values(), slots, strict=True):
            theme.x, theme.height = at * pitch + 2, theme.n_terms * scale
            theme.top = top + (slot - theme.height) / 2
            top += slot


def _scale(sizes: list[int], free: float) -> float:
    """Return the points of a term with which the bars of a period just fill their room."""
    rest = sorted(sizes)
    while rest and rest[0] * (free - _GAP * len(rest)) / sum(rest) < _ROW - _GAP:
        free -= _ROW
        rest.pop(0)
    return (free - _GAP * len(rest)) / sum(rest) if rest else (_ROW - _GAP) / max(sizes)


def _draw_band(axes: Axes, themes: dict[_Key, _Theme], link: dict[str, Any]) -> None:
    """Draw the terms that two themes share."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    one, other = (themes[end] for end in _ends(link))
    n_shared = float(link["n_shared"])
    a = one.top + one.height * one.right / one.n_terms
    b = other.top + other.height * other.left / other.n_terms
    one.right, other.left = one.right + n_shared, other.left + n_shared
    c, d = one.height * n_shared / one.n_terms, other.height * n_shared / other.n_terms
    x, end_x = one.x + _BAR, other.x
    half = (x + end_x) / 2
    points = [(x, a), (half, a), (half, b), (end_x, b), (end_x, b + d)]
    points += [(half, b + d), (half, a + c), (x, a + c), (x, a)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    colour, alpha = (PALETTE[0], 0.34) if link["shares_first_term"] else (GREY, 0.26)
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=alpha, linewidth=0))


def _draw_column(axes: Axes, period: str, column: dict[_Key, _Theme], *, room: float) -> None:
    """Draw the bars of a period with their labels at their right."""
    from matplotlib.patches import Rectangle

    for theme in column.values():
        axes.add_patch(
            Rectangle(
                (theme.x, theme.top), _BAR, max(theme.height, 0.8), facecolor=PALETTE[0], zorder=3
            )
        )
        words = cut_text(theme.label, room, _TEXT)
        y = theme.top + theme.height / 2
        axes.text(theme.x + _BAR + 3, y, words, size=_TEXT, va="center", zorder=4)
    first = next(iter(column.values()))
    axes.text(first.x, 3, period, size=SIZE, weight="bold", va="top")
