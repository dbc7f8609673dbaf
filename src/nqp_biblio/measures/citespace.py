"""CiteSpace's set: sliced network, betweenness, bursts, sigma, clusters and how good they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.bursts_kernel import cheapest_states
from nqp_biblio.measures.centrality import centrality
from nqp_biblio.measures.cluster_labels import label_clusters
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.silhouette import silhouette
from nqp_biblio.measures.sliced import sliced_network, yearly_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["citespace_network", "sigma"]

_N_STATES = 2
_CHEN = (
    "Chen, C., Chen, Y., Horowitz, M., Hou, H., Liu, Z. & Pellegrino, D. (2009). Towards an"
    " explanatory and computational theory of scientific discovery. Journal of Informetrics"
    " 3(3), 191-209. https://doi.org/10.1016/j.joi.2009.03.004"
)
_KLEINBERG = (
    "Kleinberg, J. (2003). Bursty and hierarchical structure in streams. Data Mining and"
    " Knowledge Discovery 7(4), 373-397. https://doi.org/10.1023/A:1024940629314"
)
_CLUSTERING = (
    "Chen, C., Ibekwe-SanJuan, F. & Hou, J. (2010). The structure and dynamics of cocitation"
    " clusters: A multiple-perspective cocitation analysis. JASIST 61(7), 1386-1409."
    " https://doi.org/10.1002/asi.21309"
)


def citespace_network(
    corpus: Corpus,
    *,
    of: str = "references",
    width: int = 1,
    k: float = 25.0,
    label_by: str = "log-likelihood",
    seed: int = 0,
    as_of: AsOf = None,
) -> Network:
    """Make CiteSpace's picture of a field: what is cited together, slice by slice.

    Parameters
    ----------
    corpus : Corpus
        The corpus; references best after ``link_references``.
    of : str
        What a node is; see ``sliced_network``.
    width : int
        Years of a slice.
    k : float
        Scale of the modified g-index by which nodes are chosen in each slice.
    label_by : {"log-likelihood", "tf-idf", "frequency", "central"}
        How clusters are named, by the terms of the works that cite them; see
        ``label_clusters``.
    seed : int
        Seed of the clusters.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Network
        ``sliced_network`` with, per node, ``betweenness``, ``burst``, ``burst_start``,
        ``burst_end`` and ``sigma`` (see ``sigma``), ``cluster`` and ``silhouette``. The
        manifest has the modularity Q of the clusters (``clustering``), the mean silhouette S
        (``silhouette``) and both once more under ``citespace``, with what differs from
        CiteSpace: clusters are found by the Leiden algorithm for modularity, not by spectral
        clustering, and no link is pruned; ``backbone`` does that.

    Raises
    ------
    UnknownNameError
        If `of` or `label_by` is none of the known.
    OptionError
        If `width` or `k` is out of range, or the step that finds the items was not done.

    References
    ----------
    .. [1] Chen, C., Ibekwe-SanJuan, F. & Hou, J. (2010). The structure and dynamics of
       cocitation clusters: A multiple-perspective cocitation analysis. JASIST 61(7),
       1386-1409. https://doi.org/10.1002/asi.21309

    Examples
    --------
    >>> net = citespace_network(corpus, k=10)  # doctest: +SKIP
    """
    net = sigma(sliced_network(corpus, of=of, width=width, k=k, as_of=as_of))
    net = cluster(net, quality="modularity", seed=seed)
    if net.n_nodes:
        net = label_clusters(net, by=label_by)
    net = silhouette(net)
    entry = {
        "modularity": net.manifest["clustering"]["modularity"],
        "mean_silhouette": net.manifest["silhouette"]["mean"],
        "differs": "clusters by Leiden for modularity in place of spectral clustering; no link"
        " is pruned",
        "reference": _CLUSTERING,
    }
    return net.with_manifest(citespace=entry)


def sigma(
    net: Network, *, s: float = 2.0, gamma: float = 1.0, n_pivots: int | None = None
) -> Network:
    """Give each node its betweenness, its burst, and sigma, which is high where both are.

    Parameters
    ----------
    net : Network
        A network of ``sliced_network``.
    s : float
        Ratio of the rates of the two states of a burst, above 1.
    gamma : float
        Cost of the way into a burst, in units of ln n for n years; 0 or more.
    n_pivots : int, optional
        Nodes from which shortest paths are followed; see ``centrality``.

    Returns
    -------
    Network
        With, per node, ``betweenness`` (mean over pairs, 0 to 1), ``burst`` (weight of the
        heaviest burst [2]_ among the works that have the node, in nats; 0 for none),
        ``burst_start`` and ``burst_end`` (its first and last year; nan for none), and
        ``sigma`` = (betweenness + 1)^burst [1]_, which is 1 where there is no burst.

    Raises
    ------
    OptionError
        If the network is none of ``sliced_network``, or a number is out of range.

    References
    ----------
    .. [1] Chen, C. et al. (2009). Towards an explanatory and computational theory of
       scientific discovery. Journal of Informetrics 3(3), 191-209.
       https://doi.org/10.1016/j.joi.2009.03.004
    .. [2] Kleinberg, J. (2003). Bursty and hierarchical structure in streams. Data Mining and
       Knowledge Discovery 7(4), 373-397. https://doi.org/10.1023/A:1024940629314

    Examples
    --------
    >>> net = sigma(sliced_network(corpus))  # doctest: +SKIP
    """
    corpus = net.corpus
    if corpus is None or "slices" not in net.manifest:
        raise OptionError("sigma needs a network of sliced_network, which knows its years")
    if not 1 < s < math.inf or not 0 <= gamma < math.inf:
        raise OptionError(f"s is {s} and gamma {gamma}; s must be above 1, gamma 0 or more")
    net = centrality(net, ("betweenness",), n_pivots=n_pivots)
    years, counts, totals = yearly_counts(corpus, net)
    step = gamma * math.log(max(len(years), 1))
    states, gains = cheapest_states(counts, totals, _N_STATES, s=s, step=step)
    burst, start, end = _heaviest(np.asarray(states) > 0, gains, years)
    entry = {
        "rule": "(betweenness + 1)^burst; the burst is the heaviest of the node, of two states",
        "s": s,
        "gamma": gamma,
        "years": len(years),
        "references": [_CHEN, _KLEINBERG],
    }
    columns = {"burst": burst, "burst_start": start, "burst_end": end}
    power = (net.node_columns["betweenness"] + 1) ** burst
    return net.with_nodes(**columns, sigma=power).with_manifest(sigma=entry)


def _heaviest(
    is_on: NDArray[np.bool_], gains: FloatArray, years: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return weight, first and last year of the heaviest run of each row, of equals the first."""
    n_items = len(is_on)
    best, first, last = np.zeros(n_items), np.full(n_items, np.nan), np.full(n_items, np.nan)
    for item in np.flatnonzero(is_on.any(axis=1)).tolist():
        change = np.diff(np.concatenate([[0], is_on[item].astype(np.int8), [0]]))
        ends = zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True)
        for start, stop in ends:
            weight = float(gains[item, start:stop].sum())
            if weight > best[item]:
                best[item], first[item], last[item] = weight, years[start], years[stop - 1]
    return best, first, last
