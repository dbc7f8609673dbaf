"""Backbones: the edges that carry the structure of a network, and what was dropped."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.weights import edge_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["backbone"]

OneEdge = Literal["other-end", "keep"]

_ONE_EDGE = ("other-end", "keep")
_SMALL = 1_000
_TIE = 1e-10
_LARGEST = 1e300


def backbone(
    net: Network,
    *,
    method: str = "disparity",
    on: str = "weight",
    min_weight: float | None = None,
    alpha: float = 0.05,
    one_edge: OneEdge = "other-end",
    r: float = math.inf,
    q: int | None = None,
) -> Network:
    """Keep the edges that carry the structure of a network.

    Parameters
    ----------
    net : Network
        Any network; pathfinder and spanning-tree need an undirected one.
    method : {"disparity", "min-weight", "pathfinder", "spanning-tree"}
        ``disparity``: edges heavier than chance at one of their ends [1]_.
        ``min-weight``: edges of a weight, at least. ``pathfinder``: edges that no other path
        beats [2]_, found for ``r=inf`` as the union of all maximum spanning trees [3]_.
        ``spanning-tree``: one maximum spanning tree per connected part [4]_.
    on : str
        What an edge is judged by: ``weight``, or a column of the edges such as ``similarity``.
    min_weight : float, optional
        For ``min-weight``: the least value that is kept.
    alpha : float
        For ``disparity``: an edge stays if (1 - w / s)^(k - 1) is below it at one end, with s
        the strength and k the edges of that end; above 0, at most 1.
    one_edge : {"other-end", "keep"}
        For ``disparity``: the only edge of a node says nothing there. It is judged by its
        other end (as in [1]_), or kept always, so that no node loses its last edge.
    r : float
        For ``pathfinder``: a path with the distances d = 1 / value is (sum d^r)^(1/r) long,
        for inf as long as its longest step; 1 or more.
    q : int, optional
        For ``pathfinder``: the most steps of a path that is compared; else n - 1, any.

    Returns
    -------
    Network
        With all nodes, the edges kept, and for ``disparity`` the smaller of the two values as
        edge column ``disparity``. ``backbones`` in the manifest gains an entry that counts
        edges, weight and nodes that were dropped or left alone. Edges of a node with itself
        are dropped, but by ``min-weight``. Values apart by less than 1e-10 of themselves are
        equal; of equal edges a spanning tree takes the heavier one, then the one with the
        smaller labels. Cost is m log m; with `r` or `q` set n^3, for at most 1,000 nodes.

    Raises
    ------
    UnknownNameError
        If `method`, `on` or `one_edge` is none of the known.
    OptionError
        If a number is out of range, values are not above 0, or the network does not fit.

    References
    ----------
    .. [1] Serrano, M. A., Boguna, M. & Vespignani, A. (2009). Extracting the multiscale
       backbone of complex weighted networks. PNAS 106(16), 6483-6488.
       https://doi.org/10.1073/pnas.0808904106
    .. [2] Schvaneveldt, R. W. (1990). Pathfinder associative networks. Ablex.
    .. [3] Quirin, A., Cordon, O., Guerrero-Bote, V. P., Vargas-Quesada, B. & Moya-Anegon, F.
       (2008). A quick MST-based algorithm to obtain Pathfinder networks (inf, n-1). JASIST
       59(12), 1912-1924. https://doi.org/10.1002/asi.20904
    .. [4] Kruskal, J. B. (1956). On the shortest spanning subtree of a graph and the
       traveling salesman problem. Proc. AMS 7(1), 48-50. https://doi.org/10.2307/2033241

    Examples
    --------
    >>> small = backbone(net, method="pathfinder", on="similarity")  # doctest: +SKIP
    """
    if method not in _METHODS:
        raise UnknownNameError("method of backbone", method, _METHODS)
    given = _Given(net, edge_values(net, on), min_weight, alpha, one_edge, r, q)
    chosen = _METHODS[method]
    if chosen.needs_positive and net.n_edges and not given.values.min() > 0:
        raise OptionError(f"{method} needs values above 0; {on} goes down to {given.values.min()}")
    if chosen.is_undirected and net.directed:
        raise OptionError(f"{method} needs an undirected network; this one is directed")
    keep, columns = chosen.choose(given)
    entry: dict[str, object] = {
        "method": method,
        "on": on,
        "rule": chosen.rule,
        "reference": chosen.reference,
    }
    for name in chosen.parameters:
        entry[name] = _plain(getattr(given, name))
    return _with_kept(net.with_edges(**columns), keep, entry)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a backbone is taken of, and the options of all methods."""

    net: Network
    values: FloatArray
    min_weight: float | None
    alpha: float
    one_edge: str
    r: float
    q: int | None

    @property
    def between(self) -> IntArray:
        """The edges between two different nodes."""
        return np.flatnonzero(self.net.source != self.net.target)


@dataclass(frozen=True, slots=True)
class _Method:
    """How to choose edges, and what the manifest says of it."""

    choose: Callable[[_Given], tuple[BoolArray, dict[str, FloatArray]]]
    rule: str
    parameters: tuple[str, ...] = ()
    reference: str | None = None
    needs_positive: bool = True
    is_undirected: bool = True


def _plain(value: float | str | None) -> float | str | None:
    """Return a parameter as JSON can hold it."""
    return "inf" if value == math.inf else value


def _with_kept(net: Network, keep: BoolArray, entry: dict[str, object]) -> Network:
    """Return a network with some of its edges, and what became of the rest."""
    small = replace(
        net,
        source=net.source[keep],
        target=net.target[keep],
        weight=net.weight[keep],
        edge_columns={name: values[keep] for name, values in net.edge_columns.items()},
    )
    entry |= {
        "edges": net.n_edges,
        "edges_dropped": net.n_edges - small.n_edges,
        "weight": float(net.weight.sum()),
        "weight_dropped": float(net.weight[~keep].sum()),
        "nodes_left_alone": int(((net.degree > 0) & (small.degree == 0)).sum()),
    }
    counts = net.manifest.get("counts", {}) | {"nodes": small.n_nodes, "edges": small.n_edges}
    return small.with_manifest(backbones=[*net.manifest.get("backbones", []), entry], counts=counts)


def _by_weight(given: _Given) -> tuple[BoolArray, dict[str, FloatArray]]:
    """Keep what is heavy enough."""
    if given.min_weight is None:
        raise OptionError("min-weight needs min_weight, the least value that is kept")
    return given.values >= given.min_weight, {}


def _by_disparity(given: _Given) -> tuple[BoolArray, dict[str, FloatArray]]:
    """Keep what is heavier than chance at either end."""
    if not 0 < given.alpha <= 1:
        raise OptionError(f"alpha is {given.alpha}; it must be above 0 and at most 1")
    if given.one_edge not in _ONE_EDGE:
        raise UnknownNameError("one_edge", given.one_edge, _ONE_EDGE)
    net, edges = given.net, given.between
    ends = (net.source[edges], net.target[edges])
    sides = [(ends[0],), (ends[1],)] if net.directed else [ends, ends]
    chance = np.ones(net.n_edges)
    keep = np.zeros(net.n_edges, dtype=bool)
    for end, side in zip(ends, sides, strict=True):
        strength, degree = np.zeros(net.n_nodes), np.zeros(net.n_nodes)
        for nodes in side:
            strength += np.bincount(nodes, given.values[edges], minlength=net.n_nodes)
            degree += np.bincount(nodes, minlength=net.n_nodes)
        left = np.clip(1 - given.values[edges] / strength[end], 0, 1)
        chance[edges] = np.minimum(chance[edges], left ** (degree[end] - 1))
        if given.one_edge == "keep":
            keep[edges] |= degree[end] == 1
    return keep | (chance < given.alpha), {"disparity": chance}


def _by_tree(given: _Given) -> tuple[BoolArray, dict[str, FloatArray]]:
    """Take the heaviest edges that close no circle."""
    net = given.net
    edges, _ = _heaviest_first(given)
    parent = list(range(net.n_nodes))
    left = _n_joins(net)
    keep = np.zeros(net.n_edges, dtype=bool)
    ends = (net.source[edges].tolist(), net.target[edges].tolist())
    for edge, first, second in zip(edges.tolist(), *ends, strict=True):
        if not left:
            break
        if _join(parent, first, second):
            keep[edge] = True
            left -= 1
    return keep, {}


def _by_paths(given: _Given) -> tuple[BoolArray, dict[str, FloatArray]]:
    """Keep edges that no path of at most q steps beats."""
    n_nodes = given.net.n_nodes
    longest = max(n_nodes - 1, 1)
    q = longest if given.q is None else given.q
    if not given.r >= 1:
        raise OptionError(f"r is {given.r}; it must be 1 or more, inf for the longest step")
    if q < 1:
        raise OptionError(f"q is {q}; it must be 1 or more")
    if math.isinf(given.r) and q >= longest:
        return _by_all_trees(given), {}
    if n_nodes > _SMALL:
        raise OptionError(
            f"pathfinder with r={given.r} and q={q} is for at most {_SMALL:,} nodes, not"
            f" {n_nodes:,}; r=inf without q has no limit"
        )
    edges = given.between
    cost = _costs(given, edges)
    shortest = _shortest(given, edges, cost, min(q, longest))
    keep = np.zeros(given.net.n_edges, dtype=bool)
    ends = given.net.source[edges], given.net.target[edges]
    keep[edges] = cost <= shortest[ends] * (1 + _TIE)
    return keep, {}


def _by_all_trees(given: _Given) -> BoolArray:
    """Keep each edge whose ends are not joined by heavier ones alone."""
    net = given.net
    edges, level = _heaviest_first(given)
    parent = list(range(net.n_nodes))
    left = _n_joins(net)
    keep = np.zeros(net.n_edges, dtype=bool)
    source, target = net.source.tolist(), net.target.tolist()
    bounds = np.flatnonzero(np.diff(level, prepend=-1)).tolist()
    for start, stop in itertools.pairwise([*bounds, len(edges)]):
        if not left:
            break
        apart = [
            edge
            for edge in edges[start:stop].tolist()
            if _root(parent, source[edge]) != _root(parent, target[edge])
        ]
        keep[apart] = True
        left -= sum(_join(parent, source[edge], target[edge]) for edge in apart)
    return keep


def _heaviest_first(given: _Given) -> tuple[IntArray, IntArray]:
    """Sort edges by value, of equal ones by weight and labels; and count the values."""
    net, edges = given.net, given.between
    edges = edges[np.argsort(-given.values[edges], kind="stable")]
    values = given.values[edges]
    level = np.zeros(len(edges), dtype=np.int64)
    level[1:] = np.cumsum(values[1:] < values[:-1] * (1 - _TIE))
    rank = np.empty(net.n_nodes, dtype=np.int64)
    rank[sorted(range(net.n_nodes), key=net.labels.__getitem__)] = np.arange(net.n_nodes)
    ends = np.sort(np.stack((rank[net.source[edges]], rank[net.target[edges]])), axis=0)
    return edges[np.lexsort((ends[1], ends[0], -net.weight[edges], level))], level


def _n_joins(net: Network) -> int:
    """Return the edges of a spanning forest."""
    return net.n_nodes - (int(net.components().max()) + 1 if net.n_nodes else 0)


def _root(parent: list[int], node: int) -> int:
    """Find the node that stands for a connected part."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


def _join(parent: list[int], first: int, second: int) -> bool:
    """Join the parts of two nodes; return whether they were two."""
    one, two = _root(parent, first), _root(parent, second)
    parent[max(one, two)] = min(one, two)
    return one != two


def _costs(given: _Given, edges: IntArray) -> FloatArray:
    """Return d^r per edge, the shortest being 1; with r = inf d itself."""
    distance = 1 / given.values[edges]
    if not edges.size or math.isinf(given.r):
        return distance
    distance /= distance.min()
    if given.r * math.log(float(distance.max())) > math.log(_LARGEST):
        raise OptionError(f"r is {given.r}, too large for these values; r=inf would do")
    costs: FloatArray = distance**given.r
    return costs


def _shortest(given: _Given, edges: IntArray, cost: FloatArray, q: int) -> FloatArray:
    """Return the cost of the best path of at most q steps between all nodes."""
    n_nodes = given.net.n_nodes
    source, target = given.net.source[edges], given.net.target[edges]
    if q >= n_nodes - 1 and not math.isinf(given.r):
        return _shortest_of_all(n_nodes, source, target, cost)
    step = np.full((n_nodes, n_nodes), np.inf)
    np.fill_diagonal(step, 0.0)
    step[source, target] = step[target, source] = cost
    add = np.maximum if math.isinf(given.r) else np.add
    best = step
    for digit in bin(q)[3:]:
        best = _chained(best, best, add)
        if digit == "1":
            best = _chained(best, step, add)
    return best


def _shortest_of_all(
    n_nodes: int, source: IntArray, target: IntArray, cost: FloatArray
) -> FloatArray:
    """Return the cost of the best path of any number of steps between all nodes."""
    from scipy import sparse
    from scipy.sparse import csgraph

    matrix = sparse.csr_array((cost, (source, target)), shape=(n_nodes, n_nodes))
    best: FloatArray = csgraph.dijkstra(matrix, directed=False)
    return best


def _chained(first: FloatArray, second: FloatArray, add: np.ufunc) -> FloatArray:
    """Return the best of all ways to go one path and then another."""
    best = first.copy()
    for middle in range(len(first)):
        np.minimum(best, add(first[:, middle, None], second[None, middle]), out=best)
    return best


_METHODS = {
    "disparity": _Method(
        _by_disparity,
        "an edge stays if (1 - w / s)^(k - 1) < alpha at one of its ends",
        ("alpha", "one_edge"),
        "Serrano, M. A., Boguna, M. & Vespignani, A. (2009). Extracting the multiscale backbone"
        " of complex weighted networks. PNAS 106(16), 6483-6488."
        " https://doi.org/10.1073/pnas.0808904106",
        is_undirected=False,
    ),
    "min-weight": _Method(
        _by_weight,
        "an edge stays if its value is at least min_weight",
        ("min_weight",),
        needs_positive=False,
        is_undirected=False,
    ),
    "pathfinder": _Method(
        _by_paths,
        "an edge stays if no path of at most q steps is shorter, with distances 1 / value",
        ("r", "q"),
        "Schvaneveldt, R. W. (1990). Pathfinder associative networks. Ablex.",
    ),
    "spanning-tree": _Method(
        _by_tree,
        "the heaviest edges that close no circle; ties by weight, then by labels",
        reference="Kruskal, J. B. (1956). On the shortest spanning subtree of a graph and the"
        " traveling salesman problem. Proc. AMS 7(1), 48-50. https://doi.org/10.2307/2033241",
    ),
}
