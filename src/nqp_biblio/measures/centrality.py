"""Centrality: how each node stands in its network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.centrality_paths import Paths, shortest_paths
from nqp_biblio.measures.centrality_roles import core_numbers, coreness, structural_holes
from nqp_biblio.measures.centrality_spectra import eigenvector, pagerank
from nqp_biblio.networks.weights import edge_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["centrality"]

Distance = Literal["steps", "inverse"]

_DISTANCES = ("steps", "inverse")
_MOST_WORK = 1_000_000_000
_PIVOTS = 1_000


def centrality(
    net: Network,
    measures: Sequence[str] = ("degree", "strength", "betweenness", "closeness"),
    *,
    weights: str = "weight",
    distance: Distance = "steps",
    n_pivots: int | None = None,
    damping: float = 0.85,
    seed: int = 0,
) -> Network:
    """Say how each node stands in its network.

    Parameters
    ----------
    net : Network
        Any network. Edges of a node with itself are not looked at.
    measures : sequence of str
        Any of

        - ``degree``, ``strength``: edges, and sum of their values; of a directed network also
          ``in_degree``, ``out_degree``, ``in_strength``, ``out_strength``;
        - ``betweenness``: share of the shortest paths between two others that run through
          the node, mean over these pairs, from 0 to 1 [1]_ [2]_;
        - ``closeness``: share of the nodes that reach the node over their mean distance to it,
          so that parts that are not connected can be compared [3]_;
        - ``pagerank``: share of the time there of one who follows edges by weight [4]_;
        - ``eigenvector``: each node has what its neighbours have together, the largest 1;
          0 outside the part with the largest eigenvalue [5]_;
        - ``constraint``, ``effective_size``: structural holes [6]_, nan and 0 for a node alone;
        - ``k_core``: the largest k of a k-core with the node [7]_;
        - ``coreness``: values whose products come nearest to the weights, the largest 1 [8]_.
    weights : str
        What edges weigh: ``weight``, ``none`` (1 each) or another column of the edges, such as
        ``similarity``. ``degree`` and ``k_core`` do not depend on it.
    distance : {"steps", "inverse"}
        Length of an edge for betweenness and closeness: 1, or 1 over its weight, so that
        strong links are short.
    n_pivots : int, optional
        Nodes from which paths are followed. All of them gives exact values, fewer (chosen by
        `seed`) an estimate [9]_. When not given: all if nodes times edges are at most
        1,000,000,000, else 1,000; the manifest says which.
    damping : float
        Of ``pagerank``: chance to follow an edge, at least 0 and below 1.
    seed : int
        Seed of the choice of pivots.

    Returns
    -------
    Network
        With one column per measure and node, named as the measure. Closeness is nan where no
        pivot reaches a node that has edges. Paths in a directed network follow the edges, and
        closeness is by the paths to a node; structural holes and cores take edges both ways.
        The manifest has an entry ``centrality``.

    Raises
    ------
    UnknownNameError
        If a measure, `weights` or `distance` is none of the known.
    OptionError
        If a number is out of range, a weight is below 0 (or 0, where it is divided by), or
        ``eigenvector`` is asked of a directed network.

    References
    ----------
    .. [1] Freeman, L. C. (1979). Centrality in social networks: Conceptual clarification.
       Social Networks 1(3), 215-239. https://doi.org/10.1016/0378-8733(78)90021-7
    .. [2] Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of
       Mathematical Sociology 25(2), 163-177. https://doi.org/10.1080/0022250X.2001.9990249
    .. [3] Wasserman, S. & Faust, K. (1994). Social network analysis, p. 201. Cambridge
       University Press. https://doi.org/10.1017/CBO9780511815478
    .. [4] Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual Web search
       engine. Computer Networks 30, 107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    .. [5] Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique
       identification. Journal of Mathematical Sociology 2(1), 113-120.
       https://doi.org/10.1080/0022250X.1972.9989806
    .. [6] Burt, R. S. (1992). Structural holes. Harvard University Press.
    .. [7] Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3),
       269-287. https://doi.org/10.1016/0378-8733(83)90028-X
    .. [8] Borgatti, S. P. & Everett, M. G. (1999). Models of core/periphery structures. Social
       Networks 21(4), 375-395. https://doi.org/10.1016/S0378-8733(99)00019-2
    .. [9] Brandes, U. & Pich, C. (2007). Centrality estimation in large networks.
       International Journal of Bifurcation and Chaos 17(7), 2303-2318.
       https://doi.org/10.1142/S0218127407018403

    Examples
    --------
    >>> net = centrality(net, ("degree", "betweenness"))  # doctest: +SKIP
    """
    names = (measures,) if isinstance(measures, str) else tuple(measures)
    for name in names:
        if name not in _MEASURES:
            raise UnknownNameError("measure of centrality", name, _MEASURES)
    if distance not in _DISTANCES:
        raise UnknownNameError("distance", distance, _DISTANCES)
    if not 0 <= damping < 1:
        raise OptionError(f"damping is {damping}; it must be at least 0 and below 1")
    if n_pivots is not None and n_pivots < 1:
        raise OptionError(f"n_pivots is {n_pivots}; it must be 1 or more")
    values = np.ones(net.n_edges) if weights == "none" else edge_values(net, weights)
    if net.n_edges and not values.min() >= 0:
        raise OptionError(f"centrality needs weights of 0 or more; {weights} has {values.min()}")
    graph = _Graph(net, names, values, distance, n_pivots, damping, seed)
    columns = {name: _MEASURES[name].compute(graph) for name in names}
    entry = {"measures": list(names), "weights": weights} | _told(graph, names)
    return net.with_nodes(**columns).with_manifest(centrality=entry)


@dataclass(frozen=True)
class _Graph:
    """A network as matrices, each made when it is first needed, and the options."""

    net: Network
    names: tuple[str, ...]
    values: FloatArray
    distance: str
    n_pivots: int | None
    damping: float
    seed: int

    @cached_property
    def along(self) -> sparse.csr_array:
        """Weights from row to column, both ways if undirected."""
        return _matrix(self.net, self.values, both_ways=not self.net.directed)

    @cached_property
    def both(self) -> sparse.csr_array:
        """Weights both ways, those of two directions added."""
        return _matrix(self.net, self.values, both_ways=True) if self.net.directed else self.along

    @cached_property
    def sources(self) -> IntArray:
        """The nodes from which paths are followed."""
        n_nodes = self.net.n_nodes
        is_small = n_nodes * self.net.n_edges <= _MOST_WORK
        wanted = (n_nodes if is_small else _PIVOTS) if self.n_pivots is None else self.n_pivots
        if wanted >= n_nodes:
            return np.arange(n_nodes)
        chosen = np.random.default_rng(self.seed).choice(n_nodes, wanted, replace=False)
        return np.sort(chosen).astype(np.int64)

    @cached_property
    def paths(self) -> Paths:
        """What the shortest paths say."""
        matrix = self.along
        if self.distance == "inverse":
            _check_above_0(matrix, "distance='inverse'")
            matrix = matrix.copy()
            matrix.data = 1 / matrix.data
        return shortest_paths(
            matrix,
            self.sources,
            is_weighted=self.distance == "inverse",
            between="betweenness" in self.names,
        )

    @cached_property
    def holes(self) -> tuple[FloatArray, FloatArray]:
        """Constraint and effective size."""
        _check_above_0(self.both, "a structural hole")
        return structural_holes(self.both)

    @cached_property
    def core(self) -> tuple[FloatArray, float | None, bool]:
        """Coreness, its fit, and whether it is final."""
        return coreness(self.both)


def _matrix(net: Network, values: FloatArray, *, both_ways: bool) -> sparse.csr_array:
    """Return a value per edge as a matrix, without edges of a node with itself."""
    from scipy import sparse

    edges = np.flatnonzero(net.source != net.target)
    source, target, value = net.source[edges], net.target[edges], values[edges]
    if both_ways:
        source, target, value = np.r_[source, target], np.r_[target, source], np.r_[value, value]
    made = sparse.csr_array((value, (source, target)), shape=(net.n_nodes,) * 2)
    made.sum_duplicates()
    return made


def _check_above_0(matrix: sparse.csr_array, what: str) -> None:
    """Refuse edges of no weight where one divides by it."""
    if matrix.nnz and matrix.data.min() <= 0:
        raise OptionError(f"{what} needs weights above 0; there is an edge of weight 0")


def _out_degree(graph: _Graph) -> IntArray:
    return np.diff(graph.along.indptr).astype(np.int64)


def _in_degree(graph: _Graph) -> IntArray:
    return np.bincount(graph.along.indices, minlength=graph.net.n_nodes).astype(np.int64)


def _degree(graph: _Graph) -> IntArray:
    return _out_degree(graph) + (_in_degree(graph) if graph.net.directed else 0)


def _strength(graph: _Graph) -> FloatArray:
    return np.asarray(graph.both.sum(axis=1), dtype=np.float64)


def _betweenness(graph: _Graph) -> FloatArray:
    """Scale to a mean over the pairs of other nodes, and from the pivots to all nodes."""
    n_nodes = graph.net.n_nodes
    pairs = max((n_nodes - 1) * (n_nodes - 2), 1)
    return graph.paths.between * (n_nodes / max(len(graph.sources), 1) / pairs)


def _closeness(graph: _Graph) -> FloatArray:
    """Multiply the share of the pivots that reach a node by the inverse of their distance."""
    paths, n_nodes = graph.paths, graph.net.n_nodes
    others = np.full(n_nodes, len(graph.sources), dtype=np.float64)
    others[graph.sources] -= 1
    is_reached = paths.reached > 0
    found = np.zeros(n_nodes)
    reached = paths.reached[is_reached]
    found[is_reached] = reached / others[is_reached] * (reached / paths.far[is_reached])
    if len(graph.sources) < n_nodes:
        found[~is_reached & (_degree(graph) > 0)] = np.nan
    return found


def _eigenvector(graph: _Graph) -> FloatArray:
    if graph.net.directed:
        raise OptionError(
            "eigenvector needs an undirected network: along directed edges without circles, such"
            " as citations, it is 0 everywhere; pagerank would do"
        )
    return eigenvector(graph.along, graph.net.components())


@dataclass(frozen=True, slots=True)
class _Measure:
    """How to compute a measure, and what the manifest says of it."""

    compute: Callable[[_Graph], NDArray[Any]]
    rule: str
    reference: str | None = None


_FREEMAN = (
    "Freeman, L. C. (1979). Centrality in social networks: Conceptual clarification. Social"
    " Networks 1(3), 215-239. https://doi.org/10.1016/0378-8733(78)90021-7"
)
_BURT = (
    "Burt, R. S. (1992). Structural holes: The social structure of competition. Harvard"
    " University Press."
)
_MEASURES = {
    "degree": _Measure(_degree, "edges at the node", _FREEMAN),
    "in_degree": _Measure(_in_degree, "edges to the node", _FREEMAN),
    "out_degree": _Measure(_out_degree, "edges from the node", _FREEMAN),
    "strength": _Measure(_strength, "sum of the weights of the edges at the node"),
    "in_strength": _Measure(
        lambda graph: np.asarray(graph.along.sum(axis=0), dtype=np.float64),
        "sum of the weights of the edges to the node",
    ),
    "out_strength": _Measure(
        lambda graph: np.asarray(graph.along.sum(axis=1), dtype=np.float64),
        "sum of the weights of the edges from the node",
    ),
    "betweenness": _Measure(
        _betweenness,
        "share of the shortest paths between two others that run through the node, mean over"
        " the pairs",
        _FREEMAN,
    ),
    "closeness": _Measure(
        _closeness,
        "share of the nodes that reach the node over their mean distance to it",
        "Wasserman, S. & Faust, K. (1994). Social network analysis. Cambridge University Press."
        " https://doi.org/10.1017/CBO9780511815478",
    ),
    "pagerank": _Measure(
        lambda graph: pagerank(graph.along, graph.damping),
        "share of the time there of one who follows edges by weight, and else jumps anywhere",
        "Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual Web search"
        " engine. Computer Networks 30, 107-117. https://doi.org/10.1016/S0169-7552(98)00110-X",
    ),
    "eigenvector": _Measure(
        _eigenvector,
        "principal eigenvector of the weights, the largest 1",
        "Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique"
        " identification. Journal of Mathematical Sociology 2(1), 113-120."
        " https://doi.org/10.1080/0022250X.1972.9989806",
    ),
    "constraint": _Measure(
        lambda graph: graph.holes[0], "sum over contacts j of (p_ij + sum_q p_iq p_qj)^2", _BURT
    ),
    "effective_size": _Measure(
        lambda graph: graph.holes[1], "sum over contacts j of 1 - sum_q p_iq m_jq", _BURT
    ),
    "k_core": _Measure(
        lambda graph: core_numbers(graph.both),
        "the largest k for which the node is in the k-core",
        "Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3),"
        " 269-287. https://doi.org/10.1016/0378-8733(83)90028-X",
    ),
    "coreness": _Measure(
        lambda graph: graph.core[0],
        "c with the least sum of (a_ij - c_i c_j)^2, the largest 1",
        "Borgatti, S. P. & Everett, M. G. (1999). Models of core/periphery structures. Social"
        " Networks 21(4), 375-395. https://doi.org/10.1016/S0378-8733(99)00019-2",
    ),
}


def _told(graph: _Graph, names: tuple[str, ...]) -> dict[str, Any]:
    """Say for the manifest how the measures were taken."""
    cited = [_MEASURES[name].reference for name in names]
    told: dict[str, Any] = {
        "rule": "; ".join(f"{name}: {_MEASURES[name].rule}" for name in names),
        "references": list(dict.fromkeys(paper for paper in cited if paper)),
    }
    if {"betweenness", "closeness"} & set(names):
        is_exact = len(graph.sources) == graph.net.n_nodes
        told |= {"distance": graph.distance, "pivots": len(graph.sources), "exact": is_exact}
        told |= {} if is_exact else {"seed": graph.seed}
    if "pagerank" in names:
        told["damping"] = graph.damping
    if "coreness" in names:
        told["coreness_fit"], told["coreness_settled"] = graph.core[1:]
    return told
