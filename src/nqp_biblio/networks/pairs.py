"""The counting kernel: how often two items stand together, as the upper triangle of a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

__all__ = ["COUNTING_REFERENCE", "Counting", "count_pairs", "fractions"]

Counting = Literal["full", "fractional"]

COUNTING_REFERENCE = (
    "Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing bibliometric"
    " networks: A comparison between full and fractional counting. Journal of Informetrics"
    " 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006"
)

_PAIRS_AT_ONCE = 1_000_000


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

    rows = sparse.csr_array(incidence)
    if not rows.has_sorted_indices:
        rows = rows.sorted_indices()
    entries = _Entries.of(rows, share)
    parts = [
        _count(entries, start, stop, min_weight)
        for start, stop in _blocks(entries, rows.shape[1], pairs_at_once)
    ]
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return none, none.copy(), np.empty(0)
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return source, target, weight


@dataclass(frozen=True, slots=True)
class _Entries:
    """The ones of an incidence, in order of their items.

    Attributes
    ----------
    items : array
        The items of all sets, set by set.
    position : array
        Where each entry stands in `items`.
    item : array
        The item of each entry.
    n_later : array
        How many items follow it in its set: the pairs of which it is the first.
    share : array
        What a pair in its set counts.
    """

    items: IntArray
    position: IntArray
    item: IntArray
    n_later: IntArray
    share: FloatArray

    @classmethod
    def of(cls, rows: sparse.csr_array, share: FloatArray) -> _Entries:
        """Take the entries of an incidence whose rows are sorted."""
        sizes = np.diff(rows.indptr)
        items = rows.indices.astype(np.int64)
        n_later = np.repeat(rows.indptr[1:], sizes) - np.arange(len(items)) - 1
        order = np.argsort(items, kind="stable")
        each_share = np.repeat(share, sizes)
        return cls(items, order, items[order], n_later[order], each_share[order])


def _count(entries: _Entries, start: int, stop: int, min_weight: float) -> Edges:
    """Count the pairs whose first item belongs to some entries."""
    from scipy import sparse

    n_later = entries.n_later[start:stop]
    first = np.repeat(np.arange(start, stop), n_later)
    begins = np.repeat(np.cumsum(n_later) - n_later, n_later)
    second = entries.items[entries.position[first] + 1 + np.arange(len(first)) - begins]
    lowest, highest = int(entries.item[start]), int(entries.item[stop - 1])
    shape = (highest - lowest + 1, int(entries.items.max()) + 1)
    cells = (entries.item[first] - lowest, second)
    counts = sparse.coo_array((entries.share[first], cells), shape=shape).tocsr()
    counts.sum_duplicates()
    source = np.repeat(np.arange(lowest, highest + 1), np.diff(counts.indptr))
    kept = (counts.data >= min_weight) & (counts.data > 0)
    return source[kept], counts.indices[kept].astype(np.int64), counts.data[kept]


def _blocks(entries: _Entries, n_items: int, pairs_at_once: int) -> Iterator[tuple[int, int]]:
    """Cut the entries into runs of whole items that make about so many pairs each."""
    ends = np.cumsum(np.bincount(entries.item, minlength=n_items))
    pairs_before = np.concatenate([[0], np.cumsum(entries.n_later)])
    reached = pairs_before[ends]
    start = 0
    while start < len(entries.item):
        limit = pairs_before[start] + pairs_at_once
        item = int(np.searchsorted(reached, limit, side="right"))
        item = max(item - 1, int(entries.item[start]))
        stop = int(ends[item])
        yield start, stop
        start = stop
