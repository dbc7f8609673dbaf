"""Centrality from the flow along edges: PageRank and eigenvector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["eigenvector", "pagerank"]

_ERROR = 1e-13
_DENSE = 200
_TIE = 1e-9


def pagerank(matrix: sparse.csr_array, damping: float) -> FloatArray:
    """Return where one is who follows edges by weight, and jumps anywhere now and then.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        Weights, from row to column, none below 0.
    damping : float
        Chance to follow an edge, from 0 to below 1; from a node without edges one jumps.

    Returns
    -------
    array of shape (n_nodes,)
        Shares that add up to 1, exact to 1e-13 in sum.

    References
    ----------
    .. [1] Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual Web search
       engine. Computer Networks 30, 107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    n_nodes = matrix.shape[0]
    if not n_nodes:
        return np.empty(0)
    out = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    ends_here = out <= 0
    flow = matrix.multiply(1 / np.where(ends_here, 1.0, out)[:, None]).T.tocsr()
    rank = np.full(n_nodes, 1 / n_nodes)
    # each step takes the error, at most 2 at first, times the damping
    steps = math.ceil(math.log(_ERROR / 2) / math.log(damping)) if damping else 1
    for _ in range(steps):
        spread = damping * rank[ends_here].sum() + 1 - damping
        rank = damping * (flow @ rank) + spread / n_nodes
    return rank


def eigenvector(matrix: sparse.csr_array, part: IntArray) -> FloatArray:
    """Return the principal eigenvector of a symmetric matrix, its largest value 1.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        Symmetric weights, none below 0.
    part : array of shape (n_nodes,)
        The connected part of each node.

    Returns
    -------
    array of shape (n_nodes,)
        0 but in the part with the largest eigenvalue, or in all that tie for it: the limit
        of the power method from equal values.

    References
    ----------
    .. [1] Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique
       identification. Journal of Mathematical Sociology 2(1), 113-120.
       https://doi.org/10.1080/0022250X.1972.9989806
    """
    found = np.zeros(len(part))
    # no eigenvalue is above the largest row sum, which spares most small parts
    bound = np.zeros(int(part.max()) + 1 if len(part) else 0)
    np.maximum.at(bound, part, np.asarray(matrix.sum(axis=1), dtype=np.float64))
    members = np.split(np.argsort(part, kind="stable"), np.cumsum(np.bincount(part))[:-1])
    best = 0.0
    for number in np.argsort(-bound, kind="stable").tolist():
        if bound[number] <= 0 or bound[number] < best * (1 - _TIE):
            break
        nodes = members[number]
        value, vector = _principal(matrix[nodes][:, nodes])
        if value > best * (1 + _TIE):
            found[:] = 0.0
        if value >= best * (1 - _TIE):
            best = max(best, value)
            found[nodes] = vector * vector.sum()
    largest = found.max(initial=0.0)
    return found / largest if largest else found


def _principal(matrix: sparse.csr_array) -> tuple[float, FloatArray]:
    """Return the largest eigenvalue of a connected part and its vector, of length 1."""
    from scipy.sparse.linalg import eigsh

    n_nodes = matrix.shape[0]
    if n_nodes <= _DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    value, vector = eigsh(matrix, k=1, which="LA", v0=np.ones(n_nodes))
    return float(value[0]), np.abs(vector[:, 0])
