"""A small drawing of a laid-out network, for notebooks."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network

__all__ = ["sketch"]

_SIDE, _MARGIN = 480.0, 40.0
_MAX_NODES, _MAX_EDGES, _MAX_LABELS = 500, 1000, 12
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f")


def sketch(net: Network) -> str:
    """Draw a network as SVG, by the places that a layout gave its nodes.

    Parameters
    ----------
    net : Network
        With columns ``x`` and ``y`` of nodes; ``cluster`` gives colours where it is there.

    Returns
    -------
    str
        The drawing: the 500 strongest nodes and the 1,000 strongest edges among them at the
        most, with the labels of the 12 strongest; empty where the network has no nodes or no
        layout.
    """
    columns = net.node_columns
    if not net.n_nodes or not {"x", "y"} <= set(columns):
        return ""
    x, y = _scaled(columns["x"]), _scaled(-columns["y"].astype(float))
    order = np.lexsort((np.arange(net.n_nodes), -net.strength))[:_MAX_NODES].tolist()
    is_placed = np.isfinite(x) & np.isfinite(y)
    shown = [at for at in order if is_placed[at]]
    title = html.escape(repr(net))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE:g} {_SIDE:g}"'
        f' width="{_SIDE:g}" role="img" aria-label="{title}"'
        f' style="max-width:100%;background:#fff"><title>{title}</title>'
        f"{_lines(net, x, y, set(shown))}{_discs(net, x, y, shown)}{_names(net, x, y, shown)}</svg>"
    )


def _scaled(values: np.ndarray) -> np.ndarray:
    """Bring places between the margins; nodes all at one place stand in the middle."""
    places = values.astype(float)
    known = places[np.isfinite(places)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 0.0)
    if high <= low:
        return np.where(np.isfinite(places), _SIDE / 2, np.nan)
    return _MARGIN + (places - low) / (high - low) * (_SIDE - 2 * _MARGIN)


def _lines(net: Network, x: np.ndarray, y: np.ndarray, shown: set[int]) -> str:
    """Draw the strongest edges among the nodes shown."""
    order = np.lexsort((np.arange(net.n_edges), -net.weight))
    pairs = ((int(net.source[at]), int(net.target[at])) for at in order.tolist())
    kept = [(a, b) for a, b in pairs if a in shown and b in shown][:_MAX_EDGES]
    drawn = "".join(f'<path d="M{x[a]:.1f} {y[a]:.1f}L{x[b]:.1f} {y[b]:.1f}"/>' for a, b in kept)
    return f'<g stroke="#999" stroke-opacity=".35">{drawn}</g>'


def _discs(net: Network, x: np.ndarray, y: np.ndarray, shown: list[int]) -> str:
    """Draw the nodes, the strongest last and so on top."""
    top = float(net.strength.max()) or 1.0
    clusters = net.node_columns.get("cluster", np.ones(net.n_nodes, dtype=int))
    drawn = []
    for at in reversed(shown):
        colour = _COLOURS[(int(clusters[at]) - 1) % len(_COLOURS)]
        radius = 3 + 9 * float(net.strength[at] / top) ** 0.5
        label = html.escape(net.labels[at])
        drawn.append(
            f'<circle cx="{x[at]:.1f}" cy="{y[at]:.1f}" r="{radius:.1f}" fill="{colour}"'
            f' fill-opacity=".8"><title>{label}</title></circle>'
        )
    return "".join(drawn)


def _names(net: Network, x: np.ndarray, y: np.ndarray, shown: list[int]) -> str:
    """Write the labels of the strongest nodes that do not stand on one another."""
    places: list[tuple[float, float, float]] = []
    drawn = []
    for at in shown:
        words = net.labels[at] if len(net.labels[at]) <= 30 else f"{net.labels[at][:29]}…"  # noqa: PLR2004
        wide = 7.0 * len(words) + 4
        left = min(max(float(x[at]), wide / 2), _SIDE - wide / 2)
        place = (left, float(y[at]) + 4, wide)
        if all(abs(place[1] - v) > 13 or abs(left - u) > (wide + w) / 2 for u, v, w in places):  # noqa: PLR2004
            places.append(place)
            drawn.append(f'<text x="{left:.1f}" y="{place[1]:.1f}">{html.escape(words)}</text>')
        if len(drawn) == _MAX_LABELS:
            break
    style = 'font-family="sans-serif" font-size="11" text-anchor="middle" fill="#111"'
    return f'<g {style} stroke="#fff" stroke-width="2.5" paint-order="stroke">{"".join(drawn)}</g>'
