"""How far two partitions of the same nodes agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.cluster_sizes import apart, clusters_of
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nqp_biblio.networks.network import Network

    IntArray = NDArray[np.int64]

__all__ = ["adjusted_rand", "compare_clusters", "mutual_information", "overlaps"]

_RAND = (
    "Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218."
    " https://doi.org/10.1007/BF01908075"
)
_INFORMATION = (
    "Kvalseth, T. O. (1987). Entropy and correlation: Some comments. IEEE Transactions on Systems,"
    " Man, and Cybernetics 17(3), 517-519. https://doi.org/10.1109/TSMC.1987.4309069"
)


def compare_clusters(net: Network, other: Network) -> Result:
    """Say how far the clusters of two networks agree.

    Parameters
    ----------
    net, other : Network
        Networks with clusters. Nodes are the same if their labels are; a node in no cluster
        (0) is taken as alone.

    Returns
    -------
    Result
        One row: ``nodes`` (in both), ``only_first``, ``only_second``, ``clusters_first`` and
        ``clusters_second`` (of the nodes in both), ``adjusted_rand`` [1]_ (1 for equal
        partitions, about 0 for independent ones) and ``mutual_information``, over the mean of
        both entropies (1 for equal, 0 for independent ones).

    Raises
    ------
    OptionError
        If a network has no clusters.

    References
    ----------
    .. [1] Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification
       2, 193-218. https://doi.org/10.1007/BF01908075

    Examples
    --------
    >>> compare_clusters(cluster(net), cluster(net, method="louvain"))  # doctest: +SKIP
    """
    first, second = (
        dict(zip(each.labels, apart(clusters_of(each)).tolist(), strict=True))
        for each in (net, other)
    )
    both = [label for label in net.labels if label in second]
    one, two = [first[label] for label in both], [second[label] for label in both]
    row = (
        len(both),
        len(first) - len(both),
        len(second) - len(both),
        len(set(one)),
        len(set(two)),
        adjusted_rand(one, two),
        mutual_information(one, two),
    )
    columns = ("nodes", "only_first", "only_second", "clusters_first", "clusters_second")
    return Result(
        (*columns, "adjusted_rand", "mutual_information"),
        [row],
        {"measure": "compare_clusters", "references": [_RAND, _INFORMATION]},
    )


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """Return the adjusted Rand index of two partitions.

    Parameters
    ----------
    one, other : array of int of shape (n_nodes,)
        The cluster of each node in each; the numbers themselves do not matter.

    Returns
    -------
    float
        1 for equal partitions, about 0 for independent ones, below 0 for worse.

    Raises
    ------
    OptionError
        If the two differ in length.

    References
    ----------
    .. [1] Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification
       2, 193-218. https://doi.org/10.1007/BF01908075

    Examples
    --------
    >>> adjusted_rand([1, 1, 2, 2], [7, 7, 3, 3])
    1.0
    """
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape:
        raise OptionError(f"partitions of {first.size} and {second.size} nodes; need as many")
    both = np.stack([first, second], axis=1)
    together, in_first, in_second = (
        _pairs(np.unique(values, axis=0, return_counts=True)[1]) for values in (both, first, second)
    )
    chance = in_first * in_second / max(first.size * (first.size - 1) / 2, 1)
    largest = (in_first + in_second) / 2
    return 1.0 if largest == chance else (together - chance) / (largest - chance)


def mutual_information(one: ArrayLike, other: ArrayLike) -> float:
    """Return the mutual information of two partitions, over the mean of their entropies.

    Parameters
    ----------
    one, other : array of int of shape (n_nodes,)
        The cluster of each node in each; the numbers themselves do not matter.

    Returns
    -------
    float
        1 for equal partitions, 0 for independent ones; 1 if neither divides the nodes.

    Raises
    ------
    OptionError
        If the two differ in length.

    References
    ----------
    .. [1] Kvalseth, T. O. (1987). Entropy and correlation: Some comments. IEEE Transactions
       on Systems, Man, and Cybernetics 17(3), 517-519.
       https://doi.org/10.1109/TSMC.1987.4309069

    Examples
    --------
    >>> mutual_information([1, 1, 2, 2], [1, 2, 1, 2])
    0.0
    """
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape:
        raise OptionError(f"partitions of {first.size} and {second.size} nodes; need as many")
    joint, in_first, in_second = (
        _entropy(np.unique(values, axis=0, return_counts=True)[1])
        for values in (np.stack([first, second], axis=1), first, second)
    )
    total = in_first + in_second
    return 2 * max(total - joint, 0.0) / total if total else 1.0


def _entropy(sizes: NDArray[np.int64]) -> float:
    """Return the entropy of groups of some sizes, in nats."""
    shares = sizes / max(int(sizes.sum()), 1)
    return float(-(shares * np.log(shares)).sum()) + 0.0


def _pairs(sizes: NDArray[np.int64]) -> float:
    """Return the number of pairs within groups of some sizes."""
    return float((sizes * (sizes - 1)).sum()) / 2


def overlaps(one: IntArray, other: IntArray) -> tuple[IntArray, IntArray, NDArray[np.float64]]:
    """Return each pair of clusters that share nodes, and their Jaccard index.

    Returns
    -------
    first, second : arrays of int
        The clusters, sorted by both.
    jaccard : array of float
        Nodes in both over nodes in either.

    Examples
    --------
    >>> overlaps(np.array([1, 1, 2]), np.array([5, 6, 6]))[2].round(2).tolist()
    [0.5, 0.33, 0.5]
    """
    pairs, shared = np.unique(np.stack([one, other], axis=1), axis=0, return_counts=True)
    first, second = pairs[:, 0], pairs[:, 1]
    either = np.bincount(one)[first] + np.bincount(other)[second] - shared
    return first, second, shared / either
