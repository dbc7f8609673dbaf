"""Clusters of a network: nodes that hold together more than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.measures.cluster_labels import usual_labels
from nqp_biblio.measures.cluster_recipe import Quality, Recipe, problem_of
from nqp_biblio.measures.cluster_sizes import clusters_of
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    IntArray = NDArray[np.int64]

__all__ = ["REFERENCES", "cluster", "cluster_quality", "cluster_table", "found_entry"]

REFERENCES = {
    "leiden": "Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden:"
    " guaranteeing well-connected communities. Scientific Reports 9, 5233."
    " https://doi.org/10.1038/s41598-019-41695-z",
    "louvain": "Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast"
    " unfolding of communities in large networks. Journal of Statistical Mechanics P10008."
    " https://doi.org/10.1088/1742-5468/2008/10/P10008",
    "cpm": "Waltman, L., van Eck, N. J. & Noyons, E. C. M. (2010). A unified approach to mapping"
    " and clustering of bibliometric networks. Journal of Informetrics 4(4), 629-635."
    " https://doi.org/10.1016/j.joi.2010.07.002",
    "modularity": "Newman, M. E. J. (2004). Analysis of weighted networks. Physical Review E 70,"
    " 056131. https://doi.org/10.1103/PhysRevE.70.056131",
    "small": "Waltman, L. & van Eck, N. J. (2012). A new methodology for constructing a"
    " publication-level classification system of science. JASIST 63(12), 2378-2392."
    " https://doi.org/10.1002/asi.22748",
}
"""The papers after which clusters are found."""

_DIFFERS = (
    "random numbers are others, so that among nearly equal partitions another may be found;"
    " a run ends early when two cycles in a row bring nothing;"
    " of clusters of one size that with the smallest label comes first"
)


def cluster(  # noqa: PLR0913  options of the method, all by keyword
    net: Network,
    *,
    method: str = "leiden",
    quality: Quality = "cpm",
    resolution: float = 1.0,
    seed: int = 0,
    n_starts: int | None = None,
    iterations: int = 10,
    weights: str | None = None,
    min_size: int = 1,
    merge_small: bool = True,
    like: str | None = None,
) -> Network:
    """Give each node the number of its cluster.

    Parameters
    ----------
    net : Network
        Any network; directed edges count in both directions.
    method : {"leiden", "louvain"}
        The search [1]_ [2]_. Louvain is faster and may leave a cluster in loose parts.
    quality : {"cpm", "modularity"}
        What is maximised: the constant Potts model, sum of (s_ij - resolution) over the pairs
        inside clusters, as in VOSviewer [3]_; or modularity [4]_, the share of s_ij inside
        clusters less the resolution times what the strengths of nodes would bring.
    resolution : float
        Above 0; higher makes more and smaller clusters.
    seed : int
        Seed of the random order; the same seed gives the same clusters.
    n_starts : int, optional
        Independent runs, of which the best is kept. When not given: 10, fewer for more than
        100,000 edges and 1 from 1,000,000 on; like VOSviewer 1.
    iterations : int
        Cycles of each run, at most; a run ends when two in a row bring nothing.
    weights : {"association-strength", "similarity", "weight"}, optional
        What s_ij is: association strength 2 m a_ij / (k_i k_j) as in VOSviewer, the
        similarity that ``weigh`` gave, or the weight as it is. When not given: association
        strength for ``cpm``, the weight for modularity. With the similarity
        ``linlog-modularity``, ``cpm`` counts s_ij - resolution mass_i mass_j.
    min_size : int
        Nodes that a cluster has, at least.
    merge_small : bool
        Whether each smaller cluster joins the one to which it is most strongly related, by
        the sum of s_ij over the product of their sizes [5]_; without links it stays as it is.
        Otherwise the nodes of smaller clusters are in none, which is number 0.
    like : {"vosviewer"}, optional
        Search as VOSviewer does: one start, ten cycles, randomness 0.01. The manifest says
        what differs.

    Returns
    -------
    Network
        With ``cluster`` per node, from 1: the largest first, of equal ones that with the
        smallest label. The manifest holds the quality reached, the modularity on the weights,
        and a label per cluster. Cost of a cycle is about linear in the edges.

    Raises
    ------
    UnknownNameError
        If `method`, `quality`, `weights` or `like` is none of the known.
    OptionError
        If a number is out of range, there is no similarity yet, or `like` is given with
        another quality or other weights.

    References
    ----------
    .. [1] Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden.
       Scientific Reports 9, 5233. https://doi.org/10.1038/s41598-019-41695-z
    .. [2] Blondel, V. D. et al. (2008). Fast unfolding of communities in large networks.
       Journal of Statistical Mechanics P10008. https://doi.org/10.1088/1742-5468/2008/10/P10008
    .. [3] Waltman, L., van Eck, N. J. & Noyons, E. C. M. (2010). A unified approach to
       mapping and clustering of bibliometric networks. Journal of Informetrics 4(4), 629-635.
       https://doi.org/10.1016/j.joi.2010.07.002
    .. [4] Newman, M. E. J. (2004). Analysis of weighted networks. Physical Review E 70,
       056131. https://doi.org/10.1103/PhysRevE.70.056131
    .. [5] Waltman, L. & van Eck, N. J. (2012). A new methodology for constructing a
       publication-level classification system of science. JASIST 63(12), 2378-2392.
       https://doi.org/10.1002/asi.22748

    Examples
    --------
    >>> net = cluster(net, resolution=1.0, seed=0)  # doctest: +SKIP
    """
    recipe = Recipe(
        method=method,
        quality=quality,
        resolution=resolution,
        seed=seed,
        n_starts=n_starts,
        iterations=iterations,
        weights=weights,
        min_size=min_size,
        merge_small=merge_small,
        like=like,
    ).checked(net.n_edges)
    numbers = recipe.clusters(net)
    entry = recipe.told | found_entry(net, recipe, numbers)
    if like:
        entry["differs"] = _DIFFERS
    return net.with_nodes(cluster=numbers).with_manifest(clustering=entry)


def found_entry(net: Network, recipe: Recipe, numbers: IntArray) -> dict[str, Any]:
    """Return what a manifest says of clusters that were found."""
    entry: dict[str, Any] = {
        "clusters": int(numbers.max(initial=0)),
        "quality_reached": recipe.problem(net).reached(numbers),
        "modularity": problem_of(net, "modularity", 1.0).reached(numbers),
    }
    if n_out := int((numbers == 0).sum()):
        entry["nodes_in_no_cluster"] = n_out
    cited = [recipe.method, recipe.quality] + (["small"] if recipe.min_size > 1 else [])
    return entry | {
        "labels": usual_labels(net, numbers),
        "references": [REFERENCES[name] for name in cited],
    }


def cluster_table(net: Network) -> Result:
    """Return one row per cluster: number, label, nodes, links inside and to other clusters.

    Parameters
    ----------
    net : Network
        A network with clusters.

    Returns
    -------
    Result
        ``cluster``, ``label``, ``nodes``, ``internal_strength`` and ``external_strength``
        (sums of weights inside, and to nodes outside); ``silhouette`` and ``stability``, the
        means of the cluster, where ``silhouette`` and ``cluster_stability`` have been asked.
        Nodes of cluster 0, which are in none, have no row.

    Raises
    ------
    OptionError
        If the network has no clusters yet.

    Examples
    --------
    >>> cluster_table(net).frame  # doctest: +SKIP
    """
    numbers = clusters_of(net)
    n_clusters = int(numbers.max(initial=0))
    first, second = numbers[net.source], numbers[net.target]
    is_inside = first == second
    internal = np.bincount(first[is_inside], net.weight[is_inside], minlength=n_clusters + 1)
    external = np.zeros(n_clusters + 1)
    for ends in (first, second):
        external += np.bincount(ends[~is_inside], net.weight[~is_inside], minlength=n_clusters + 1)
    labels = net.manifest.get("clustering", {}).get("labels", {})
    columns: dict[str, list[Any]] = {
        "cluster": list(range(1, n_clusters + 1)),
        "label": [labels.get(str(number)) for number in range(1, n_clusters + 1)],
        "nodes": np.bincount(numbers, minlength=n_clusters + 1)[1:].tolist(),
        "internal_strength": internal[1:].tolist(),
        "external_strength": external[1:].tolist(),
    }
    for name, entry in (("silhouette", "silhouette"), ("stability", "cluster_stability")):
        if told := net.manifest.get(entry, {}).get("clusters"):
            columns[name] = [told.get(str(number)) for number in columns["cluster"]]
    return Result(
        tuple(columns),
        list(zip(*columns.values(), strict=True)),
        {"measure": "cluster_table", "kind": net.kind, "of": net.of},
    )


def cluster_quality(
    net: Network,
    *,
    quality: Quality = "modularity",
    resolution: float = 1.0,
    weights: str | None = None,
) -> float:
    """Return the quality of the clusters that a network has, wherever they come from.

    Parameters
    ----------
    net : Network
        A network with clusters; nodes of cluster 0 are taken as alone.
    quality : {"modularity", "cpm"}
        As in ``cluster``.
    resolution : float
        As in ``cluster``.
    weights : str, optional
        As in ``cluster``.

    Returns
    -------
    float
        Modularity is at most 1, and 0 where all nodes are in one cluster; the constant Potts
        model has the unit of s_ij, and is 0 where each node is alone.

    Raises
    ------
    UnknownNameError
        If `quality` or `weights` is none of the known.
    OptionError
        If the network has no clusters yet.

    Examples
    --------
    >>> cluster_quality(net)  # doctest: +SKIP
    0.43
    """
    return problem_of(net, quality, resolution, weights).reached(clusters_of(net))
