"""Similarity of two nodes from how often they stand together, computed on the edges alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    Formula = Callable[[FloatArray, FloatArray, FloatArray], Any]

__all__ = ["SIMILARITIES", "similarities", "weigh"]

Marginal = Literal["occurrences", "strength"]

SIMILARITIES: dict[str, tuple[str, Formula]] = {
    "association-strength": ("c / (s_i s_j)", lambda c, a, b: c / (a * b)),
    "cosine": ("c / sqrt(s_i s_j)", lambda c, a, b: c / np.sqrt(a * b)),
    "jaccard": ("c / (s_i + s_j - c)", lambda c, a, b: c / (a + b - c)),
    "inclusion": ("c / min(s_i, s_j)", lambda c, a, b: c / np.minimum(a, b)),
    "equivalence": ("c^2 / (s_i s_j)", lambda c, a, b: c * c / (a * b)),
}
"""Formulas by name; c is the weight of an edge, s_i and s_j the marginals of its ends."""

_REFERENCE = (
    "van Eck, N. J. & Waltman, L. (2009). How to normalize cooccurrence data? An analysis of"
    " some well-known similarity measures. JASIST 60(8), 1635-1651."
    " https://doi.org/10.1002/asi.21075"
)


def weigh(
    net: Network,
    *,
    similarity: str = "association-strength",
    marginal: Marginal = "occurrences",
) -> Network:
    """Give each edge the similarity of its ends, beside its weight.

    Parameters
    ----------
    net : Network
        An undirected network.
    similarity : {"association-strength", "cosine", "jaccard", "inclusion", "equivalence"}
        How a weight is set against the marginals of both ends.
    marginal : {"occurrences", "strength"}
        What the marginal of a node is: the sets it is in, or the sum of its weights (total
        link strength, as in VOSviewer, where association strength is 2 m c / (k_i k_j) with
        2 m the sum of all k). The two give different numbers.

    Returns
    -------
    Network
        With ``similarity`` per edge; ``weight`` stays. Cost is linear in the edges.

    Raises
    ------
    UnknownNameError
        If `similarity` or `marginal` is none of the known.
    OptionError
        If the network is directed, or has no occurrences.

    References
    ----------
    .. [1] van Eck, N. J. & Waltman, L. (2009). How to normalize cooccurrence data? JASIST
       60(8), 1635-1651. https://doi.org/10.1002/asi.21075

    Examples
    --------
    >>> net = weigh(net, similarity="jaccard")  # doctest: +SKIP
    """
    if net.directed:
        raise OptionError("similarity needs an undirected network; this one is directed")
    values = similarities(net, similarity, marginal)
    entry = {
        "name": similarity,
        "formula": SIMILARITIES[similarity][0],
        "marginal": marginal,
        "reference": _REFERENCE,
    }
    if similarity == "association-strength" and marginal == "strength":
        entry["formula"] = "2 m c / (k_i k_j)"
    return net.with_edges(similarity=values).with_manifest(similarity=entry)


def similarities(net: Network, similarity: str, marginal: str) -> FloatArray:
    """Return the similarity of the ends of each edge; see ``weigh``."""
    if similarity not in SIMILARITIES:
        raise UnknownNameError("similarity", similarity, SIMILARITIES)
    totals = _marginals(net, marginal)
    first, second = totals[net.source], totals[net.target]
    values: FloatArray = np.asarray(
        SIMILARITIES[similarity][1](net.weight, first, second), dtype=np.float64
    )
    if similarity == "association-strength" and marginal == "strength":
        values *= totals.sum()
    return values


def _marginals(net: Network, marginal: str) -> FloatArray:
    """Return the marginal of each node."""
    if marginal == "strength":
        return net.strength
    if marginal != "occurrences":
        raise UnknownNameError("marginal", marginal, ("occurrences", "strength"))
    if "occurrences" not in net.node_columns:
        raise OptionError("this network has no occurrences; marginal='strength' would do")
    return net.node_columns["occurrences"].astype(np.float64)
