"""The counting kernel: how often two items stand together, as the upper triangle of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

__all__ = ["COUNTING_REFERENCE", "Counting", "count_pairs", "fractions"]

Counting = Literal["full", "fractional"]

COUNTING_REFERENCE = (
    "Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing bibliometric"
    " networks: A comparison between full and fractional counting. Journal of Informetrics"
    " 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006"
)

_PAIRS_AT_ONCE = 20_000_000


def fractions(sizes: NDArray[np.int64], counting: Counting) -> NDArray[np.float64]:
    """Return what each pair of a set counts.

    Parameters
    ----------
    sizes : array
        Items of each set (authors of each work, say), all of them counted.
    counting : {"full", "fractional"}
        Full: each pair counts 1. Fractional: each pair of a set of n counts 1 / (n - 1), so
        that the links of one item in it add up to 1.

    Returns
    -------
    array
        One number per set; 0 for a set without a pair.

    Examples
    --------
    >>> fractions(np.array([3, 2, 1]), "fractional")
    array([0.5, 1. , 0. ])
    """
    if counting not in get_args(Counting):
        raise UnknownNameError("counting", counting, get_args(Counting))
    pairs = sizes > 1
    if counting == "full":
        return pairs.astype(np.float64)
    share = np.zeros(len(sizes))
    share[pairs] = 1.0 / (sizes[pairs] - 1)
    return share


def count_pairs(
    incidence: sparse.csr_array,
    share: NDArray[np.float64],
    *,
    min_weight: float = 0.0,
    pairs_at_once: int = _PAIRS_AT_ONCE,
) -> Edges:
    """Count the pairs of items that stand in the same sets.

    Parameters
    ----------
    incidence : csr_array of shape (n_sets, n_items)
        One where the set (row) has the item (column).
    share : array of shape (n_sets,)
        What a pair in each set counts; see ``fractions``.
    min_weight : float
        Lighter pairs are left out.
    pairs_at_once : int
        Pairs held in memory at one time, about; the result does not depend on it.

    Returns
    -------
    source, target, weight : arrays
        The pairs with source < target, sorted by both. Cost and memory follow the number
        of pairs, never the square of the number of items.

    Examples
    --------
    >>> from scipy import sparse
    >>> works = sparse.csr_array([[1, 1, 1], [1, 0, 1]])
    >>> source, target, weight = count_pairs(works, np.ones(2))
    >>> list(zip(source.tolist(), target.tolist(), weight.tolist()))
    [(0, 1, 1.0), (0, 2, 2.0), (1, 2, 1.0)]
    """
    from scipy import sparse

    scaled = sparse.csr_array(sparse.diags_array(share) @ incidence)
    columns = sparse.csr_array(incidence.T)
    columns.sort_indices()
    by_item = scaled.tocsc()
    parts = [
        _block(columns[start:stop], by_item, start, min_weight)
        for start, stop in _blocks(incidence, pairs_at_once)
    ]
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return none, none.copy(), np.empty(0)
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return source, target, weight


def _block(
    rows: sparse.csr_array, by_item: sparse.csc_array, start: int, min_weight: float
) -> Edges:
    """Count the pairs of some items with all that come after the first of them."""
    counts = (rows @ by_item[:, start:].tocsr()).tocoo()
    above = (counts.col > counts.row) & (counts.data >= min_weight) & (counts.data > 0)
    row, column = counts.row[above].astype(np.int64), counts.col[above].astype(np.int64)
    order = np.lexsort((column, row))
    return row[order] + start, column[order] + start, counts.data[above][order].astype(np.float64)


def _blocks(incidence: sparse.csr_array, pairs_at_once: int) -> Iterator[tuple[int, int]]:
    """Cut the items into runs that make about so many pairs each."""
    n_items = incidence.shape[1]
    sizes = np.diff(incidence.indptr)
    per_item = np.zeros(n_items)
    np.add.at(per_item, incidence.indices, np.repeat(sizes, sizes).astype(np.float64))
    reached = np.cumsum(per_item)
    start = 0
    while start < n_items:
        before = reached[start - 1] if start else 0.0
        stop = int(np.searchsorted(reached, before + pairs_at_once, side="right"))
        stop = max(stop, start + 1)
        yield start, stop
        start = stop
