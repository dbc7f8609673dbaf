"""How sure values and ranks are: works drawn again and again from those that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import places_of
from nqp_biblio.measures.h_cores import rank
from nqp_biblio.measures.h_index import work_figures
from nqp_biblio.measures.owned import owned_works
from nqp_biblio.measures.resampling import EFRON, LEVEL, percentiles
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.citations import Scope
    from nqp_biblio.measures.h_cores import Ranked
    from nqp_biblio.measures.h_index import WorkFigures
    from nqp_biblio.measures.owned import Owned

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    Value = Callable[[Ranked, IntArray, IntArray], NDArray[np.generic]]

__all__ = ["VALUES", "rank_intervals"]


def rank_intervals(
    corpus: Corpus,
    of: str = "authors",
    *,
    by: str = "h",
    scope: Scope = "global",
    as_of: AsOf = None,
    top: int = 100,
    n_resamples: int = 1000,
    seed: int = 0,
) -> Result:
    """Give intervals of a value and of the rank by it, for authors, sources, countries, ….

    The works of the corpus are drawn with replacement, as many as there are; value and rank of
    every owner are found in each such resample.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        Whose works: one of ``owned.OWNERS``.
    by : {"h", "g", "citations", "citations_per_work", "n_works"}
        The value; g is at most the number of works.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    as_of : int, str or None
        The day that the figures stand for; later works are left out.
    top : int
        Rows to give, 1 or more: the owners with the highest values. All are ranked.
    n_resamples : int
        Number of resamples, 1 or more. Cost is that of the pairs of owner and work times
        resamples.
    seed : int
        Of the generator; the same seed gives the same intervals.

    Returns
    -------
    Result
        A row per owner, by value, falling, then by key: ``key``, ``name``, ``n_works``,
        ``value``, ``value_low``, ``value_high``, ``value_mean`` (of the resamples),
        ``rank`` (one more than the owners with a higher value), ``rank_low``, ``rank_high``
        (the best and the worst end). Ends are those of percentile intervals of 95 %. An owner
        none of whose works is drawn has a value of 0. Works without a number of citations
        count for n_works only.

    Raises
    ------
    UnknownNameError
        If there is no such owner, value or scope.
    OptionError
        If `top` or `n_resamples` is below 1, or the step that finds the owners was not done.

    Notes
    -----
    The works of an owner are more in one resample and fewer in another; the intervals tell how
    far value and rank rest on single works, as if those of the corpus were drawn by chance from
    many like them. Of owners with few works nothing is sure, and the intervals show it.

    References
    ----------
    .. [1] Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman &
       Hall, section 13.3. https://doi.org/10.1201/9780429246593
    .. [2] Goldstein, H. & Spiegelhalter, D. J. (1996). League tables and their limitations:
       Statistical issues in comparisons of institutional performance. Journal of the Royal
       Statistical Society A 159(3), 385-443. https://doi.org/10.2307/2983325

    Examples
    --------
    >>> rank_intervals(corpus, "sources", by="citations").frame  # doctest: +SKIP
    """
    if by not in VALUES:
        raise UnknownNameError("value to rank by", by, VALUES)
    for name, count in (("top", top), ("n_resamples", n_resamples)):
        if count < 1:
            raise OptionError(f"{name} is {count}; it must be 1 or more")
    corpus, year = until(corpus, as_of)
    owned = owned_works(corpus, of)
    works = work_figures(corpus, scope, year)
    ranked = rank(owned.owner, places_of(works.work_id, owned.work_id), works.place)
    draws = _Draws(ranked, works, by)
    values = draws.values(np.ones(len(works.work_id), dtype=np.int64))
    shown = np.argsort(-values, kind="stable")[:top]
    found = draws.resampled(shown, n_resamples=n_resamples, seed=seed)
    manifest: dict[str, object] = {
        "measure": "intervals of values and ranks",
        "of": of,
        "by": by,
        "scope": scope,
        "as_of": year,
        "rule": "works of the corpus drawn with replacement, percentile intervals",
        "level": LEVEL,
        "n_resamples": n_resamples,
        "seed": seed,
        "n_owners": len(values),
        "n_works": len(works.work_id),
        "n_without": 0 if by == "n_works" else int((~works.is_known).sum()),
        "reason": "the source gives no number of citations",
        "reference": EFRON,
    }
    return Result.of_columns(_columns(owned, values, shown, found), manifest)


class _Draws:
    """The value of each owner when each work counts a number of times."""

    def __init__(self, ranked: Ranked, works: WorkFigures, by: str) -> None:
        self._ranked = ranked
        self._citations = works.citations[ranked.work]
        self._is_counted = works.is_known[ranked.work] | (by == "n_works")
        self._value = VALUES[by]
        self._n_works = len(works.work_id)

    def values(self, times: IntArray) -> FloatArray:
        """Return the value of each owner, works counting so many times each."""
        weight = times[self._ranked.work] * self._is_counted
        return self._value(self._ranked, self._citations, weight).astype(np.float64)

    def resampled(
        self, shown: IntArray, *, n_resamples: int, seed: int
    ) -> tuple[FloatArray, FloatArray]:
        """Return values and ranks of some owners, shape (n_resamples, n_shown)."""
        chance = np.random.default_rng(seed)
        values = np.empty((n_resamples, len(shown)))
        ranks = np.empty((n_resamples, len(shown)))
        for row in range(n_resamples):
            drawn = chance.integers(0, max(self._n_works, 1), self._n_works)
            found = self.values(np.bincount(drawn, minlength=self._n_works))
            values[row], ranks[row] = found[shown], _ranks(found)[shown]
        return values, ranks


def _ranks(values: FloatArray) -> IntArray:
    """Return one more than the owners with a higher value."""
    ordered = np.sort(values)
    return len(values) - np.searchsorted(ordered, values, side="right") + 1


def _columns(
    owned: Owned, values: FloatArray, shown: IntArray, found: tuple[FloatArray, FloatArray]
) -> dict[str, NDArray[np.generic]]:
    """Make the table."""
    (low, high), (best, worst) = (percentiles(resamples) for resamples in found)
    return {
        "key": np.asarray(owned.keys)[shown],
        "name": np.asarray(owned.names, dtype=object)[shown],
        "n_works": owned.n_works[shown],
        "value": values[shown],
        "value_low": low,
        "value_high": high,
        "value_mean": found[0].mean(axis=0),
        "rank": _ranks(values)[shown],
        "rank_low": best.astype(np.int64),
        "rank_high": worst.astype(np.int64),
    }


def _sums(ranked: Ranked, values: IntArray) -> IntArray:
    """Add up values from the first work of each owner on."""
    sums = np.cumsum(values)
    return sums - (sums - values)[ranked.starts][ranked.owner]


def _most(ranked: Ranked, values: IntArray) -> IntArray:
    """Return the largest value of each owner."""
    return np.maximum.reduceat(values, ranked.starts) if len(values) else values


def _h(ranked: Ranked, citations: IntArray, weight: IntArray) -> IntArray:
    """Return the h-index: so many works down the list, and citations of the work there."""
    return _most(ranked, np.minimum(citations, _sums(ranked, weight)))


def _g(ranked: Ranked, citations: IntArray, weight: IntArray) -> IntArray:
    """Return the g-index; within the copies of a work the sum of citations grows evenly."""
    works, sums = _sums(ranked, weight), _sums(ranked, weight * citations)
    before = works - weight
    rest = (sums - weight * citations) - before * citations
    root = np.floor((citations + np.sqrt(citations**2 + 4.0 * rest)) / 2).astype(np.int64)
    reached = np.minimum(works, root)
    return _most(ranked, np.where(reached > before, reached, 0))


def _mean(ranked: Ranked, citations: IntArray, weight: IntArray) -> FloatArray:
    """Return citations through works; 0 without works."""
    works = ranked.totals(weight)
    means: FloatArray = ranked.totals(weight * citations) / np.maximum(works, 1)
    return means


VALUES: dict[str, Value] = {
    "h": _h,
    "g": _g,
    "citations": lambda ranked, citations, weight: ranked.totals(weight * citations),
    "citations_per_work": _mean,
    "n_works": lambda ranked, _, weight: ranked.totals(weight),
}
"""Values that owners can be ranked by: of works in order, their citations and their times."""
