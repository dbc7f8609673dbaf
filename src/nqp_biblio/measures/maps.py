"""From a network to a map in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.layout import lay_out
from nqp_biblio.networks.weights import weigh

if TYPE_CHECKING:
    from nqp_biblio.measures.cluster_recipe import Quality
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.weights import Marginal

__all__ = ["map_network"]


def map_network(  # noqa: PLR0913  options of three steps, all by keyword
    net: Network,
    *,
    similarity: str = "association-strength",
    marginal: Marginal | None = None,
    method: str = "leiden",
    quality: Quality = "cpm",
    weights: str | None = None,
    resolution: float = 1.0,
    min_size: int = 1,
    layout: str = "vos",
    seed: int = 0,
    like: Literal["vosviewer"] | None = None,
) -> Network:
    """Weigh, cluster and lay out a network.

    Parameters
    ----------
    net : Network
        The network. A directed one is not weighed, since similarities are symmetric.
    similarity, marginal : str
        What ``weigh`` gives each edge. When not given the marginal is occurrences where the
        nodes have any, else total link strength, which `like` takes in any case.
    method, quality, weights, resolution, min_size : str, str, str, float and int
        How ``cluster`` parts the nodes. It goes by association strength over total link
        strength, whatever `similarity` is, unless `weights` is ``"similarity"``.
    layout : {"vos", "force-atlas", "layered"}
        Method of ``lay_out``.
    seed : int
        Seed of clusters and layout.
    like : {"vosviewer"}, optional
        Set marginal, clusters and layout as VOSviewer does; see these steps.

    Returns
    -------
    Network
        With ``similarity`` per edge and ``cluster``, ``x`` and ``y`` per node.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If an option is out of range, or does not go with another.
    """
    if like not in {None, "vosviewer"}:
        raise UnknownNameError("like", str(like), ["vosviewer"])
    if marginal is None:
        has_occurrences = "occurrences" in net.node_columns and like is None
        marginal = "occurrences" if has_occurrences else "strength"
    weighed = net if net.directed else weigh(net, similarity=similarity, marginal=marginal)
    parted = cluster(
        weighed,
        method=method,
        quality=quality,
        weights=weights,
        resolution=resolution,
        min_size=min_size,
        seed=seed,
        like=like,
    )
    return lay_out(parted, method=layout, seed=seed, like=like)
