"""The main information about a corpus: the lines that bibliometrix begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.most_cited import count_references
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    Line = tuple[str, str, object]

__all__ = ["main_information"]

_NAME = "COALESCE(author, literal, family || ', ' || given, family)"
_N_AUTHORS = {
    # authors without key, before normalise, by name
    None: "COUNT(DISTINCT author_id)"
    f" + COUNT(DISTINCT CASE WHEN author_id IS NULL THEN {_NAME} END)",
    "bibliometrix": "COUNT(DISTINCT COALESCE(name_raw, literal, family || ' ' || given, family))",
}
_TERM = {None: "COALESCE(term, term_raw)", "bibliometrix": "UPPER(term_raw)"}
_TYPE = {None: "type", "bibliometrix": "LOWER(genre)"}
_SOURCE = {None: "source_id", "bibliometrix": "source_raw"}
_CUT = {None: "NOT COALESCE(w.et_al, FALSE)", "bibliometrix": "TRUE"}
_REFERENCE = (
    "Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science mapping"
    " analysis. Journal of Informetrics 11(4), 959-975. https://doi.org/10.1016/j.joi.2017.08.007"
)


def main_information(
    corpus: Corpus, *, like: Literal["bibliometrix"] | None = None, as_of: AsOf = None
) -> Result:
    """Give the main information about a corpus, line by line as bibliometrix does.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``normalise`` spellings of one author or source are one, after
        ``link_references`` printed forms of one reference, after ``find_places`` the countries
        are known.
    like : {"bibliometrix"}, optional
        Count as bibliometrix does. Authors, sources, keywords and references are strings as
        printed: one author in two spellings is two. Document types are those of the source
        (DT). A list of authors that is cut by et al. counts as it stands. The share of
        international works is of all works, also of those without address. Without it the
        default counts entities, leaves out what is cut, and takes the share of works whose
        country is known.
    as_of : int, str or None
        A year or a date; works published later are left out, and ages and citations a year
        run to its year. None is the last year of the corpus; bibliometrix asks the clock, so
        that its ages change with the calendar.

    Returns
    -------
    Result
        Columns ``group``, ``item`` and ``value``. Averages are over the works that have a
        year or a citation count. A value is None where nothing is there to count: growth
        needs two years, international works need ``find_places``.

        The growth rate is that from the first year to the last, in percent a year;
        ``annual_growth`` gives two that all years have a part in.

    Raises
    ------
    UnknownNameError
        If there is no such convention.

    References
    ----------
    .. [1] Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science
       mapping analysis. Journal of Informetrics 11(4), 959-975.
       https://doi.org/10.1016/j.joi.2017.08.007

    Examples
    --------
    >>> nb.main_information(corpus).frame  # doctest: +SKIP
    """
    if like not in _TYPE:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    corpus, year = until(corpus, as_of)
    parts = (_about, _types, _contents, _authors)
    rows = [line for part in parts for line in part(corpus, like, year)]
    manifest: dict[str, object] = {
        "measure": "main information",
        "like": like,
        "as_of": year,
        "reference": _REFERENCE,
    }
    if "find_places" not in corpus.steps:
        manifest["reason"] = "countries are not known before find_places"
    return Result(("group", "item", "value"), rows, manifest)


def _about(
    corpus: Corpus, like: Literal["bibliometrix"] | None, year: int | None
) -> Iterator[Line]:
    """Give the lines about the data."""
    group = "main information"
    first, last, n_sources, mean_year = corpus.sql(
        f"SELECT MIN(publication_year), MAX(publication_year), COUNT(DISTINCT {_SOURCE[like]}),"
        " AVG(CAST(publication_year AS DOUBLE)) FROM works"
    )[0]
    cited, cited_a_year = corpus.sql(
        "SELECT AVG(CAST(cited_by_count AS DOUBLE)),"
        " AVG(CAST(cited_by_count AS DOUBLE) / (? - publication_year + 1))"
        " FROM works",
        (year or 0,),
    )[0]
    known = first is not None
    yield group, "Timespan", f"{first}:{last}" if known else None
    yield group, "Sources (Journals, Books, etc)", n_sources
    yield group, "Documents", len(corpus)
    yield group, "Annual Growth Rate %", _growth(corpus, first, last) if known else None
    is_dated = known and year is not None
    yield group, "Document Average Age", _rounded(year - mean_year) if is_dated and year else None
    yield group, "Average citations per doc", _rounded(cited)
    yield group, "Average citations per year per doc", _rounded(cited_a_year) if is_dated else None
    yield group, "References", count_references(corpus, like=like)


def _growth(corpus: Corpus, first: int, last: int) -> float | None:
    """Compare the last year with the first, in percent a year."""
    if last == first:
        return None
    of_first, of_last = corpus.sql(
        "SELECT SUM(CASE WHEN publication_year = ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN publication_year = ? THEN 1 ELSE 0 END) FROM works",
        (first, last),
    )[0]
    return float(100 * ((of_last / of_first) ** (1 / (last - first)) - 1))


def _types(corpus: Corpus, like: str | None, _year: int | None) -> Iterator[Line]:
    """Give a line for each type of document."""
    kind = _TYPE[like]
    for name, n in corpus.sql(
        f"SELECT {kind} AS kind, COUNT(*) FROM works GROUP BY {kind}"
        " ORDER BY CASE WHEN kind IS NULL THEN 1 ELSE 0 END, kind"
    ):
        yield "document types", name or "not known", n


def _contents(corpus: Corpus, like: str | None, _year: int | None) -> Iterator[Line]:
    """Give the lines about keywords."""
    for item, kind in (
        ("Keywords Plus (ID)", "index_keyword"),
        ("Author's Keywords (DE)", "author_keyword"),
    ):
        query = f"SELECT COUNT(DISTINCT {_TERM[like]}) FROM terms WHERE kind = ?"
        yield "document contents", item, corpus.sql(query, (kind,))[0][0]


def _authors(corpus: Corpus, like: str | None, _year: int | None) -> Iterator[Line]:
    """Give the lines about authors and their collaboration."""
    n_authors, appearances = corpus.sql(
        f"SELECT {_N_AUTHORS[like]}, COUNT(*) FROM authorships WHERE role = 'author'"
    )[0]
    sizes = (
        "SELECT a.work_id, COUNT(*) AS n FROM authorships a JOIN works w ON w.work_id = a.work_id"
        f" WHERE a.role = 'author' AND {_CUT[like]} GROUP BY a.work_id"
    )
    mean_size, n_alone = corpus.sql(
        "SELECT AVG(CAST(n AS DOUBLE)), COALESCE(SUM(CASE WHEN n = 1 THEN 1 ELSE 0 END), 0)"
        f" FROM ({sizes}) sizes"
    )[0]
    alone = corpus.sql(
        f"SELECT {_N_AUTHORS[like]} FROM authorships WHERE role = 'author'"
        f" AND work_id IN (SELECT work_id FROM ({sizes}) sizes WHERE n = 1)"
    )[0][0]
    yield "authors", "Authors", n_authors
    yield "authors", "Author Appearances", appearances
    yield "authors", "Authors of single-authored docs", alone
    group = "authors collaboration"
    yield group, "Single-authored docs", int(n_alone)
    yield group, "Documents per Author", len(corpus) / n_authors if n_authors else None
    yield group, "Co-Authors per Doc", _rounded(mean_size)
    yield group, "International co-authorships %", _international(corpus, like)


def _international(corpus: Corpus, like: str | None) -> float | None:
    """Give the share of works of several countries, in percent."""
    if "find_places" not in corpus.steps:
        return None
    code, where = "country_code", "TRUE"
    if like is not None:
        code = "CASE WHEN country_code IN ('HK', 'MO', 'TW') THEN 'CN' ELSE country_code END"
        # the address of a corresponding author is read where no other is printed
        added = "COALESCE(place_rule, '') LIKE 'corresponding-address%'"
        where = (
            f"NOT ({added}) OR work_id NOT IN (SELECT work_id FROM affiliations"
            f" WHERE country_code IS NOT NULL AND NOT ({added}))"
        )
    several, known = corpus.sql(
        "SELECT COALESCE(SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM"
        f" (SELECT work_id, COUNT(DISTINCT {code}) AS n FROM affiliations"
        f" WHERE country_code IS NOT NULL AND ({where}) GROUP BY work_id) countries"
    )[0]
    of_all = len(corpus) if like else known
    return 100 * int(several) / of_all if of_all else None


def _rounded(value: float | None) -> float | None:
    """Take off the last digits of a mean, which depend on the order of its sum."""
    return None if value is None else round(float(value), 10)
