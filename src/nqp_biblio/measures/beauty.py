"""Sleeping beauties: works whose citations come late, by how late and how suddenly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.citations import citation_links
from nqp_biblio.measures.result import Result
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.citations import Links

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["beauty_coefficients", "sleeping_beauties"]

_REFERENCE = (
    "Ke, Q., Ferrara, E., Radicchi, F. & Flammini, A. (2015). Defining and identifying Sleeping"
    " Beauties in science. PNAS 112(24), 7426-7431. https://doi.org/10.1073/pnas.1424329112"
)


def sleeping_beauties(corpus: Corpus, *, min_citations: int = 10, as_of: AsOf = None) -> Result:
    """Give the beauty coefficient of cited works, and the year in which each awoke.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``. The citations are those by works of the corpus,
        since databases give no counts by year.
    min_citations : int
        Works cited less often within the corpus are left out.
    as_of : int, str or None
        Works published later do not cite; None is the last year of the corpus.

    Returns
    -------
    Result
        By coefficient: ``work_id``, ``title``, ``publication_year``, ``n_citations`` (of
        works of the corpus, dated, not before its own year), ``beauty`` (0 or more; below 0
        where citations outran the line to the peak), ``peak_year`` (most citations, of equals
        the earliest) and ``awakening_year``.

    Raises
    ------
    OptionError
        If `min_citations` is below 1.

    References
    ----------
    .. [1] Ke, Q., Ferrara, E., Radicchi, F. & Flammini, A. (2015). Defining and identifying
       Sleeping Beauties in science. PNAS 112(24), 7426-7431, eqs. 1 to 3.
       https://doi.org/10.1073/pnas.1424329112

    Examples
    --------
    >>> found = sleeping_beauties(corpus, min_citations=5)  # doctest: +SKIP
    """
    if min_citations < 1:
        raise OptionError(f"min_citations is {min_citations}; it must be at least 1")
    part, last = until(corpus, as_of)
    links = citation_links(part)
    cited, age, left_out = _ages(links)
    chosen, histories = _histories(cited, age, min_citations)
    beauty, peak, awake = beauty_coefficients(histories)
    year = links.year[chosen].astype(np.int64)
    order = np.lexsort([links.work_id[chosen], -beauty])
    titles = _titles(part, chosen, len(links.work_id))
    columns: dict[str, Any] = {
        "work_id": links.work_id[chosen][order],
        "title": [titles[n] for n in order.tolist()],
        "publication_year": year[order],
        "n_citations": histories.sum(axis=1)[order],
        "beauty": beauty[order],
        "peak_year": (year + peak)[order],
        "awakening_year": (year + awake)[order],
    }
    manifest: dict[str, object] = {
        "measure": "sleeping beauties",
        "rule": "sum to the peak of (line from first year to peak - citations) / max(1,"
        " citations); awake where citations are farthest from that line",
        "scope": "local",
        "min_citations": min_citations,
        "as_of": last,
        "reference": _REFERENCE,
        **left_out,
    }
    return Result.of_columns(columns, manifest)


def beauty_coefficients(histories: IntArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Return beauty coefficient, peak and awakening of histories of citations.

    Parameters
    ----------
    histories : array of shape (n_works, n_years)
        Citations by age, from the year of publication (age 0).

    Returns
    -------
    beauty : array of shape (n_works,)
        Sum over t from 0 to the peak of (line at t - c_t) / max(1, c_t), where the line runs
        from c_0 to the peak; 0 where the peak is at age 0.
    peak, awakening : array of int, shape (n_works,)
        Ages, of equals the earliest.

    Examples
    --------
    >>> beauty, peak, awakening = beauty_coefficients(np.array([[0, 0, 0, 0, 8]]))
    >>> beauty.tolist(), peak.tolist(), awakening.tolist()
    ([12.0], [4], [3])
    """
    n_works, n_years = histories.shape
    if not n_works or not n_years:
        return np.zeros(n_works), np.zeros(n_works, dtype=int), np.zeros(n_works, dtype=int)
    peak = histories.argmax(axis=1)
    top = histories[np.arange(n_works), peak]
    first = histories[:, 0]
    age = np.arange(n_years)
    is_before = age <= peak[:, None]
    slope = (top - first) / np.maximum(peak, 1)
    above = slope[:, None] * age + first[:, None] - histories
    beauty = np.where(is_before, above / np.maximum(histories, 1), 0.0).sum(axis=1)
    # the distance from the line is |above| over a root that does not depend on the age
    awakening = np.where(is_before, np.abs(above), -1.0).argmax(axis=1)
    return np.where(peak > 0, beauty, 0.0), peak, np.where(peak > 0, awakening, 0)


def _ages(links: Links) -> tuple[IntArray, IntArray, dict[str, object]]:
    """Return cited work and its age at each citation, and what was left out."""
    age = links.year[links.citing] - links.year[links.cited]
    undated, early = np.isnan(age), age < 0
    kept = ~(undated | early)
    left_out: dict[str, object] = {
        "n_without": int(undated.sum()),
        "reason": "citations whose citing or cited work has no year",
        "n_before_publication": int(early.sum()),
    }
    return links.cited[kept], age[kept].astype(np.int64), left_out


def _histories(cited: IntArray, age: IntArray, least: int) -> tuple[IntArray, IntArray]:
    """Return the works cited often enough and their citations by age."""
    totals = np.bincount(cited)
    chosen = np.flatnonzero(totals >= least)
    n_ages = int(age.max()) + 1 if len(age) else 0
    place = np.full(len(totals), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    return chosen, compiled(_tabulate)(place[cited], age, (len(chosen), n_ages))


def _tabulate(row: IntArray, column: IntArray, shape: tuple[int, int]) -> IntArray:
    """Count pairs into a table; rows below 0 are left out."""
    table = np.zeros(shape, dtype=np.int64)
    for i in range(len(row)):
        if row[i] >= 0:
            table[row[i], column[i]] += 1
    return table


def _titles(corpus: Corpus, chosen: IntArray, n_works: int) -> list[str | None]:
    """Return the titles of some works, by their place among all."""
    if not n_works or not len(chosen):
        return []
    titles = corpus.columns("SELECT work_id, title FROM works ORDER BY work_id")["title"]
    return [titles[n] for n in chosen.tolist()]
