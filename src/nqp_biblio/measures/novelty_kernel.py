"""Pairs of cited sources, observed and in citation networks with switched references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["CitationsOfYear", "pair_scores", "switched"]

_MULTIPLIER = 0x9E3779B97F4A7C1  # spreads keys over the table; any odd number of many bits does

CitationsOfYear = tuple["IntArray", "IntArray", "IntArray", "IntArray"]
"""Of the works of one year: where the list of each begins; the cited works, list by list; the
group of each citation, from 0; and the source of each cited work."""


def pair_scores(
    citations: CitationsOfYear, *, n_samples: int, n_switches: int, rng: np.random.Generator
) -> tuple[FloatArray, IntArray]:
    """Compare how often two sources are cited together with switched citation networks.

    Parameters
    ----------
    citations : CitationsOfYear
        The citations; groups are what is switched among itself.
    n_samples, n_switches : int
        Switched networks, and tries to switch each citation in each of them.
    rng : Generator
        Where chance comes from.

    Returns
    -------
    z : array of float, shape (n_pairs,)
        Of each pair of references of each list, in the order of the lists: (observed -
        mean) / standard deviation (n - 1) of the pair of sources; nan where it does not vary.
    starts : array of int, shape (n_lists + 1,)
        Where the pairs of each list begin.
    """
    starts, item, _, source_of = citations
    n_sources = int(source_of.max(initial=0)) + 1
    sizes = np.diff(starts)
    pair_starts = np.concatenate([[0], np.cumsum(sizes * (sizes - 1) // 2)])
    keys = compiled(_pair_keys)(starts, source_of[item], n_sources, int(pair_starts[-1]))
    # as many places as a power of two, at least half of them free
    table = np.full(1 << max(4, int(2 * len(keys)).bit_length()), -1, dtype=np.int64)
    place = compiled(_enter)(keys, table, _MULTIPLIER)
    observed = np.bincount(place, minlength=len(table)).astype(np.float64)
    total, squares = np.zeros(len(table)), np.zeros(len(table))
    for _ in range(n_samples):
        drawn = switched(citations, n_switches=n_switches, rng=rng)
        found = compiled(_count_known)(
            starts, source_of[drawn], n_sources, table, _MULTIPLIER
        ).astype(np.float64)
        total += found
        squares += found * found
    mean = total / n_samples
    variance = np.maximum(squares - total * mean, 0.0) / (n_samples - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (observed - mean) / np.sqrt(variance), np.nan)
    return z[place], pair_starts


def switched(citations: CitationsOfYear, *, n_switches: int, rng: np.random.Generator) -> IntArray:
    """Switch cited works between lists, within the groups; no list gets one twice.

    Parameters
    ----------
    citations : CitationsOfYear
        The citations.
    n_switches : int
        Tries for each citation; one that would give a list the same work twice is left out.
    rng : Generator
        Where chance comes from.

    Returns
    -------
    array of int, shape (n_citations,)
        The cited works after that, list by list.
    """
    starts, item, group, _ = citations
    drawn = item.copy()
    members = np.argsort(group, kind="stable")
    begins = np.concatenate([[0], np.cumsum(np.bincount(group))])
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    for _ in range(n_switches):
        compiled(_switch)(drawn, rng.random(len(item)), (starts, row), (group, members, begins))
    return drawn


def _pair_keys(starts: IntArray, source: IntArray, n_sources: int, n_pairs: int) -> IntArray:
    """Return a number for the sources of each pair of references of each list."""
    keys = np.empty(n_pairs, dtype=np.int64)
    at = 0
    for row in range(len(starts) - 1):
        for i in range(starts[row], starts[row + 1]):
            for j in range(i + 1, starts[row + 1]):
                low, high = min(source[i], source[j]), max(source[i], source[j])
                keys[at] = low * n_sources + high
                at += 1
    return keys


def _enter(keys: IntArray, table: IntArray, multiplier: int) -> IntArray:
    """Put keys into a table of free places, and return the place of each."""
    place = np.empty(len(keys), dtype=np.int64)
    mask = len(table) - 1
    for i in range(len(keys)):
        key = keys[i]
        slot = ((key * multiplier) >> 20) & mask
        while table[slot] not in (-1, key):
            slot = (slot + 1) & mask
        table[slot] = key
        place[i] = slot
    return place


def _count_known(
    starts: IntArray, source: IntArray, n_sources: int, table: IntArray, multiplier: int
) -> IntArray:
    """Count the pairs of references of lists by the place of their sources in the table."""
    counts = np.zeros(len(table), dtype=np.int64)
    mask = len(table) - 1
    for row in range(len(starts) - 1):
        for i in range(starts[row], starts[row + 1]):
            for j in range(i + 1, starts[row + 1]):
                low, high = min(source[i], source[j]), max(source[i], source[j])
                key = low * n_sources + high
                slot = ((key * multiplier) >> 20) & mask
                while table[slot] not in (-1, key):
                    slot = (slot + 1) & mask
                if table[slot] == key:
                    counts[slot] += 1
    return counts


def _switch(
    drawn: IntArray,
    chance: FloatArray,
    lists: tuple[IntArray, IntArray],
    groups: tuple[IntArray, IntArray, IntArray],
) -> None:
    """Try to switch each citation once with another of its group."""
    starts, row = lists
    group, members, begins = groups
    for i in range(len(drawn)):
        begin, stop = begins[group[i]], begins[group[i] + 1]
        j = members[begin + int(chance[i] * (stop - begin))]
        mine, other = drawn[i], drawn[j]
        if row[i] == row[j] or mine == other:
            continue
        fits = True
        for place, new in ((i, other), (j, mine)):
            k, last = starts[row[place]], starts[row[place] + 1]
            while k < last and drawn[k] != new:
                k += 1
            if k < last:
                fits = False
                break
        if fits:
            drawn[i], drawn[j] = other, mine
