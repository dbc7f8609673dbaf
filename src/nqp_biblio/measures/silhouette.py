"""Silhouette: how much nearer nodes are to their own cluster than to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_sizes import clusters_of
from nqp_biblio.networks.weights import SIMILARITIES, similarities

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.weights import Marginal

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["silhouette"]

_AT_MOST_1 = ("cosine", "jaccard", "inclusion", "equivalence")
_REFERENCE = (
    "Rousseeuw, P. J. (1987). Silhouettes: A graphical aid to the interpretation and validation"
    " of cluster analysis. Journal of Computational and Applied Mathematics 20, 53-65."
    " https://doi.org/10.1016/0377-0427(87)90125-7"
)


def silhouette(
    net: Network, *, similarity: str = "cosine", marginal: Marginal | None = None
) -> Network:
    """Say how well each node fits its cluster.

    Parameters
    ----------
    net : Network
        A network with clusters.
    similarity : str
        A similarity of ``weigh``, or ``similarity``, the one that ``weigh`` gave. The distance
        of two nodes is 1 - s, or 1 - s over the largest s where s can be above 1; nodes
        without an edge have distance 1.
    marginal : {"occurrences", "strength"}, optional
        As in ``weigh``. When not given: occurrences where there are any, else strength.

    Returns
    -------
    Network
        With ``silhouette`` per node: (b - a) / max(a, b), where a is the mean distance to the
        other nodes of its cluster and b that to the nodes of the nearest other cluster. It is
        0 for a node that is alone in its cluster, or without another cluster, and nan in
        cluster 0, which is none. The manifest holds the mean of all, and of each cluster, under
        ``silhouette``. Only edges are looked at, so cost grows with them.

    Raises
    ------
    UnknownNameError
        If there is no such similarity or marginal.
    OptionError
        If there are no clusters, or the network is directed.

    References
    ----------
    .. [1] Rousseeuw, P. J. (1987). Silhouettes. Journal of Computational and Applied
       Mathematics 20, 53-65. https://doi.org/10.1016/0377-0427(87)90125-7

    Examples
    --------
    >>> net = silhouette(cluster(net))  # doctest: +SKIP
    """
    numbers = clusters_of(net)
    if net.directed:
        raise OptionError("silhouette needs an undirected network; this one is directed")
    if marginal is None:
        marginal = "occurrences" if "occurrences" in net.node_columns else "strength"
    values = _silhouettes(net, _closeness(net, similarity, marginal), numbers)
    is_in = numbers > 0
    sizes = np.bincount(numbers[is_in])
    sums = np.bincount(numbers[is_in], values[is_in])
    told = net.manifest.get("similarity", {}) if similarity == "similarity" else {}
    entry = {
        "similarity": told.get("name", similarity),
        "marginal": told.get("marginal", marginal),
        "mean": float(values[is_in].mean()) if is_in.any() else None,
        "clusters": {str(i): float(sums[i] / sizes[i]) for i in np.flatnonzero(sizes).tolist()},
        "reference": _REFERENCE,
    }
    return net.with_nodes(silhouette=values).with_manifest(silhouette=entry)


def _closeness(net: Network, similarity: str, marginal: str) -> FloatArray:
    """Return 1 less the distance of the ends of each edge."""
    known = [name for name in SIMILARITIES if name != "linlog-modularity"]
    if similarity == "similarity":
        if "similarity" not in net.edge_columns:
            raise OptionError("this network has no similarity yet; weigh(net) gives it")
        values = net.edge_columns["similarity"].astype(np.float64)
        similarity = net.manifest.get("similarity", {}).get("name", "")
    elif similarity in known:
        values = similarities(net, similarity, marginal)
    else:
        raise UnknownNameError("similarity", similarity, ["similarity", *known])
    largest = float(values.max(initial=0.0))
    scale = max(largest, 1.0) if similarity in _AT_MOST_1 else largest
    return values / scale if scale > 0 else values


def _silhouettes(net: Network, near: FloatArray, numbers: IntArray) -> FloatArray:
    """Work out the silhouette of each node from 1 - distance on the edges."""
    from scipy import sparse

    n_nodes, n_clusters = net.n_nodes, int(numbers.max(initial=0))
    kept = net.source != net.target
    source, target, value = net.source[kept], net.target[kept], near[kept]
    node, other = np.r_[source, target], np.r_[target, source]
    shape = (n_nodes, n_clusters + 1)
    sums = sparse.csr_array((np.r_[value, value], (node, numbers[other])), shape=shape).tocoo()
    sums.sum_duplicates()
    sizes = np.bincount(numbers, minlength=n_clusters + 1)
    own = np.zeros(n_nodes)
    is_own = sums.col == numbers[sums.row]
    own[sums.row[is_own]] = sums.data[is_own]
    rest = np.zeros(n_nodes)
    is_other = ~is_own & (sums.col > 0)
    mean = sums.data[is_other] / sizes[sums.col[is_other]]
    np.maximum.at(rest, sums.row[is_other], mean)
    others = np.maximum(sizes[numbers] - 1, 1)
    inner, outer = 1 - own / others, 1 - rest
    largest = np.maximum(inner, outer)
    values = np.zeros(n_nodes)
    if (sizes[1:] > 0).sum() > 1:
        np.divide(outer - inner, largest, out=values, where=(largest > 0) & (sizes[numbers] > 1))
    values[numbers == 0] = np.nan
    return values
