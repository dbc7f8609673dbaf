"""From a network to a map in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.layout import lay_out
from nqp_biblio.networks.weights import weigh

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.weights import Marginal

__all__ = ["map_network"]


def map_network(
    net: Network,
    *,
    similarity: str = "association-strength",
    resolution: float = 1.0,
    seed: int = 0,
) -> Network:
    """Weigh, cluster and lay out a network.

    Parameters
    ----------
    net : Network
        The network. A directed one is not weighed, since similarities are symmetric.
    similarity : str
        Similarity of ``weigh``, set against occurrences where there are any, else against
        total link strength.
    resolution : float
        Resolution of ``cluster``.
    seed : int
        Seed of clusters and layout.

    Returns
    -------
    Network
        With ``similarity`` per edge and ``cluster``, ``x`` and ``y`` per node.
    """
    has_occurrences = "occurrences" in net.node_columns
    marginal: Marginal = "occurrences" if has_occurrences else "strength"
    weighed = net if net.directed else weigh(net, similarity=similarity, marginal=marginal)
    return lay_out(cluster(weighed, resolution=resolution, seed=seed), seed=seed)
