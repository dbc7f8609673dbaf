"""Numbers of clusters by size, and what becomes of small ones."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nqp_biblio.measures.cluster_search import Graph
    from nqp_biblio.networks.network import Network

    IntArray = NDArray[np.int64]

__all__ = ["apart", "clusters_of", "merge_small", "numbered"]


def clusters_of(net: Network, column: str = "cluster") -> IntArray:
    """Return the cluster of each node, 0 for none.

    Raises
    ------
    OptionError
        If the network has no clusters yet, or they are no numbers from 0.
    """
    if column not in net.node_columns:
        raise OptionError(f"this network has no clusters yet ({column}); cluster(net) gives them")
    found = net.node_columns[column]
    if found.dtype.kind not in "iu" or found.min(initial=0) < 0:
        raise OptionError(f"{column} has values that are no whole numbers from 0")
    return found.astype(np.int64)


def numbered(found: IntArray, labels: Sequence[str]) -> IntArray:
    """Count clusters from 1 by size, of equal ones by their smallest label.

    Examples
    --------
    >>> numbered(np.array([7, 3, 7, 5]), ["b", "c", "d", "a"])
    array([1, 3, 1, 2])
    """
    members: dict[int, list[str]] = {}
    for number, label in zip(found.tolist(), labels, strict=True):
        members.setdefault(number, []).append(label)
    order = sorted(members, key=lambda number: (-len(members[number]), min(members[number])))
    place = {number: index for index, number in enumerate(order, 1)}
    return np.array([place[number] for number in found.tolist()], dtype=np.int64)


def apart(cluster: IntArray) -> IntArray:
    """Give each node that is in no cluster (0) one of its own.

    Examples
    --------
    >>> apart(np.array([1, 0, 2, 0, 1]))
    array([1, 3, 2, 4, 1])
    """
    is_out = cluster == 0
    made = cluster.copy()
    made[is_out] = int(cluster.max(initial=0)) + 1 + np.arange(int(is_out.sum()))
    return made


def merge_small(graph: Graph, cluster: IntArray, sizes: IntArray, min_size: int) -> IntArray:
    """Join each small cluster to the one that it is most strongly related to.

    Parameters
    ----------
    graph : Graph
        What was parted.
    cluster : array of shape (n_nodes,)
        The cluster of each node, numbered from 0 by size.
    sizes : array of shape (n_nodes,)
        What each node counts for the size of its cluster.
    min_size : int
        Smaller clusters are joined, the smallest first, of equal ones the last in number.

    Returns
    -------
    array of shape (n_nodes,)
        Two clusters are related by the links between them over the product of their masses;
        of equals the first in number is chosen. A small cluster without links stays.

    References
    ----------
    .. [1] Waltman, L. & van Eck, N. J. (2012). A new methodology for constructing a
       publication-level classification system of science. JASIST 63(12), 2378-2392.
       https://doi.org/10.1002/asi.22748
    """
    n_clusters = int(cluster.max(initial=-1)) + 1
    whole = graph.joined(cluster, n_clusters)
    size = np.bincount(cluster, sizes, minlength=n_clusters).astype(np.int64).tolist()
    mass = whole.mass.tolist()
    home = list(range(n_clusters))
    parts = {c: [c] for c in range(n_clusters) if size[c] < min_size}
    waiting = [(size[c], -c) for c in parts]
    heapq.heapify(waiting)
    while waiting:
        known, c = heapq.heappop(waiting)
        c = -c
        if home[c] != c or size[c] != known:
            continue
        other = _nearest(whole, parts[c], home, mass)
        if other is None:
            continue
        home[c] = other
        size[other] += size[c]
        mass[other] += mass[c]
        if other in parts:
            parts[other] += parts[c]
            if size[other] < min_size:
                heapq.heappush(waiting, (size[other], -other))
    return np.array([_root(home, c) for c in range(n_clusters)], dtype=np.int64)[cluster]


def _nearest(whole: Graph, parts: list[int], home: list[int], mass: list[float]) -> int | None:
    """Return the cluster with most links to the parts of one, by its mass."""
    own = _root(home, parts[0])
    links: dict[int, float] = {}
    for part in parts:
        for e in range(int(whole.starts[part]), int(whole.starts[part + 1])):
            other = _root(home, int(whole.ends[e]))
            if other != own:
                links[other] = links.get(other, 0.0) + float(whole.weight[e])
    near = {other: value for other, value in links.items() if value > 0}
    if not near:
        return None
    return min(near, key=lambda other: (-near[other] / mass[other] if mass[other] else 0.0, other))


def _root(home: list[int], cluster: int) -> int:
    """Return the cluster that one has become."""
    while home[cluster] != cluster:
        home[cluster] = home[home[cluster]]
        cluster = home[cluster]
    return cluster
