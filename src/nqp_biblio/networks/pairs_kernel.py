"""The compiled road of counting pairs: item by item, in memory that is known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.pairs_task import exact_parts, union_of_picks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.pairs_task import Edges, PairTask

    IntArray = NDArray[np.int64]
    Array = NDArray[Any]
    Arrays = tuple[Array, ...]
    Rows = list[tuple[IntArray, Array, Array]]

__all__ = ["EDGES_AT_ONCE", "bytes_of_kernel", "count_by_kernel", "weights_by_kernel"]

EDGES_AT_ONCE = 1 << 20
_BYTES_OF_EDGE = 24
_BYTES_OF_ITEM = 60
_BYTES_OF_SET = 100
_BINS = 1 << 16


def bytes_of_kernel(task: PairTask, n_edges: int) -> int:
    """Return what the road takes beyond its input, at most, with its result of so many edges."""
    slots = len(task.indices) * (8 if task.is_whole else 12)
    room = (EDGES_AT_ONCE + 2 * task.n_items) * 12
    fixed = task.n_items * _BYTES_OF_ITEM + len(task.share) * _BYTES_OF_SET
    return slots + room + fixed + n_edges * _BYTES_OF_EDGE * (1 if task.top_links is None else 6)


def count_by_kernel(task: PairTask, *, edges_at_once: int = EDGES_AT_ONCE) -> Edges:
    """Count pairs in machine code, on one core.

    Parameters
    ----------
    task : PairTask
        What is counted.
    edges_at_once : int
        Edges of the buffer beyond one for each item; the result does not depend on it.

    Returns
    -------
    source, target, weight : arrays
        The edges with source < target, sorted by both. Time follows the number of pairs;
        edges that are too light, or that no end wants, are never held.
    """
    edges = _unfold(_rows(task, edges_at_once))
    return edges if task.top_links is None else union_of_picks(edges, task.n_items)


def weights_by_kernel(task: PairTask) -> tuple[IntArray, float]:
    """Count the edges by weight without holding them.

    Returns
    -------
    n_edges, per_unit : array, float
        In place k the edges whose weight is from ``k / per_unit`` to below the next; the last
        place has all that are heavier. `top_links` is not regarded.
    """
    from nqp_biblio.networks import pairs_machine as machine

    sets, slots, sums = _prepared(task, both=False)
    bins = np.zeros(_BINS, np.int64)
    per_unit = 1.0 if task.is_whole else 64.0
    machine.measure_rows(sets, slots, sums, bins, float(task.min_weight), per_unit)
    return bins, per_unit


def _prepared(task: PairTask, *, both: bool) -> tuple[Arrays, Arrays, Arrays]:
    """Lay out the sets by item, and make room for a row of sums."""
    from nqp_biblio.networks import pairs_machine as machine

    n_items = task.n_items
    indices = task.indices.view(np.uint32)
    sets = task.indptr, indices, task.is_counted
    slots = machine.lay_out_slots(sets, n_items, task.boundary, (both, not task.is_whole))
    touched, bits = np.empty(n_items + 1, np.uint32), np.zeros(n_items // 64 + 1, np.uint64)
    if task.is_whole:
        none = np.empty(0, np.int64)
        high, low = np.zeros(n_items, np.uint32), np.zeros(0, np.uint32)
        return (indices, none, none), slots, (high, low, touched, bits)
    high, low = np.zeros(n_items, np.int64), np.zeros(n_items, np.int64)
    return (indices, *exact_parts(task.share)), slots, (high, low, touched, bits)


def _rows(task: PairTask, edges_at_once: int) -> Rows:
    """Count the rows of all items, in parts: where each ends, its targets and weights."""
    from nqp_biblio.networks import pairs_machine as machine

    is_picking = task.top_links is not None
    sets, slots, sums = _prepared(task, both=is_picking)
    n_room = task.n_items + edges_at_once
    kind = np.uint32 if task.is_whole else np.float64
    room = np.empty(task.n_items, np.int64), np.empty(n_room, np.uint32), np.empty(n_room, kind)
    wanted = (float(task.min_weight), task.top_links or 0)
    if is_picking:
        sums = (*sums, np.empty(task.n_items))
    found: Rows = []
    item = 0
    while item < task.n_items:
        first = item
        if is_picking:
            item, filled = machine.pick_rows(sets, slots, sums, room, item, wanted)
        else:
            item, filled = machine.count_rows(sets, slots, sums, room, item, wanted[0])
        ends = room[0][first:item].copy()
        found.append((ends, room[1][:filled].copy(), room[2][:filled].copy()))
    return found


def _unfold(rows: Rows) -> Edges:
    """Put the parts together from the last on; each is let go as soon as it is copied."""
    end = sum(len(target) for _, target, _ in rows)
    item = sum(len(ends) for ends, _, _ in rows)
    source, target, weight = np.empty(end, np.int64), np.empty(end, np.int64), np.empty(end)
    while rows:
        ends, others, weights = rows.pop()
        span = slice(end - len(others), end)
        source[span] = np.repeat(np.arange(item - len(ends), item), np.diff(ends, prepend=0))
        target[span], weight[span] = others, weights
        item, end = item - len(ends), span.start
    return source, target, weight
