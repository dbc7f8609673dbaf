"""The course of states that costs least."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.measures.bursts_kernel import MOST, cheapest_states

Years = list[tuple[int, int]]


def _prices(years: Years, n_states: int, s: float) -> list[list[float]]:
    """Cost of each year in each state, without the binomial coefficient."""
    share = sum(r for r, _ in years) / sum(d for _, d in years)
    rates = [min(share * s**state, MOST) for state in range(n_states)]
    return [[-r * math.log(p) - (d - r) * math.log(1 - p) for p in rates] for r, d in years]


def _price(path: tuple[int, ...], prices: list[list[float]], step: float) -> float:
    """Cost of a course of states from state 0."""
    ups = sum(max(now - before, 0) for before, now in itertools.pairwise((0, *path)))
    return ups * step + sum(row[state] for row, state in zip(prices, path, strict=True))


def _viterbi(prices: list[list[float]], step: float) -> float:
    """Least cost of any course, by Viterbi's algorithm year by year."""
    least = [0.0 if state == 0 else math.inf for state in range(len(prices[0]))]
    for row in prices:
        least = [
            min(before + max(now - old, 0) * step for old, before in enumerate(least)) + row[now]
            for now in range(len(row))
        ]
    return min(least)


YEARS = st.lists(
    st.integers(1, 30).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
    min_size=1,
    max_size=6,
).filter(lambda years: any(r for r, _ in years))


@settings(deadline=None)
@given(YEARS, st.integers(2, 4), st.floats(1.1, 4), st.floats(0, 3))
def test_no_course_costs_less(years: Years, n_states: int, s: float, step: float) -> None:
    """Of all courses of a short series, tried one by one, none costs less."""
    counts, totals = (np.array(part) for part in zip(*years, strict=True))
    states, gains = cheapest_states(counts[None, :], totals, n_states, s=s, step=step)
    prices = _prices(years, n_states, s)
    path = tuple(states[0].tolist())
    least = min(
        _price(course, prices, step)
        for course in itertools.product(range(n_states), repeat=len(years))
    )
    assert _price(path, prices, step) == pytest.approx(least, abs=1e-9)
    expected = [row[0] - row[state] for row, state in zip(prices, path, strict=True)]
    assert gains[0] == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_many_long_series(data: st.DataObject) -> None:
    """Many series at once are each as cheap as a plain Viterbi finds."""
    n_years = data.draw(st.integers(10, 40))
    totals = data.draw(st.lists(st.integers(1, 50), min_size=n_years, max_size=n_years))
    rows = [[data.draw(st.integers(0, total)) for total in totals] for _ in range(3)]
    step = math.log(n_years)
    states, _ = cheapest_states(np.array(rows), np.array(totals), 3, s=2.0, step=step)
    for row, path in zip(rows, states.tolist(), strict=True):
        if any(row):
            prices = _prices(list(zip(row, totals, strict=True)), 3, 2.0)
            found = _price(tuple(path), prices, step)
            assert found == pytest.approx(_viterbi(prices, step), rel=1e-9)


def test_never_met() -> None:
    """A series of zeros stays in state 0; so does one of all works, and an even one."""
    totals = np.array([5, 5, 5])
    rows = np.array([[0, 0, 0], [5, 5, 5], [1, 1, 1]])
    states, gains = cheapest_states(rows, totals, 2, s=2.0, step=math.log(3))
    assert not states.any()
    assert not gains.any()
