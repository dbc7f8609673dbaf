"""What there is to count: sets, what a pair in each counts, and which edges are wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

__all__ = ["PairTask", "as_weights", "exact_parts", "heaviest_links", "no_edges", "union_of_picks"]

LOW_BITS = 31
LOW_MASK = (1 << LOW_BITS) - 1
_ALMOST = 1 + 1e-9
_LEAST_SHARE = 2.0**-60


@dataclass(frozen=True)
class PairTask:
    """Sets of items whose pairs are counted.

    A pair in a set counts ``(high + low / 2**31) / 2**31``, the share of the set in whole
    numbers, so that sums are exact and the order of adding does not matter.

    Attributes
    ----------
    indptr, indices : arrays
        Items of each set, sorted, as in a csr_array.
    n_items : int
        Number of items.
    share : array of shape (n_sets,)
        What a pair in each set counts; a set of share 0 joins nothing.
    min_weight : float
        Lighter edges are left out.
    top_links : int or None
        Edges that are wanted of each item, the heaviest, of equal ones those to the first
        items; an edge stays if one of its ends wants it.
    boundary : int
        First item of the second group, where only pairs across count; 0 where all do.
    """

    indptr: IntArray
    indices: NDArray[np.int32]
    n_items: int
    share: FloatArray
    min_weight: float = 0.0
    top_links: int | None = None
    boundary: int = 0

    @classmethod
    def of(
        cls,
        incidence: sparse.csr_array,
        share: FloatArray,
        *,
        min_weight: float = 0.0,
        top_links: int | None = None,
        boundary: int = 0,
    ) -> PairTask:
        """Take the sets of an incidence; its values are not read."""
        from scipy import sparse

        rows = sparse.csr_array(incidence)
        if not rows.has_sorted_indices:
            rows = rows.sorted_indices()
        indptr = rows.indptr.astype(np.int64)
        indices = rows.indices.astype(np.int32, copy=False)
        given = np.asarray(share, dtype=np.float64)
        return cls(indptr, indices, rows.shape[1], given, min_weight, top_links, boundary)

    @cached_property
    def is_counted(self) -> NDArray[np.bool_]:
        """Whether each set joins its items: its share can be told from 0."""
        return self.share >= _LEAST_SHARE

    @cached_property
    def is_whole(self) -> bool:
        """Whether each pair counts 1."""
        return bool((self.share[self.is_counted] == 1.0).all())

    @cached_property
    def n_pairs(self) -> int:
        """Number of pairs to count, one for each set that has both."""
        return int(self._pairs_of_sets.sum())

    @cached_property
    def edges_at_most(self) -> int:
        """A number of edges that cannot be exceeded, from sums alone."""
        first = self.boundary
        rest = self.n_items - first
        cells = first * rest if first else rest * (rest - 1) // 2
        bounds = [self.n_pairs, cells]
        if self.min_weight > 0:
            total = float(self._pairs_of_sets @ self.share)
            bounds.append(int(total / self.min_weight * _ALMOST))
        if self.top_links is not None:
            bounds.append(self.top_links * self.n_items)
        return min(bounds)

    @cached_property
    def middles(self) -> IntArray:
        """Where the second group begins in each set."""
        if not self.boundary:
            return self.indptr[:-1]
        before = np.concatenate([[0], np.cumsum(self.indices < self.boundary)]).astype(np.int64)
        return self.indptr[:-1] + before[self.indptr[1:]] - before[self.indptr[:-1]]

    @cached_property
    def _pairs_of_sets(self) -> IntArray:
        sizes = np.diff(self.indptr)
        first = self.middles - self.indptr[:-1]
        pairs = first * (sizes - first) if self.boundary else sizes * (sizes - 1) // 2
        return np.where(self.is_counted, pairs, 0).astype(np.int64)

    def of_items(self, is_kept: NDArray[np.bool_]) -> PairTask:
        """Return the task of some of the items; shares stay."""
        has_entry = is_kept[self.indices]
        number = (np.cumsum(is_kept) - 1).astype(np.int32)
        before = np.concatenate([[0], np.cumsum(has_entry)])
        return replace(
            self,
            indptr=before[self.indptr],
            indices=number[self.indices[has_entry]],
            n_items=int(is_kept.sum()),
            boundary=int(is_kept[: self.boundary].sum()),
        )

    def met_by_entries(self) -> tuple[IntArray, IntArray]:
        """Return for each entry where the items that it meets begin, and how many they are."""
        sizes = np.diff(self.indptr)
        begin = np.arange(1, len(self.indices) + 1)
        if self.boundary:
            begin = np.maximum(begin, np.repeat(self.middles, sizes))
        n_met = np.repeat(self.indptr[1:], sizes) - begin
        n_met[np.repeat(~self.is_counted, sizes)] = 0
        if self.boundary:
            n_met[self.indices >= self.boundary] = 0
        return begin, n_met


def exact_parts(share: FloatArray) -> tuple[IntArray, IntArray]:
    """Split shares into whole numbers of 2**-31 and of 2**-62.

    Parameters
    ----------
    share : array
        Numbers from 0 on; the float nearest to 1/n stands for 1/n.

    Returns
    -------
    high, low : arrays of int64
        Right to half of 2**-62 each, far finer than a float near 1, so that the sum of shares
        is as good as rounded once: three thirds are 1.

    Examples
    --------
    >>> high, low = exact_parts(np.full(3, 1 / 3))
    >>> float(as_weights(high.sum(), low.sum()))
    1.0
    """
    share = np.where(share >= _LEAST_SHARE, share, 0.0)
    high = np.floor(share * 2.0**LOW_BITS)
    low = np.rint((share * 2.0**LOW_BITS - high) * 2.0**LOW_BITS)
    parts = high.astype(np.int64), low.astype(np.int64)
    with np.errstate(divide="ignore", over="ignore"):
        divisor = np.rint(np.where(share > 0, 1 / share, 0))
        is_unit = (divisor >= 1) & (divisor < 2.0**LOW_BITS)
        is_unit &= np.where(divisor > 0, 1 / divisor, 0) == share
    n = divisor[is_unit].astype(np.int64)
    units = ((1 << 2 * LOW_BITS) + n // 2) // np.maximum(n, 1)
    parts[0][is_unit], parts[1][is_unit] = units >> LOW_BITS, units & LOW_MASK
    return parts


def as_weights(high: IntArray, low: IntArray) -> FloatArray:
    """Return sums of the parts of shares as numbers, rounded once."""
    carried = high + (low >> LOW_BITS)
    return carried * 2.0**-LOW_BITS + (low & LOW_MASK) * 2.0 ** (-2 * LOW_BITS)


def no_edges() -> Edges:
    """Return no edges."""
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)


def heaviest_links(edges: Edges, task: PairTask) -> Edges:
    """Keep the edges that one of their ends wants."""
    if task.top_links is None or not len(edges[0]):
        return edges
    source, target, weight = edges
    ends = np.concatenate([source, target])
    order = np.lexsort((np.concatenate([target, source]), -np.tile(weight, 2), ends))
    first = np.searchsorted(ends[order], np.arange(task.n_items))
    rank = np.arange(len(order)) - first[ends[order]]
    wanted = np.zeros(len(source), dtype=bool)
    wanted[order[rank < task.top_links] % len(source)] = True
    return source[wanted], target[wanted], weight[wanted]


def union_of_picks(picks: Edges, n_items: int) -> Edges:
    """Join the edges that items picked, some of them from both ends."""
    one, other, weight = picks
    source, target = np.minimum(one, other), np.maximum(one, other)
    _, first = np.unique(source * n_items + target, return_index=True)
    return source[first], target[first], weight[first]
