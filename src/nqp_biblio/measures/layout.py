"""A place in the plane for each node: the VOS layout, component by component."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.vos import VosProblem
from nqp_biblio.networks.weights import similarities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["DEFAULT_REPULSION", "lay_out", "layout_energy", "mean_distance"]

DEFAULT_REPULSION = {"coauthorship": -1}
"""Repulsion by kind of network; 0 for all others.

VOSviewer has 1 for coupling and co-citation, which serves dense networks alone: where few
links join the parts of a network, its least energy lies on a line.
"""

_METHODS = ("vos",)
_REPULSIONS = (1, 0, -1)
_ATTRACTION = 2
_VOS = (
    "van Eck, N. J., Waltman, L., Dekker, R. & van den Berg, J. (2010). A comparison of two"
    " techniques for bibliometric mapping: Multidimensional scaling and VOS. JASIST 61(12),"
    " 2405-2416. https://doi.org/10.1002/asi.21421"
)
_ENERGY = (
    "Noack, A. (2009). Modularity clustering is force-directed layout. Physical Review E 79,"
    " 026102. https://doi.org/10.1103/PhysRevE.79.026102"
)
_DECIMALS = 6
_ROWS_AT_ONCE = 128
_SPACING = 0.6
_WIDE = 1.6
_LEVEL = 1e-3
_ROUND = 1e-2
_OVERHANG = 1.2
_PAIR = 2


def lay_out(
    net: Network,
    *,
    method: str = "vos",
    seed: int = 0,
    repulsion: int | None = None,
    n_starts: int = 1,
) -> Network:
    """Give each node a place in the plane, related nodes near each other.

    Parameters
    ----------
    net : Network
        Any network; the direction of edges does not matter.
    method : {"vos"}
        VOS minimises sum(s_ij d_ij^2 / 2) - sum(d_ij^r / r) over the pairs, where s_ij is the
        association strength 2 m a_ij / (k_i k_j), d_ij the distance and r the repulsion
        (for r = 0 its limit, the logarithm).
    seed : int
        Seed of the random start.
    repulsion : {1, 0, -1}, optional
        Lower spreads dense groups and draws loose ones together. Where not given -1 for
        co-authorship, else 0. VOSviewer has the same, but 1 for coupling and co-citation;
        1 serves dense networks only.
    n_starts : int
        Random starts, of which the best is kept.

    Returns
    -------
    Network
        With ``x`` and ``y`` per node, to 6 decimals: the mean is 0 and the mean distance
        between nodes is 1. The direction of largest spread is horizontal. Sets of nodes
        that are not connected lie beside each other, the largest first, and do not overlap.
        The cost of a step is the square of the nodes; steps are cut where nodes are many.

    Raises
    ------
    UnknownNameError
        If `method` is none of the known.
    OptionError
        If `repulsion` or `n_starts` is out of range.

    References
    ----------
    .. [1] van Eck, N. J. et al. (2010). A comparison of two techniques for bibliometric
       mapping: Multidimensional scaling and VOS. JASIST 61(12), 2405-2416.
       https://doi.org/10.1002/asi.21421

    Examples
    --------
    >>> net = lay_out(net, seed=0)  # doctest: +SKIP
    """
    if method not in _METHODS:
        raise UnknownNameError("layout", method, _METHODS)
    if n_starts < 1:
        raise OptionError(f"n_starts is {n_starts}; it must be 1 or more")
    power = _repulsion(net, repulsion)
    similarity = similarities(net, "association-strength", "strength")
    component = net.components()
    places = [
        _upright(_place(problem, seed, n_starts), problem.strength)
        for problem in _problems(net, similarity, component, power)
    ]
    x, y = _normalised(_packed(places, component)).T
    entry = {
        "method": method,
        "attraction": _ATTRACTION,
        "repulsion": power,
        "weights": "association-strength",
        "seed": seed,
        "n_starts": n_starts,
        "components": len(places),
        "references": [_VOS, _ENERGY],
    }
    return net.with_nodes(x=x, y=y).with_manifest(layout=entry)


def layout_energy(net: Network, *, repulsion: int | None = None) -> float:
    """Return the energy of the places that a connected network has, at its best scale.

    Raises
    ------
    OptionError
        If the network has no places, or is not connected.
    """
    if not {"x", "y"} <= set(net.node_columns):
        raise OptionError("this network has no places yet; lay_out(net) gives them")
    component = net.components()
    if component.max(initial=0) > 0:
        raise OptionError("energies compare connected networks only")
    similarity = similarities(net, "association-strength", "strength")
    problem = next(_problems(net, similarity, component, _repulsion(net, repulsion)))
    xy = np.stack([net.node_columns["x"], net.node_columns["y"]], axis=1).astype(np.float64)
    return problem.energy(problem.scaled(xy))[0]


def mean_distance(xy: FloatArray) -> float:
    """Return the mean distance between two of some points; 0 for fewer than two.

    Examples
    --------
    >>> mean_distance(np.array([[0.0, 0.0], [3.0, 4.0]]))
    5.0
    """
    n = len(xy)
    if n < _PAIR:
        return 0.0
    total = sum(
        float(np.hypot(*(xy[i : i + _ROWS_AT_ONCE, None, :] - xy[None, :, :]).T).sum())
        for i in range(0, n, _ROWS_AT_ONCE)
    )
    return total / (n * (n - 1))


def _repulsion(net: Network, repulsion: int | None) -> int:
    """Return the repulsion, by kind of network where not given."""
    power = DEFAULT_REPULSION.get(net.kind, 0) if repulsion is None else repulsion
    if power not in _REPULSIONS:
        raise OptionError(f"repulsion is {power}; it must be 1, 0 or -1")
    return power


def _problems(
    net: Network, similarity: FloatArray, component: IntArray, power: int
) -> Iterator[VosProblem]:
    """Cut the network into its connected sets."""
    n_sets = int(component.max(initial=-1)) + 1
    place = np.empty(net.n_nodes, dtype=np.int64)
    nodes = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component))[:-1])
    edge_set = component[net.source]
    edges = np.split(
        np.argsort(edge_set, kind="stable"), np.cumsum(np.bincount(edge_set, minlength=n_sets))[:-1]
    )
    strength = net.strength
    for number in range(n_sets):
        mine, inside = nodes[number], edges[number]
        place[mine] = np.arange(len(mine))
        yield VosProblem(
            strength=strength[mine],
            source=place[net.source[inside]],
            target=place[net.target[inside]],
            similarity=similarity[inside],
            repulsion=power,
        )


def _place(problem: VosProblem, seed: int, n_starts: int) -> FloatArray:
    """Return places of a connected set, at a scale that gives each node the same room."""
    n = problem.n_nodes
    if n <= _PAIR:
        return np.array([[i * 1.0, 0.0] for i in range(n)])
    random = np.random.default_rng(seed)
    found = [problem.solve(random.random((n, 2)) - 0.5) for _ in range(n_starts)]
    xy: FloatArray = min(found, key=lambda pair: pair[0])[1]
    xy *= _SPACING * np.sqrt(n) / mean_distance(xy)
    return xy


def _upright(xy: FloatArray, strength: FloatArray) -> FloatArray:
    """Turn places so that they spread most sideways, and mirror them in one fixed way.

    Of the nodes, strongest first, the first off an axis lies on its positive side; where
    they spread the same in all directions, the first off the centre lies to the right.
    """
    if len(xy) <= _PAIR:
        return xy
    centred = xy - xy.mean(axis=0)
    (a, b), (_, c) = centred.T @ centred
    order = np.argsort(-strength, kind="stable")
    angle = 0.5 * np.arctan2(2 * b, a - c)
    if np.hypot(2 * b, a - c) < _ROUND * (a + c):
        reach = np.hypot(*centred[order].T)
        x, y = centred[order][np.flatnonzero(reach > _ROUND * reach.max())[0]]
        angle = np.arctan2(y, x)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: FloatArray = centred @ turn
    for axis in range(2):
        off = turned[order, axis][np.abs(turned[order, axis]) > _LEVEL * np.abs(turned).max()]
        if off.size and off[0] < 0:
            turned[:, axis] *= -1
    return turned


def _packed(places: list[FloatArray], component: IntArray) -> FloatArray:
    """Lay connected sets in rows, from the upper left, as one sets type."""
    xy = np.zeros((len(component), 2))
    if not places:
        return xy
    boxes = np.array([np.ptp(part, axis=0) + 1.0 for part in places])
    order = sorted(range(len(places)), key=lambda i: (-boxes[i, 1], -boxes[i, 0], i))
    width = max(boxes[:, 0].max(), np.sqrt(_WIDE * (boxes[:, 0] * boxes[:, 1]).sum()))
    nodes = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component))[:-1])
    left = top = row_height = 0.0
    for number in order:
        wide, high = boxes[number]
        if left and left + wide > width * _OVERHANG:
            left, top, row_height = 0.0, top - row_height, 0.0
        part = places[number] - places[number].min(axis=0)
        xy[nodes[number]] = part + np.array([left, top - high]) + 0.5
        left += wide
        row_height = max(row_height, high)
    return xy


def _normalised(xy: FloatArray) -> FloatArray:
    """Move the mean to 0 and scale the mean distance to 1; no minus before a zero."""
    if not len(xy):
        return xy
    centred = xy - xy.mean(axis=0)
    scale = mean_distance(centred)
    rounded: FloatArray = np.round(centred / scale if scale else centred, _DECIMALS) + 0.0
    return rounded
