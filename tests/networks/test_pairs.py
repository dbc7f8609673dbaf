"""The counting kernel."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.pairs import Counting, count_pairs, fractions

SETS = st.lists(st.frozensets(st.integers(0, 9), max_size=6), min_size=1, max_size=12)


def _incidence(sets: list[frozenset[int]]) -> sparse.csr_array:
    matrix = np.zeros((len(sets), 10))
    for row, items in enumerate(sets):
        matrix[row, sorted(items)] = 1
    return sparse.csr_array(matrix)


@settings(deadline=None, max_examples=60)
@given(SETS, st.sampled_from(["full", "fractional"]))
def test_it_counts_as_one_does_by_hand(sets: list[frozenset[int]], counting: Counting) -> None:
    """Any sets give the counts of a plain loop."""
    expected: defaultdict[tuple[int, int], float] = defaultdict(float)
    for items in sets:
        share = 1 if counting == "full" else 1 / max(len(items) - 1, 1)
        for pair in combinations(sorted(items), 2):
            expected[pair] += share
    share_of = fractions(np.array([len(items) for items in sets]), counting)
    source, target, weight = count_pairs(_incidence(sets), share_of)
    pairs = list(zip(source.tolist(), target.tolist(), strict=True))
    assert pairs == sorted(expected)
    assert weight.tolist() == pytest.approx([expected[pair] for pair in pairs])


@settings(deadline=None, max_examples=30)
@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_sets_does_not_matter(sets: list[frozenset[int]], random: object) -> None:
    """The works may come in any order."""
    shuffled = list(sets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (count_pairs(_incidence(s), np.ones(len(s))) for s in (sets, shuffled))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_many_common_pairs_do_not_overflow() -> None:
    """A pair in 300 works counts 300, which a byte could not hold."""
    both = sparse.csr_array(np.ones((300, 2)))
    assert count_pairs(both, np.ones(300))[2].tolist() == [300.0]


def test_light_pairs_can_be_left_out() -> None:
    """min_weight is the least weight that stays."""
    works = sparse.csr_array([[1, 1, 1], [1, 0, 1]])
    source, target, weight = count_pairs(works, np.ones(2), min_weight=2)
    assert (source.tolist(), target.tolist(), weight.tolist()) == ([0], [2], [2.0])


def test_nothing_gives_nothing() -> None:
    """No items, no pairs."""
    assert [len(part) for part in count_pairs(sparse.csr_array((3, 0)), np.ones(3))] == [0, 0, 0]


def test_unknown_counting_is_refused() -> None:
    """Only full and fractional are known."""
    with pytest.raises(UnknownNameError, match="unknown counting 'half'; known: full, fractional"):
        fractions(np.array([2]), "half")  # type: ignore[arg-type]
