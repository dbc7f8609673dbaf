"""Periods of a corpus: of about as many works each, or parted where its terms change."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.result import Result
from nqp_biblio.networks.cotopic import with_topics
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.text_terms import TEXT_TERMS, with_text_terms
from nqp_biblio.networks.units import terms_of_works

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["Period", "chosen_periods", "find_periods", "segments", "terms_of", "with_terms"]

Period = tuple[int, int]
"""First and last year, both counted."""

RULES = {
    "equal-works": "neighbouring years are brought together so that the sum of the squares of"
    " the works of each period is least",
    "change-points": "years are parted so that the terms of each period, taken as drawn from one"
    " distribution, are most likely; where no number of periods is given, that of the least"
    " Bayesian information criterion is taken",
}
"""How periods are found, by name."""

_REFERENCES = {
    "equal-works": None,
    "change-points": "Auger, I. E. & Lawrence, C. E. (1989). Algorithms for the optimal"
    " identification of segment neighborhoods. Bulletin of Mathematical Biology 51(1), 39-54."
    " https://doi.org/10.1007/BF02458835",
}
_MOST_PERIODS = 10
_TERMS_COMPARED = 250
_LEAST_WORKS = 2
_N_PERIODS = 3


@dataclass(frozen=True, slots=True)
class _Yearly:
    """The years in which a work has any term, their works, and works by year and term."""

    years: IntArray
    works: IntArray
    counts: FloatArray


def find_periods(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    n_periods: int | None = None,
    rule: str = "equal-works",
    as_of: AsOf = None,
) -> Result:
    """Part the years of a corpus into periods.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        Terms that count; works without any do not.
    n_periods : int, optional
        How many; fewer where there are fewer years. When not given: 3, and by change points
        as many as the terms tell, 10 at most.
    rule : {"equal-works", "change-points"}
        Periods of about as many works, or periods between which the mix of the 250 most
        frequent terms changes most [1]_.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        Per period: ``period`` (from 1), ``first_year``, ``last_year``, ``n_works`` (with a
        term) and ``n_terms`` (different ones). Of equally good periods those that begin
        earlier are taken.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If `n_periods` is below 1.

    References
    ----------
    .. [1] Auger, I. E. & Lawrence, C. E. (1989). Algorithms for the optimal identification of
       segment neighborhoods. Bulletin of Mathematical Biology 51(1), 39-54.
       https://doi.org/10.1007/BF02458835

    Examples
    --------
    >>> find_periods(corpus, rule="change-points").rows  # doctest: +SKIP
    """
    part, last = until(corpus, as_of)
    part = with_terms(part, of)
    found = terms_of(part, of)
    years = _years_of(part, found)
    periods = chosen_periods((found, years), n_periods=n_periods, rule=rule)
    rows: list[tuple[Any, ...]] = []
    for number, (first, end) in enumerate(periods, 1):
        inside = (years >= first) & (years <= end)
        terms = np.unique(found.matrix[np.flatnonzero(inside)].indices)
        rows.append((number, first, end, int(inside.sum()), len(terms)))
    manifest: dict[str, object] = {
        "measure": "periods",
        "rule": RULES[rule],
        "of": of,
        "n_periods": n_periods,
        "as_of": last,
        "reference": _REFERENCES[rule],
        "n_without": int(np.isnan(years).sum()),
        "reason": "works without a year of publication",
    }
    if not rows:
        manifest["warning"] = f"no work of a known year has {of.replace('_', ' ')}"
    return Result(("period", "first_year", "last_year", "n_works", "n_terms"), rows, manifest)


def chosen_periods(
    dated: Corpus | tuple[Incidence, FloatArray],
    *,
    of: str = "author_keywords",
    periods: Sequence[Period] | None = None,
    n_periods: int | None = None,
    rule: str = "equal-works",
) -> list[Period]:
    """Return the periods given, or find them.

    Parameters
    ----------
    dated : Corpus, or pair of Incidence and array of shape (n_sets,)
        A corpus with its terms, or which work has which term and the year of each work, nan
        where unknown.
    of : str
        Terms that count, of a corpus.
    periods : sequence of (int, int), optional
        First and last year of each, in order and apart.
    n_periods, rule
        As in ``find_periods``.

    Returns
    -------
    list of (int, int)
        None where no work of a known year has a term.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    OptionError
        If the periods are not in order or meet, or `n_periods` is below 1.
    """
    if rule not in RULES:
        raise UnknownNameError("rule of periods", rule, RULES)
    if n_periods is not None and n_periods < 1:
        raise OptionError(f"n_periods is {n_periods}; it must be 1 or more")
    if periods is not None:
        return _checked(periods)
    if isinstance(dated, tuple):
        found, known = dated
    else:
        found = terms_of(dated, of)
        known = _years_of(dated, found)
    yearly = _yearly(found, known)
    if not len(yearly.years):
        return []
    starts = _starts(yearly, n_periods, rule)
    ends = [*[start - 1 for start in starts[1:]], len(yearly.years) - 1]
    return [(int(yearly.years[a]), int(yearly.years[b])) for a, b in zip(starts, ends, strict=True)]


def segments(cost: FloatArray, n_most: int) -> list[tuple[float, list[int]]]:
    """Part a row of years into 1, 2, … segments of the least cost.

    Parameters
    ----------
    cost : array of shape (n, n)
        Cost of the segment from the first index to the second, both counted; what is below
        the diagonal is not read.
    n_most : int
        The most segments.

    Returns
    -------
    list of (float, list of int)
        Cost and starts for each number of segments from 1. Cost is n^2 for each.

    References
    ----------
    .. [1] Auger, I. E. & Lawrence, C. E. (1989). Algorithms for the optimal identification of
       segment neighborhoods. Bulletin of Mathematical Biology 51(1), 39-54.
       https://doi.org/10.1007/BF02458835

    Examples
    --------
    >>> squares = np.array([[1.0, 9.0, 16.0], [0.0, 4.0, 9.0], [0.0, 0.0, 1.0]])
    >>> segments(squares, 2)
    [(16.0, [0]), (10.0, [0, 1])]
    """
    n = len(cost)
    best = cost[0].copy()
    begins = [np.zeros(n, dtype=np.int64)]
    found = [(float(best[-1]), [0])]
    for k in range(1, min(n_most, n)):
        newer, begin = np.full(n, np.inf), np.zeros(n, dtype=np.int64)
        for end in range(k, n):
            totals = best[k - 1 : end] + cost[k : end + 1, end]
            at = int(totals.argmin())
            newer[end], begin[end] = totals[at], at + k
        best = newer
        begins.append(begin)
        found.append((float(best[-1]), _back(begins, n - 1)))
    return found


def with_terms(corpus: Corpus, of: str) -> Corpus:
    """Return the corpus with its terms, found where they are not read."""
    if of in TEXT_TERMS:
        return with_text_terms(corpus, of)
    return with_topics(corpus) if of == "topics" else corpus


def terms_of(corpus: Corpus, of: str) -> Incidence:
    """Return which work has which term.

    Raises
    ------
    UnknownNameError
        If there is no such kind of term.
    """
    return incidence_of(corpus, terms_of_works(of))


def _years_of(corpus: Corpus, found: Incidence) -> FloatArray:
    """Return the year of the work of each set, nan where unknown."""
    rows = corpus.sql("SELECT work_id, publication_year FROM works ORDER BY work_id")
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    years = np.array([np.nan if row[1] is None else row[1] for row in rows], dtype=np.float64)
    return years[np.searchsorted(ids, found.work_id)]


def _checked(periods: Sequence[Period]) -> list[Period]:
    """Refuse periods that are not in order."""
    told = [(int(first), int(last)) for first, last in periods]
    flat = [year for period in told for year in period]
    in_order = all(first <= last for first, last in told)
    apart = all(a[1] < b[0] for a, b in itertools.pairwise(told))
    if not flat or not in_order or not apart:
        raise OptionError(f"periods is {told}; it must be pairs of years, in order and apart")
    return told


def _yearly(found: Incidence, known: FloatArray) -> _Yearly:
    """Count works and terms by year."""
    from scipy import sparse

    dated = np.flatnonzero(~np.isnan(known))
    years, row = np.unique(known[dated].astype(np.int64), return_inverse=True)
    choose = sparse.csr_array((np.ones(len(dated)), (row, dated)), shape=(len(years), len(known)))
    occurrences = found.occurrences
    order = np.lexsort((np.arange(len(occurrences)), -occurrences))[:_TERMS_COMPARED]
    kept = np.sort(order[occurrences[order] >= _LEAST_WORKS])
    counts = (choose @ found.matrix[:, kept]).toarray()
    return _Yearly(years, np.bincount(row, minlength=len(years)).astype(np.int64), counts)


def _starts(yearly: _Yearly, n_periods: int | None, rule: str) -> list[int]:
    """Return the index of the first year of each period."""
    if rule == "equal-works":
        total = np.concatenate([[0.0], np.cumsum(yearly.works)])
        cost = (total[None, 1:] - total[:-1, None]) ** 2
        return segments(cost, n_periods or _N_PERIODS)[-1][1]
    found = segments(_unlikeliness(yearly.counts), n_periods or _MOST_PERIODS)
    if n_periods is not None:
        return found[-1][1]
    n_free = yearly.counts.shape[1]  # a share of each term but one, and where a period begins
    n_seen = max(float(yearly.counts.sum()), 1.0)
    criterion = [2 * cost + k * n_free * np.log(n_seen) for k, (cost, _) in enumerate(found, 1)]
    return found[int(np.argmin(criterion))][1]


def _unlikeliness(counts: FloatArray) -> FloatArray:
    """Return the negative log likelihood of the terms of each row of years."""
    from scipy import special

    n = len(counts)
    total = np.vstack([np.zeros((1, counts.shape[1])), np.cumsum(counts, axis=0)])
    cost = np.zeros((n, n))
    for first in range(n):
        inside = total[first + 1 :] - total[first]
        n_all = inside.sum(axis=1)
        cost[first, first:] = special.xlogy(n_all, n_all) - special.xlogy(inside, inside).sum(
            axis=1
        )
    return cost


def _back(begins: list[IntArray], end: int) -> list[int]:
    """Follow the starts of the segments back from the last."""
    starts: list[int] = []
    for begin in reversed(begins):
        starts.append(int(begin[end]))
        end = starts[-1] - 1
    return starts[::-1]
