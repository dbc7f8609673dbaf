"""How fast the number of works a year grows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.production import annual_counts
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]
    Slope = tuple[float, float, float]

__all__ = ["annual_growth"]

_COLUMNS = (
    *("method", "annual_growth_percent", "low", "high", "log_growth", "standard_error"),
    *("doubling_time_years", "r_squared", "n_years"),
)
_MIN_YEARS = 3
_STEPS = 100
_NEAR = 1e-12
_REFERENCE = (
    "Bornmann, L., Haunschild, R. & Mutz, R. (2021). Growth rates of modern science. Humanities"
    " and Social Sciences Communications 8, 224. https://doi.org/10.1057/s41599-021-00903-w"
)


def annual_growth(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Estimate the annual growth of the number of works, in three ways.

    Parameters
    ----------
    corpus : Corpus
        The corpus. Works without a year do not count.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        A row for each of three ways, with ``method``, ``annual_growth_percent``, ``low`` and
        ``high`` (interval of 95 %), ``log_growth`` (natural logarithm of the factor a year),
        its ``standard_error``, ``doubling_time_years`` (negative: years in which the number
        halves; None where it stays), ``r_squared`` and ``n_years`` used.

        - ``compound``: from the first and the last year alone, (last/first)^(1/years) - 1.
        - ``log-linear``: least squares of ln(works) on the year; years without works have no
          logarithm and are left out.
        - ``poisson``: works as counts whose mean grows by one factor a year, years without
          works among them; the standard error is that of a quasi-Poisson model, which allows
          for more spread than chance.

        What needs more years than there are is None: two for a rate, three for an interval.
        A last year that is not over lowers all of them; leave it out with `as_of`.

    References
    ----------
    .. [1] Bornmann, L., Haunschild, R. & Mutz, R. (2021). Growth rates of modern science.
       Humanities and Social Sciences Communications 8, 224.
       https://doi.org/10.1057/s41599-021-00903-w
    .. [2] McCullagh, P. & Nelder, J. A. (1989). Generalized Linear Models. 2nd ed. Chapman &
       Hall, ch. 6.

    Examples
    --------
    >>> nb.annual_growth(corpus).frame  # doctest: +SKIP
    """
    corpus, year = until(corpus, as_of)
    first, counts, undated = annual_counts(corpus)
    works = counts.astype(np.float64)
    years = np.arange(len(works), dtype=np.float64)
    with_works = works > 0
    logs = np.log(works[with_works])
    rows = [
        _row("compound", _compound(works), 2),
        _row("log-linear", _least_squares(years[with_works], logs), len(logs)),
        _row("poisson", _poisson(years, works), len(works)),
    ]
    manifest: dict[str, object] = {
        "measure": "annual growth",
        "as_of": year,
        "first_year": first if len(works) else None,
        "last_year": first + len(works) - 1 if len(works) else None,
        "n_years_without_works": int((~with_works).sum()),
        "n_without": undated,
        "reason": "works without a year",
        "interval": "95 %, Student's t",
        "reference": _REFERENCE,
    }
    return Result(_COLUMNS, rows, manifest)


def _row(method: str, slope: Slope | None, n_years: int) -> tuple[object, ...]:
    """Make a row of the slope of the logarithm, its standard error and R2."""
    if slope is None:
        return (method, *[None] * (len(_COLUMNS) - 2), n_years)
    log_growth, error, r_squared = slope
    low, high = None, None
    if not math.isnan(error):
        from scipy.special import stdtrit

        reach = float(stdtrit(n_years - 2, 0.975)) * error
        low, high = _percent(log_growth - reach), _percent(log_growth + reach)
    doubling = math.log(2) / log_growth if abs(log_growth) > _NEAR else None
    known = [None if math.isnan(value) else value for value in (error, r_squared)]
    return (
        method,
        _percent(log_growth),
        low,
        high,
        log_growth,
        known[0],
        doubling,
        known[1],
        n_years,
    )


def _percent(log_growth: float) -> float:
    return 100 * math.expm1(log_growth)


def _compound(works: FloatArray) -> Slope | None:
    """Compare the last year with the first."""
    if len(works) < _MIN_YEARS - 1:
        return None
    return float(math.log(works[-1] / works[0]) / (len(works) - 1)), math.nan, math.nan


def _least_squares(x: FloatArray, y: FloatArray) -> Slope | None:
    """Fit a line: slope, its standard error and R2."""
    if len(x) < _MIN_YEARS - 1:
        return None
    from_mean = x - x.mean()
    spread = float(from_mean @ from_mean)
    slope = float(from_mean @ y) / spread
    left = y - y.mean() - slope * from_mean
    total = float(((y - y.mean()) ** 2).sum())
    unexplained = float(left @ left)
    r_squared = 1 - unexplained / total if total > 0 else math.nan
    error = math.nan
    if len(x) >= _MIN_YEARS:
        error = math.sqrt(unexplained / (len(x) - 2) / spread)
    return slope, error, r_squared


def _poisson(x: FloatArray, y: FloatArray) -> Slope | None:
    """Fit ln(mean) = a + b x to counts by Newton's method: b and its quasi-Poisson error."""
    if len(x) < _MIN_YEARS - 1:
        return None
    design = np.column_stack([np.ones_like(x), x - x.mean()])
    # a start from shifted logarithms, which zeros have too
    start = _least_squares(x, np.log(y + 0.5))
    theta = np.array([math.log(y.mean()), start[0] if start else 0.0])
    for _ in range(_STEPS):
        mean = np.exp(design @ theta)
        step = np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (y - mean))
        theta += np.clip(step, -1, 1)
        if np.abs(step).max() < _NEAR:
            break
    mean = np.exp(design @ theta)
    if len(x) < _MIN_YEARS:
        return float(theta[1]), math.nan, math.nan
    dispersion = float(((y - mean) ** 2 / mean).sum()) / (len(x) - 2)
    covariance = np.linalg.inv(design.T @ (design * mean[:, None])) * dispersion
    total = float(((y - y.mean()) ** 2).sum())
    r_squared = 1 - float(((y - mean) ** 2).sum()) / total if total > 0 else math.nan
    return float(theta[1]), math.sqrt(float(covariance[1, 1])), r_squared
