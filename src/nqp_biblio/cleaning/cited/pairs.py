"""Pairs of nodes worth comparing: those that share a key, one node for each group and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["joined_key", "pairs_in_runs", "representatives", "star_pairs"]

_LONGEST_RUN = 64
_MANY = 1 << 62


def joined_key(*codes: IntArray) -> tuple[IntArray, BoolArray]:
    """Make one key of several codes.

    Parameters
    ----------
    *codes : array of int
        Codes from 0, or -1 for none.

    Returns
    -------
    key : array of int
        Equal where all codes are.
    known : array of bool
        Whether none of the codes is missing.
    """
    known = np.ones(len(codes[0]), dtype=bool)
    key = np.zeros(len(codes[0]), dtype=np.int64)
    size = 1
    for code in codes:
        known &= code >= 0
        n_values = int(code.max(initial=0)) + 1
        if size > _MANY // max(n_values, 1):
            _, key = np.unique(key, return_inverse=True)
            size = int(key.max(initial=0)) + 1
        key = key * n_values + np.maximum(code, 0)
        size *= n_values
    return key, known


def star_pairs(key: IntArray, known: BoolArray, *, first: IntArray) -> tuple[IntArray, IntArray]:
    """Pair each node that shares a key with the first of them.

    Parameters
    ----------
    key, known : array
        From `joined_key`.
    first : array of int
        Order of the nodes of one key; the smallest is the first.
    """
    nodes = np.flatnonzero(known)
    order = nodes[np.lexsort((first[nodes], key[nodes]))]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = key[order][1:] != key[order][:-1]
    leader = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
    return leader[~begins], order[~begins]


def representatives(
    key: IntArray, known: BoolArray, *, roots: IntArray, fullness: IntArray
) -> IntArray:
    """Choose for each key and group the fullest node, where a key has several groups.

    Returns
    -------
    array of int
        Nodes sorted by key.
    """
    nodes = np.flatnonzero(known)
    order = nodes[np.lexsort((nodes, -fullness[nodes], roots[nodes], key[nodes]))]
    keys, groups = key[order], roots[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (keys[1:] != keys[:-1]) | (groups[1:] != groups[:-1])
    chosen = order[begins]
    return chosen[_in_runs(key[chosen])]


def pairs_in_runs(
    nodes: IntArray, key: IntArray, *, near: Sequence[IntArray] = ()
) -> tuple[IntArray, IntArray]:
    """Pair all nodes of each key.

    Parameters
    ----------
    nodes : array of int
        Sorted by key, each key at least twice.
    key : array of int
        Key of every node.
    near : sequence of array, optional
        What puts the nodes of a long run in order, as only neighbours are paired there.

    Returns
    -------
    one, other : array of int
        A run of more than 64 is cut into runs of 64, half overlapping.
    """
    if not len(nodes):
        return nodes, nodes
    sizes = _sizes(key[nodes])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    found: list[tuple[IntArray, IntArray]] = []
    for size in np.unique(sizes[sizes <= _LONGEST_RUN]).tolist():
        runs = nodes[starts[sizes == size][:, None] + np.arange(size)]
        found.append(_all_pairs(runs))
    for start, size in zip(
        starts[sizes > _LONGEST_RUN].tolist(), sizes[sizes > _LONGEST_RUN].tolist(), strict=True
    ):
        run = nodes[start : start + size]
        run = run[np.lexsort((run, *(order[run] for order in near)))]
        step = _LONGEST_RUN // 2
        starts_of_cuts = range(0, size - step, step)
        found += [_all_pairs(run[None, at : at + _LONGEST_RUN]) for at in starts_of_cuts]
    one = np.concatenate([pair[0] for pair in found])
    other = np.concatenate([pair[1] for pair in found])
    return np.minimum(one, other), np.maximum(one, other)


def _all_pairs(runs: IntArray) -> tuple[IntArray, IntArray]:
    """Pair each column of a table with each later one."""
    first, second = np.triu_indices(runs.shape[1], k=1)
    return runs[:, first].ravel(), runs[:, second].ravel()


def _in_runs(key: IntArray) -> BoolArray:
    """Tell of sorted keys those that stand beside an equal one."""
    same = key[1:] == key[:-1]
    return np.concatenate((same, [False])) | np.concatenate(([False], same)) if len(key) else same


def _sizes(key: IntArray) -> IntArray:
    """Return the lengths of the runs of equal sorted keys."""
    ends = np.flatnonzero(np.concatenate((key[1:] != key[:-1], [True])))
    return np.diff(np.concatenate(([-1], ends)))
