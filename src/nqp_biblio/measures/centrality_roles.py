"""Roles of nodes: structural holes, cores and coreness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["core_numbers", "coreness", "structural_holes"]

_ROUNDS = 1_000
_SETTLED = 1e-8
_CANCELLED = 1e-10


def structural_holes(matrix: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """Return Burt's constraint and effective size of each node.

    With p_ij the share of j in the weights of i and m_jq the weight of j and q over the
    largest weight of j, the constraint is the sum over contacts j of
    (p_ij + sum_q p_iq p_qj)^2, the effective size that of 1 - sum_q p_iq m_jq.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        Symmetric weights above 0; nothing on the diagonal.

    Returns
    -------
    constraint, effective_size : arrays of shape (n_nodes,)
        A node without contacts has no constraint (nan) and the size 0. Cost is the sum over
        edges of the degrees at their ends.

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural holes: The social structure of competition. Harvard
       University Press.
    """
    total = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    return compiled(_holes)(*_arrays(matrix), total)  # type: ignore[no-any-return]


def core_numbers(matrix: sparse.csr_array) -> IntArray:
    """Return the largest k for which each node is in the k-core, by its edges alone.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        Symmetric; what is stored is an edge. Nothing on the diagonal.

    References
    ----------
    .. [1] Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3),
       269-287. https://doi.org/10.1016/0378-8733(83)90028-X
    .. [2] Batagelj, V. & Zaversnik, M. (2003). An O(m) algorithm for cores decomposition of
       networks. https://arxiv.org/abs/cs/0310049
    """
    indptr, indices, _ = _arrays(matrix)
    return compiled(_peel)(indptr, indices)  # type: ignore[no-any-return]


def coreness(matrix: sparse.csr_array) -> tuple[FloatArray, float | None, bool]:
    """Fit a core to a network: values c whose products c_i c_j come nearest to the weights.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        Symmetric weights, none below 0; nothing on the diagonal.

    Returns
    -------
    coreness : array of shape (n_nodes,)
        The values with the least sum of (a_ij - c_i c_j)^2 over pairs of different nodes,
        found node by node from the strengths on (minres), over the largest of them.
    fit : float or None
        Correlation of a_ij and c_i c_j over those pairs; None where there is none.
    is_settled : bool
        Whether no value moved by more than 1e-8 of the largest at the end; else it ended after
        1,000 rounds.

    References
    ----------
    .. [1] Borgatti, S. P. & Everett, M. G. (1999). Models of core/periphery structures. Social
       Networks 21(4), 375-395. https://doi.org/10.1016/S0378-8733(99)00019-2
    .. [2] Boyd, J. P., Fitzgerald, W. J., Mahutga, M. C. & Smith, D. A. (2010). Computing
       continuous core/periphery structures for social relations data with MINRES/SVD. Social
       Networks 32(2), 125-137. https://doi.org/10.1016/j.socnet.2009.09.003
    """
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    if not strength.any():
        return np.zeros(len(strength)), None, True
    value = strength / np.sqrt(strength.sum())
    is_settled = bool(compiled(_fit)(*_arrays(matrix), value))
    return value / value.max(), _correlation(matrix, value), is_settled


def _arrays(matrix: sparse.csr_array) -> tuple[IntArray, IntArray, FloatArray]:
    """Return a matrix as arrays of one type for the compiled loops."""
    return (
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int64),
        matrix.data.astype(np.float64),
    )


def _correlation(matrix: sparse.csr_array, value: FloatArray) -> float | None:
    """Return the correlation of weights and products over all pairs, from sums alone."""
    n_pairs = len(value) * (len(value) - 1)
    square = value**2
    products = value.sum() ** 2 - square.sum()
    both = float(value @ (matrix @ value)) - matrix.sum() * products / n_pairs
    spread = square.sum() ** 2 - (square**2).sum() - products**2 / n_pairs
    other = (matrix.data**2).sum() - matrix.sum() ** 2 / n_pairs
    scale = float(spread) * float(other)
    # sums cancel where all weights, or all products, are equal
    is_flat = spread <= _CANCELLED * products**2 / n_pairs
    return None if is_flat or scale <= 0 else both / scale**0.5


def _holes(
    indptr: IntArray, indices: IntArray, weight: FloatArray, total: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Go over the contacts of the contacts of each node."""
    n_nodes = len(total)
    constraint, size = np.full(n_nodes, np.nan), np.zeros(n_nodes)
    largest, share = np.zeros(n_nodes), np.zeros(n_nodes)
    for node in range(n_nodes):
        for at in range(indptr[node], indptr[node + 1]):
            largest[node] = max(largest[node], weight[at])
    for node in range(n_nodes):
        first, last = indptr[node], indptr[node + 1]
        if first == last:
            continue
        for at in range(first, last):
            share[indices[at]] = weight[at] / total[node]
        constraint[node] = 0.0
        for at in range(first, last):
            contact = indices[at]
            around, shared = share[contact], 0.0
            for on in range(indptr[contact], indptr[contact + 1]):
                other = indices[on]
                around += share[other] * weight[on] / total[other]
                shared += share[other] * weight[on] / largest[contact]
            constraint[node] += around * around
            size[node] += 1.0 - shared
        for at in range(first, last):
            share[indices[at]] = 0.0
    return constraint, size


def _peel(indptr: IntArray, indices: IntArray) -> IntArray:
    """Take away the node with the fewest edges left, again and again."""
    core = np.diff(indptr)
    n_nodes = len(core)
    start = np.zeros(n_nodes + 1, dtype=np.int64)
    for node in range(n_nodes):
        start[core[node] + 1] += 1
    start = np.cumsum(start)
    order, place = np.empty(n_nodes, dtype=np.int64), np.empty(n_nodes, dtype=np.int64)
    free = start.copy()
    for node in range(n_nodes):
        place[node] = free[core[node]]
        order[place[node]] = node
        free[core[node]] += 1
    for at in range(n_nodes):
        node = order[at]
        for on in range(indptr[node], indptr[node + 1]):
            other = indices[on]
            if core[other] <= core[node]:
                continue
            # the first of those with as many edges makes room, so that order stays sorted
            front = start[core[other]]
            swapped = order[front]
            order[front], order[place[other]] = other, swapped
            place[swapped], place[other] = place[other], front
            start[core[other]] += 1
            core[other] -= 1
    return core


def _fit(indptr: IntArray, indices: IntArray, weight: FloatArray, value: FloatArray) -> bool:
    """Set each value to the best one beside the others; return whether none moves any more."""
    for _ in range(_ROUNDS):
        moved, largest = 0.0, 0.0
        square = (value * value).sum()
        for node in range(len(value)):
            pull = 0.0
            for at in range(indptr[node], indptr[node + 1]):
                pull += weight[at] * value[indices[at]]
            rest = square - value[node] * value[node]
            best = pull / rest if rest > 0.0 else 0.0
            square = rest + best * best
            moved = max(moved, abs(best - value[node]))
            value[node] = best
            largest = max(largest, best)
        if moved <= _SETTLED * largest:
            return True
    return False
