"""The h-index and its kin of many owners at once, from one sorted list of works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = [
    "Ranked",
    "blocks",
    "core_means",
    "e_indices",
    "g_indices",
    "h_indices",
    "hm_indices",
    "rank",
]

_NEAR = 1 << 16
_ROUNDING = 1e-6
_BITS = 62


@dataclass(frozen=True, slots=True)
class Ranked:
    """The works of each owner, those cited most first.

    Attributes
    ----------
    starts : array of int, shape (n_owners,)
        Where the works of each owner begin; each owner has one at least.
    owner : array of int, shape (n_pairs,)
        Index of the owner, in order.
    work : array of int, shape (n_pairs,)
        Index of the work, in the order by which works rank.
    place : array of int, shape (n_pairs,)
        Place of the work in the list of its owner, from 1.
    """

    starts: IntArray
    owner: IntArray
    work: IntArray
    place: IntArray

    @property
    def sizes(self) -> IntArray:
        """Number of works of each owner."""
        return np.diff(np.append(self.starts, len(self.owner)))

    def totals(self, values: NDArray[np.generic]) -> FloatArray:
        """Sum a value of each pair by owner."""
        return np.add.reduceat(values, self.starts, dtype=np.float64) if len(values) else _NONE

    def least(self, values: FloatArray) -> FloatArray:
        """Return the least value of each owner; nan where all are nan."""
        if not len(values):
            return _NONE
        least = np.minimum.reduceat(values, self.starts)
        return np.fmin.reduceat(values, self.starts) if np.isnan(least).any() else least

    def greatest(self, values: FloatArray) -> FloatArray:
        """Return the greatest value of each owner; nan where all are nan."""
        if not len(values):
            return _NONE
        greatest = np.maximum.reduceat(values, self.starts)
        return np.fmax.reduceat(values, self.starts) if np.isnan(greatest).any() else greatest

    def counts(self, where: BoolArray) -> IntArray:
        """Count by owner the pairs for which something holds."""
        return np.bincount(self.owner[where], minlength=len(self.starts)).astype(np.int64)


_NONE = np.empty(0)


def order_by(*keys: IntArray) -> IntArray:
    """Return the index that sorts by whole numbers, the first one before the next.

    Parameters
    ----------
    *keys : array of int, shape (n,)
        Numbers of 0 or more; at ties of all of them the earlier row comes first.
    """
    widths = [int(key.max(initial=0)).bit_length() for key in keys]
    index = np.arange(len(keys[0]))
    if sum(widths) + len(index).bit_length() > _BITS:
        return np.lexsort(keys[::-1])
    # one sort of whole numbers that hold all keys is several times as fast as a sort by keys
    packed = np.zeros(len(index), dtype=np.int64)
    for key, width in zip((*keys, index), (*widths, len(index).bit_length()), strict=True):
        packed = (packed << width) | key
    packed.sort()
    return packed & ((1 << len(index).bit_length()) - 1)


def rank(owner: IntArray, work: IntArray, place: IntArray) -> Ranked:
    """Sort the works of each owner.

    Parameters
    ----------
    owner, work : array of int, shape (n_pairs,)
        Number of the owner, 0 or more, and index of the work of each pair.
    place : array of int, shape (n_works,)
        Place of each of all works, from 0: those to stand first come first.

    Returns
    -------
    Ranked
        Of the owners that have a work, numbered anew from 0. Cost is n log n in the pairs.
    """
    width = len(place).bit_length()
    # one sort of whole numbers that hold both is several times as fast as a sort by two keys
    keys = np.sort((owner << width) | place[work])
    owner = keys >> width
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = owner[1:] != owner[:-1]
    starts = np.flatnonzero(is_first)
    owner = np.cumsum(is_first) - 1
    within = np.arange(1, len(keys) + 1) - starts[owner]
    return Ranked(starts, owner, keys & ((1 << width) - 1), within)


def blocks(owner: IntArray) -> Iterator[slice]:
    """Cut pairs in order of their owners into parts that a processor has near, owners whole.

    Parameters
    ----------
    owner : array of int, shape (n_pairs,)
        Index of the owner of each pair, in order.

    Yields
    ------
    slice
        Of the pairs; together all of them.
    """
    ends = np.unique(np.append(np.searchsorted(owner, owner[_NEAR::_NEAR]), len(owner)))
    start = 0
    for end in ends[(ends > 0) | (len(owner) == 0)].tolist():
        yield slice(start, end)
        start = end


def h_indices(ranked: Ranked, values: NDArray[np.generic]) -> IntArray:
    """Return the largest h of each owner such that h works have a value of at least h.

    Parameters
    ----------
    ranked : Ranked
        The works of the owners.
    values : array of shape (n_pairs,)
        A value of each pair, 0 or more, in any order within an owner.
    """
    sizes = ranked.sizes
    top = int(sizes.max(initial=0))
    width = top.bit_length()
    capped = np.minimum(values, top).astype(np.int64)
    keys = np.sort((ranked.owner << width) | (top - capped))
    falling = top - (keys & ((1 << width) - 1))
    return ranked.counts(falling >= ranked.place)


def g_indices(
    ranked: Ranked, citations: IntArray, sizes: IntArray, *, capped: bool = True
) -> IntArray:
    """Return the largest g of each owner such that the first g works have g^2 citations.

    Parameters
    ----------
    ranked : Ranked
        The works of the owners, those cited most first.
    citations : array of int, shape (n_pairs,)
        Citations, falling for each owner; 0 where unknown.
    sizes : array of int, shape (n_owners,)
        Works whose citations are known; the others stand last.
    capped : bool
        No more than the works of the owner; else works without citations are thought to
        follow, as Egghe has it.
    """
    sums = np.cumsum(citations)
    before = (sums - citations)[ranked.starts]
    g = ranked.counts(sums - before[ranked.owner] >= ranked.place**2)
    g = np.minimum(g, sizes)
    if capped:
        return g
    whole = np.floor(np.sqrt(ranked.totals(citations)))
    return np.where(g == sizes, whole, g).astype(np.int64)


def e_indices(ranked: Ranked, citations: IntArray, h: IntArray) -> FloatArray:
    """Return the root of the citations of the h-core beyond h^2.

    Works that tie at the end of the core have h citations, and so nothing beyond it.
    """
    surplus: FloatArray = np.sqrt(ranked.totals(np.maximum(citations - h[ranked.owner], 0)))
    return surplus


def core_means(ranked: Ranked, citations: IntArray, h: IntArray, authors: IntArray) -> FloatArray:
    """Return the mean number of authors of the works of the h-core.

    Parameters
    ----------
    ranked : Ranked
        The works of the owners.
    citations : array of int, shape (n_pairs,)
        Citations.
    h : array of int, shape (n_owners,)
        The h-index.
    authors : array of int, shape (n_pairs,)
        Authors of the work; works with 0 are left out.

    Returns
    -------
    array of float, shape (n_owners,)
        Works that tie at the end of the core share the places that are left; nan where no
        work of the core has authors.
    """
    own = h[ranked.owner]
    above, tied = citations > own, (citations == own) & (own > 0)
    share = (h - ranked.counts(above)) / np.maximum(ranked.counts(tied), 1)
    weight = np.where(tied, share[ranked.owner], above) * (authors > 0)
    sums, known = ranked.totals(weight * authors), ranked.totals(weight)
    means: FloatArray = np.divide(sums, known, out=np.full(len(h), np.nan), where=known > 0)
    return means


def hm_indices(ranked: Ranked, citations: IntArray, share: FloatArray) -> FloatArray:
    """Return the largest sum of shares of the first works that is at most their citations.

    Parameters
    ----------
    ranked : Ranked
        The works of the owners, those cited most first.
    citations : array of int, shape (n_pairs,)
        Citations, falling for each owner.
    share : array of float, shape (n_pairs,)
        One through the number of authors of the work.
    """
    sums = np.cumsum(share)
    before = (sums - share)[ranked.starts]
    is_core = sums - before[ranked.owner] <= citations + _ROUNDING
    return ranked.totals(np.where(is_core, share, 0.0))
