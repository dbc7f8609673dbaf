"""How much authors work together, and who stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["collaboration", "dominance"]

_COLUMNS = (
    *("publication_year", "n_works", "n_single", "n_multi", "degree", "authors_per_work"),
    *("authors_per_multi_work", "collaboration_index", "coefficient", "modified_coefficient"),
)
_NAME = "COALESCE(author, literal, family || ', ' || given, family)"
_PRINTED = "COALESCE(name_raw, literal, family || ' ' || given, family)"
_OWN = f"COALESCE(CAST(author_id AS VARCHAR), {_NAME})"
_REFERENCE = (
    "Subramanyam, K. (1983). Bibliometric studies of research collaboration: A review. Journal of"
    " Information Science 6(1), 33-38. https://doi.org/10.1177/016555158300600105; Ajiferuke, I.,"
    " Burell, Q. & Tague, J. (1988). Collaborative coefficient. Scientometrics 14, 421-433."
    " https://doi.org/10.1007/BF02017100; Savanur, K. & Srikanth, R. (2010). Modified"
    " collaborative coefficient. Scientometrics 84, 365-371."
    " https://doi.org/10.1007/s11192-009-0100-4"
)
_KUMAR = (
    "Kumar, S. & Kumar, S. (2008). Collaboration in research productivity in oil seed research"
    " institutes of India. Fourth International Conference on Webometrics, Informetrics and"
    " Scientometrics."
)


def collaboration(
    corpus: Corpus,
    *,
    by: Literal["year"] | None = None,
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Measure co-authorship: degree, index and coefficients of collaboration.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``normalise`` spellings of one name are one author.
    by : {"year"}, optional
        A row for each year too, behind the row of all works; works without a year are in that
        row alone.
    like : {"bibliometrix"}, optional
        Authors are names as printed, and the collaboration index leaves out all authors that
        have a work of their own, even where they have others together, as bibliometrix does.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        The first row is of all works; its ``publication_year`` is None. Columns:
        ``n_works`` with authors, ``n_single`` and ``n_multi`` of one and of several;
        ``degree`` of collaboration, the share of works of several (0 to 1);
        ``authors_per_work``; ``authors_per_multi_work`` (of works of several authors);
        ``collaboration_index``, different authors of works of several by the number of these
        works; ``coefficient``, 1 less the mean of 1/n of n authors (0 where all work alone);
        ``modified_coefficient``, that times N/(N-1) of N works, None for one. Works whose list
        of authors is cut by et al. have no known number of authors and are left out;
        the manifest counts them, and the works without authors.

    Raises
    ------
    UnknownNameError
        If `by` or `like` is none of these.

    References
    ----------
    .. [1] Subramanyam, K. (1983). Bibliometric studies of research collaboration: A review.
       Journal of Information Science 6(1), 33-38. https://doi.org/10.1177/016555158300600105
    .. [2] Ajiferuke, I., Burell, Q. & Tague, J. (1988). Collaborative coefficient: A single
       measure of the degree of collaboration in research. Scientometrics 14, 421-433.
       https://doi.org/10.1007/BF02017100
    .. [3] Savanur, K. & Srikanth, R. (2010). Modified collaborative coefficient. Scientometrics
       84, 365-371. https://doi.org/10.1007/s11192-009-0100-4
    .. [4] Elango, B. & Rajendran, P. (2012). Authorship trends and collaboration pattern in the
       marine sciences literature. International Journal of Information Dissemination and
       Technology 2(3), 166-169 (collaboration index).

    Examples
    --------
    >>> nb.collaboration(corpus, by="year").frame  # doctest: +SKIP
    """
    if by not in {None, "year"}:
        raise UnknownNameError("by", str(by), ["year"])
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    corpus, year = until(corpus, as_of)
    rows = [_row(values) for values in _counted(corpus, "CAST(NULL AS BIGINT)", like)]
    if by is not None:
        counted = _counted(corpus, "publication_year", like)
        rows += [_row(values) for values in counted if values[0] is not None]
    n_without, n_cut = corpus.sql(
        "SELECT COALESCE(SUM(CASE WHEN a.work_id IS NULL THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN a.work_id IS NOT NULL AND w.et_al THEN 1 ELSE 0 END), 0)"
        " FROM works w LEFT JOIN (SELECT DISTINCT work_id FROM authorships"
        " WHERE role = 'author') a ON a.work_id = w.work_id"
    )[0]
    manifest: dict[str, object] = {
        "measure": "collaboration",
        "by": by,
        "like": like,
        "as_of": year,
        "n_without": int(n_without),
        "n_cut": int(n_cut),
        "reason": "works without authors; works whose list of authors is cut by et al.",
        "reference": _REFERENCE,
    }
    return Result(_COLUMNS, rows or [_row((None, 0, 0, 0, 0.0, 0))], manifest)


def dominance(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Tell how often an author of works of several authors stands first.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``normalise`` spellings of one name are one author.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        A row for each author of a work of several authors, with ``author``, ``n_works``,
        ``n_single``, ``n_multi``, ``n_first`` (of `n_multi`) and ``dominance``, n_first by
        n_multi, 0 to 1; by works, dominance, then by name. Authors who never stand first
        have 0; bibliometrix leaves them out. A list cut by et al. is one of several authors.
        Where authors stand in the order of the alphabet it says nothing.

    References
    ----------
    .. [1] Kumar, S. & Kumar, S. (2008). Collaboration in research productivity in oil seed
       research institutes of India. Fourth International Conference on Webometrics,
       Informetrics and Scientometrics.

    Examples
    --------
    >>> nb.dominance(corpus).frame  # doctest: +SKIP
    """
    corpus, year = until(corpus, as_of)
    rows = corpus.sql(
        f"WITH people AS (SELECT work_id, position, {_OWN} AS own, {_NAME} AS name"
        " FROM authorships WHERE role = 'author'),"
        " sizes AS (SELECT p.work_id, CASE WHEN COUNT(*) > 1"
        " OR MAX(CASE WHEN w.et_al THEN 1 ELSE 0 END) = 1 THEN 1 ELSE 0 END AS is_multi"
        " FROM people p JOIN works w ON w.work_id = p.work_id GROUP BY p.work_id),"
        " own AS (SELECT p.own, p.work_id, MIN(p.name) AS name, MIN(p.position) AS position,"
        " MAX(s.is_multi) AS is_multi FROM people p JOIN sizes s ON s.work_id = p.work_id"
        " WHERE p.own IS NOT NULL GROUP BY p.own, p.work_id)"
        " SELECT MIN(name) AS author, COUNT(*) AS n_works,"
        " SUM(1 - is_multi) AS n_single, SUM(is_multi) AS n_multi,"
        " SUM(CASE WHEN position = 1 AND is_multi = 1 THEN 1 ELSE 0 END) AS n_first"
        " FROM own GROUP BY own HAVING SUM(is_multi) > 0"
    )
    made = [
        (name, int(n), int(single), int(multi), int(first), int(first) / int(multi))
        for name, n, single, multi, first in rows
    ]
    made.sort(key=lambda row: (-row[1], -row[5], row[0], row[2:5]))
    columns = ("author", "n_works", "n_single", "n_multi", "n_first", "dominance")
    manifest: dict[str, object] = {"measure": "dominance", "as_of": year, "reference": _KUMAR}
    return Result(columns, made, manifest)


def _counted(corpus: Corpus, group: str, like: str | None) -> list[tuple[Any, ...]]:
    """Count by group: works, single ones, places of authors, sum of 1/n, authors of several."""
    own = _PRINTED if like else _OWN
    alone = (
        " AND NOT EXISTS (SELECT 1 FROM people q JOIN sizes t ON t.work_id = q.work_id"
        " WHERE t.n = 1 AND q.own = p.own)"
        if like
        else ""
    )
    return corpus.sql(
        f"WITH people AS (SELECT a.work_id, {own} AS own, {group} AS grouped"
        " FROM authorships a JOIN works w ON w.work_id = a.work_id"
        " WHERE a.role = 'author' AND NOT COALESCE(w.et_al, FALSE)),"
        " sizes AS (SELECT work_id, MIN(grouped) AS grouped, COUNT(*) AS n FROM people"
        " GROUP BY work_id),"
        " works_of AS (SELECT grouped, COUNT(*) AS works,"
        " SUM(CASE WHEN n = 1 THEN 1 ELSE 0 END) AS single, SUM(n) AS places,"
        " SUM(CAST(1 AS DOUBLE) / n) AS parts FROM sizes GROUP BY grouped),"
        " together AS (SELECT p.grouped, COUNT(DISTINCT p.own) AS authors FROM people p"
        f" JOIN sizes s ON s.work_id = p.work_id WHERE s.n > 1{alone} GROUP BY p.grouped)"
        " SELECT w.grouped, w.works, w.single, w.places, w.parts, COALESCE(t.authors, 0)"
        " FROM works_of w LEFT JOIN together t ON COALESCE(t.grouped, -1) = COALESCE(w.grouped, -1)"
        " ORDER BY CASE WHEN w.grouped IS NULL THEN 1 ELSE 0 END, w.grouped"
    )


def _row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Make a row of counts."""
    year, works, single, places, parts, together = values
    works, single, places = int(works), int(single), int(places)
    multi = works - single
    coefficient = round(1 - float(parts) / works, 12) if works else None
    modified = None
    if coefficient is not None and works > 1:
        modified = coefficient * works / (works - 1)
    return (
        *(year, works, single, multi, multi / works if works else None),
        *(places / works if works else None, (places - single) / multi if multi else None),
        *(int(together) / multi if multi else None, coefficient, modified),
    )
