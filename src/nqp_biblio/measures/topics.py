"""Topics by the number of works that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["topic_frequencies"]


def topic_frequencies(corpus: Corpus, *, kind: str = "topic") -> Result:
    """Count works by topic or keyword.

    Parameters
    ----------
    corpus : Corpus
        The corpus, after ``find_topics`` where topics are asked.
    kind : {"topic", "author_keyword", "index_keyword"}
        Which terms.

    Returns
    -------
    Result
        Columns ``term``, ``n_works``, ``share`` (of all works, 0 to 1), ``is_ubiquitous``,
        ``first_year`` and ``last_year``; by works, then by term.
    """
    n_works = corpus.n_rows("works")
    rows = corpus.sql(
        "SELECT t.term, COUNT(DISTINCT t.work_id) AS n_works,"
        " MAX(CASE WHEN t.is_ubiquitous THEN 1 ELSE 0 END) AS is_ubiquitous,"
        " MIN(w.publication_year) AS first_year, MAX(w.publication_year) AS last_year"
        " FROM terms t JOIN works w ON t.work_id = w.work_id"
        " WHERE t.kind = ? AND t.term IS NOT NULL"
        " GROUP BY t.term ORDER BY n_works DESC, t.term",
        (kind,),
    )
    columns = ("term", "n_works", "share", "is_ubiquitous", "first_year", "last_year")
    counted = [(term, n, n / n_works, bool(is_u), a, z) for term, n, is_u, a, z in rows]
    return Result(columns, counted, {"measure": "frequency of terms", "kind": kind})
