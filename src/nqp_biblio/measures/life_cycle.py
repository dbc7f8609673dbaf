"""The life cycle of a field: growth to saturation, fitted to the works of each year."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.production import annual_counts
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]

__all__ = ["CurveName", "life_cycle", "life_cycle_curve"]

CurveName = Literal["logistic", "gompertz"]
"""The logistic curve is symmetric about its midpoint; Gompertz's slows down over a longer time."""

_MIN_YEARS = 5
_TIMES_OF_WORKS = (1.5, 4.0, 20.0)
_FAR = 10
_ENDLESS = 1_000
_WIDE = math.log(1e6)
_SMALL = 1e-6
_REFERENCES = {
    "logistic": "Meyer, P. S., Yung, J. W. & Ausubel, J. H. (1999). A primer on logistic growth and"
    " substitution. Technological Forecasting and Social Change 61(3), 247-271."
    " https://doi.org/10.1016/S0040-1625(99)00021-9",
    "gompertz": "Winsor, C. P. (1932). The Gompertz curve as a growth curve. PNAS 18(1), 1-8."
    " https://doi.org/10.1073/pnas.18.1.1",
}


@dataclass(frozen=True, slots=True)
class _Curve:
    """A curve from 0 to 1: the share reached, its derivative, and the time of a share."""

    share: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]
    when: Callable[[float], float]

    @property
    def width(self) -> float:
        """Time from a tenth to nine tenths."""
        return self.when(0.9) - self.when(0.1)


def _logistic(z: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


def _gompertz(z: FloatArray) -> FloatArray:
    return np.exp(-np.exp(-np.clip(z, -700, 700)))


_CURVES = {
    "logistic": _Curve(
        _logistic, lambda z: _logistic(z) * _logistic(-z), lambda q: math.log(q / (1 - q))
    ),
    "gompertz": _Curve(
        _gompertz,
        lambda z: np.exp(-np.clip(z, -700, 700)) * _gompertz(z),
        lambda q: -math.log(-math.log(q)),
    ),
}


@dataclass(frozen=True, slots=True)
class _Fit:
    """ln K, midpoint and ln duration, with their covariance; nothing where there is no fit."""

    theta: FloatArray
    covariance: FloatArray


def life_cycle(
    corpus: Corpus,
    *,
    model: CurveName = "logistic",
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Fit a growth curve to the works of each year: saturation, midpoint, duration.

    The cumulated works up to the middle of year t are K S(c (t - tm) / d): K works in the end,
    midpoint tm, d years from a tenth to nine tenths of K. The works of a year are the rise of
    the curve in it, and are fitted by least squares; cumulated works are not fitted, since
    their errors add up from year to year and the intervals would be far too narrow.

    Parameters
    ----------
    corpus : Corpus
        The corpus. Works without a year do not count; years without works count as 0.
    model : {"logistic", "gompertz"}
        The curve. At the midpoint (year of most works) the logistic curve has reached K/2,
        Gompertz's K/e.
    like : {"bibliometrix"}, optional
        Fit the derivative of the logistic curve at each year that has works, as bibliometrix
        does: years without works are left out, K is at most ten times the works so far, and
        the midpoint counts from 1 in the first year. Where that bound is reached, K is the
        bound and no estimate; the manifest says so. There are no intervals.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``parameter``, ``estimate``, ``low`` and ``high`` (interval of 95 %, by the
        covariance of the fit, on the logarithm for what is positive; None where the data do
        not bound it). Rows: ``saturation`` (works), ``midpoint_year``, ``duration_years``
        (from a tenth to nine tenths), ``peak_works`` (of the midpoint's year), ``year_10``,
        ``year_90`` and ``year_99`` percent, ``r_squared`` (of the works of each year). With
        `like` ``midpoint_index`` too.
        The estimates are None with a ``reason`` in the manifest for fewer than five years,
        where no curve fits, and where growth without end fits as well: K leaves all bounds
        (a thousand times the works so far, or an interval over a factor of a million). A
        ``warning`` says where the curve is an extrapolation: the midpoint lies behind the
        last year, or K is more than ten times the works so far.

    Raises
    ------
    UnknownNameError
        If there is no such model or convention.
    OptionError
        If `like` is asked with another curve than the logistic.

    References
    ----------
    .. [1] Meyer, P. S., Yung, J. W. & Ausubel, J. H. (1999). A primer on logistic growth and
       substitution. Technological Forecasting and Social Change 61(3), 247-271.
       https://doi.org/10.1016/S0040-1625(99)00021-9
    .. [2] Winsor, C. P. (1932). The Gompertz curve as a growth curve. PNAS 18(1), 1-8.
       https://doi.org/10.1073/pnas.18.1.1

    Examples
    --------
    >>> nb.life_cycle(corpus, model="gompertz").frame  # doctest: +SKIP
    """
    _check(model, like)
    corpus, year = until(corpus, as_of)
    first, counts, undated = annual_counts(corpus)
    works = counts.astype(np.float64)
    manifest: dict[str, object] = {
        "measure": "life cycle",
        "model": model,
        "like": like,
        "as_of": year,
        "n_years": len(works),
        "n_without": undated,
        "reference": _REFERENCES[model],
    }
    years = np.arange(first, first + len(works), dtype=np.float64)
    if like is not None:
        used = works > 0
        fit = _fit_like_bibliometrix(years[used], works[used])
        return _table(model, fit, (years[used], works[used]), manifest)
    return _table(model, _fit(model, years, works), (years, works), manifest)


def life_cycle_curve(
    corpus: Corpus, *, model: CurveName = "logistic", years_ahead: int = 0, as_of: AsOf = None
) -> Result:
    """Give the works of each year beside the fitted growth curve.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    model : {"logistic", "gompertz"}
        The curve of ``life_cycle``.
    years_ahead : int
        So many years behind the last one are added, for which only the curve is known.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``publication_year``, ``n_works``, ``fitted``, ``cumulative`` and
        ``fitted_cumulative`` (at the end of the year); the fitted ones are None where no
        curve fits.

    Raises
    ------
    UnknownNameError
        If there is no such model.
    OptionError
        If `years_ahead` is negative.

    Examples
    --------
    >>> nb.life_cycle_curve(corpus, years_ahead=5).frame  # doctest: +SKIP
    """
    _check(model, None)
    if years_ahead < 0:
        raise OptionError(f"years_ahead is {years_ahead}; it must be 0 or more")
    corpus, year = until(corpus, as_of)
    first, counts, _ = annual_counts(corpus)
    n_ahead = years_ahead if len(counts) else 0
    works = np.append(counts.astype(np.float64), np.full(n_ahead, np.nan))
    years = np.arange(first, first + len(works))
    fit = _fit(model, years[: len(counts)].astype(np.float64), works[: len(counts)])
    fitted = np.full((2, len(works)), np.nan)
    if fit is not None:
        fitted[0] = _annual(model, years, *fit.theta)
        fitted[1] = _cumulative(model, years + 0.5, *fit.theta)
    columns = {
        "publication_year": years,
        "n_works": [*counts.tolist(), *[None] * n_ahead],
        "fitted": fitted[0],
        "cumulative": [*np.cumsum(counts).tolist(), *[None] * n_ahead],
        "fitted_cumulative": fitted[1],
    }
    manifest: dict[str, object] = {
        "measure": "life cycle, curve",
        "model": model,
        "as_of": year,
        "years_ahead": years_ahead,
        "reference": _REFERENCES[model],
    }
    return Result.of_columns(columns, manifest)


def _check(model: str, like: str | None) -> None:
    """Refuse what is not known."""
    if model not in _CURVES:
        raise UnknownNameError("model", model, get_args(CurveName))
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if like is not None and model != "logistic":
        raise OptionError("like='bibliometrix' knows the logistic curve only")


def _cumulative(
    model: str, years: NDArray[Any], log_k: float, middle: float, log_duration: float
) -> FloatArray:
    """Works up to a moment."""
    curve = _CURVES[model]
    pace = curve.width / math.exp(log_duration)
    found: FloatArray = math.exp(log_k) * curve.share(pace * (years - middle))
    return found


def _annual(
    model: str, years: NDArray[Any], log_k: float, middle: float, log_duration: float
) -> FloatArray:
    """Works of each year: the rise from half a year before its middle to half a year after."""
    theta = (log_k, middle, log_duration)
    return _cumulative(model, years + 0.5, *theta) - _cumulative(model, years - 0.5, *theta)


def _fit(model: str, years: FloatArray, works: FloatArray) -> _Fit | None:
    """Fit a curve from several starts, and keep the one that is nearest."""
    if len(works) < _MIN_YEARS:
        return None
    from scipy.optimize import curve_fit

    n_years, total = len(works), works.sum()
    middles = (years[int(np.argmax(works))], years[-1], years[-1] + n_years / 2)
    starts = [
        (math.log(times * total), middle, math.log(n_years))
        for times in _TIMES_OF_WORKS
        for middle in middles
    ]
    low = (0.0, years[0] - 10 * n_years, math.log(0.5))
    high = (math.log(_ENDLESS * total), years[-1] + 10 * n_years, math.log(20 * n_years))
    best: tuple[float, _Fit] | None = None
    for start in starts:
        with warnings.catch_warnings():
            # a covariance that cannot be told comes as infinite, with a warning
            warnings.simplefilter("ignore")
            try:
                theta, covariance = curve_fit(
                    lambda t, *theta: _annual(model, t, *theta),
                    years,
                    works,
                    start,
                    bounds=(low, high),
                    max_nfev=2000,
                )
            except RuntimeError:
                continue  # this start leads nowhere
        left = float(((works - _annual(model, years, *theta)) ** 2).sum())
        if best is None or left < best[0] * (1 - 1e-9):
            best = (left, _Fit(theta, covariance))
    return best[1] if best else None


def _fit_like_bibliometrix(years: FloatArray, works: FloatArray) -> _Fit | None:
    """Fit the derivative within bibliometrix's bounds."""
    if len(works) < _MIN_YEARS:
        return None
    from scipy.optimize import least_squares

    t = years - years[0] + 1
    total = works.sum()
    many = t[works > works.max() / 10]
    start = (2.5 * total, t[int(np.argmax(works))], max(1.0, (many[-1] - many[0]) / 2))
    low, high = (1.01 * total, t[0] / 2, 0.1), (10 * total, 3 * t[-1], 5.0 * len(t))

    def left(p: FloatArray) -> FloatArray:
        """Return what a curve leaves."""
        return _derivative(t, p[0], p[1], p[2]) - works

    found = least_squares(
        left,
        np.clip(start, low, high),
        bounds=(low, high),
        x_scale=(total, 1.0, 1.0),
        xtol=1e-15,
        ftol=1e-15,
        gtol=1e-15,
    )
    k, middle, duration = found.x
    theta = np.array([math.log(k), middle + years[0] - 1, math.log(duration)])
    return _Fit(theta, np.full((3, 3), np.inf))


def _derivative(t: FloatArray, k: float, middle: float, duration: float) -> FloatArray:
    pace = math.log(81) / duration
    return k * pace * _CURVES["logistic"].slope(pace * (t - middle))


def _table(
    model: str, fit: _Fit | None, data: tuple[FloatArray, FloatArray], manifest: dict[str, object]
) -> Result:
    """Make rows of a fit, with intervals."""
    years, works = data
    figures = _FIGURES
    if manifest["like"]:
        figures = {**figures, "midpoint_index": (lambda _, p: float(p[1] - years[0] + 1), False)}
    rows: list[tuple[Any, ...]] = [(name, None, None, None) for name in figures]
    if reason := _reason(model, fit, works):
        manifest["reason"] = reason
    elif fit is not None:
        rows = [
            (name, *_interval(partial(of, model), fit, len(works), is_positive=is_positive))
            for name, (of, is_positive) in figures.items()
        ]
        manifest["warning"] = _warning(fit, years, works)
    explained = _r_squared(model, fit, data, like=bool(manifest["like"])) if fit else None
    rows.append(("r_squared", explained, None, None))
    return Result(("parameter", "estimate", "low", "high"), rows, manifest)


def _reason(model: str, fit: _Fit | None, works: FloatArray) -> str | None:
    """Say why there are no estimates."""
    if len(works) < _MIN_YEARS:
        return f"years: {len(works)}; a curve needs {_MIN_YEARS}"
    if fit is None:
        return f"no {model} curve fits"
    times = math.exp(fit.theta[0]) / float(works.sum())
    error = math.sqrt(fit.covariance[0, 0]) if np.isfinite(fit.covariance[0, 0]) else 0.0
    if times > 0.99 * _ENDLESS or 2 * error > _WIDE:
        return "the works show no sign of saturation: growth without end fits as well"
    return None


def _r_squared(
    model: str, fit: _Fit, data: tuple[FloatArray, FloatArray], *, like: bool
) -> float | None:
    """Give the share of the variance of the works of each year that a curve explains."""
    years, works = data
    log_k, middle, log_duration = fit.theta
    fitted = _annual(model, years, log_k, middle, log_duration)
    if like:
        fitted = _derivative(years, math.exp(log_k), middle, math.exp(log_duration))
    total = float(((works - works.mean()) ** 2).sum())
    return 1 - float(((works - fitted) ** 2).sum()) / total if total else None


def _peak(model: str, theta: FloatArray) -> float:
    curve = _CURVES[model]
    pace = curve.width / math.exp(theta[2])
    return float(math.exp(theta[0]) * pace * curve.slope(np.zeros(1))[0])


def _year_of(model: str, theta: FloatArray, share: float) -> float:
    curve = _CURVES[model]
    return float(theta[1] + math.exp(theta[2]) / curve.width * curve.when(share))


_FIGURES: dict[str, tuple[Callable[[str, FloatArray], float], bool]] = {
    "saturation": (lambda _, p: math.exp(p[0]), True),
    "midpoint_year": (lambda _, p: float(p[1]), False),
    "duration_years": (lambda _, p: math.exp(p[2]), True),
    "peak_works": (_peak, True),
    "year_10": (lambda model, p: _year_of(model, p, 0.1), False),
    "year_90": (lambda model, p: _year_of(model, p, 0.9), False),
    "year_99": (lambda model, p: _year_of(model, p, 0.99), False),
}


def _interval(
    figure: Callable[[FloatArray], float], fit: _Fit, n_years: int, *, is_positive: bool
) -> tuple[float, float | None, float | None]:
    """Give a figure with its interval by the delta method."""
    from scipy.special import stdtrit

    estimate = figure(fit.theta)
    if not np.isfinite(fit.covariance).all():
        return estimate, None, None

    def scaled(theta: FloatArray) -> float:
        """Return the figure on the scale on which its interval is symmetric."""
        return math.log(figure(theta)) if is_positive else figure(theta)

    steps = np.eye(3) * _SMALL
    rises = [scaled(fit.theta + step) - scaled(fit.theta - step) for step in steps]
    gradient = np.array(rises) / (2 * _SMALL)
    variance = float(gradient @ fit.covariance @ gradient)
    reach = float(stdtrit(n_years - 3, 0.975)) * math.sqrt(max(0.0, variance))
    if is_positive:
        return estimate, estimate * math.exp(-reach), estimate * math.exp(reach)
    return estimate, estimate - reach, estimate + reach


def _warning(fit: _Fit, years: FloatArray, works: FloatArray) -> str | None:
    """Say where a curve tells of more than the data."""
    said = []
    k, total = math.exp(fit.theta[0]), float(works.sum())
    if fit.theta[1] > years[-1]:
        said.append(
            f"the midpoint {fit.theta[1]:.1f} lies behind the last year {years[-1]:.0f}:"
            " saturation is not in the data yet, and the curve is an extrapolation"
        )
    if k >= _FAR * total * (1 - 1e-6):
        said.append(
            f"the saturation of {k:,.0f} works is {k / total:.3g} times the works so far"
            " (at the bound of ten times it is no estimate): growth without end fits as well"
        )
    return "; ".join(said) or None
