"""The three-field plot: items of three kinds, joined by bands of the works that have both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, cut_text
from nqp_biblio.outputs.figures.style import PALETTE, canvas, house_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.networks.network import Network

__all__ = ["field_links", "plot_three_field"]

_N_FIELDS = 3
_ROW = 13.0  # the least distance of two labels, in points
_BAR = 9.0
_HEAD = 22.0
_COLOURS = (PALETTE[0], PALETTE[2], PALETTE[1])
_WIDEST = 0.25  # of the labels at each side, as a share of the figure


@dataclass(frozen=True, slots=True)
class _Item:
    """A bar: its name, its place and its height in points, from the top."""

    name: str
    x: float
    top: float
    height: float


def plot_three_field(
    net: Network,
    *,
    fields: Sequence[str] | None = None,
    n_items: int = 12,
    width: float = 6.2,
    ax: Axes | None = None,
) -> Figure:
    """Draw items of three kinds side by side, joined by the works that have both.

    Parameters
    ----------
    net : Network
        Of ``multimode_network`` with three fields.
    fields : sequence of str, optional
        The fields from left to right; by default as the network has them.
    n_items : int
        Items of each field at the most, those in the most works, of equals the first.
    width : float
        Width of a new figure, in inches; its height follows from the items.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        The width of a band is the weight of the link, the height of a bar that of its links
        at the side where there are more. Items without a link to the others are left out.

    Raises
    ------
    OptionError
        If the network has not three fields, or nothing is joined.

    Examples
    --------
    >>> nb.plot_three_field(net).savefig("three_fields.svg")  # doctest: +SKIP
    """
    modes = net.node_columns["mode"].tolist() if "mode" in net.node_columns else []
    order = list(fields or dict.fromkeys(modes))
    if len(order) != _N_FIELDS or not set(order) <= set(modes):
        told = ", ".join(dict.fromkeys(modes)) or "none"
        raise OptionError(f"three fields are drawn; the network has {told}")
    links = field_links(net, order, n_items)
    if not links:
        raise OptionError("no items of neighbouring fields stand in one work")
    columns = [_column(links, at, net.labels) for at in range(_N_FIELDS)]
    rows = max(len(column) for column in columns)
    size = (width, (max(rows * _ROW * 1.75, 9 * _ROW) + _HEAD) / 72)
    with house_style():
        figure, axes = canvas(size, ax)
        axes.set_axis_off()
        places = _places(columns, links, size=size, labels=net.labels)
        axes.set(xlim=(0, size[0] * 72), ylim=(size[1] * 72, 0))
        _draw_bands(axes, places, links)
        for at, name in enumerate(order):
            _draw_column(axes, places, columns[at], at)
            middle = places[columns[at][0]].x + _BAR / 2
            axes.text(middle, 3, _heading(name), size=SIZE, weight="bold", ha="center", va="top")
    return figure


def field_links(
    net: Network, order: Sequence[str], n_items: int
) -> dict[tuple[int, int, int], float]:
    """Return the links of neighbouring fields between the items that are drawn.

    Parameters
    ----------
    net : Network
        Of ``multimode_network``.
    order : sequence of str
        The fields from left to right.
    n_items : int
        Items of each field at the most.

    Returns
    -------
    dict
        Weight by side (0 between the first and the second field), left and right node.
    """
    import numpy as np

    modes = net.node_columns["mode"]
    volume = np.asarray(net.node_columns["occurrences"], dtype=float)
    at_field = np.full(net.n_nodes, -1)
    for at, name in enumerate(order):
        nodes = np.flatnonzero(modes == name)
        kept = nodes[np.lexsort((nodes, -net.strength[nodes], -volume[nodes]))][:n_items]
        at_field[kept] = at
    first, second = at_field[net.source], at_field[net.target]
    found = {}
    for edge in np.flatnonzero((first >= 0) & (second >= 0) & (abs(first - second) == 1)):
        ends = [
            (int(first[edge]), int(net.source[edge])),
            (int(second[edge]), int(net.target[edge])),
        ]
        (side, left), (_, right) = sorted(ends)
        found[side, left, right] = float(net.weight[edge])
    return found


def _column(links: dict[tuple[int, int, int], float], at: int, labels: Sequence[str]) -> list[int]:
    """Return the nodes of a field that are linked, the strongest first."""
    total: dict[int, float] = {}
    for (side, left, right), weight in links.items():
        node = left if side == at else right if side + 1 == at else None
        if node is not None:
            total[node] = total.get(node, 0.0) + weight
    return sorted(total, key=lambda node: (-total[node], labels[node]))


def _flows(links: dict[tuple[int, int, int], float]) -> dict[int, float]:
    """Return the weight of each node: that of its links at the side where there are more."""
    sides: dict[tuple[int, int], float] = {}
    for (side, left, right), weight in links.items():
        for key in ((left, side), (right, side)):
            sides[key] = sides.get(key, 0.0) + weight
    flows: dict[int, float] = {}
    for (node, _), weight in sides.items():
        flows[node] = max(flows.get(node, 0.0), weight)
    return flows


def _places(
    columns: list[list[int]],
    links: dict[tuple[int, int, int], float],
    *,
    size: tuple[float, float],
    labels: Sequence[str],
) -> dict[int, _Item]:
    """Stack the bars of each field; a small one still has room for its label."""
    width, height = size[0] * 72, size[1] * 72 - _HEAD - 4
    flows = _flows(links)
    gap = 3.0
    scale = min(_scale([flows[node] for node in column], height, gap) for column in columns)
    margin = _WIDEST * width
    lefts = (margin, (width - _BAR) / 2, width - margin - _BAR)
    places = {}
    for column, x in zip(columns, lefts, strict=True):
        slots = [max(flows[node] * scale, _ROW - gap) for node in column]
        free = height - sum(slots) - gap * (len(column) - 1)
        top = _HEAD + free / 2
        for node, slot in zip(column, slots, strict=True):
            bar = flows[node] * scale
            places[node] = _Item(labels[node], x, top + (slot - bar) / 2, bar)
            top += slot + gap
    return places


def _scale(flows: list[float], height: float, gap: float) -> float:
    """Return the points of a unit of weight with which a field just fills its height."""
    free, rest = height - gap * (len(flows) - 1), sorted(flows)
    while rest and rest[0] * free / sum(rest) < _ROW - gap:
        free -= _ROW - gap
        rest.pop(0)
    return free / sum(rest) if rest else (_ROW - gap) / max(flows)


def _draw_bands(
    axes: Axes, places: dict[int, _Item], links: dict[tuple[int, int, int], float]
) -> None:
    """Draw a band for each link, in the order of the bars, so that few cross."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    flows = _flows(links)
    used: dict[tuple[int, str], float] = {}
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    for side, left, right in sorted(
        links, key=lambda key: (key[0], places[key[1]].top, places[key[2]].top)
    ):
        weight = links[side, left, right]
        tops, tall = [], []
        for node, end in ((left, "right"), (right, "left")):
            item = places[node]
            start = used.get((node, end), 0.0)
            used[node, end] = start + weight
            tops.append(item.top + item.height * start / flows[node])
            tall.append(item.height * weight / flows[node])
        (a, b), (c, d) = tops, tall
        x, end_x = places[left].x + _BAR, places[right].x
        half = (x + end_x) / 2
        points = [(x, a), (half, a), (half, b), (end_x, b), (end_x, b + d)]
        points += [(half, b + d), (half, a + c), (x, a + c), (x, a)]
        axes.add_patch(
            PathPatch(Path(points, codes), facecolor=_COLOURS[side], alpha=0.22, linewidth=0)
        )


def _draw_column(axes: Axes, places: dict[int, _Item], column: list[int], at: int) -> None:
    """Draw the bars of a field with their labels: outside, those of the middle on its bands."""
    from matplotlib.patches import Rectangle

    width = axes.get_xlim()[1]
    room = _WIDEST * width - 8 if at != 1 else (0.5 - _WIDEST) * width - 2.5 * _BAR
    for node in column:
        item = places[node]
        axes.add_patch(
            Rectangle((item.x, item.top), _BAR, max(item.height, 0.8), facecolor=_COLOURS[at])
        )
        axes.text(
            item.x - 4 if at == 0 else item.x + _BAR + 4,
            item.top + item.height / 2,
            cut_text(item.name, room, 8),
            size=8,
            ha="right" if at == 0 else "left",
            va="center",
        )


def _heading(field: str) -> str:
    """Name a field as people do."""
    return field.replace("_", " ")
