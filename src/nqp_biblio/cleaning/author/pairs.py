"""Pairs of mentions that may be one person, and what speaks for each pair."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.cleaning.author.evidence import Evidence
    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.cleaning.author.rarity import NamePairs

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["FEATURES", "describe_pairs", "find_pairs"]

FEATURES: tuple[str, ...] = (
    *("names", "loose", "coauthors", "emails", "addresses", "no-address", "places"),
    *("references", "self-citations", "venues", "terms", "years"),
)
"""Columns of what is known of a pair."""

_MOST_PAIRS = 20_000
_MOST_IN_GROUP = 50
_CHUNK = 100_000
_LONGEST_GAP = 30.0


def find_pairs(
    mentions: Mentions, evidence: Evidence, names: NamePairs, *, is_sure: NDArray[np.bool_]
) -> tuple[IntArray, IntArray, IntArray]:
    """Find the pairs of mentions to look at.

    Parameters
    ----------
    mentions, evidence : Mentions, Evidence
        The mentions and what they have around them.
    names : NamePairs
        The pairs of names that do not contradict each other.
    is_sure : array of shape (n_name_pairs,)
        Where the names alone are enough: such mentions are chained, not all compared.

    Returns
    -------
    one, other, pair : array of shape (n_pairs,)
        Two mentions, and the row of their names in `names`. Of a pair of names with very
        many mentions those are taken that share a co-author, an e-mail address, a part of an
        address or a citation which few of them have.
    """
    by_name: dict[int, list[int]] = defaultdict(list)
    for mention, name in enumerate(mentions.name.tolist()):
        by_name[name].append(mention)
    few = array("q")
    for row, (a, b) in enumerate(zip(names.one.tolist(), names.other.tolist(), strict=True)):
        mine, yours = by_name[a], by_name[b]
        pairs: Iterable[tuple[int, int]]
        if is_sure[row]:
            pairs = pairwise(mine) if a == b else zip(mine, yours, strict=False)
        elif len(mine) * len(yours) <= _MOST_PAIRS:
            pairs = combinations(mine, 2) if a == b else product(mine, yours)
        else:
            pairs = _sharing(evidence, mentions, mine, yours)
        for one, other in pairs:
            few.extend((one, other, row))
    found = np.array(few, dtype=np.int64).reshape(-1, 3)
    team = mentions.team
    found = found[team[found[:, 0]] != team[found[:, 1]]]
    return found[:, 0], found[:, 1], found[:, 2]


def describe_pairs(
    mentions: Mentions, evidence: Evidence, names: NamePairs, *, pairs: tuple[IntArray, ...]
) -> FloatArray:
    """Say what speaks for each pair.

    Parameters
    ----------
    mentions, evidence, names : Mentions, Evidence, NamePairs
        As in ``find_pairs``.
    pairs : tuple of array
        What ``find_pairs`` gives.

    Returns
    -------
    array of shape (n_pairs, n_features)
        Columns as in ``FEATURES``: log of the expected number of others with the name, with
        its sign turned; 1 where the family names agree but loosely; log(1 + sum of weights)
        of what is shared; 1 where both addresses are known and share nothing; decades
        between the works, at most 3.
    """
    one, other, row = pairs
    columns = np.zeros((len(one), len(FEATURES)))
    at = {name: index for index, name in enumerate(FEATURES)}
    columns[:, at["names"]] = -np.log(names.others[row])
    columns[:, at["loose"]] = names.is_loose[row]
    for start in range(0, len(one), _CHUNK):
        part = slice(start, start + _CHUNK)
        i, j = one[part], other[part]
        a, b = mentions.work[i], mentions.work[j]
        for name, table in evidence.of_mentions.items():
            columns[part, at[name]] = np.log1p(_shared(table, i, j))
        for name, table in evidence.of_works.items():
            columns[part, at[name]] = np.log1p(_shared(table, a, b))
        columns[part, at["self-citations"]] = _cites(evidence.cites, a, b)
        addresses = evidence.of_mentions["addresses"]
        known = np.diff(addresses.indptr) > 0
        shares_none = columns[part, at["addresses"]] == 0
        columns[part, at["no-address"]] = known[i] & known[j] & shares_none
        gap = np.nan_to_num(np.abs(mentions.year[a] - mentions.year[b]))
        columns[part, at["years"]] = gap.clip(max=_LONGEST_GAP) / 10.0
    return columns


def _shared(table: sparse.csr_array, i: IntArray, j: IntArray) -> FloatArray:
    """Return the sum of weights of what two rows share."""
    return np.asarray(table[i].multiply(table[j]).sum(axis=1), dtype=np.float64).ravel()


def _cites(table: sparse.csr_array, a: IntArray, b: IntArray) -> FloatArray:
    """Return 1 where two works cite each other."""
    if not table.nnz or not len(a):
        return np.zeros(len(a))
    return np.asarray(table[a, b], dtype=np.float64).ravel()


def _sharing(
    evidence: Evidence, mentions: Mentions, mine: list[int], yours: list[int]
) -> list[tuple[int, int]]:
    """Return pairs of many mentions that share something which few of them have."""
    a, b = np.array(mine), np.array(yours)
    found: set[tuple[int, int]] = set()
    for name in ("coauthors", "emails", "addresses"):
        table = evidence.of_mentions[name]
        found.update(_meeting(table[a], table[b]))
    for table in (evidence.of_works["references"], evidence.cites):
        found.update(_meeting(table[mentions.work[a]], table[mentions.work[b]]))
    pairs = {(int(a[i]), int(b[j])) for i, j in found if a[i] != b[j]}
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _meeting(left: sparse.csr_array, right: sparse.csr_array) -> list[tuple[int, int]]:
    """Return the rows of two tables that share a column which few rows have."""
    from scipy import sparse

    df = np.maximum(*(np.bincount(t.indices, minlength=t.shape[1]) for t in (left, right)))
    rare = sparse.diags_array((df <= _MOST_IN_GROUP).astype(np.float64))
    met = sparse.coo_array(sparse.csr_array(left @ rare) @ right.T)
    kept = met.data > 0
    i, j = met.coords
    return list(zip(i[kept].tolist(), j[kept].tolist(), strict=True))
