"""The zeta distribution: its fit is that of a plain search, and its p is fair."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.measures.zeta import fit_zeta, goodness_of_fit, zeta_shares

numbers = st.lists(st.integers(1, 12), min_size=2, max_size=40).filter(lambda x: len(set(x)) > 1)


def _likelihood(x: list[int], exponent: float, x_min: int) -> float:
    terms = sum((x_min + n) ** -exponent for n in range(20_000))
    # what is left of the sum, by the integral from the middle of the next term
    terms += (x_min + 19_999.5) ** (1 - exponent) / (exponent - 1)
    return -exponent * sum(math.log(n) for n in x) - len(x) * math.log(terms)


@settings(max_examples=30, deadline=None)
@given(numbers)
def test_no_exponent_is_likelier(x: list[int]) -> None:
    """No exponent beside the fitted one makes the numbers likelier."""
    values, counts = np.unique(x, return_counts=True)
    fit = fit_zeta(values, counts, 1)
    assert fit is not None
    best = _likelihood(x, fit.exponent, 1)
    for step in (-0.01, 0.01):
        if fit.exponent + step > 1.01:
            assert best >= _likelihood(x, fit.exponent + step, 1) - 1e-9


def test_equations_of_the_likelihood() -> None:
    """Exponent and error fulfil eq. 3.5 and 3.6 of Clauset et al. (2009).

    The mean logarithm under the law is that observed, and the error is that of its variance.
    """
    values, counts = np.array([1, 2, 3]), np.array([60, 20, 10])
    fit = fit_zeta(values, counts, 1)
    assert fit is not None
    mean = (20 * math.log(2) + 10 * math.log(3)) / 90
    x = np.arange(1, 2_000_000, dtype=np.float64)
    shares = zeta_shares(x, fit.exponent, 1)
    under_law = float(shares @ np.log(x))
    assert under_law == pytest.approx(mean, rel=1e-5)
    spread = float(shares @ np.log(x) ** 2) - under_law**2
    assert fit.standard_error == pytest.approx(1 / math.sqrt(90 * spread), rel=1e-4)


@settings(max_examples=30, deadline=None)
@given(numbers, st.integers(1, 3))
def test_distance_by_plain_loops(x: list[int], x_min: int) -> None:
    """The distance is the largest gap of both distribution functions at any whole number."""
    values, counts = np.unique(x, return_counts=True)
    fit = fit_zeta(values, counts, x_min)
    tail = [n for n in x if n >= x_min]
    if fit is None:
        assert len(set(tail)) < 2
        return
    law = np.cumsum(zeta_shares(np.arange(x_min, 14), fit.exponent, x_min))
    gaps = [
        abs(sum(n <= limit for n in tail) / len(tail) - law[limit - x_min])
        for limit in range(x_min, 13)
    ]
    assert fit.distance == pytest.approx(max(gaps), abs=1e-9)


def test_shares_add_up() -> None:
    """The shares of all numbers are 1 together."""
    shares = zeta_shares(np.arange(3, 1_000_000), 2.5, 3)
    assert shares.sum() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("choose", [False, True])
def test_p_is_fair(choose: bool) -> None:  # noqa: FBT001
    """Of samples of the law about one in ten has a p below 0.1."""
    rng = np.random.default_rng(5)
    low = 0
    for _ in range(60):
        values, counts = np.unique(rng.zipf(2.6, 400), return_counts=True)
        fit = fit_zeta(values, counts, None if choose else 1)
        assert fit is not None
        p = goodness_of_fit(values, counts, fit, n_samples=100, seed=1, choose=choose)
        assert p is not None
        low += p < 0.1
    assert low <= 14


def test_what_is_no_law_is_found_out() -> None:
    """Numbers that rise to a peak are no power law, and p says so."""
    values, counts = np.arange(1, 8), np.array([20, 60, 100, 120, 100, 60, 20])
    fit = fit_zeta(values, counts, 1)
    assert fit is not None
    assert goodness_of_fit(values, counts, fit, n_samples=200, seed=1, choose=False) == 0


def test_least_number_is_found() -> None:
    """Where the law holds from 5 on, about that number is chosen, and the exponent is right."""
    rng = np.random.default_rng(3)
    law = rng.zipf(2.5, 60_000)
    tail = law[law >= 5]
    x = np.concatenate([rng.integers(1, 5, 4 * len(tail)), tail])
    values, counts = np.unique(x, return_counts=True)
    fit = fit_zeta(values, counts, None)
    assert fit is not None
    assert 5 <= fit.x_min <= 12
    assert fit.exponent == pytest.approx(2.5, abs=4 * fit.standard_error)


def test_one_number_has_no_fit() -> None:
    """Where all are alike no exponent is best."""
    assert fit_zeta(np.array([1]), np.array([9]), 1) is None
    assert fit_zeta(np.array([1, 2]), np.array([9, 9]), 2) is None


def test_large_least_number() -> None:
    """A law from a large number on is fitted too."""
    fit = fit_zeta(np.array([400, 401, 900]), np.array([5, 5, 5]), 400)
    assert fit is not None
    p = goodness_of_fit(
        np.array([400, 401, 900]), np.array([5, 5, 5]), fit, n_samples=50, seed=0, choose=False
    )
    assert p is not None
    assert 0 <= p <= 1
