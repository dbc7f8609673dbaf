"""Works by author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["author_production"]


def author_production(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count works by author, in full and in fractions.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``normalise`` spellings of one name are one author.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``author``, ``n_works`` (each work counts 1), ``n_works_fractional`` (a work
        of n listed authors counts 1/n), ``n_first`` (works as first author), ``first_year``
        and ``last_year``; by works, fractions, then by name. Where et al. cuts a list, n is
        the number of authors listed.

    References
    ----------
    .. [1] Price, D. J. de Solla (1981). Multiple authorship. Science 212, 986.
       https://doi.org/10.1126/science.212.4498.986-a
    """
    corpus, year = until(corpus, as_of)
    rows = corpus.sql(
        "WITH people AS (SELECT work_id, position, author_id,"
        " COALESCE(author, literal, family || ', ' || given, family) AS name"
        " FROM authorships WHERE role = 'author'),"
        " sizes AS (SELECT work_id, COUNT(*) AS n FROM people GROUP BY work_id)"
        " SELECT MIN(p.name) AS author, COUNT(DISTINCT p.work_id) AS n_works,"
        " SUM(CAST(1.0 AS DOUBLE) / s.n) AS n_works_fractional,"
        " SUM(CASE WHEN p.position = 1 THEN 1 ELSE 0 END) AS n_first,"
        " MIN(w.publication_year) AS first_year, MAX(w.publication_year) AS last_year"
        " FROM people p JOIN sizes s ON p.work_id = s.work_id"
        " JOIN works w ON p.work_id = w.work_id WHERE p.name IS NOT NULL"
        " GROUP BY COALESCE(CAST(p.author_id AS VARCHAR), p.name)"
        " ORDER BY n_works DESC, n_works_fractional DESC, author"
    )
    columns = ("author", "n_works", "n_works_fractional", "n_first", "first_year", "last_year")
    rows = [(r[0], int(r[1]), round(float(r[2]), 6), int(r[3]), r[4], r[5]) for r in rows]
    manifest: dict[str, object] = {
        "measure": "production of authors",
        "fractional": "1/n",
        "as_of": year,
        "reference": "Price, D. J. de Solla (1981). Multiple authorship. Science 212, 986."
        " https://doi.org/10.1126/science.212.4498.986-a",
    }
    return Result(columns, rows, manifest)
