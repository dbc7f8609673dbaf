"""The machine code that counts pairs: one item at a time, with one dense row of sums.

Importing this module imports numba; ``pairs_kernel`` does so when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.compiling import machine_code

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["count_rows", "lay_out_slots", "measure_rows", "pick_rows"]

_LENGTH_BITS = np.uint64(28)
_LENGTH = np.uint64((1 << 28) - 1)
_SCAN = 32
_ONE = np.uint64(1)
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_LOW_BITS = 31
_LOW = (1 << 31) - 1
_HIGH_UNIT = 2.0**-31
_LOW_UNIT = 2.0**-62


def _places_of_bits() -> NDArray[np.uint8]:
    """Return the place of a single bit, by the top six bits of its product with the constant."""
    places = np.zeros(64, np.uint8)
    for place in range(64):
        places[(((1 << place) * int(_DE_BRUIJN)) & ((1 << 64) - 1)) >> 58] = place
    return places


_PLACES = _places_of_bits()


@machine_code
def _middle(indices: Array, start: int, end: int, boundary: int) -> int:
    """Find where the second group begins in a set."""
    while start < end and indices[start] < boundary:
        start += 1
    return start


@machine_code
def _span(entry: int, ends: tuple[int, int, int], across: bool, both: bool) -> tuple[int, int]:  # noqa: FBT001
    """Return from where to where the items stand that an entry of a set meets."""
    start, middle, end = ends
    if not across:
        return (start if both else entry + 1), end
    if entry < middle:
        return middle, end
    return start, (middle if both else start)


@machine_code
def lay_out_slots(sets: Arrays, n_items: int, boundary: int, keeps: tuple[bool, bool]) -> Arrays:
    """Sort by item, by counting: for each item its sets, and which of their items it meets.

    Parameters
    ----------
    sets : (indptr, indices, is_counted)
        Items of each set, sorted, and whether the set joins any.
    n_items : int
        Number of items.
    boundary : int
        First item of the second group, where only pairs across count; 0 where all do.
    keeps : (both, has_owner)
        Whether each item meets those before it too, and itself; whether the set of each slot
        is kept.

    Returns
    -------
    begins, slots, owner : arrays
        Where the slots of each item begin; place and number of the items met in each, in one
        number of 36 and 28 bits; and the set of each.
    """
    indptr, indices, is_counted = sets
    both, has_owner = keeps
    begins = np.zeros(n_items + 1, np.int64)
    free, slots, owner = begins, np.empty(0, np.uint64), np.empty(0, np.int32)
    for is_writing in (False, True):
        if is_writing:
            begins = np.cumsum(begins)
            free = begins[:-1].copy()
            slots = np.empty(begins[n_items], np.uint64)
            owner = np.empty(begins[n_items] if has_owner else 0, np.int32)
        for row in range(len(is_counted)):
            start, end = indptr[row], indptr[row + 1] if is_counted[row] else indptr[row]
            middle = _middle(indices, start, end, boundary)
            for entry in range(start, end):
                first, last = _span(entry, (start, middle, end), boundary > 0, both)
                if last <= first:
                    continue
                item = indices[entry]
                if not is_writing:
                    begins[item + 1] += 1
                    continue
                slots[free[item]] = (np.uint64(first) << _LENGTH_BITS) | np.uint64(last - first)
                if has_owner:
                    owner[free[item]] = row
                free[item] += 1
    return begins, slots, owner


@machine_code
def _add_up(sets: Arrays, slots: Arrays, item: int, sums: Arrays) -> int:
    """Add up the row of an item, and say how many others it meets; they are in `touched`."""
    indices, high, low = sets
    begins, spans, owner = slots
    high_sums, low_sums, touched = sums[0], sums[1], sums[2]
    n_touched: Any = np.uint64(0)
    for slot in range(begins[item], begins[item + 1]):
        first = spans[slot] >> _LENGTH_BITS
        last = first + (spans[slot] & _LENGTH)
        if len(owner) == 0:
            for entry in range(first, last):
                other = indices[entry]
                before = high_sums[other]
                touched[n_touched] = other
                n_touched += np.uint64(before == 0)
                high_sums[other] = before + 1
        else:
            more_high, more_low = high[owner[slot]], low[owner[slot]]
            for entry in range(first, last):
                other = indices[entry]
                touched[n_touched] = other
                n_touched += np.uint64(high_sums[other] == 0 and low_sums[other] == 0)
                high_sums[other] += more_high
                low_sums[other] += more_low
    return int(n_touched)


@machine_code
def _put_in_order(touched: Array, n_touched: int, bits: Array, lowest_item: int) -> None:
    """Sort what was touched: many by a bit for each item, few by comparing."""
    first_word = lowest_item >> 6
    if n_touched * _SCAN < len(bits) - first_word:
        touched[:n_touched].sort()
        return
    for at in range(n_touched):
        other = touched[at]
        bits[other >> np.uint32(6)] |= _ONE << np.uint64(other & np.uint32(63))
    filled = 0
    for word in range(first_word, len(bits)):
        rest = bits[word]
        if rest == 0:
            continue
        bits[word] = 0
        while rest != 0:
            lowest = rest & (~rest + _ONE)
            touched[filled] = word * 64 + _PLACES[(lowest * _DE_BRUIJN) >> np.uint64(58)]
            filled += 1
            rest ^= lowest


@machine_code
def _take(high_sums: Array, low_sums: Array, other: int) -> float:
    """Return a sum as a number, and set it to zero."""
    total = high_sums[other]
    high_sums[other] = 0
    if len(low_sums) == 0:
        return float(total)
    rest = low_sums[other]
    low_sums[other] = 0
    return float((total + (rest >> _LOW_BITS)) * _HIGH_UNIT + (rest & _LOW) * _LOW_UNIT)


@machine_code
def count_rows(
    sets: Arrays, slots: Arrays, sums: Arrays, room: Arrays, item: int, min_weight: float
) -> tuple[int, int]:
    """Count item after item until there may be no room for the next.

    Parameters
    ----------
    sets : (indices, high, low)
        Items of all sets, and both parts of what a pair in each set counts.
    slots : (begins, slots, owner)
        See ``lay_out_slots``; without `owner` each pair counts 1.
    sums : (high, low, touched, bits)
        Zeros for each item, which end as zeros, and work space.
    room : (ends, target, weight)
        What is written: where the edges of each item end, from 0 in each call, and the edges.
    item : int
        The item to begin with.
    min_weight : float
        Lighter edges are not written.

    Returns
    -------
    item, n_edges : int
        The item to go on with, and how many edges were written.
    """
    ends, target, weight = room
    high_sums, low_sums, touched, bits = sums
    n_items = len(high_sums)
    filled: Any = np.uint64(0)
    while item < n_items and filled + n_items - item <= len(target):
        n_touched = _add_up(sets, slots, item, sums)
        _put_in_order(touched, n_touched, bits, item)
        for at in range(n_touched):
            other = touched[at]
            value = _take(high_sums, low_sums, other)
            target[filled] = other
            weight[filled] = value
            filled += np.uint64(value >= min_weight)
        ends[item] = filled
        item += 1
    return item, filled


@machine_code
def pick_rows(
    sets: Arrays, slots: Arrays, sums: Arrays, room: Arrays, item: int, limits: tuple[float, int]
) -> tuple[int, int]:
    """Pick the heaviest edges of item after item until there may be no room for the next.

    Parameters
    ----------
    sets, slots, sums, room, item : as in ``count_rows``
        The slots are those of both directions; `sums` has work space for values at its end.
    limits : (min_weight, n_links)
        The least weight, and how many edges of each item are picked; of equal ones those to
        the first items.

    Returns
    -------
    item, n_edges : int
        The item to go on with, and how many edges were written.
    """
    ends, target, weight = room
    high_sums, low_sums, touched, bits, values = sums
    min_weight, n_links = limits
    filled = 0
    while item < len(high_sums) and filled + min(n_links, len(high_sums)) <= len(target):
        n_touched = _add_up(sets, slots, item, sums)
        _put_in_order(touched, n_touched, bits, 0)
        n_kept = 0
        for at in range(n_touched):
            other = touched[at]
            value = _take(high_sums, low_sums, other)
            touched[n_kept] = other
            values[n_kept] = value
            n_kept += int(other != item and value >= min_weight)
        least, n_equal = min_weight, n_kept
        if n_kept > n_links:
            least = np.partition(values[:n_kept], n_kept - n_links)[n_kept - n_links]
            n_equal = n_links - int((values[:n_kept] > least).sum())
        for at in range(n_kept):
            if values[at] < least or (values[at] == least and n_equal == 0):
                continue
            n_equal -= int(values[at] == least)
            target[filled] = touched[at]
            weight[filled] = values[at]
            filled += 1
        ends[item] = filled
        item += 1
    return item, filled


@machine_code
def measure_rows(
    sets: Arrays, slots: Arrays, sums: Arrays, bins: Array, min_weight: float, per_unit: float
) -> None:
    """Count the edges by weight without keeping them.

    Parameters
    ----------
    sets, slots, sums : as in ``count_rows``
    bins : array
        Edges of each weight, which are added to: of `k` to `k + 1` units in place k, heavier
        ones in the last.
    min_weight : float
        Lighter edges are not counted.
    per_unit : float
        Units of a weight of 1.
    """
    high_sums, low_sums, touched = sums[0], sums[1], sums[2]
    for item in range(len(high_sums)):
        for at in range(_add_up(sets, slots, item, sums)):
            value = _take(high_sums, low_sums, touched[at])
            if value >= min_weight:
                bins[int(min(value * per_unit, len(bins) - 1.0))] += 1
