"""Works by year and by source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["annual_production", "source_production", "type_production"]


def annual_production(corpus: Corpus) -> Result:
    """Count works by year of publication.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    Result
        Columns ``publication_year`` and ``n_works``, by year, years without works between
        the first and the last included; works without a year are in a last row whose year
        is None.
    """
    found = dict(
        corpus.sql(
            "SELECT publication_year, COUNT(*) FROM works GROUP BY publication_year"
            " ORDER BY publication_year"
        )
    )
    undated = found.pop(None, 0)
    years = range(min(found), max(found) + 1) if found else range(0)
    rows: list[tuple[int | None, int]] = [(year, found.get(year, 0)) for year in years]
    if undated:
        rows.append((None, undated))
    return Result(("publication_year", "n_works"), list(rows), {"measure": "annual production"})


def source_production(corpus: Corpus) -> Result:
    """Count works by source.

    Parameters
    ----------
    corpus : Corpus
        The corpus; variants of a name are one source after ``normalise``.

    Returns
    -------
    Result
        Columns ``source_id``, ``source``, ``abbreviated_title``, ``n_works`` and
        ``n_variants`` (spellings joined), by works, then by name.
    """
    rows = corpus.sql(
        "SELECT s.source_id, s.display_name, s.abbreviated_title, COUNT(*) AS n_works,"
        " s.n_variants FROM sources s JOIN works w ON s.source_id = w.source_id"
        " GROUP BY s.source_id, s.display_name, s.abbreviated_title, s.n_variants"
        " ORDER BY n_works DESC, s.display_name, s.source_id"
    )
    columns = ("source_id", "source", "abbreviated_title", "n_works", "n_variants")
    return Result(columns, rows, {"measure": "production of sources"})


def type_production(corpus: Corpus) -> Result:
    """Count works by type.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    Result
        Columns ``type`` (None where not known) and ``n_works``, by works, then by name.
    """
    rows = corpus.sql(
        "SELECT type, COUNT(*) AS n_works FROM works GROUP BY type"
        " ORDER BY n_works DESC, CASE WHEN type IS NULL THEN 1 ELSE 0 END, type"
    )
    return Result(("type", "n_works"), rows, {"measure": "types of works"})
