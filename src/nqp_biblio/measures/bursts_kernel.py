"""The cheapest course of states of many series at once, by Viterbi's algorithm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    StateArray = NDArray[np.int8]

__all__ = ["MOST", "cheapest_states"]

MOST = 0.9999
"""No state has a higher rate, since the cost of what it rules out would be infinite."""


def cheapest_states(
    counts: IntArray, totals: IntArray, n_states: int, *, s: float, step: float
) -> tuple[StateArray, FloatArray]:
    """Find for each series the course of states that costs least.

    Parameters
    ----------
    counts : array of shape (n_items, n_years)
        Works of the year that have the item.
    totals : array of shape (n_years,)
        Works of the year.
    n_states : int
        Number of states; the rate of state i is min(s^i p0, 0.9999), p0 being the share of
        the item in all years.
    s : float
        Ratio of the rates of neighbouring states.
    step : float
        Cost of one state upwards; downwards costs nothing. All begin in state 0.

    Returns
    -------
    states : array of shape (n_items, n_years)
        The states; of equal courses the one that is lower at its end.
    gains : array of shape (n_items, n_years)
        What the year would cost more in state 0, in nats.

    Notes
    -----
    The cost of a year is minus the logarithm of the binomial probability. The binomial
    coefficient is the same in all states, so it is left out.
    """
    wanted = np.ascontiguousarray(counts, dtype=np.int64)
    found: tuple[StateArray, FloatArray] = compiled(_cheapest)(
        wanted, np.asarray(totals, dtype=np.int64), (n_states, float(s), float(step), MOST)
    )
    return found


def _cheapest(
    counts: IntArray, totals: IntArray, rule: tuple[int, float, float, float]
) -> tuple[StateArray, FloatArray]:
    """Run Viterbi's algorithm on each row."""
    n_states, s, step, most = rule
    n_items, n_years = counts.shape
    states = np.zeros((n_items, n_years), dtype=np.int8)
    gains = np.zeros((n_items, n_years))
    hit, miss = np.zeros(n_states), np.zeros(n_states)
    before, now = np.zeros(n_states), np.zeros(n_states)
    back = np.zeros((n_years, n_states), dtype=np.int8)
    for item in range(n_items):
        rate = counts[item].sum() / max(totals.sum(), 1)
        if rate == 0.0:
            continue
        for j in range(n_states):
            p = min(rate * s**j, most)
            hit[j], miss[j] = np.log(p), np.log(1.0 - p)
            before[j] = 0.0 if j == 0 else np.inf
        for t in range(n_years):
            for j in range(n_states):
                came, cost = j, before[j]
                for i in range(n_states):
                    passed = before[i] + max(j - i, 0) * step
                    if passed < cost:
                        came, cost = i, passed
                back[t, j] = came
                now[j] = cost - counts[item, t] * hit[j] - (totals[t] - counts[item, t]) * miss[j]
            before[:] = now
        state = np.argmin(before)
        for t in range(n_years - 1, -1, -1):
            j = int(state)
            states[item, t] = j
            missed = totals[t] - counts[item, t]
            gains[item, t] = counts[item, t] * (hit[j] - hit[0]) + missed * (miss[j] - miss[0])
            state = back[t, j]
    return states, gains
