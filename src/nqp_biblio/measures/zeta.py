"""The zeta distribution, the power law of whole numbers: fit and goodness of fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.generic]
    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["ZetaFit", "fit_zeta", "goodness_of_fit", "zeta_shares"]

_LEAST = 1.001
_STEP, _WIDE_STEP = 1e-5, 1e-3
_MIN_DIFFERENT = 2
_N_GRID = 4_000
_MAX_CANDIDATES = 50
_MIN_TAIL = 10
_MAX_SUPPORT = 1_000
_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class ZetaFit:
    """A zeta distribution fitted to numbers.

    Attributes
    ----------
    exponent, standard_error : float
        The exponent, and its error by the curvature of the likelihood.
    x_min : int
        The least number that was fitted.
    distance : float
        Kolmogorov-Smirnov distance of the distribution functions from `x_min` on.
    n : int
        How many numbers were fitted.
    """

    exponent: float
    standard_error: float
    x_min: int
    distance: float
    n: int


def zeta_shares(x: Array, exponent: float, x_min: int) -> FloatArray:
    """Return the probability of each number x >= `x_min`.

    Parameters
    ----------
    x : array of shape (n,)
        The numbers.
    exponent : float
        The exponent, above 1.
    x_min : int
        The least number.

    Returns
    -------
    array of shape (n,)
    """
    from scipy.special import zeta

    found: FloatArray = np.asarray(x, dtype=np.float64) ** -exponent / zeta(exponent, x_min)
    return found


def fit_zeta(values: IntArray, counts: IntArray, x_min: int | None) -> ZetaFit | None:
    """Fit a zeta distribution by maximum likelihood.

    Parameters
    ----------
    values : array of shape (n_values,)
        The different numbers, ascending, from 1.
    counts : array of shape (n_values,)
        How often each occurs.
    x_min : int or None
        The least number to fit; None for that of the least distance, of those from which on
        ten numbers or more are left, at most 50.

    Returns
    -------
    ZetaFit or None
        None where fewer than two different numbers are left, for which no exponent is best.

    References
    ----------
    .. [1] Clauset, A., Shalizi, C. R. & Newman, M. E. J. (2009). Power-law distributions in
       empirical data. SIAM Review 51(4), 661-703, eq. 3.5 and 3.6.
       https://doi.org/10.1137/070710111
    """
    if x_min is not None:
        return _fit_from(values, counts, x_min)
    fits = [_fit_from(values, counts, int(x)) for x in _candidates(values, counts)]
    known = [fit for fit in fits if fit is not None]
    return min(known, key=lambda fit: (fit.distance, fit.x_min), default=None)


def goodness_of_fit(
    values: IntArray, counts: IntArray, fit: ZetaFit, *, n_samples: int, seed: int, choose: bool
) -> float | None:
    """Return the share of samples of the fitted law that lie as far off or further.

    Parameters
    ----------
    values, counts : array of shape (n_values,)
        The different numbers, ascending, and how often each occurs.
    fit : ZetaFit
        Their fit.
    n_samples : int
        Samples; each has as many numbers, those below ``x_min`` drawn from the numbers below.
    seed : int
        Seed of the samples.
    choose : bool
        Choose ``x_min`` for each sample anew.

    Returns
    -------
    float or None
        None without samples.
    """
    if n_samples == 0:
        return None
    support = np.arange(1, _size_of_support(values, fit.x_min) + 1)
    shares = _shares_to_draw(values, counts, fit, support)
    beyond = math.log(len(support)) + 1 / (fit.exponent - 1)
    candidates = _candidates(values, counts) if choose else np.array([fit.x_min])
    laws = [_Law.of(int(x_min), support, beyond) for x_min in candidates]
    rng = np.random.default_rng(seed)
    further, block = 0, max(1, _CELLS // len(support))
    for start in range(0, n_samples, block):
        size = min(block, n_samples - start)
        drawn = rng.multinomial(int(counts.sum()), shares, size=size).astype(np.float64)
        distances = np.min([law.distances(drawn) for law in laws], axis=0)
        further += int((distances >= fit.distance).sum())
    return further / n_samples


@dataclass(frozen=True, slots=True)
class _Law:
    """The law from one least number on, ready to be fitted to many samples."""

    x_min: int
    logs: FloatArray
    beyond: float
    exponents: FloatArray
    mean_logs: FloatArray

    @classmethod
    def of(cls, x_min: int, support: IntArray, beyond: float) -> _Law:
        """Tabulate the mean logarithm by exponent; ``beyond`` is that of what is off support."""
        exponents = 1 + np.geomspace(_LEAST - 1, _most(x_min) - 1, _N_GRID)
        return cls(
            x_min, np.log(support[x_min - 1 :]), beyond, exponents, _mean_log(exponents, x_min)
        )

    def distances(self, drawn: FloatArray) -> FloatArray:
        """Fit each sample, and tell how far it is off; the last column is beyond support."""
        from scipy.special import zeta

        tail = drawn[:, self.x_min - 1 :]
        n = tail.sum(axis=1)
        sums = tail[:, :-1] @ self.logs + tail[:, -1] * self.beyond
        means = sums / np.maximum(n, 1)
        # the mean logarithm falls as the exponent rises
        exponents = np.interp(means, self.mean_logs[::-1], self.exponents[::-1])
        expected = np.exp(-exponents[:, None] * self.logs)
        expected /= zeta(exponents, self.x_min)[:, None]
        np.cumsum(expected, axis=1, out=expected)
        expected -= np.cumsum(tail[:, :-1], axis=1) / np.maximum(n, 1)[:, None]
        found: FloatArray = np.abs(expected).max(axis=1)
        found[n == 0] = np.inf
        return found


def _candidates(values: IntArray, counts: IntArray) -> IntArray:
    """Return the numbers from which a law may hold."""
    left = np.cumsum(counts[::-1])[::-1]
    return values[left >= _MIN_TAIL][:_MAX_CANDIDATES]


def _fit_from(values: IntArray, counts: IntArray, x_min: int) -> ZetaFit | None:
    """Fit the numbers from `x_min` on."""
    from scipy.optimize import brentq

    is_fitted = values >= x_min
    x, own = values[is_fitted], counts[is_fitted]
    if len(x) < _MIN_DIFFERENT:
        return None
    n = int(own.sum())
    mean = float(own @ np.log(x)) / n
    low, high = _LEAST, _most(x_min)
    ends = _mean_log(np.array([low, high]), x_min) - mean
    exponent = low if ends[0] <= 0 else high
    if ends[0] > 0 > ends[1]:
        exponent = brentq(lambda a: float(_mean_log(np.array([a]), x_min)[0]) - mean, low, high)
    step = min(_WIDE_STEP, (exponent - 1) / 10)
    logs = _log_zeta(exponent + step * np.array([-1, 0, 1]), x_min)
    variance = float(logs[0] - 2 * logs[1] + logs[2]) / step**2
    distance = _distance(x, own / n, exponent, x_min)
    return ZetaFit(exponent, 1 / math.sqrt(n * variance), x_min, distance, n)


def _distance(x: IntArray, shares: FloatArray, exponent: float, x_min: int) -> float:
    """Tell how far the distribution functions are apart, in gaps between numbers too."""
    from scipy.special import zeta

    observed = np.cumsum(shares)
    total = zeta(exponent, x_min)
    at = 1 - zeta(exponent, x + 1.0) / total
    before = 1 - zeta(exponent, x.astype(np.float64)) / total
    behind = np.append(0.0, observed[:-1])
    return float(max(np.abs(observed - at).max(), np.abs(behind - before).max()))


def _shares_to_draw(
    values: IntArray, counts: IntArray, fit: ZetaFit, support: IntArray
) -> FloatArray:
    """Return the probability of each number of the support, and of all beyond it."""
    n = int(counts.sum())
    shares = np.zeros(len(support) + 1)
    is_below = values < fit.x_min
    shares[values[is_below] - 1] = counts[is_below] / n
    tail = support[fit.x_min - 1 :]
    shares[fit.x_min - 1 : -1] = zeta_shares(tail, fit.exponent, fit.x_min) * (fit.n / n)
    shares[-1] = max(0.0, 1 - shares.sum())
    shares /= shares.sum()
    return shares


def _size_of_support(values: IntArray, x_min: int) -> int:
    """Return how many numbers are told apart in samples."""
    return max(min(max(4 * int(values[-1]), 100), _MAX_SUPPORT), 4 * x_min)


def _most(x_min: int) -> float:
    """Return the largest exponent that is looked for; beyond it powers of `x_min` are 0."""
    return min(60.0 + 2 * x_min, 600 / math.log(x_min)) if x_min > 1 else 60.0


def _log_zeta(exponents: FloatArray, x_min: int) -> FloatArray:
    from scipy.special import zeta

    found: FloatArray = np.log(zeta(exponents, x_min))
    return found


def _mean_log(exponents: FloatArray, x_min: int) -> FloatArray:
    """Return the mean of the logarithm under the law: the slope of -ln zeta."""
    steps = np.minimum(_STEP, (exponents - 1) / 10)
    rise = _log_zeta(exponents - steps, x_min) - _log_zeta(exponents + steps, x_min)
    found: FloatArray = rise / (2 * steps)
    return found
