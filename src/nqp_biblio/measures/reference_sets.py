"""Works set against those of the same year, type and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.measures.citations import cited_works, places_of
from nqp_biblio.measures.h_cores import order_by, rank
from nqp_biblio.measures.owned import owned_works

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.citations import Scope

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    Part = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]

__all__ = ["REASONS", "Compared", "Members", "compare", "members"]

REASONS = (
    None,
    "no number of citations",
    "no year",
    "no type",
    "no field",
    "no work of its reference set is cited",
)
"""Why a work has no score; the first that holds."""


class Members(NamedTuple):
    """The works of the corpus in their reference sets.

    Attributes
    ----------
    work_id : array of int, shape (n_works,)
        Key of the work.
    year, citations : array of float, shape (n_works,)
        Year and citations; nan where unknown.
    reason : array of int, shape (n_works,)
        Index in `REASONS`.
    work : array of int, shape (n_members,)
        Index of the work; a work of n fields stands n times. Works with a reason do not.
    set_ : array of int, shape (n_members,)
        Number of the reference set, 0 or more.
    weight : array of float, shape (n_works,)
        One through the number of fields of the work; 0 where it has none.
    """

    work_id: IntArray
    year: FloatArray
    citations: FloatArray
    reason: IntArray
    work: IntArray
    set_: IntArray
    weight: FloatArray


class Compared(NamedTuple):
    """Scores of each work; nan where there is none.

    Attributes
    ----------
    expected : array of float, shape (n_works,)
        Citations over the score: the harmonic mean of the means of its reference sets.
    score : array of float, shape (n_works,)
        Citations through the mean of the reference set.
    tops : array of float, shape (n_works, 2)
        Part of the work that is in the top 10 % and in the top 1 %.
    hazen, cp_in, cp_ex : array of float, shape (n_works,)
        Percentile ranks, 0 to 100.
    size : array of float, shape (n_works,)
        Works in its smallest reference set, each in its fraction.
    set_sizes : array of float, shape (n_sets,)
        The same of each reference set.
    """

    expected: FloatArray
    score: FloatArray
    tops: FloatArray
    hazen: FloatArray
    cp_in: FloatArray
    cp_ex: FloatArray
    size: FloatArray
    set_sizes: FloatArray


def members(corpus: Corpus, scope: Scope, fields: str | None) -> Members:
    """Find the reference sets of the works.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    fields : str or None
        What a field is, one of ``owned.OWNERS``; None where all works are of one field.
    """
    counted = cited_works(corpus, scope)
    n_works = len(counted.work_id)
    kinds = _types(corpus, counted.work_id)
    work, field = np.arange(n_works), np.zeros(n_works, dtype=np.int64)
    if fields is not None:
        owned = owned_works(corpus, fields)
        work, field = places_of(counted.work_id, owned.work_id), owned.owner
    missing = (
        np.isnan(counted.citations),
        np.isnan(counted.year),
        kinds < 0,
        np.bincount(work, minlength=n_works) == 0,
    )
    reason = np.select(missing, [1, 2, 3, 4], 0).astype(np.int64)
    kept = reason[work] == 0
    work, field = work[kept], field[kept]
    year = counted.year[work].astype(np.int64)
    first = year.min(initial=0)
    keys = (field * (year.max(initial=0) - first + 1) + year - first) * (
        kinds.max(initial=0) + 1
    ) + kinds[work]
    n_fields = np.bincount(work, minlength=n_works)
    weight = np.where(n_fields > 0, 1.0 / np.maximum(n_fields, 1), 0.0)
    return Members(counted.work_id, counted.year, counted.citations, reason, work, keys, weight)


def _types(corpus: Corpus, work_id: IntArray) -> IntArray:
    """Number the types of the works; -1 where unknown."""
    found = corpus.columns(
        "SELECT works.work_id, numbered.number FROM works JOIN"
        " (SELECT type, ROW_NUMBER() OVER (ORDER BY type) - 1 AS number FROM"
        " (SELECT DISTINCT type FROM works WHERE type IS NOT NULL) AS known) AS numbered"
        " ON works.type = numbered.type"
    )
    numbers = np.full(len(work_id), -1, dtype=np.int64)
    places = places_of(work_id, np.asarray(found["work_id"], dtype=np.int64))
    numbers[places] = np.asarray(found["number"], dtype=np.int64)
    return numbers


def compare(found: Members) -> Compared:
    """Set the citations of each work against those of its reference sets.

    Parameters
    ----------
    found : Members
        The reference sets.

    Returns
    -------
    Compared
        A work of several fields has the mean of what it has in each.
    """
    n_works = len(found.work_id)
    known = np.nan_to_num(found.citations).astype(np.int64)
    first = order_by(known.max(initial=0) - known)
    place = np.empty(n_works, dtype=np.int64)
    place[first] = np.arange(n_works)
    ranked = rank(found.set_, found.work, place)
    work, set_ = first[ranked.work], ranked.owner
    weight, citations = found.weight[work], known[work]
    sizes = ranked.totals(weight)
    means = ranked.totals(weight * citations) / sizes
    inverse = np.divide(1.0, means, out=np.zeros(len(means)), where=means > 0)
    held = weight * (means > 0)[set_]
    rate = _means(work, held, held * inverse[set_], n_works)
    smallest = np.full(n_works, np.inf)
    np.minimum.at(smallest, work, sizes[set_])
    size, (above, tied) = sizes[set_], _ties(set_, citations, weight)
    averages = {
        name: _means(work, weight, weight * part(size, above, tied), n_works)
        for name, part in _PARTS.items()
    }
    return Compared(
        expected=np.divide(1.0, rate, out=np.full(n_works, np.nan), where=rate > 0),
        score=found.citations * rate,
        tops=np.stack([averages["top_10"], averages["top_1"]], axis=1),
        hazen=averages["hazen"],
        cp_in=averages["cp_in"],
        cp_ex=averages["cp_ex"],
        size=np.where(np.isfinite(smallest), smallest, np.nan),
        set_sizes=sizes,
    )


def _top(share: float) -> Part:
    """Return what says which part of works that tie is in the top of so large a share."""
    return lambda size, above, tied: np.clip((share * size - above) / tied, 0.0, 1.0)


_PARTS: dict[str, Part] = {
    "hazen": lambda size, above, tied: 100 * (size - above - tied / 2) / size,
    "cp_in": lambda size, above, _: 100 * (size - above) / size,
    "cp_ex": lambda size, above, tied: 100 * (size - above - tied) / size,
    "top_10": _top(0.1),
    "top_1": _top(0.01),
}
"""Of the works of a reference set, those cited more, and those cited as much."""


def _means(work: IntArray, weight: FloatArray, parts: FloatArray, n_works: int) -> FloatArray:
    """Divide the sum of parts of each work by that of their weights; nan where this is 0."""
    totals = np.bincount(work, weight, minlength=n_works)
    sums = np.bincount(work, parts, minlength=n_works)
    means: FloatArray = np.divide(sums, totals, out=np.full(n_works, np.nan), where=totals > 0)
    return means


def _ties(set_: IntArray, citations: IntArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the works cited more in the same set, and those cited as much, by fractions."""
    if not len(set_):
        return np.empty(0), np.empty(0)
    is_new_set = np.append(True, set_[1:] != set_[:-1])
    is_new = is_new_set | np.append(True, citations[1:] != citations[:-1])
    group, starts = np.cumsum(is_new) - 1, np.flatnonzero(is_new)
    tied = np.add.reduceat(weight, starts)
    before = np.cumsum(tied) - tied
    first = np.flatnonzero(is_new_set[starts])
    base = np.repeat(before[first], np.diff(np.append(first, len(starts))))
    return (before - base)[group], tied[group]
