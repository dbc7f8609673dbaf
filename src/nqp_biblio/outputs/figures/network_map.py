"""A network as a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.style import (
    GREY,
    PALETTE,
    canvas,
    colour_of,
    house_style,
    safe_text,
    text_width,
)
from nqp_biblio.outputs.labels import Box, place_labels

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

__all__ = ["plot_network"]

_MAX_EDGES = 3_000
_MAX_CLEARED = 300
_MARGIN = 14.0


def plot_network(
    net: Network,
    *,
    size: tuple[float, float] = (9.6, 6.4),
    max_labels: int = 80,
    font_size: float = 9.0,
) -> Figure:
    """Draw a network as a map.

    Parameters
    ----------
    net : Network
        The network. One without coordinates is laid out with ``lay_out`` and its defaults;
        one without clusters is drawn in one colour.
    size : (float, float)
        Width and height, in inches.
    max_labels : int
        Labels at the most; a label that would cover another is left out.
    font_size : float
        Size of the smallest label, in points; the largest has 1.3 times that.

    Returns
    -------
    matplotlib.figure.Figure
        Area of a circle: occurrences, else total link strength. Width of a line: weight; of
        more than 3,000 edges the strongest are drawn. Colour: cluster.

    Raises
    ------
    OptionError
        If the network has no nodes.

    Examples
    --------
    >>> nb.plot_network(net).savefig("map.svg")  # doctest: +SKIP
    """
    import numpy as np

    if not net.n_nodes:
        raise OptionError("a network without nodes cannot be drawn; lower its thresholds")
    if "x" not in net.node_columns:
        from nqp_biblio.measures.layout import lay_out

        net = lay_out(net)
    width, height = size[0] * 72, size[1] * 72
    volume = np.asarray(net.node_columns.get("occurrences", net.strength + 1), dtype=float)
    radius = _radii(volume, net.n_nodes)
    x, y = _fitted(net, (width, height), float(radius.max()))
    with house_style():
        figure, axes = canvas(size)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.set_axis_off()
        colours = _node_colours(net)
        _draw_edges(axes, net, (x, y), colours)
        order = np.lexsort((np.arange(net.n_nodes), -volume))
        _draw_nodes(axes, (x[order], y[order], radius[order]), [colours[i] for i in order])
        sizes = font_size * (1 + 0.3 * _unit(np.sqrt(volume)))
        nodes = [
            (net.labels[i], float(x[i]), float(y[i]), float(radius[i]), float(sizes[i]))
            for i in order
        ]
        frame = Box(2, 2, width - 2, height - 2)
        lines = [
            (float(x[a]), float(y[a]), float(x[b]), float(y[b]))
            for a, b in zip(net.source[:_MAX_CLEARED], net.target[:_MAX_CLEARED], strict=True)
        ]
        for label in place_labels(
            nodes, width_of=text_width, frame=frame, limit=max_labels, lines=lines
        ):
            axes.text(
                label.x,
                label.y,
                safe_text(label.text),
                size=round(label.size, 2),
                ha="center",
                va="center",
                linespacing=1.05,
                zorder=4,
                parse_math=False,
            )
    return figure


def _radii(volume: NDArray[np.float64], n_nodes: int) -> NDArray[np.float64]:
    """Radii in points, areas in proportion to the volume."""
    import numpy as np

    largest = 20.0 if n_nodes <= 150 else 14.0  # noqa: PLR2004
    top = float(volume.max()) or 1.0
    return np.asarray(np.maximum(largest * np.sqrt(np.maximum(volume, 0) / top) * 0.8, 2.5))


def _fitted(
    net: Network, size: tuple[float, float], radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit the coordinates into the frame, with one scale for both directions."""
    import numpy as np

    x = np.asarray(net.node_columns["x"], dtype=float)
    y = np.asarray(net.node_columns["y"], dtype=float)
    inner = [length - 2 * (_MARGIN + radius) for length in size]
    inner[0] -= 0.14 * size[0]
    spans = [float(np.ptp(x)) or 1e-9, float(np.ptp(y)) or 1e-9]
    scales = [length / span for length, span in zip(inner, spans, strict=True)]
    # a map may be stretched a little to use the page, never so that distances mislead
    along = min(scales[0], 1.35 * scales[1])
    across = min(scales[1], 1.35 * scales[0])
    if net.n_nodes == 1:
        along = across = 0.0
    return (
        size[0] / 2 + (x - (x.max() + x.min()) / 2) * along,
        size[1] / 2 + (y - (y.max() + y.min()) / 2) * across,
    )


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale values to 0..1; all 0 where they are alike."""
    import numpy as np

    span = float(np.ptp(values))
    return np.asarray((values - values.min()) / span if span else np.zeros_like(values))


def _node_colours(net: Network) -> list[str]:
    """One colour per node, by cluster."""
    if "cluster" not in net.node_columns:
        return [PALETTE[0]] * net.n_nodes
    clusters = [int(number) for number in net.node_columns["cluster"]]
    return [colour_of(number) for number in clusters]


def _draw_edges(
    axes: Axes,
    net: Network,
    places: tuple[NDArray[np.float64], NDArray[np.float64]],
    colours: list[str],
) -> None:
    """Draw the strongest edges, those within a cluster in its colour."""
    import numpy as np
    from matplotlib.collections import LineCollection

    if not net.n_edges:
        return
    x, y = places
    order = np.lexsort((np.arange(net.n_edges), -net.weight))[:_MAX_EDGES][::-1]
    source, target = net.source[order], net.target[order]
    segments = np.stack(
        [np.stack([x[source], y[source]], 1), np.stack([x[target], y[target]], 1)], 1
    )
    strength = np.sqrt(net.weight[order] / (net.weight.max() or 1))
    shades = [
        colours[a] if colours[a] == colours[b] else GREY
        for a, b in zip(source, target, strict=True)
    ]
    alpha = 0.38 if net.n_edges <= 400 else 0.2  # noqa: PLR2004
    lines = LineCollection(
        list(segments), colors=shades, linewidths=0.5 + 2.2 * strength, alpha=alpha, zorder=1
    )
    axes.add_collection(lines)


def _draw_nodes(
    axes: Axes,
    circles: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    colours: list[str],
) -> None:
    """Draw a circle per node; scatter takes areas in square points."""
    x, y, radius = circles
    axes.scatter(
        x,
        y,
        s=(2 * radius) ** 2,
        c=colours,
        alpha=0.88,
        linewidths=0.8,
        edgecolors="white",
        zorder=2,
    )
