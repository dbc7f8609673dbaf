"""The drawing of a map for readers whose browser runs no script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.network import Network
from nqp_biblio.outputs.figures import plot_network, svg_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["draw_map"]

_MAX_NODES = 300
_MAX_LINKS = 400


def draw_map(data: dict[str, Any], *, name: str, title: str) -> tuple[str, str]:
    """Draw a map as SVG, its largest nodes and strongest links where there are many.

    Parameters
    ----------
    data : dict
        What ``viewer_data`` gives.
    name : str
        Begins the ids of the drawing.
    title : str
        What it shows, for readers who do not see it.

    Returns
    -------
    (str, str)
        The drawing, and a sentence that says how much is drawn.
    """
    net = _network(data)
    small = net.top(_MAX_NODES, by="occurrences") if net.n_nodes > _MAX_NODES else net
    light = _strongest(small)
    drawing = svg_of(plot_network(light), name=name, title=title)
    return drawing, _caption(data["n_nodes"], small, light)


def _network(data: dict[str, Any]) -> Network:
    """Make a network of what is shown, free of values that cannot be drawn."""
    nodes, edges = data["nodes"], data["edges"]
    weights = nodes["weights"]
    volume = _numbers(weights.get("Occurrences", weights["Total link strength"]))
    strength = np.abs(_numbers(edges["weight"]))
    return Network(
        kind=data["kind"],
        of=data["of"],
        directed=data["directed"],
        ids=np.arange(len(nodes["label"])),
        labels=tuple(nodes["label"]),
        source=np.array(edges["source"], dtype=np.int64),
        target=np.array(edges["target"], dtype=np.int64),
        weight=strength if strength.any() else np.ones(len(strength)),
        node_columns={
            "x": _numbers(nodes["x"]),
            "y": _numbers(nodes["y"]),
            "occurrences": np.maximum(volume, 0),
            **_clusters(nodes["cluster"]),
        },
    )


def _clusters(numbers: list[int]) -> dict[str, NDArray[np.int64]]:
    """Give the column of clusters where there are any."""
    return {"cluster": np.array(numbers, dtype=np.int64)} if any(numbers) else {}


def _numbers(values: list[float | None]) -> NDArray[np.float64]:
    """Turn values into an array, what is missing into 0."""
    return np.array([value or 0 for value in values], dtype=np.float64)


def _strongest(net: Network) -> Network:
    """Leave out the weak links, which make a drawing large and grey."""
    order = np.lexsort((np.arange(net.n_edges), -net.weight))
    kept = np.sort(order[:_MAX_LINKS])
    ends = net.source[kept], net.target[kept]
    return replace(net, source=ends[0], target=ends[1], weight=net.weight[kept])


def _caption(n_nodes: int, small: Network, light: Network) -> str:
    """Say how much of the map is drawn."""
    is_part = small.n_nodes < n_nodes
    nodes = f"The {small.n_nodes:,} largest of {n_nodes:,}" if is_part else f"{n_nodes:,}"
    strongest = f"the {light.n_edges:,} strongest of {small.n_edges:,} links among them"
    links = strongest if light.n_edges < small.n_edges else f"{small.n_edges:,} links among them"
    return f"{nodes} nodes, {links}. Where scripts may run, the map can be moved and asked."
