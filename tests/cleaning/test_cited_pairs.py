"""Which nodes are compared."""

from __future__ import annotations

import numpy as np

from nqp_biblio.cleaning.cited.pairs import (
    joined_key,
    pairs_in_runs,
    representatives,
    star_pairs,
)


def _array(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_joined_keys() -> None:
    """Keys are equal where all parts are; a missing part leaves no key."""
    key, known = joined_key(_array(0, 0, 1, -1), _array(2, 2, 2, 2))
    assert known.tolist() == [True, True, True, False]
    assert key[0] == key[1] != key[2]


def test_keys_of_many_values_do_not_overflow() -> None:
    """Four parts with many values each still make distinct keys."""
    rng = np.random.default_rng(0)
    codes = [rng.integers(0, 1 << 20, 1_000) for _ in range(4)]
    key, _ = joined_key(*codes)
    assert len(set(key.tolist())) == len(set(zip(*(c.tolist() for c in codes), strict=True)))


def test_stars() -> None:
    """Each node is paired with the first of its key."""
    one, other = star_pairs(*joined_key(_array(5, 5, 7, 5)), first=_array(1, 0, 0, 2))
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [(1, 0), (1, 3)]


def test_one_node_stands_for_a_group() -> None:
    """Of the nodes of one group that share a key the fullest is compared with other groups."""
    key, known = joined_key(_array(1, 1, 1, 2))
    nodes = representatives(key, known, roots=_array(0, 0, 2, 3), fullness=_array(1, 5, 1, 1))
    assert nodes.tolist() == [1, 2]
    one, other = pairs_in_runs(nodes, key)
    assert (one.tolist(), other.tolist()) == ([1], [2])


def test_long_runs_are_cut() -> None:
    """Of a very frequent key only neighbours are compared, and all have some."""
    nodes = np.arange(500)
    one, other = pairs_in_runs(nodes, np.zeros(500, dtype=np.int64), near=(nodes,))
    assert len(one) < 500 * 100
    assert set(one.tolist()) | set(other.tolist()) == set(nodes.tolist())
    assert int((other - one).max()) < 64


def test_no_pairs_of_nothing() -> None:
    """Without nodes there are no pairs."""
    nothing = _array()
    assert [len(side) for side in pairs_in_runs(nothing, nothing)] == [0, 0]
