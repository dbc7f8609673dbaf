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

__all__ = ["SIMILARITIES", "edge_values", "similarities", "weigh"]

Marginal = Literal["occurrences", "strength"]

SIMILARITIES: dict[str, tuple[str, Formula]] = {
    "association-strength": ("c / (s_i s_j)", lambda c, a, b: c / (a * b)),
    "cosine": ("c / sqrt(s_i s_j)", lambda c, a, b: c / np.sqrt(a * b)),
    "jaccard": ("c / (s_i + s_j - c)", lambda c, a, b: c / (a + b - c)),
    "inclusion": ("c / min(s_i, s_j)", lambda c, a, b: c / np.minimum(a, b)),
    "equivalence": ("c^2 / (s_i s_j)", lambda c, a, b: c * c / (a * b)),
    "fractionalisation": ("(c / s_i + c / s_j) / 2", lambda c, a, b: (c / a + c / b) / 2),
    "linlog-modularity": ("c", lambda c, a, b: c),  # noqa: ARG005  the ends have a mass instead
}
"""Formulas by name; c is the weight of an edge, s_i and s_j the marginals of its ends."""

_SCALES: dict[str, Callable[[FloatArray], float]] = {
    "association-strength": lambda totals: float(totals.sum()),
    "fractionalisation": lambda totals: float(len(totals)),
}
"""What VOSviewer multiplies a similarity by; an association strength of 1 is that of chance."""

_STRENGTH_FORMULAS = {
    "association-strength": "2 m c / (k_i k_j)",
    "fractionalisation": "n (c / k_i + c / k_j) / 2",
    "linlog-modularity": "c; mass_i = k_i / sqrt(2 m)",
}
_REFERENCE = (
    "van Eck, N. J. & Waltman, L. (2009). How to normalize cooccurrence data? An analysis of"
    " some well-known similarity measures. JASIST 60(8), 1635-1651."
    " https://doi.org/10.1002/asi.21075"
)
_LINLOG_REFERENCE = (
    "Noack, A. (2009). Modularity clustering is force-directed layout. Physical Review E 79,"
    " 026102. https://doi.org/10.1103/PhysRevE.79.026102"
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
    similarity : str
        How a weight is set against the marginals of both ends: ``association-strength``,
        ``cosine``, ``jaccard``, ``inclusion``, ``equivalence``, ``fractionalisation`` [1]_ or
        ``linlog-modularity`` [2]_, which leaves the weight as it is and gives nodes a mass.
    marginal : {"occurrences", "strength"}
        What the marginal of a node is: the sets it is in, or the sum of its weights (total
        link strength k, as in VOSviewer, where association strength is 2 m c / (k_i k_j) with
        2 m the sum of all k, and fractionalisation n (c / k_i + c / k_j) / 2 for n nodes).
        The two give different numbers. ``linlog-modularity`` goes by strength either way.

    Returns
    -------
    Network
        With ``similarity`` per edge; ``weight`` stays. With ``linlog-modularity`` also
        ``mass`` per node, k_i / sqrt(2 m): modularity then adds up s_ij - mass_i mass_j
        inside clusters. Cost is linear in the edges.

    Raises
    ------
    UnknownNameError
        If `similarity` or `marginal` is none of the known.
    OptionError
        If the network is directed, or an edge ends at a node without occurrences.

    References
    ----------
    .. [1] van Eck, N. J. & Waltman, L. (2009). How to normalize cooccurrence data? JASIST
       60(8), 1635-1651, eq. 13 for fractionalisation. https://doi.org/10.1002/asi.21075
    .. [2] Noack, A. (2009). Modularity clustering is force-directed layout. Physical Review
       E 79, 026102. https://doi.org/10.1103/PhysRevE.79.026102

    Examples
    --------
    >>> net = weigh(net, similarity="jaccard")  # doctest: +SKIP
    """
    if net.directed:
        raise OptionError("similarity needs an undirected network; this one is directed")
    values = similarities(net, similarity, marginal)
    is_linlog = similarity == "linlog-modularity"
    by = "strength" if is_linlog else marginal
    formula = SIMILARITIES[similarity][0]
    entry = {
        "name": similarity,
        "formula": _STRENGTH_FORMULAS.get(similarity, formula) if by == "strength" else formula,
        "marginal": by,
        "reference": _LINLOG_REFERENCE if is_linlog else _REFERENCE,
    }
    weighed = net.with_edges(similarity=values).with_manifest(similarity=entry)
    return weighed.with_nodes(mass=_mass(net)) if is_linlog else weighed


def similarities(net: Network, similarity: str, marginal: str) -> FloatArray:
    """Return the similarity of the ends of each edge; see ``weigh``."""
    if similarity not in SIMILARITIES:
        raise UnknownNameError("similarity", similarity, SIMILARITIES)
    if similarity == "linlog-modularity":
        return net.weight.astype(np.float64)
    totals = _marginals(net, marginal)
    joined = np.flatnonzero(net.weight)
    first, second = totals[net.source[joined]], totals[net.target[joined]]
    _check_marginals(net, joined[(first <= 0) | (second <= 0)], marginal)
    values = np.zeros(net.n_edges)
    values[joined] = SIMILARITIES[similarity][1](net.weight[joined], first, second)
    if marginal == "strength" and similarity in _SCALES:
        values *= _SCALES[similarity](totals)
    return values


def edge_values(net: Network, name: str) -> FloatArray:
    """Return the weight of each edge, or what another column of the edges says.

    Raises
    ------
    UnknownNameError
        If there is no such column.
    """
    if name == "weight":
        return net.weight.astype(np.float64)
    if name not in net.edge_columns:
        raise UnknownNameError("value of edges", name, ("weight", *net.edge_columns))
    return net.edge_columns[name].astype(np.float64)


def _mass(net: Network) -> FloatArray:
    """Return k_i / sqrt(2 m) per node."""
    strength = net.strength
    total = float(strength.sum())
    return strength / np.sqrt(total) if total else strength


def _check_marginals(net: Network, edges: NDArray[np.int64], marginal: str) -> None:
    """Refuse edges at nodes that are said to occur nowhere."""
    if edges.size:
        first = int(edges[0])
        ends = net.labels[net.source[first]], net.labels[net.target[first]]
        raise OptionError(f"the edge {ends[0]!r} to {ends[1]!r} has an end whose {marginal} is 0")


def _marginals(net: Network, marginal: str) -> FloatArray:
    """Return the marginal of each node."""
    if marginal == "strength":
        return net.strength
    if marginal != "occurrences":
        raise UnknownNameError("marginal", marginal, ("occurrences", "strength"))
    if "occurrences" not in net.node_columns:
        raise OptionError("this network has no occurrences; marginal='strength' would do")
    return net.node_columns["occurrences"].astype(np.float64)
