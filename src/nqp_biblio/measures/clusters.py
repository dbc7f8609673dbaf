"""Clusters of a network, by the Leiden algorithm."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.weights import similarities

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["cluster", "cluster_table", "quality_of"]

Quality = Literal["cpm", "modularity"]

_METHODS = ("leiden",)
_WEIGHTS = ("association-strength", "similarity", "weight")
_LEIDEN = (
    "Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing"
    " well-connected communities. Scientific Reports 9, 5233."
    " https://doi.org/10.1038/s41598-019-41695-z"
)
_VOS = (
    "Waltman, L., van Eck, N. J. & Noyons, E. C. M. (2010). A unified approach to mapping and"
    " clustering of bibliometric networks. Journal of Informetrics 4(4), 629-635."
    " https://doi.org/10.1016/j.joi.2010.07.002"
)
_RANDOMNESS = 0.001
_LARGEST = 0.5
_TERM_KINDS = ("topic", "author_keyword", "index_keyword")
_LABEL_TERMS = 3


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is maximised: the weight inside clusters, less what their sizes would bring."""

    net: Network
    weight: FloatArray
    resolution: float
    is_modularity: bool

    def reached(self, cluster: IntArray) -> float:
        """Return the quality of a partition."""
        net = self.net
        inside = float(self.weight[cluster[net.source] == cluster[net.target]].sum())
        if not self.is_modularity:
            sizes = np.bincount(cluster).astype(np.float64)
            return inside - self.resolution * float((sizes * (sizes - 1)).sum()) / 2
        total = float(self.weight.sum())
        if not total:
            return 0.0
        shares = np.bincount(cluster, net.strength) / (2 * total)
        return inside / total - self.resolution * float((shares**2).sum())


def cluster(
    net: Network,
    *,
    method: str = "leiden",
    quality: Quality = "cpm",
    resolution: float = 1.0,
    seed: int = 0,
    n_starts: int = 10,
    iterations: int = 10,
    weights: str = "association-strength",
) -> Network:
    """Give each node the number of its cluster.

    Parameters
    ----------
    net : Network
        Any network; directed edges count in both directions.
    method : {"leiden"}
        The algorithm.
    quality : {"cpm", "modularity"}
        What is maximised: the constant Potts model, sum of (s_ij - resolution) over the pairs
        inside clusters, as in VOSviewer; or modularity, on the weights.
    resolution : float
        Above 0; higher makes more and smaller clusters.
    seed : int
        Seed of the random order; the same seed gives the same clusters.
    n_starts : int
        Independent runs, of which the best is kept.
    iterations : int
        Cycles of each run.
    weights : {"association-strength", "similarity", "weight"}
        What s_ij is with ``cpm``: association strength 2 m a_ij / (k_i k_j) as in VOSviewer,
        the similarity that ``weigh`` gave, or the weight as it is.

    Returns
    -------
    Network
        With ``cluster`` per node, from 1: the largest first, of equal ones that with the
        smallest label. The manifest holds the quality reached and a label per cluster.

    Raises
    ------
    UnknownNameError
        If `method`, `quality` or `weights` is none of the known.
    OptionError
        If a number is out of range, or there is no similarity yet.

    References
    ----------
    .. [1] Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden.
       Scientific Reports 9, 5233. https://doi.org/10.1038/s41598-019-41695-z
    .. [2] Waltman, L., van Eck, N. J. & Noyons, E. C. M. (2010). A unified approach to
       mapping and clustering of bibliometric networks. Journal of Informetrics 4(4), 629-635.
       https://doi.org/10.1016/j.joi.2010.07.002

    Examples
    --------
    >>> net = cluster(net, resolution=1.0, seed=0)  # doctest: +SKIP
    """
    if method not in _METHODS:
        raise UnknownNameError("method of clustering", method, _METHODS)
    numeric = {"resolution": resolution, "n_starts": n_starts, "iterations": iterations}
    for name, value in numeric.items():
        if value <= 0:
            raise OptionError(f"{name} is {value}; it must be above 0")
    problem = _problem(net, quality, resolution, weights)
    numbers = _numbered(_leiden(problem, seed, n_starts, iterations), net.labels)
    clustered = net.with_nodes(cluster=numbers)
    entry = {
        "method": method,
        "quality": quality,
        **numeric,
        "seed": seed,
        "weights": weights if quality == "cpm" else "weight",
        "clusters": int(numbers.max(initial=0)),
        "quality_reached": problem.reached(numbers),
        "labels": _labels(clustered),
        "references": [_LEIDEN, _VOS] if quality == "cpm" else [_LEIDEN],
    }
    return clustered.with_manifest(clustering=entry)


def cluster_table(net: Network) -> pd.DataFrame:
    """Return one row per cluster: number, label, nodes, links inside and to other clusters.

    Raises
    ------
    OptionError
        If the network has no clusters yet.
    """
    import pandas as pd

    numbers = _clusters_of(net)
    n_clusters = int(numbers.max(initial=0))
    first, second = numbers[net.source], numbers[net.target]
    inside = first == second
    internal = np.bincount(first[inside], net.weight[inside], minlength=n_clusters + 1)
    external = np.bincount(first[~inside], net.weight[~inside], minlength=n_clusters + 1)
    external += np.bincount(second[~inside], net.weight[~inside], minlength=n_clusters + 1)
    labels = net.manifest["clustering"]["labels"]
    return pd.DataFrame(
        {
            "cluster": range(1, n_clusters + 1),
            "label": [labels[str(number)] for number in range(1, n_clusters + 1)],
            "nodes": np.bincount(numbers, minlength=n_clusters + 1)[1:],
            "internal_strength": internal[1:],
            "external_strength": external[1:],
        }
    )


def quality_of(
    net: Network,
    *,
    quality: Quality = "cpm",
    resolution: float = 1.0,
    weights: str = "association-strength",
) -> float:
    """Return the quality of the clusters that a network has; see ``cluster``.

    Raises
    ------
    OptionError
        If the network has no clusters yet.
    """
    return _problem(net, quality, resolution, weights).reached(_clusters_of(net))


def _clusters_of(net: Network) -> IntArray:
    """Return the clusters of a network."""
    if "cluster" not in net.node_columns:
        raise OptionError("this network has no clusters yet; cluster(net) gives them")
    return net.node_columns["cluster"]


def _problem(net: Network, quality: str, resolution: float, weights: str) -> _Problem:
    """Put into numbers what is to be maximised."""
    if quality not in get_args(Quality):
        raise UnknownNameError("quality", quality, get_args(Quality))
    if quality == "modularity":
        return _Problem(net, net.weight, resolution, is_modularity=True)
    return _Problem(net, _similarity(net, weights), resolution, is_modularity=False)


def _similarity(net: Network, weights: str) -> FloatArray:
    """Return s_ij of each edge."""
    if weights not in _WEIGHTS:
        raise UnknownNameError("weights", weights, _WEIGHTS)
    if weights == "weight":
        return net.weight
    if weights == "association-strength":
        return similarities(net, "association-strength", "strength")
    if "similarity" not in net.edge_columns:
        raise OptionError("this network has no similarity yet; weigh(net) gives it")
    return net.edge_columns["similarity"]


def _leiden(problem: _Problem, seed: int, n_starts: int, iterations: int) -> IntArray:
    """Run Leiden; all is scaled so that its randomness means the same for every network.

    Without the scaling the exponential in its refinement overflows on association strengths,
    which are large in sparse networks, and the clusters come out far too small.
    """
    import graspologic_native
    from scipy import sparse

    net = problem.net
    alone = np.arange(net.n_nodes, dtype=np.int64)
    if not net.n_edges or problem.weight.max() <= 0:
        return alone
    scale = _LARGEST / float(problem.weight.max())
    cells = (np.r_[net.source, net.target], np.r_[net.target, net.source])
    matrix = sparse.csr_array((np.tile(problem.weight * scale, 2), cells), shape=(len(alone),) * 2)
    matrix.sort_indices()
    _, found = graspologic_native.leiden_csr(  # type: ignore[attr-defined]  # compiled
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64),
        net.n_nodes,
        resolution=problem.resolution * (1.0 if problem.is_modularity else scale),
        randomness=_RANDOMNESS,
        iterations=iterations,
        use_modularity=problem.is_modularity,
        seed=seed,
        trials=n_starts,
    )
    return np.array([found.get(node, -1 - node) for node in range(net.n_nodes)], dtype=np.int64)


def _numbered(found: IntArray, labels: tuple[str, ...]) -> IntArray:
    """Count clusters from 1 by size, of equal ones by their smallest label."""
    members: dict[int, list[str]] = {}
    for number, label in zip(found.tolist(), labels, strict=True):
        members.setdefault(number, []).append(label)
    order = sorted(members, key=lambda number: (-len(members[number]), min(members[number])))
    place = {number: index for index, number in enumerate(order, 1)}
    return np.array([place[number] for number in found.tolist()], dtype=np.int64)


def _labels(net: Network) -> dict[str, str]:
    """Name each cluster by its most central terms.

    Works have no terms of their own; theirs are the topics or keywords that set the cluster
    apart from the others, where the corpus has them.
    """
    numbers = net.node_columns["cluster"]
    names = _by_strength(net, numbers)
    if net.of == "works" and net.corpus is not None:
        names |= _by_terms(net, numbers)
    return {str(number): ", ".join(words) for number, words in sorted(names.items())}


def _by_strength(net: Network, numbers: IntArray) -> dict[int, list[str]]:
    """Return the nodes with the strongest links inside each cluster."""
    inside = numbers[net.source] == numbers[net.target]
    strength = np.zeros(net.n_nodes)
    for ends in (net.source, net.target):
        strength += np.bincount(ends[inside], net.weight[inside], minlength=net.n_nodes)
    size = net.node_columns.get("occurrences", np.zeros(net.n_nodes))
    names: dict[int, list[str]] = {}
    for i in sorted(range(net.n_nodes), key=lambda i: (-strength[i], -size[i], net.labels[i])):
        words = names.setdefault(int(numbers[i]), [])
        if len(words) < _LABEL_TERMS:
            words.append(net.labels[i])
    return names


def _by_terms(net: Network, numbers: IntArray) -> dict[int, list[str]]:
    """Return the terms that most works of a cluster have and few others."""
    if net.corpus is None:
        return {}
    rows = net.corpus.sql(
        "SELECT DISTINCT work_id, kind, term FROM terms WHERE term IS NOT NULL"
        " AND NOT COALESCE(is_ubiquitous, FALSE) ORDER BY 1, 2, 3"
    )
    kinds = {row[1] for row in rows}
    kind = next((k for k in _TERM_KINDS if k in kinds), None)
    cluster_of = dict(zip(net.ids.tolist(), numbers.tolist(), strict=True))
    here = [(cluster_of[work], term) for work, k, term in rows if k == kind and work in cluster_of]
    inside, everywhere = Counter(here), Counter(term for _, term in here)
    scored: dict[int, list[tuple[float, str]]] = {}
    for (number, term), n in inside.items():
        scored.setdefault(number, []).append((-n * n / everywhere[term], term))
    return {n: [term for _, term in sorted(terms)[:_LABEL_TERMS]] for n, terms in scored.items()}
