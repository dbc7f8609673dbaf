"""How often works are cited: as the database counts, or within the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["Counted", "Links", "Scope", "citation_links", "cited_works", "places_of"]

Scope = Literal["global", "local"]
"""Citations as the database counts them, or those by works of the corpus."""

_SCOPES = ("global", "local")
_FLOAT = "COALESCE(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE)) AS {0}"
_LINKS = (
    "SELECT citing_work_id AS citing, work_id AS cited FROM cited_references"
    " WHERE citing_work_id IS NOT NULL AND work_id IS NOT NULL AND citing_work_id <> work_id"
)
_SPARSE = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """Works with their citations.

    Attributes
    ----------
    work_id : array of int, shape (n_works,)
        All works of the corpus, in order.
    year : array of float, shape (n_works,)
        Year of publication; nan where unknown.
    citations : array of float, shape (n_works,)
        Citations; nan where the database gives none.
    """

    work_id: IntArray
    year: FloatArray
    citations: FloatArray


@dataclass(frozen=True, slots=True)
class Links:
    """Which work of the corpus cites which; each pair once, none by itself.

    Attributes
    ----------
    work_id : array of int, shape (n_works,)
        All works of the corpus, in order.
    year : array of float, shape (n_works,)
        Year of publication; nan where unknown.
    citing, cited : array of int, shape (n_links,)
        Index in `work_id`, ordered by citing, then cited.
    """

    work_id: IntArray
    year: FloatArray
    citing: IntArray
    cited: IntArray


def cited_works(corpus: Corpus, scope: Scope = "global") -> Counted:
    """Count the citations of each work.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    scope : {"global", "local"}
        ``global``: ``cited_by_count`` of the database. ``local``: works of the corpus that
        cite it, found by ``link_references``.

    Returns
    -------
    Counted

    Raises
    ------
    UnknownNameError
        If there is no such scope.
    """
    if scope not in _SCOPES:
        raise UnknownNameError("scope of citations", scope, _SCOPES)
    if scope == "local":
        links = citation_links(corpus)
        counts = np.bincount(links.cited, minlength=len(links.work_id)).astype(np.float64)
        return Counted(links.work_id, links.year, counts)
    found = corpus.columns(
        f"SELECT work_id, {_FLOAT.format('publication_year')},"
        f" {_FLOAT.format('cited_by_count')} FROM works ORDER BY work_id"
    )
    work_id = np.asarray(found["work_id"], dtype=np.int64)
    return Counted(work_id, _floats(found["publication_year"]), _floats(found["cited_by_count"]))


def citation_links(corpus: Corpus) -> Links:
    """Find which work of the corpus cites which.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.

    Returns
    -------
    Links
    """
    works = corpus.columns(
        f"SELECT work_id, {_FLOAT.format('publication_year')} FROM works ORDER BY work_id"
    )
    work_id = np.asarray(works["work_id"], dtype=np.int64)
    pairs = corpus.columns(_LINKS)
    citing, cited = (
        places_of(work_id, np.asarray(pairs[name], dtype=np.int64)) for name in ("citing", "cited")
    )
    # one sort of whole numbers that hold both is several times as fast as one in SQL
    width = len(work_id).bit_length()
    both = (citing << width) | cited
    if not (both[1:] > both[:-1]).all():
        both = np.sort(both)
        both = both[np.concatenate([[True], both[1:] != both[:-1]])]
        citing, cited = both >> width, both & ((1 << width) - 1)
    return Links(work_id, _floats(works["publication_year"]), citing, cited)


def places_of(known: IntArray, wanted: IntArray) -> IntArray:
    """Return the index of each wanted key among known ones.

    Parameters
    ----------
    known : array of int, shape (n,)
        Keys in order, from 1 up; each once.
    wanted : array of int, shape (m,)
        Keys that are among them.

    Returns
    -------
    array of int, shape (m,)
    """
    last = int(known[-1]) if len(known) else 0
    if last == len(known):
        return wanted - 1
    if last > _SPARSE * len(known):
        return np.searchsorted(known, wanted)
    table = np.zeros(last + 1, dtype=np.int64)
    table[known] = np.arange(len(known))
    return table[wanted]


def _floats(column: object) -> FloatArray:
    """Return a column of floats as an array."""
    return np.asarray(column, dtype=np.float64)
