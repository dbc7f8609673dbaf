"""When terms are used, and which of them are on the rise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.yearly_items import YearlyItems, yearly_items

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["emerging_terms", "trend_scores", "trend_topics"]

_QUARTILES = (0.25, 0.5, 0.75)
_TRENDS = (
    "Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science mapping"
    " analysis. Journal of Informetrics 11(4), 959-975. https://doi.org/10.1016/j.joi.2017.08.007"
)
_TREND_TEST = (
    "Armitage, P. (1955). Tests for linear trends in proportions and frequencies. Biometrics"
    " 11(3), 375-386. https://doi.org/10.2307/3001775"
)


def trend_topics(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    min_works: int = 5,
    n_per_year: int = 5,
    years: tuple[int, int] | None = None,
    as_of: AsOf = None,
) -> Result:
    """List for each year the most frequent terms whose median year it is.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "topics", "authors", "references", "sources", \
"institutions", "countries"}
        What to follow.
    min_works : int
        Terms of fewer works are left out.
    n_per_year : int
        How many of each year, of equals the first by name.
    years : pair of int, optional
        First and last median year to show.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        By year, then works: ``year`` (median, halves to the even year as R rounds), ``key``
        and ``item``, ``n_works``, ``year_q1``, ``year_median`` and ``year_q3`` (quartiles of
        the years of its works, not rounded; bibliometrix rounds all three).

    Raises
    ------
    UnknownNameError
        If there is no such kind of item.
    OptionError
        If a number is below 1, or the step that finds the items was not done.

    References
    ----------
    .. [1] Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science
       mapping analysis. Journal of Informetrics 11(4), 959-975 (function ``fieldByYear``).
       https://doi.org/10.1016/j.joi.2017.08.007

    Examples
    --------
    >>> found = trend_topics(corpus, n_per_year=3)  # doctest: +SKIP
    """
    if n_per_year < 1:
        raise OptionError(f"n_per_year is {n_per_year}; it must be at least 1")
    part, last = until(corpus, as_of)
    items = yearly_items(part, of, min_works=min_works)
    first, middle, third = (_quantiles(items, share) for share in _QUARTILES)
    rounded = np.rint(middle).astype(np.int64)
    n_works = items.counts.sum(axis=1)
    ranked = sorted(
        range(len(items.keys)), key=lambda n: (rounded[n], -n_works[n], items.names[n], n)
    )
    rows: list[tuple[Any, ...]] = []
    listed: dict[int, int] = {}
    for n in ranked:
        year = int(rounded[n])
        listed[year] = listed.get(year, 0) + 1
        if listed[year] <= n_per_year and (years is None or years[0] <= year <= years[1]):
            quartiles = (float(first[n]), float(middle[n]), float(third[n]))
            rows.append((year, items.keys[n], items.names[n], int(n_works[n]), *quartiles))
    manifest: dict[str, object] = {
        "measure": "trend topics",
        "rule": "terms by the median year of their works, the most frequent of each year;"
        " quantiles interpolated (type 7)",
        "of": of,
        "min_works": min_works,
        "n_per_year": n_per_year,
        "years": years,
        "as_of": last,
        "reference": _TRENDS,
        "n_items": len(items.keys),
        "n_without": items.n_undated,
        "reason": "works without a year of publication",
    }
    columns = ("year", "key", "item", "n_works", "year_q1", "year_median", "year_q3")
    return Result(columns, rows, manifest)


def emerging_terms(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    min_works: int = 5,
    n_years: int = 5,
    alpha: float = 0.05,
    as_of: AsOf = None,
) -> Result:
    """List the terms whose share of the works of a year grows, with a test of the trend.

    The measure is our own, made of two known tests; it has no peer to compare with.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "topics", "authors", "references", "sources", \
"institutions", "countries"}
        What to follow.
    min_works : int
        Terms of fewer works are left out.
    n_years : int
        The last years, whose share is set against that of all years before.
    alpha : float
        Share of false discoveries allowed among the terms called emerging, 0 to 1.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        All terms, by ``z``: ``key`` and ``item``, ``n_works``, ``first_year``,
        ``share_before`` and ``share_recent`` (of the works that have any such item, 0 to 1),
        ``ratio`` of both (None where the term is new), ``z`` of the Cochran-Armitage trend
        over all years (None where all works have it, or one year alone is known), ``p_value``
        for a rise, ``q_value`` (p set against the number of terms) and ``is_emerging`` (q at
        most `alpha` and a share that rose).

    Raises
    ------
    UnknownNameError
        If there is no such kind of item.
    OptionError
        If a number is out of its range, or the step that finds the items was not done.

    References
    ----------
    .. [1] Armitage, P. (1955). Tests for linear trends in proportions and frequencies.
       Biometrics 11(3), 375-386. https://doi.org/10.2307/3001775
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
       the Royal Statistical Society B 57(1), 289-300.
       https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> rising = emerging_terms(corpus, n_years=3)  # doctest: +SKIP
    """
    from scipy.special import ndtr

    if n_years < 1:
        raise OptionError(f"n_years is {n_years}; it must be at least 1")
    if not 0 < alpha < 1:
        raise OptionError(f"alpha is {alpha}; it must be between 0 and 1")
    part, last = until(corpus, as_of)
    items = yearly_items(part, of, min_works=min_works)
    is_recent = items.years > (last or 0) - n_years
    before, recent = (_share(items, mask) for mask in (~is_recent, is_recent))
    z = trend_scores(items.counts, items.totals, items.years)
    p_value = np.asarray(ndtr(-z))
    q_value = _adjusted(p_value)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(before > 0, recent / before, np.nan)
    has_risen = np.where(np.isnan(before), 0, recent) > np.nan_to_num(before, nan=1.0)
    order = np.lexsort([np.arange(len(z)), -np.nan_to_num(z, nan=-np.inf)])
    columns: dict[str, Any] = {
        "n_works": items.counts.sum(axis=1),
        "first_year": items.years[(items.counts > 0).argmax(axis=1)] if len(z) else np.zeros(0),
        "share_before": before,
        "share_recent": recent,
        "ratio": ratio,
        "z": z,
        "p_value": p_value,
        "q_value": q_value,
        "is_emerging": (np.nan_to_num(q_value, nan=1.0) <= alpha) & has_risen,
    }
    head = {
        "key": [items.keys[n] for n in order.tolist()],
        "item": [items.names[n] for n in order.tolist()],
    }
    manifest: dict[str, object] = {
        "measure": "emerging terms",
        "rule": "Cochran-Armitage test for a rise of the share by year, false discoveries held"
        " at alpha by Benjamini and Hochberg; the combination is our own",
        "of": of,
        "min_works": min_works,
        "n_years": n_years,
        "alpha": alpha,
        "as_of": last,
        "reference": _TREND_TEST,
        "n_items": len(items.keys),
        "n_without": items.n_undated,
        "reason": "works without a year of publication",
    }
    return Result.of_columns(head | {n: c[order] for n, c in columns.items()}, manifest)


def trend_scores(counts: IntArray, totals: IntArray, years: IntArray) -> FloatArray:
    """Return the Cochran-Armitage z of a linear trend of shares.

    Parameters
    ----------
    counts : array of shape (n_items, n_years)
        Works of the year that have the item.
    totals : array of shape (n_years,)
        Works of the year.
    years : array of shape (n_years,)
        The years, which are the scores of the test.

    Returns
    -------
    array of shape (n_items,)
        Above 0 for a rise; nan where the share cannot vary.

    Examples
    --------
    >>> counts, totals = np.array([[1, 2, 3]]), np.array([10, 10, 10])
    >>> trend_scores(counts, totals, np.array([2001, 2002, 2003])).round(4).tolist()
    [1.118]
    """
    if not len(totals):
        return np.full(len(counts), np.nan)
    n = float(totals.sum())
    age = years - float(years @ totals) / n
    share = counts.sum(axis=1) / n
    spread = share * (1 - share) * float(totals @ age**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z: FloatArray = np.where(spread > 0, counts @ age / np.sqrt(spread), np.nan)
    return z


def _quantiles(items: YearlyItems, share: float) -> FloatArray:
    """Return a quantile of the years of each item, its works being the observations."""
    if not len(items.years):
        return np.zeros(0)
    reached = np.cumsum(items.counts, axis=1)
    place = (reached[:, -1] - 1) * share
    low = np.floor(place)
    at, above = (
        items.years[(reached <= np.minimum(low + more, reached[:, -1] - 1)[:, None]).sum(axis=1)]
        for more in (0, 1)
    )
    quantiles: FloatArray = at + (above - at) * (place - low)
    return quantiles


def _share(items: YearlyItems, is_in: NDArray[np.bool_]) -> FloatArray:
    """Return the share of the works of some years that have each item; nan without works."""
    n = int(items.totals[is_in].sum())
    share: FloatArray = items.counts[:, is_in].sum(axis=1) / (n or np.nan)
    return share


def _adjusted(p_value: FloatArray) -> FloatArray:
    """Return p values set against their number, by Benjamini and Hochberg; nan stays."""
    adjusted = np.full(len(p_value), np.nan)
    known = np.flatnonzero(~np.isnan(p_value))
    order = known[np.argsort(p_value[known], kind="stable")]
    scaled = p_value[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    return adjusted
