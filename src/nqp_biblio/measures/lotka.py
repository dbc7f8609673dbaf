"""Lotka's law: how many authors have written one work, two works, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.owned import owned_totals
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.zeta import ZetaFit, fit_zeta, goodness_of_fit, zeta_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["lotka"]

_COLUMNS = ("n_works", "n_authors", "share", "expected", "expected_share")
_LOTKA = (
    "Lotka, A. J. (1926). The frequency distribution of scientific productivity. Journal of the"
    " Washington Academy of Sciences 16(12), 317-323."
)
_CLAUSET = (
    "Clauset, A., Shalizi, C. R. & Newman, M. E. J. (2009). Power-law distributions in empirical"
    " data. SIAM Review 51(4), 661-703. https://doi.org/10.1137/070710111"
)
_FIGURES = ("exponent", "standard_error", "constant", "constant_pao", "ks", "p", "n_fitted")
_MIN_POINTS = 2
_PAO_TERMS = 20


@dataclass(frozen=True, slots=True)
class _Counts:
    """Numbers of works, and how many authors have each."""

    works: IntArray
    authors: IntArray


def lotka(
    corpus: Corpus,
    *,
    x_min: int | Literal["best"] = 1,
    n_bootstrap: int = 1000,
    seed: int = 0,
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Fit Lotka's law: the share of authors with x works falls as x to the power of -a.

    Each work counts 1 for each of its authors. The exponent is that of the zeta distribution,
    P(x) = x^-a / zeta(a, x_min), by maximum likelihood. How well the law fits is told by the
    largest distance between both distribution functions (Kolmogorov-Smirnov); its p is the
    share of samples drawn from the fitted law, each fitted anew, that lie further off. A p
    below 0.1 speaks against the law.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``normalise`` or ``disambiguate_authors``.
    x_min : int or "best"
        The law is fitted to the authors of at least so many works. ``best`` takes the number
        for which the distance is least; the samples then choose theirs anew too.
    n_bootstrap : int
        Samples for p; 0 for none. With n samples p is sure to about 1/(2 sqrt(n)).
    seed : int
        Seed of the samples.
    like : {"bibliometrix"}, optional
        Take authors by their names as printed, and fit a line to the logarithms of share and
        number of works by least squares, as bibliometrix does. Each number of works then
        weighs the same, one author of twenty works as much as a thousand of one, so that the
        exponent leans on the few at the end; and the shares of that line do not add up to 1.
        Its test of fit is left out: it takes the shares for samples.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        A row for each number of works that authors have: ``n_works``, ``n_authors``,
        ``share``, ``expected`` (authors) and ``expected_share``; below `x_min` the last two
        are None, and above shares are of all authors. The manifest has ``exponent``,
        ``standard_error``, ``x_min``, ``constant`` (C = 1/zeta(a), the share of authors of
        one work; None where `x_min` is not 1) and ``constant_pao`` (C by Pao's sum of 20
        terms), ``ks``, ``p``, ``n_authors`` and ``n_fitted``; with `like` ``exponent``,
        ``constant`` and ``r_squared``. Where all fitted authors have the same number of
        works they are None, with a ``reason``.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    OptionError
        If an option is out of range, or the authors are not known.

    References
    ----------
    .. [1] Lotka, A. J. (1926). The frequency distribution of scientific productivity. Journal
       of the Washington Academy of Sciences 16(12), 317-323.
    .. [2] Clauset, A., Shalizi, C. R. & Newman, M. E. J. (2009). Power-law distributions in
       empirical data. SIAM Review 51(4), 661-703. https://doi.org/10.1137/070710111
    .. [3] Pao, M. L. (1985). Lotka's law: A testing procedure. Information Processing &
       Management 21(4), 305-320. https://doi.org/10.1016/0306-4573(85)90055-X

    Examples
    --------
    >>> nb.lotka(corpus).manifest["exponent"]  # doctest: +SKIP
    """
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if not (x_min == "best" or (isinstance(x_min, int) and x_min >= 1)):
        raise OptionError(f"x_min is {x_min!r}; it must be a number from 1, or 'best'")
    if n_bootstrap < 0:
        raise OptionError(f"n_bootstrap is {n_bootstrap}; it must be 0 or more")
    corpus, year = until(corpus, as_of)
    manifest: dict[str, object] = {"measure": "Lotka's law", "like": like, "as_of": year}
    if like is not None:
        return _least_squares(_printed_counts(corpus), manifest)
    values, authors = np.unique(owned_totals(corpus, "authors"), return_counts=True)
    counts = _Counts(values.astype(np.int64), authors)
    manifest |= {"x_min": x_min, "n_bootstrap": n_bootstrap, "seed": seed}
    return _likeliest(counts, manifest)


def _printed_counts(corpus: Corpus) -> _Counts:
    """Count the works of names as printed."""
    found = corpus.sql(
        "SELECT n, COUNT(*) FROM (SELECT COUNT(*) AS n FROM authorships WHERE role = 'author'"
        " GROUP BY COALESCE(name_raw, literal, family || ' ' || given, family)) names"
        " GROUP BY n ORDER BY n"
    )
    works, authors = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return _Counts(works, authors)


def _least_squares(counts: _Counts, manifest: dict[str, object]) -> Result:
    """Fit a line to the logarithms."""
    n = int(counts.authors.sum())
    shares = counts.authors / max(n, 1)
    expected = np.full(len(shares), np.nan)
    found: dict[str, float | None] = dict.fromkeys(("exponent", "constant", "r_squared"))
    if len(shares) >= _MIN_POINTS:
        x, y = np.log10(counts.works), np.log10(shares)
        slope, intercept = np.polyfit(x, y, 1)
        expected = 10 ** (intercept + slope * x)
        left, total = y - intercept - slope * x, y - y.mean()
        found = {
            "exponent": -float(slope),
            "constant": float(10**intercept),
            "r_squared": 1 - float(left @ left) / float(total @ total) if total.any() else None,
        }
    else:
        manifest["reason"] = "a line needs authors of two different numbers of works"
    manifest |= {
        **found,
        "rule": "least squares of log10 share on log10 works, each number of works alike",
        "n_authors": n,
        "reference": _LOTKA,
    }
    return _table(counts, expected, manifest)


def _likeliest(counts: _Counts, manifest: dict[str, object]) -> Result:
    """Fit the zeta distribution."""
    n = int(counts.authors.sum())
    x_min = manifest["x_min"]
    fit = fit_zeta(counts.works, counts.authors, x_min if isinstance(x_min, int) else None)
    manifest |= {
        "rule": "each work counts 1 for each author; zeta distribution by maximum likelihood",
        "n_authors": n,
        "reference": f"{_LOTKA} {_CLAUSET}",
    }
    expected = np.full(len(counts.works), np.nan)
    if fit is None:
        manifest |= dict.fromkeys(_FIGURES)
        manifest["reason"] = "an exponent needs authors of two different numbers of works"
        return _table(counts, expected, manifest)
    is_fitted = counts.works >= fit.x_min
    shares = zeta_shares(counts.works[is_fitted], fit.exponent, fit.x_min)
    expected[is_fitted] = shares * (fit.n / n)
    manifest |= _figures(counts, fit, manifest)
    return _table(counts, expected, manifest)


def _figures(counts: _Counts, fit: ZetaFit, manifest: dict[str, Any]) -> dict[str, object]:
    """Give the figures of a fit for the manifest."""
    p = goodness_of_fit(
        counts.works,
        counts.authors,
        fit,
        n_samples=manifest["n_bootstrap"],
        seed=manifest["seed"],
        choose=manifest["x_min"] == "best",
    )
    constants: tuple[float | None, float | None] = (None, None)
    if fit.x_min == 1:
        share_of_one = float(zeta_shares(np.ones(1), fit.exponent, 1)[0])
        constants = (share_of_one, _constant_of_pao(fit.exponent))
    return {
        "exponent": fit.exponent,
        "standard_error": fit.standard_error,
        "x_min": fit.x_min,
        "x_min_rule": "least distance" if manifest["x_min"] == "best" else "given",
        "constant": constants[0],
        "constant_pao": constants[1],
        "ks": fit.distance,
        "p": p,
        "n_fitted": fit.n,
    }


def _constant_of_pao(exponent: float) -> float:
    """Sum 19 terms of the zeta function, and the rest as Pao does."""
    x, last = np.arange(1, _PAO_TERMS, dtype=np.float64), float(_PAO_TERMS)
    rest = 1 / ((exponent - 1) * last ** (exponent - 1)) + 1 / (2 * last**exponent)
    rest += exponent / (24 * (last - 1) ** (exponent + 1))
    return float(1 / ((x**-exponent).sum() + rest))


def _table(counts: _Counts, expected: FloatArray, manifest: dict[str, object]) -> Result:
    """Set what is observed beside what is expected."""
    n = max(int(counts.authors.sum()), 1)
    columns = (counts.works, counts.authors, counts.authors / n, expected * n, expected)
    return Result.of_columns(dict(zip(_COLUMNS, columns, strict=True)), manifest)
