"""The h-index and its kin, of authors, sources, institutions, countries and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import cited_works, places_of
from nqp_biblio.measures.h_cores import (
    Ranked,
    blocks,
    core_means,
    e_indices,
    g_indices,
    h_indices,
    hm_indices,
    order_by,
    rank,
)
from nqp_biblio.measures.owned import owned_works
from nqp_biblio.measures.owner_names import names_at
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.citations import Scope
    from nqp_biblio.measures.owned import Owned

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    Columns = dict[str, NDArray[Any]]
    Column = Sequence[object] | NDArray[Any]
    Shown = dict[str, Column]

__all__ = ["REFERENCES", "WorkFigures", "h_index", "work_figures"]

REFERENCES = {
    "h, m": "Hirsch, J. E. (2005). An index to quantify an individual's scientific research output."
    " PNAS 102(46), 16569-16572. https://doi.org/10.1073/pnas.0507655102",
    "g": "Egghe, L. (2006). Theory and practise of the g-index. Scientometrics 69(1), 131-152."
    " https://doi.org/10.1007/s11192-006-0144-7",
    "e": "Zhang, C.-T. (2009). The e-index, complementing the h-index for excess citations."
    " PLoS ONE 4(5), e5429. https://doi.org/10.1371/journal.pone.0005429",
    "hc": "Sidiropoulos, A., Katsaros, D. & Manolopoulos, Y. (2007). Generalized Hirsch h-index for"
    " disclosing latent facts in citation networks. Scientometrics 72(2), 253-280."
    " https://doi.org/10.1007/s11192-007-1722-z",
    "hi": "Batista, P. D., Campiteli, M. G., Kinouchi, O. & Martinez, A. S. (2006). Is it possible"
    " to compare researchers with different scientific interests? Scientometrics 68(1), 179-189."
    " https://doi.org/10.1007/s11192-006-0090-4",
    "hi_norm, hi_annual": "Harzing, A.-W., Alakangas, S. & Adams, D. (2014). hIa: An individual"
    " annual h-index to accommodate disciplinary and career length differences. Scientometrics"
    " 99(3), 811-821. https://doi.org/10.1007/s11192-013-1208-0",
    "hm": "Schreiber, M. (2008). To share the fame in a fair way, hm modifies h for multi-authored"
    " manuscripts. New Journal of Physics 10, 040201."
    " https://doi.org/10.1088/1367-2630/10/4/040201",
    "awcr, aw": "Jin, B. (2007). The AR-index: complementing the h-index. ISSI Newsletter 3(1), 6;"
    " summed over all works, as Publish or Perish does",
}
"""Where each index comes from."""

Like = Literal["bibliometrix"]

_PEERS = ("bibliometrix",)
_CITED = 10
_ROUNDING = 1e-9
_NUMBERED = ("authors", "sources", "institutions")
_ALWAYS = ("n_works", "n_without_count", "first_year", "last_year", "n_works_fractional")
_OF_DATED = ("hc", "awcr", "awcr_per_author", "aw")
_OF_AUTHORED = ("hi", "hi_norm", "hi_annual", "hm", "awcr_per_author", "citations_fractional")
_COLUMNS = (
    *("n_works", "n_without_count", "n_cited", "citations", "h", "g", "m", "e", "a", "hc", "hi"),
    *("hi_norm", "hi_annual", "hm", "awcr", "awcr_per_author", "aw", "i10", "first_year"),
    *("last_year", "citations_per_work", "citations_per_year", "citations_fractional"),
    "n_works_fractional",
)
_WHOLE = (
    *("n_works", "n_without_count", "n_cited", "citations", "h", "g", "hc", "hi_norm", "i10"),
    *("first_year", "last_year"),
)


class WorkFigures(NamedTuple):
    """What the indices need of each work, those cited most first, then those of more authors.

    Attributes
    ----------
    work_id : array of int, shape (n_works,)
        Key of the works in order of their keys.
    place : array of int, shape (n_works,)
        For each of them, its index in the arrays that follow.
    citations, authors : array of int, shape (n_works,)
        Citations, authors listed (0 where none is). Works whose citations are not known have
        0 and come last.
    share : array of float, shape (n_works,)
        One through the number of authors; 0 where none is listed.
    is_known : array of bool, shape (n_works,)
        Whether the number of citations is known.
    year, age : array of float, shape (n_works,)
        Year of publication, and calendar years from it to that of the figures, both
        counted; nan where unknown.
    """

    work_id: IntArray
    place: IntArray
    citations: IntArray
    authors: IntArray
    share: FloatArray
    is_known: BoolArray
    year: FloatArray
    age: FloatArray


def h_index(
    corpus: Corpus,
    of: str = "authors",
    *,
    scope: Scope = "global",
    as_of: AsOf = None,
    g_capped: bool = True,
    gamma: float = 4.0,
    delta: float = 1.0,
    like: Like | None = None,
) -> Result:
    """Compute the h-index and its kin for each author, source, institution, country or term.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        Whose works: one of ``owned.OWNERS``, as authors, sources, institutions, countries or
        author_keywords.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    as_of : int, str or None
        The day that the figures stand for; None is the last year of the corpus. Citations are
        those known when the data were taken, whatever the day.
    g_capped : bool
        The g-index is at most the number of works; else works without citations are thought
        to follow, as Egghe has it.
    gamma, delta : float
        Of the contemporary h-index: a work has gamma x citations / age^delta.
    like : {"bibliometrix"}, optional
        Leave out who has h = 0, and count the year of the first work and that of `as_of` both
        in the years of m. bibliometrix takes that year from the clock.

    Returns
    -------
    Result
        A row per owner, also of h = 0, by h, g and citations, falling, then by key:

        ``key``, ``name``; ``n_works``, ``n_without_count`` (works whose citations are not
        known; they are left out of all that follows), ``n_cited``, ``citations``;
        ``h``; ``g``; ``m`` (h / years since the first work, 1 at least); ``e``; ``a``
        (citations / h^2); ``hc`` (h of gamma x citations / age^delta); ``hi`` (h / mean
        authors of the h-core; works that tie at its end share the places left); ``hi_norm`` (h
        of citations / authors); ``hi_annual`` (hi_norm / years as in m); ``hm`` (as h, each
        work counting 1 / authors; at ties more authors first); ``awcr`` (sum of citations /
        age), ``awcr_per_author`` (each term divided by the authors), ``aw`` (root of awcr);
        ``i10`` (works cited 10 times or more); ``first_year``, ``last_year``;
        ``citations_per_work``, ``citations_per_year`` (years as in m);
        ``citations_fractional`` and ``n_works_fractional`` (divided by the authors).

        The age of a work is `as_of` - year + 1. What cannot be told is None: the indices of
        an owner none of whose works has a count; without any year m, hc, awcr and what comes
        of them; without any author listed what divides by authors. Else works without a year
        are not in hc and awcr, and works without authors not in what divides by authors. The
        manifest counts all of these.

    Raises
    ------
    UnknownNameError
        If there is no such owner, scope or peer.
    OptionError
        If the step that finds the owners was not done, `as_of` is no day, or gamma is not
        above 0.

    Notes
    -----
    Cost is n log n in the pairs of owner and work.

    References
    ----------
    .. [1] Hirsch, J. E. (2005). An index to quantify an individual's scientific research
       output. PNAS 102(46), 16569-16572. https://doi.org/10.1073/pnas.0507655102
    .. [2] Egghe, L. (2006). Theory and practise of the g-index. Scientometrics 69(1), 131-152.
       https://doi.org/10.1007/s11192-006-0144-7
    .. [3] Sidiropoulos, A., Katsaros, D. & Manolopoulos, Y. (2007). Generalized Hirsch h-index
       for disclosing latent facts in citation networks. Scientometrics 72(2), 253-280.
       https://doi.org/10.1007/s11192-007-1722-z
    .. [4] Harzing, A.-W. Publish or Perish. https://harzing.com/resources/publish-or-perish

    Examples
    --------
    >>> h_index(corpus, "sources").frame  # doctest: +SKIP
    """
    if like is not None and like not in _PEERS:
        raise UnknownNameError("like", like, _PEERS)
    if not gamma > 0:
        raise OptionError(f"gamma is {gamma}; it must be above 0")
    corpus, year = until(corpus, as_of)
    owned = owned_works(corpus, of)
    works = work_figures(corpus, scope, year)
    columns = _all_figures(owned, works, (gamma, delta), g_capped=g_capped)
    columns |= _by_years(columns, year, n_first=1 if like else 0)
    is_kept = columns["h"] >= (1 if like else 0)
    parts = {"of": of, "scope": scope, "as_of": year, "g_capped": g_capped}
    manifest = {
        "measure": "h-index and its kin",
        **parts,
        "gamma": gamma,
        "delta": delta,
        "like": like,
        **_left_out(corpus, works),
        "n_without_h": int((~is_kept).sum()),
        "reference": REFERENCES,
    }
    return Result.of_columns(_in_order(owned, columns, is_kept=is_kept), manifest)


def work_figures(corpus: Corpus, scope: Scope, year: int | None) -> WorkFigures:
    """Read citations, authors and years of all works.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    scope : {"global", "local"}
        Citations as the database counts them, or by works of the corpus.
    year : int or None
        The year that the figures stand for.
    """
    counted = cited_works(corpus, scope)
    found = corpus.columns("SELECT work_id FROM authorships WHERE role = 'author'")
    places = places_of(counted.work_id, np.asarray(found["work_id"], dtype=np.int64))
    authors = np.bincount(places, minlength=len(counted.work_id)).astype(np.int64)
    is_known = ~np.isnan(counted.citations)
    citations = np.where(is_known, counted.citations, 0).astype(np.int64)
    most = int(citations.max(initial=0))
    few = np.where(is_known, most - citations, most + 1)
    first = order_by(few, authors.max(initial=0) - authors)
    place = np.empty(len(first), dtype=np.int64)
    place[first] = np.arange(len(first))
    own = counted.year[first]
    age = np.full(len(own), np.nan) if year is None else year - own + 1
    listed = authors[first]
    share = np.where(listed > 0, 1.0 / np.maximum(listed, 1), 0.0)
    ordered = (citations[first], listed, share, is_known[first], own, age)
    return WorkFigures(counted.work_id, place, *ordered)


def _all_figures(
    owned: Owned, works: WorkFigures, contemporary: tuple[float, float], *, g_capped: bool
) -> Columns:
    """Compute all that needs the works of an owner, some owners at a time."""
    weighed = _weighed(works, contemporary)
    parts: list[Columns] = []
    places = places_of(works.work_id, owned.work_id)
    for block in blocks(owned.owner):
        ranked = rank(owned.owner[block], places[block], works.place)
        citations = works.citations[ranked.work]
        found = _counts(ranked, works, citations)
        sizes = found["n_works"] - found["n_without_count"]
        found["g"] = g_indices(ranked, citations, sizes, capped=g_capped)
        h = ranked.counts(citations >= ranked.place)
        found |= _cores(ranked, works, citations, h)
        parts.append(found | _by_age(ranked, weighed))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _counts(ranked: Ranked, works: WorkFigures, citations: IntArray) -> Columns:
    """Count works and citations, and find the years."""
    year = works.year[ranked.work]
    n_works = ranked.sizes
    lost = n_works * 0 if works.is_known.all() else ranked.counts(~works.is_known[ranked.work])
    return {
        "n_works": n_works,
        "n_without_count": lost,
        "n_cited": ranked.counts(citations > 0),
        "citations": ranked.totals(citations).astype(np.int64),
        "i10": ranked.counts(citations >= _CITED),
        "first_year": ranked.least(year),
        "last_year": ranked.greatest(year),
    }


def _cores(ranked: Ranked, works: WorkFigures, citations: IntArray, h: IntArray) -> Columns:
    """Compute what the h-core gives, and what divides by authors."""
    authors, share = works.authors[ranked.work], works.share[ranked.work]
    alone = citations * share
    means = core_means(ranked, citations, h, authors)
    return {
        "h": h,
        "e": e_indices(ranked, citations, h),
        "hi": np.divide(h, means, out=np.where(h > 0, np.nan, 0.0), where=means > 0),
        "hi_norm": h_indices(ranked, alone + _ROUNDING),
        "hm": hm_indices(ranked, citations, share),
        "n_works_fractional": ranked.totals(share),
        "citations_fractional": ranked.totals(alone),
    }


def _by_age(ranked: Ranked, weighed: tuple[FloatArray, FloatArray, FloatArray]) -> Columns:
    """Compute what weighs citations by the age of the work."""
    recent, yearly, alone = weighed
    awcr = ranked.totals(yearly[ranked.work])
    return {
        "hc": h_indices(ranked, recent[ranked.work]),
        "awcr": awcr,
        "awcr_per_author": ranked.totals(alone[ranked.work]),
        "aw": np.sqrt(awcr),
    }


def _weighed(
    works: WorkFigures, contemporary: tuple[float, float]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weigh the citations of each work by its age, for hc, awcr and awcr_per_author."""
    gamma, delta = contemporary
    is_dated = ~np.isnan(works.age)
    age = np.where(is_dated, works.age, 1.0)
    recent = np.where(is_dated, gamma * works.citations / age**delta + _ROUNDING, 0.0)
    yearly = np.where(is_dated, works.citations / age, 0.0)
    return recent, yearly, yearly * works.share


def _by_years(columns: Columns, year: int | None, *, n_first: int) -> Columns:
    """Compute what divides by works or by the years since the first work."""
    last = np.nan if year is None else float(year)
    career = np.maximum(last - columns["first_year"] + n_first, 1.0)
    h, citations = columns["h"], columns["citations"]
    sizes = columns["n_works"] - columns["n_without_count"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "m": h / career,
            "hi_annual": columns["hi_norm"] / career,
            "citations_per_year": citations / career,
            "citations_per_work": citations / sizes,
            "a": np.where(h > 0, citations / h**2, np.nan),
        }


def _in_order(owned: Owned, columns: Columns, *, is_kept: BoolArray) -> Shown:
    """Put the rows in order, and take away what cannot be told."""
    falling = (columns[name].max(initial=0) - columns[name] for name in ("h", "g", "citations"))
    order = order_by(*falling)
    order = order[is_kept[order]]
    keys = np.array(owned.keys, dtype=np.int64 if owned.of in _NUMBERED else object)
    shown: Shown = {"key": keys[order], "name": names_at(owned.names, order)}
    for name in _COLUMNS:
        values = columns[name]
        for can_tell in _conditions(columns, name):
            values = values if can_tell.all() else np.where(can_tell, values, np.nan)
        shown[name] = _whole(values[order]) if name in _WHOLE else values[order]
    return shown


def _conditions(columns: Columns, name: str) -> Iterator[BoolArray]:
    """Yield for each owner whether a figure can be told: with counts, years and authors."""
    if name not in _ALWAYS:
        yield columns["n_works"] > columns["n_without_count"]
    if name in _OF_DATED:
        yield ~np.isnan(columns["first_year"])
    if name in _OF_AUTHORED:
        yield columns["n_works_fractional"] > 0


def _whole(values: NDArray[np.generic]) -> Column:
    """Return whole numbers; where one is missing, a list with None in its place."""
    if values.dtype.kind == "i":
        return values
    if not np.isnan(values).any():
        return values.astype(np.int64)
    return [None if value != value else int(value) for value in values.tolist()]  # noqa: PLR0124


def _left_out(corpus: Corpus, works: WorkFigures) -> dict[str, object]:
    """Say what is left out, and why."""
    cut = corpus.sql("SELECT COUNT(*) FROM works WHERE et_al")[0][0]
    return {
        "n_works": len(works.work_id),
        "n_without": int((~works.is_known).sum()),
        "reason": "the source gives no number of citations; such works are in n_works only",
        "n_without_year": int(np.isnan(works.year).sum()),
        "n_without_authors": int((works.authors == 0).sum()),
        "n_cut_by_et_al": int(cut),
    }
