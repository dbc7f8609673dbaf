"""What a corpus holds, at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["completeness", "summary"]

_COUNTS = {
    "works": "SELECT COUNT(*) FROM works",
    "works read from databases or bibliographies": (
        "SELECT COUNT(*) FROM works WHERE role = 'record'"
    ),
    "papers read whole": "SELECT COUNT(*) FROM works WHERE role = 'paper'",
    "printed references": "SELECT COUNT(*) FROM works WHERE role = 'reference'",
    "first year": "SELECT MIN(publication_year) FROM works",
    "last year": "SELECT MAX(publication_year) FROM works",
    "sources": "SELECT COUNT(*) FROM sources",
    "authors": (
        "SELECT COUNT(DISTINCT COALESCE(author, literal, family || ', ' || given, family))"
        " FROM authorships WHERE role = 'author'"
    ),
    "authorships": "SELECT COUNT(*) FROM authorships WHERE role = 'author'",
    "works with one author": (
        "SELECT COUNT(*) FROM (SELECT a.work_id FROM authorships a JOIN works w"
        " ON a.work_id = w.work_id WHERE a.role = 'author' AND NOT COALESCE(w.et_al, FALSE)"
        " GROUP BY a.work_id HAVING COUNT(*) = 1) one"
    ),
    "works whose author list is cut by et al.": "SELECT COUNT(*) FROM works WHERE et_al",
    "works with a DOI": "SELECT COUNT(*) FROM works WHERE doi IS NOT NULL",
    "cited references": (
        "SELECT CASE WHEN COUNT(*) > 0 OR (SELECT COUNT(*) FROM fields WHERE name = 'NR'"
        " AND value <> '0') = 0 THEN COUNT(*) END"
        " FROM cited_references WHERE citing_work_id IS NOT NULL"
    ),
    "in-text citations": "SELECT COUNT(*) FROM mentions",
    "topics": "SELECT COUNT(DISTINCT term) FROM terms WHERE kind = 'topic'",
    "problems": "SELECT COUNT(*) FROM problems",
    "values changed by cleaning": "SELECT COUNT(*) FROM changes",
}

_FIELDS = (
    "title",
    "publication_year",
    "source_raw",
    "volume",
    "issue",
    "pages_raw",
    "doi",
    "abstract",
    "type",
    "language",
    "cited_by_count",
)


_KEYWORDS = "SELECT COUNT(DISTINCT work_id) FROM terms WHERE kind = '{}'"
_LISTS = {
    "authors": "SELECT COUNT(DISTINCT work_id) FROM authorships WHERE role = 'author'",
    "keywords": "SELECT COUNT(DISTINCT work_id) FROM terms WHERE kind <> 'topic'",
    "author keywords": _KEYWORDS.format("author_keyword"),
    "index keywords": _KEYWORDS.format("index_keyword"),
    # addresses of corresponding authors that find_places adds are not printed among the others
    "addresses": (
        "SELECT COUNT(DISTINCT work_id) FROM affiliations"
        " WHERE COALESCE(place_rule, '') NOT LIKE 'corresponding-address%'"
    ),
    "corresponding author": (
        "SELECT COUNT(*) FROM (SELECT work_id FROM affiliations WHERE is_corresponding"
        " UNION SELECT work_id FROM fields WHERE name = 'RP') known"
    ),
    "cited references": (
        "SELECT COUNT(DISTINCT citing_work_id) FROM cited_references"
        " WHERE citing_work_id IS NOT NULL"
    ),
}


def summary(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count what a corpus holds.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``item`` and ``value``, one row a count. A year is None where no work has one;
        the cited references are None where the records count some (NR of Web of Science) and
        none was exported.
    """
    corpus, year = until(corpus, as_of)
    rows: list[tuple[Any, ...]] = []
    for item, query in _COUNTS.items():
        rows.append((item, corpus.sql(query)[0][0]))
    return Result(("item", "value"), rows, {"measure": "summary", "as_of": year})


def completeness(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Tell how many works have each field.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``field``, ``n_works`` (works that have it) and ``share`` (0 to 1; None for
        an empty corpus). What is a list counts where a work has at least one: authors, keywords
        of either kind, printed addresses, cited references. A corresponding author is known
        where the source names one (RP of Web of Science) or an address is marked as his.
    """
    corpus, year = until(corpus, as_of)
    n_works = corpus.n_rows("works")
    counts = ", ".join(f"COUNT({name})" for name in _FIELDS)
    found = dict(zip(_FIELDS, corpus.sql(f"SELECT {counts} FROM works")[0], strict=True))
    for name, query in _LISTS.items():
        found[name] = corpus.sql(query)[0][0]
    rows = [(name, n, n / n_works if n_works else None) for name, n in found.items()]
    return Result(("field", "n_works", "share"), rows, {"measure": "completeness", "as_of": year})
