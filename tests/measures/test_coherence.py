"""How well the terms of a theme go together."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.coherence import theme_coherence


@settings(max_examples=50, deadline=None)
@given(
    arrays(np.int64, st.tuples(st.integers(1, 8), st.integers(2, 4)), elements=st.integers(0, 1))
)
def test_against_a_walk_over_pairs(has: np.ndarray) -> None:
    """Both are those of the definitions, pair by pair."""
    assume(has.sum(axis=0).all())
    n, terms = has.shape[0], list(range(has.shape[1]))
    npmi, umass = [], []
    for first, second in itertools.combinations(terms, 2):
        both = int((has[:, first] & has[:, second]).sum())
        share = both / n
        chance = has[:, first].mean() * has[:, second].mean()
        told = {0.0: -1.0, 1.0: 1.0}.get(share)
        npmi.append(math.log(share / chance) / -math.log(share) if told is None else told)
        umass.append(math.log((both + 1) / has[:, first].sum()))
    counts = sparse.csr_array(has.astype(float))
    assert theme_coherence(counts, terms, "npmi") == pytest.approx(np.mean(npmi))
    assert theme_coherence(counts, terms, "umass") == pytest.approx(np.mean(umass))


def test_a_theme_of_one_term() -> None:
    """A single term goes together with nothing."""
    assert theme_coherence(sparse.csr_array(np.ones((1, 1))), [0], "npmi") is None


def test_a_coherence_that_there_is_not() -> None:
    """It is named."""
    with pytest.raises(UnknownNameError, match="coherence"):
        theme_coherence(sparse.csr_array(np.ones((1, 2))), [0, 1], "cv")
