"""Who cites a work, and who cites what it cites, for all works of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    SmallArray = NDArray[np.int32]
    FloatArray = NDArray[np.float64]

__all__ = ["CitersByKind", "count_citers"]

_SHIFT = 20  # bits of a mark that count shared references


@dataclass(frozen=True, slots=True)
class CitersByKind:
    """Citing works of each work, within the window.

    Attributes
    ----------
    n_i, n_j, n_j_strong, n_k : array of int, shape (n_works,)
        They cite the work alone; it and something it cites; it and enough of that; only
        something it cites.
    shared : array of int, shape (n_works,)
        References that its citing works share with it, in all.
    n_references : array of int, shape (n_works,)
        Its references.
    """

    n_i: IntArray
    n_j: IntArray
    n_j_strong: IntArray
    n_k: IntArray
    shared: IntArray
    n_references: IntArray


def count_citers(
    pairs: tuple[SmallArray, SmallArray],
    item_of_work: SmallArray,
    year: FloatArray,
    *,
    n_items: int,
    window: int | None,
    min_shared: int,
) -> CitersByKind:
    """Count the citing works of each work by what else they cite.

    Parameters
    ----------
    pairs : two arrays of int, shape (n_pairs,)
        Index of the citing work, in order, and cited item from 0; each pair once, none of a
        work without year, none of a work and itself.
    item_of_work : array of int, shape (n_works,)
        The item that each work is; -1 where it is never cited.
    year : array of float, shape (n_works,)
        Year of publication; nan where unknown.
    n_items : int
        Number of items.
    window : int or None
        Years behind its own in which a work is cited; None for all.
    min_shared : int
        References that a citing work must share to count in ``n_j_strong``.

    Returns
    -------
    CitersByKind
        0 for works without a year.

    Notes
    -----
    The cost is the sum, over the references of all works, of their citing works within the
    window. Works are numbered by year, so that the window of a work is a slice of each list.
    """
    citing, item = pairs
    n_works = len(year)
    starts = np.zeros(n_works + 1, dtype=np.int64)
    np.cumsum(np.bincount(citing, minlength=n_works), out=starts[1:])
    order = np.argsort(year, kind="stable")[: int(np.count_nonzero(~np.isnan(year)))]
    dated = year[order]
    begin = np.searchsorted(dated, year, side="right")
    latest = year if window is None else year + window
    end = np.searchsorted(dated, latest, side="right")
    if window is None:
        end = np.full(n_works, len(order))
    begin, end = (np.where(np.isnan(year), 0, ends) for ends in (begin, end))
    places = np.zeros(n_items + 1, dtype=np.int64)
    np.cumsum(np.bincount(item, minlength=n_items), out=places[1:])
    citers = compiled(_citers)(order, starts, item, places[:-1].copy())
    n_i, n_j, n_strong, n_k, shared = compiled(_count)(
        (starts, item), (places, citers), item_of_work, (begin, end), (min_shared, _SHIFT)
    )
    return CitersByKind(n_i, n_j, n_strong, n_k, shared, np.diff(starts))


def _citers(order: IntArray, starts: IntArray, item: SmallArray, places: IntArray) -> SmallArray:
    """Return the citing works of each item by their number in the order of years."""
    citers = np.empty(len(item), dtype=np.int32)
    for number in range(len(order)):
        work = order[number]
        for at in range(starts[work], starts[work + 1]):
            citers[places[item[at]]] = number
            places[item[at]] += 1
    return citers


def _count(
    references: tuple[IntArray, SmallArray],
    cited: tuple[IntArray, SmallArray],
    item_of_work: SmallArray,
    slices: tuple[IntArray, IntArray],
    rule: tuple[int, int],
) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Count the citing works of each work; a mark holds who last met a work, and how often."""
    starts, item = references
    places, citers = cited
    begin, end = slices
    min_shared, shift = rule
    n_works = len(item_of_work)
    n_i, n_j = np.zeros(n_works, dtype=np.int64), np.zeros(n_works, dtype=np.int64)
    n_strong, n_k = np.zeros(n_works, dtype=np.int64), np.zeros(n_works, dtype=np.int64)
    shared = np.zeros(n_works, dtype=np.int64)
    marks = np.zeros(n_works, dtype=np.int64)
    for work in range(n_works):
        first, behind = begin[work], end[work]
        if first >= behind:
            continue
        own = np.int64(work + 1)
        n_met = 0
        for at in range(starts[work], starts[work + 1]):
            group = citers[places[item[at]] : places[item[at] + 1]]
            for place in range(np.searchsorted(group, first), len(group)):
                citer = group[place]
                if citer >= behind:
                    break
                if marks[citer] >> shift == own:
                    marks[citer] += 1
                else:
                    marks[citer] = (own << shift) | 1
                    n_met += 1
        mine = item_of_work[work]
        group = citers[places[mine] : places[mine + 1]] if mine >= 0 else citers[:0]
        for citer in group[np.searchsorted(group, first) : np.searchsorted(group, behind)]:
            if marks[citer] >> shift == own:
                n_shared = marks[citer] & ((1 << shift) - 1)
                n_j[work] += 1
                shared[work] += n_shared
                n_strong[work] += n_shared >= min_shared
            else:
                n_i[work] += 1
        n_k[work] = n_met - n_j[work]
    return n_i, n_j, n_strong, n_k, shared
