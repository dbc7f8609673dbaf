"""The road of counting pairs for small corpora: blocks of pairs, summed as sparse matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.pairs_task import as_weights, exact_parts, heaviest_links, no_edges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.networks.pairs_task import Edges, PairTask

    IntArray = NDArray[np.int64]

__all__ = ["BYTES_OF_PAIR", "PAIRS_AT_ONCE", "blocks_of_items", "count_by_numpy"]

PAIRS_AT_ONCE = 1_000_000
BYTES_OF_PAIR = 128
"""What a pair takes while its block is summed, measured."""


def count_by_numpy(task: PairTask, *, pairs_at_once: int = PAIRS_AT_ONCE) -> Edges:
    """Count pairs a block at a time.

    Parameters
    ----------
    task : PairTask
        What is counted.
    pairs_at_once : int
        Pairs held in memory at one time, but at least those of one item; the result does not
        depend on it.

    Returns
    -------
    source, target, weight : arrays
        The edges with source < target, sorted by both.
    """
    begin, n_met = task.met_by_entries()
    joins = np.flatnonzero(n_met)
    order = joins[np.argsort(task.indices[joins], kind="stable")]
    item = task.indices[order].astype(np.int64)
    parts = exact_parts(task.share)
    set_of = np.repeat(np.arange(len(task.share)), np.diff(task.indptr))[order]
    met = (item, begin[order], n_met[order], *(part[set_of] for part in parts))
    pairs_of_item = np.bincount(item, weights=n_met[order], minlength=task.n_items)
    found = [no_edges()]
    for first, last in blocks_of_items(pairs_of_item, pairs_at_once):
        start, stop = np.searchsorted(item, (first, last))
        found.append(_sum_block(task, tuple(column[start:stop] for column in met)))
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    return heaviest_links((source, target, weight), task)


def blocks_of_items(pairs_of_item: NDArray[Any], at_once: int) -> Iterator[tuple[int, int]]:
    """Cut the items into runs of about so many pairs; the last of a run is not in it."""
    reached = np.cumsum(pairs_of_item)
    first = 0
    while first < len(reached):
        before = reached[first - 1] if first else 0.0
        last = int(np.searchsorted(reached, before + at_once, side="right"))
        last = max(last, first + 1)
        yield first, last
        first = last


def _sum_block(task: PairTask, met: tuple[IntArray, ...]) -> Edges:
    """Sum the pairs of which some entries are the first."""
    from scipy import sparse

    item, begin, n_met, high, low = met
    if not len(item):
        return no_edges()
    begins = np.repeat(np.cumsum(n_met) - n_met, n_met)
    other = task.indices[np.repeat(begin, n_met) + np.arange(int(n_met.sum())) - begins]
    lowest = int(item[0])
    cells = np.repeat(item - lowest, n_met), other.astype(np.int64)
    shape = (int(item[-1]) - lowest + 1, task.n_items)
    sums = []
    for part in (high, low):
        total = sparse.coo_array((np.repeat(part, n_met), cells), shape=shape).tocsr()
        total.sum_duplicates()
        sums.append(total)
    source = np.repeat(np.arange(lowest, lowest + shape[0]), np.diff(sums[0].indptr))
    weight = as_weights(sums[0].data, sums[1].data)
    kept = weight >= task.min_weight
    return source[kept], sums[0].indices[kept].astype(np.int64), weight[kept]
