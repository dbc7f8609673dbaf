"""Works by year, by source and by type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["annual_counts", "annual_production", "source_production", "type_production"]

_TYPES = ("type", "genre")


def annual_production(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count works by year of publication.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``publication_year`` and ``n_works``, by year, years without works between
        the first and the last included; works without a year are in a last row whose year
        is None.
    """
    corpus, as_of_year = until(corpus, as_of)
    first, counts, undated = annual_counts(corpus)
    rows: list[tuple[int | None, int]] = [
        (first + index, n) for index, n in enumerate(counts.tolist())
    ]
    if undated:
        rows.append((None, undated))
    manifest: dict[str, object] = {"measure": "annual production", "as_of": as_of_year}
    return Result(("publication_year", "n_works"), list(rows), manifest)


def annual_counts(corpus: Corpus) -> tuple[int, NDArray[np.int64], int]:
    """Count works by year of publication, for measures.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    first_year : int
        The first year; 0 where no work has one.
    counts : array of int, shape (n_years,)
        Works of each year from the first to the last; 0 in years without.
    undated : int
        Works without a year.
    """
    found = dict(
        corpus.sql(
            "SELECT publication_year, COUNT(*) FROM works GROUP BY publication_year"
            " ORDER BY publication_year"
        )
    )
    undated = int(found.pop(None, 0))
    first = min(found, default=0)
    counts = np.zeros(max(found) - first + 1 if found else 0, dtype=np.int64)
    for year, n in found.items():
        counts[year - first] = n
    return first, counts, undated


def source_production(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count works by source.

    Parameters
    ----------
    corpus : Corpus
        The corpus; variants of a name are one source after ``normalise``.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``source_id``, ``source``, ``abbreviated_title``, ``n_works`` and
        ``n_variants`` (spellings joined), by works, then by name.
    """
    corpus, year = until(corpus, as_of)
    rows = corpus.sql(
        "SELECT s.source_id, s.display_name, s.abbreviated_title, COUNT(*) AS n_works,"
        " s.n_variants FROM sources s JOIN works w ON s.source_id = w.source_id"
        " GROUP BY s.source_id, s.display_name, s.abbreviated_title, s.n_variants"
        " ORDER BY n_works DESC, s.display_name, s.source_id"
    )
    columns = ("source_id", "source", "abbreviated_title", "n_works", "n_variants")
    return Result(columns, rows, {"measure": "production of sources", "as_of": year})


def type_production(
    corpus: Corpus, *, by: Literal["type", "genre"] = "type", as_of: AsOf = None
) -> Result:
    """Count works by type.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    by : {"type", "genre"}
        The kind of work in the words of CSL, or as the source names it (DT of Web of Science:
        article; early access).
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``type`` or ``genre`` (None where not known) and ``n_works``, by works, then by
        name.

    Raises
    ------
    UnknownNameError
        If `by` is none of these.
    """
    if by not in _TYPES:
        raise UnknownNameError("by", by, _TYPES)
    corpus, year = until(corpus, as_of)
    rows = corpus.sql(
        f"SELECT {by}, COUNT(*) AS n_works FROM works GROUP BY {by}"
        f" ORDER BY n_works DESC, CASE WHEN {by} IS NULL THEN 1 ELSE 0 END, {by}"
    )
    return Result((by, "n_works"), rows, {"measure": "types of works", "by": by, "as_of": year})
