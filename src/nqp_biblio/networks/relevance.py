"""How much a term says about a subject: how unevenly it stands with other terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

__all__ = ["RELEVANCE_REFERENCE", "relevance"]

RELEVANCE_REFERENCE = (
    "van Eck, N. J. & Waltman, L. (2011). Text mining and visualization using VOSviewer. ISSI"
    " Newsletter 7(3), 50-54. https://arxiv.org/abs/1109.2058"
)


def relevance(net: Network) -> NDArray[np.float64]:
    """Return how far the terms that each term stands with are from those that all stand with.

    Parameters
    ----------
    net : Network
        An undirected network of terms.

    Returns
    -------
    array of shape (n_nodes,)
        The Kullback-Leibler distance of the shares of a term's links from the shares that the
        other terms have of all links, divided by its mean over the terms, so that 1 is usual;
        0 for a term without links. General terms ("method") stand with all others alike and
        score low [1]_.

    References
    ----------
    .. [1] van Eck, N. J. & Waltman, L. (2011). Text mining and visualization using VOSviewer.
       ISSI Newsletter 7(3), 50-54. https://arxiv.org/abs/1109.2058

    Examples
    --------
    >>> net = net.with_nodes(relevance=relevance(net))  # doctest: +SKIP
    """
    between = net.source != net.target
    source, target = net.source[between], net.target[between]
    weight = net.weight[between]
    first, second = np.concatenate([source, target]), np.concatenate([target, source])
    links = np.concatenate([weight, weight])
    strength = np.bincount(first, links, minlength=net.n_nodes)
    share = links / strength[first]
    usual = strength[second] / (strength.sum() - strength[first])
    summed = np.bincount(first, share * np.log(share / usual), minlength=net.n_nodes)
    distance: NDArray[np.float64] = np.maximum(summed.astype(np.float64), 0.0)
    mean = distance[strength > 0].mean() if (strength > 0).any() else 0.0
    return np.divide(distance, mean) if mean > 0 else distance
