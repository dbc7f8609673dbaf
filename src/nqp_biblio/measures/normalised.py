"""Citations set against works of the same field, year and type, or against the age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import cited_works, places_of
from nqp_biblio.measures.owned import OWNERS, owned_works
from nqp_biblio.measures.reference_sets import REASONS, compare, members
from nqp_biblio.measures.resampling import EFRON, LEVEL, intervals_of_means
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.citations import Counted, Scope
    from nqp_biblio.measures.owned import Counting, Owned
    from nqp_biblio.measures.reference_sets import Compared, Members

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    Column = Sequence[object] | NDArray[Any]
    Pairs = tuple[IntArray, IntArray, FloatArray]

__all__ = ["age_normalised_citations", "normalised_impact"]

Like = Literal["bibliometrix"]

_SOURCES = {
    "mncs": "Waltman, L., van Eck, N. J., van Leeuwen, T. N., Visser, M. S. & van Raan, A. F. J."
    " (2011). Towards a new crown indicator: Some theoretical considerations. Journal of"
    " Informetrics 5(1), 37-47. https://doi.org/10.1016/j.joi.2010.08.001",
    "pp_top": "Waltman, L. & Schreiber, M. (2013). On the calculation of percentile-based"
    " bibliometric indicators. JASIST 64(2), 372-379. https://doi.org/10.1002/asi.22775",
    "percentile": "Bornmann, L. & Williams, R. (2020). An evaluation of percentile measures of"
    " citation impact, and a proposal for making them better. Scientometrics 124(2), 1457-1478."
    " https://doi.org/10.1007/s11192-020-03512-7",
    "intervals": EFRON,
}
_COUNTINGS = ("full", "fractional")
_PEERS = ("bibliometrix",)
_INDICATORS = ("mncs", "pp_top_10", "pp_top_1", "mean_percentile")
_SMALL = 10
_MANY = 0.1
_RULES = {
    "reference_set": "works of the corpus of the same year, type and field",
    "top": "works tied at the border are in it in part, so that it has its share exactly",
    "percentile": "Hazen: 100 x (works cited less + half of those cited as much) / works;"
    " cp_in: cited less or as much; cp_ex: cited less",
}


def normalised_impact(
    corpus: Corpus,
    of: str = "works",
    *,
    fields: str | None = None,
    scope: Scope = "global",
    as_of: AsOf = None,
    counting: Counting = "full",
    n_resamples: int = 1000,
    seed: int = 0,
) -> Result:
    """Compare citations with those of works of the same year, type and field.

    Parameters
    ----------
    corpus : Corpus
        The corpus. It is its own world: a work is compared with works of the corpus alone.
    of : str
        ``works``, or whose works: one of ``owned.OWNERS``, as authors or sources.
    fields : str or None
        What a field is, one of ``owned.OWNERS``: sources, author_keywords, index_keywords,
        topics, …; None takes all works for one field. A work of n fields counts 1/n in each.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    as_of : int, str or None
        The day that the figures stand for; later works are left out.
    counting : {"full", "fractional"}
        A work of n owners counts 1 or 1/n for each of them.
    n_resamples : int
        Bootstrap resamples of the works of an owner, of which the intervals are made; with 0
        they are None. Cost is that of pairs of owner and work times resamples.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Result
        Of works, a row each, by key: ``work_id``, ``title``, ``publication_year``,
        ``citations``, ``expected`` (mean citations of its reference set; of several the
        harmonic mean), ``ncs`` (citations / expected), ``top_10`` and ``top_1`` (part of the
        work that is in the top 10 % and 1 %, 0 to 1), ``percentile``, ``cp_in``, ``cp_ex`` (0
        to 100), ``n_reference`` (works in its smallest reference set, in fractions) and
        ``reason`` (why there is no score).

        Of owners, a row each, by mncs, falling, then by key: ``key``, ``name``, ``n_works``,
        ``n_scored``, ``mncs``, ``pp_top_10``, ``pp_top_1`` (shares, 0 to 1) and
        ``mean_percentile``, each with ``_low`` and ``_high``, the ends of an interval of 95 %;
        None for an owner of one scored work.

        Works without citations, year, type or field are left out and counted; so are those of
        a reference set in which no work is cited, from mncs only.

    Raises
    ------
    UnknownNameError
        If there is no such owner, field, scope or counting.
    OptionError
        If `n_resamples` is below 0, or the step that finds owners or fields was not done.

    References
    ----------
    .. [1] Waltman, L., van Eck, N. J., van Leeuwen, T. N., Visser, M. S. & van Raan, A. F. J.
       (2011). Towards a new crown indicator: Some theoretical considerations. Journal of
       Informetrics 5(1), 37-47. https://doi.org/10.1016/j.joi.2010.08.001
    .. [2] Waltman, L. & Schreiber, M. (2013). On the calculation of percentile-based
       bibliometric indicators. JASIST 64(2), 372-379. https://doi.org/10.1002/asi.22775
    .. [3] Bornmann, L. & Williams, R. (2020). An evaluation of percentile measures of citation
       impact, and a proposal for making them better. Scientometrics 124(2), 1457-1478.
       https://doi.org/10.1007/s11192-020-03512-7

    Examples
    --------
    >>> normalised_impact(corpus, "institutions", fields="sources").frame  # doctest: +SKIP
    """
    _check(of, counting, n_resamples)
    corpus, year = until(corpus, as_of)
    found = members(corpus, scope, fields)
    compared = compare(found)
    manifest: dict[str, object] = {
        "measure": "normalised impact",
        "of": of,
        "fields": fields,
        "scope": scope,
        "as_of": year,
        **_RULES,
        **_told(found, compared),
    }
    if of == "works":
        return Result.of_columns(
            _work_columns(corpus, found, compared), manifest | {"reference": _SOURCES}
        )
    manifest |= {"counting": counting, "n_resamples": n_resamples, "seed": seed, "level": LEVEL}
    owned = owned_works(corpus, of)
    place = places_of(found.work_id, owned.work_id)
    weight = 1.0 / owned.per_work() if counting == "fractional" else np.ones(len(place))
    scored = ~np.isnan(compared.score[place])
    pairs = (owned.owner[scored], place[scored], weight[scored])
    columns = _owner_means(compared, pairs, len(owned.keys))
    if n_resamples:
        columns |= _intervals(compared, pairs, len(owned.keys), n_resamples=n_resamples, seed=seed)
    shown = {"key": owned.keys, "name": owned.names, "n_works": owned.n_works, **columns}
    return Result.of_columns(_in_order(shown), manifest | {"reference": _SOURCES})


def _check(of: str, counting: str, n_resamples: int) -> None:
    """Refuse options that there are not."""
    if of not in ("works", *OWNERS):
        raise UnknownNameError("owner of works", of, ("works", *OWNERS))
    if counting not in _COUNTINGS:
        raise UnknownNameError("counting", counting, _COUNTINGS)
    if n_resamples < 0:
        raise OptionError(f"n_resamples is {n_resamples}; it must be 0 or more")


def _told(found: Members, compared: Compared) -> dict[str, object]:
    """Say how many works have no score and why, and how large the reference sets are."""
    sizes = compared.set_sizes
    n_scored = int((~np.isnan(compared.score)).sum())
    n_small = int((compared.size < _SMALL).sum())
    counts = np.bincount(_reasons(found, compared), minlength=len(REASONS)).tolist()
    told: dict[str, object] = {
        "n_works": len(found.work_id),
        "n_without": len(found.work_id) - n_scored,
        "reason": {why: n for why, n in zip(REASONS, counts, strict=True) if why and n},
        "n_reference_sets": len(sizes),
        "smallest_reference_set": float(sizes.min()) if len(sizes) else None,
        "median_reference_set": float(np.median(sizes)) if len(sizes) else None,
        "n_in_small_sets": n_small,
    }
    if n_small > _MANY * max(n_scored, 1):
        told["warning"] = (
            f"{n_small:,} of {n_scored:,} works are compared with fewer than {_SMALL} works;"
            " what is expected of them is little more than what they have"
        )
    return told


def _reasons(found: Members, compared: Compared) -> IntArray:
    """Return why each work has no score; 0 where it has one."""
    is_bare = (found.reason == 0) & np.isnan(compared.score)
    return np.where(is_bare, len(REASONS) - 1, found.reason)


def _work_columns(corpus: Corpus, found: Members, compared: Compared) -> dict[str, Column]:
    """Make the table of works."""
    titles = corpus.columns("SELECT work_id, title FROM works ORDER BY work_id")["title"]
    is_scored = ~np.isnan(compared.score)
    floats = {
        "expected": compared.expected,
        "ncs": compared.score,
        "top_10": compared.tops[:, 0],
        "top_1": compared.tops[:, 1],
        "percentile": compared.hazen,
        "cp_in": compared.cp_in,
        "cp_ex": compared.cp_ex,
        "n_reference": compared.size,
    }
    return {
        "work_id": found.work_id,
        "title": list(titles),
        "publication_year": _whole(found.year),
        "citations": _whole(found.citations),
        **{name: np.where(is_scored, values, np.nan) for name, values in floats.items()},
        "reason": [REASONS[number] for number in _reasons(found, compared).tolist()],
    }


def _whole(values: FloatArray) -> Column:
    """Return whole numbers; where one is missing, a list with None in its place."""
    if not np.isnan(values).any():
        return values.astype(np.int64)
    return [None if np.isnan(value) else int(value) for value in values.tolist()]


def _owner_means(compared: Compared, pairs: Pairs, n_owners: int) -> dict[str, Column]:
    """Compute the indicators of each owner."""
    owner, place, weight = pairs
    totals = np.bincount(owner, weight, minlength=n_owners)
    means: dict[str, Column] = {"n_scored": np.bincount(owner, minlength=n_owners)}
    for name, values in zip(_INDICATORS, _indicators(compared).T, strict=True):
        sums = np.bincount(owner, weight * values[place], minlength=n_owners)
        means[name] = np.divide(sums, totals, out=np.full(n_owners, np.nan), where=totals > 0)
    return means


def _intervals(
    compared: Compared, pairs: Pairs, n_owners: int, *, n_resamples: int, seed: int
) -> dict[str, Column]:
    """Compute the ends of the intervals of the indicators of each owner."""
    owner, place, weight = pairs
    known, starts = np.unique(owner, return_index=True)
    values = _indicators(compared)[place]
    found = intervals_of_means(values, weight, starts, n_resamples=n_resamples, seed=seed)
    columns: dict[str, Column] = {}
    for number, name in enumerate(_INDICATORS):
        for end, limits in zip(("low", "high"), found, strict=True):
            column = np.full(n_owners, np.nan)
            column[known] = limits[:, number]
            columns[f"{name}_{end}"] = column
    return columns


def _indicators(compared: Compared) -> FloatArray:
    """Return the values that the indicators average, shape (n_works, n_indicators)."""
    return np.column_stack([compared.score, compared.tops, compared.hazen])


def _in_order(columns: dict[str, Column]) -> dict[str, Column]:
    """Sort owners by mncs, those without last, and set the ends of intervals beside values."""
    mncs = np.asarray(columns["mncs"], dtype=np.float64)
    order = np.argsort(np.where(np.isnan(mncs), np.inf, -mncs), kind="stable")
    names = ["key", "name", "n_works", "n_scored"]
    for name in _INDICATORS:
        names += [name, f"{name}_low", f"{name}_high"]
    empty = np.full(len(order), np.nan)
    kept = {name: np.asarray(columns.get(name, empty)) for name in names}
    return {name: values[order] for name, values in kept.items()}


def age_normalised_citations(
    corpus: Corpus,
    of: str = "works",
    *,
    scope: Scope = "global",
    as_of: AsOf = None,
    like: Like | None = None,
) -> Result:
    """Divide citations by the age of the work, and by the mean of its year.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        ``works``, or whose works: one of ``owned.OWNERS``, as authors or sources.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    as_of : int, str or None
        The day that the figures stand for; None is the last year of the corpus.
    like : {"bibliometrix"}, optional
        Take a work without local citations as cited once, as ``normalizeCitationScore`` does.
        Of global citations it has the same figures.

    Returns
    -------
    Result
        Of works, by ntc, falling, then by key: ``work_id``, ``title``, ``publication_year``,
        ``citations``, ``citations_per_year`` (citations / (`as_of` - year + 1)), ``ntc``
        (citations / mean citations of the works of its year in the corpus; None where that is
        0). Of owners: ``key``, ``name``, ``n_works``, ``n_counted`` (works with year and
        citations), and of these the means ``citations``, ``citations_per_year`` and ``ntc``.
        Works without year or citations are None, and counted in the manifest.

    Raises
    ------
    UnknownNameError
        If there is no such owner, scope or peer.
    OptionError
        If the step that finds the owners was not done.

    References
    ----------
    .. [1] Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science
       mapping analysis. Journal of Informetrics 11(4), 959-975.
       https://doi.org/10.1016/j.joi.2017.08.007

    Examples
    --------
    >>> age_normalised_citations(corpus, "sources").frame  # doctest: +SKIP
    """
    _check(of, "full", 0)
    if like is not None and like not in _PEERS:
        raise UnknownNameError("like", like, _PEERS)
    corpus, year = until(corpus, as_of)
    counted = cited_works(corpus, scope)
    citations = counted.citations
    if like and scope == "local":
        citations = np.where(citations == 0, 1.0, citations)
    age = np.full(len(citations), np.nan) if year is None else year - counted.year + 1
    figures = {
        "citations": citations,
        "citations_per_year": citations / age,
        "ntc": _by_year(counted.year, citations),
    }
    manifest: dict[str, object] = {
        "measure": "age-normalised citations",
        "of": of,
        "scope": scope,
        "as_of": year,
        "like": like,
        "rule": "citations / mean citations of the works of the same year in the corpus",
        "n_works": len(citations),
        "n_without": int(np.isnan(figures["citations_per_year"]).sum()),
        "reason": "no number of citations or no year",
        "reference": "Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for"
        " comprehensive science mapping analysis. Journal of Informetrics 11(4), 959-975."
        " https://doi.org/10.1016/j.joi.2017.08.007",
    }
    if of == "works":
        return Result.of_columns(_works_by_age(corpus, counted, figures), manifest)
    return Result.of_columns(_owners_by_age(owned_works(corpus, of), counted, figures), manifest)


def _by_year(year: FloatArray, citations: FloatArray) -> FloatArray:
    """Divide citations by the mean of their year."""
    is_known = ~np.isnan(year) & ~np.isnan(citations)
    _, place = np.unique(year[is_known], return_inverse=True)
    sums = np.bincount(place, citations[is_known])
    means = (sums / np.bincount(place))[place]
    scores = np.full(len(year), np.nan)
    cited = np.divide(citations[is_known], means, out=np.full(len(means), np.nan), where=means > 0)
    scores[is_known] = cited
    return scores


def _works_by_age(
    corpus: Corpus, counted: Counted, figures: dict[str, FloatArray]
) -> dict[str, Column]:
    """Make the table of works."""
    titles = corpus.columns("SELECT work_id, title FROM works ORDER BY work_id")["title"]
    order = np.argsort(np.where(np.isnan(figures["ntc"]), np.inf, -figures["ntc"]), kind="stable")
    return {
        "work_id": counted.work_id[order],
        "title": np.array(list(titles), dtype=object)[order],
        "publication_year": _whole(counted.year[order]),
        "citations": _whole(figures["citations"][order]),
        "citations_per_year": figures["citations_per_year"][order],
        "ntc": figures["ntc"][order],
    }


def _owners_by_age(
    owned: Owned, counted: Counted, figures: dict[str, FloatArray]
) -> dict[str, Column]:
    """Make the table of owners."""
    place = places_of(counted.work_id, owned.work_id)
    kept = ~np.isnan(figures["citations_per_year"][place])
    owner, place = owned.owner[kept], place[kept]
    n_owners = len(owned.keys)
    columns: dict[str, Column] = {"n_counted": np.bincount(owner, minlength=n_owners)}
    for name, values in figures.items():
        is_known = ~np.isnan(values[place])
        totals = np.bincount(owner[is_known], minlength=n_owners)
        sums = np.bincount(owner[is_known], values[place][is_known], minlength=n_owners)
        columns[name] = np.divide(sums, totals, out=np.full(n_owners, np.nan), where=totals > 0)
    ntc = np.asarray(columns["ntc"])
    order = np.argsort(np.where(np.isnan(ntc), np.inf, -ntc), kind="stable")
    shown = {"key": owned.keys, "name": owned.names, "n_works": owned.n_works, **columns}
    return {name: np.asarray(values)[order] for name, values in shown.items()}
