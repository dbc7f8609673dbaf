"""Topics by the number of works that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["topic_frequencies"]


_N_WORKS = "COUNT(DISTINCT t.work_id)"
_KINDS = ("topic", "author_keyword", "index_keyword")


def topic_frequencies(
    corpus: Corpus,
    *,
    kind: str = "topic",
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Count works by topic or keyword.

    Parameters
    ----------
    corpus : Corpus
        The corpus, after ``find_topics`` where topics are asked.
    kind : {"topic", "author_keyword", "index_keyword"}
        Which terms.
    like : {"bibliometrix"}, optional
        Count terms as printed, in capitals, each time that they are printed, as bibliometrix
        does: a work that lists a keyword twice counts twice, and shares may exceed 1.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``term``, ``n_works``, ``share`` (of all works, 0 to 1), ``is_ubiquitous``,
        ``first_year`` and ``last_year``; by works, then by term.

    Raises
    ------
    UnknownNameError
        If there is no such kind or convention.
    """
    if kind not in _KINDS:
        raise UnknownNameError("kind", kind, _KINDS)
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    corpus, year = until(corpus, as_of)
    n_works = corpus.n_rows("works")
    term, count = ("UPPER(t.term_raw)", "COUNT(*)") if like else ("t.term", _N_WORKS)
    rows = corpus.sql(
        f"SELECT {term} AS own, {count} AS n_works,"
        " MAX(CASE WHEN t.is_ubiquitous THEN 1 ELSE 0 END) AS is_ubiquitous,"
        " MIN(w.publication_year) AS first_year, MAX(w.publication_year) AS last_year"
        " FROM terms t JOIN works w ON t.work_id = w.work_id"
        f" WHERE t.kind = ? AND {term} IS NOT NULL"
        f" GROUP BY {term} ORDER BY n_works DESC, own",
        (kind,),
    )
    columns = ("term", "n_works", "share", "is_ubiquitous", "first_year", "last_year")
    counted = [(term, n, n / n_works, bool(is_u), a, z) for term, n, is_u, a, z in rows]
    manifest: dict[str, object] = {
        "measure": "frequency of terms",
        "kind": kind,
        "like": like,
        "as_of": year,
    }
    return Result(columns, counted, manifest)
