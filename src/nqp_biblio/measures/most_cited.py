"""The works and references that are cited most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import cited_works
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.citations import Scope

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["count_references", "most_cited_references", "most_cited_works"]

_NAMED = (
    "(COALESCE(CAST(publication_year AS VARCHAR), doi, title, CAST(work_id AS VARCHAR)) IS NOT NULL"
    " OR TRANSLATE(raw, '0123456789', '') = 'W')"  # OpenAlex cites by number alone
)
_NAMELESS = (
    f"SELECT COUNT(*) FROM cited_references WHERE citing_work_id IS NOT NULL AND NOT {_NAMED}"
)
_SCOPES = ("global", "local")
_WORK_COLUMNS = (
    *("rank", "work_id", "first_author", "publication_year", "source", "title", "doi"),
    *("global_citations", "local_citations", "citations_per_year"),
)
_REFERENCE_COLUMNS = (
    *("rank", "reference", "publication_year", "doi", "work_id", "cited_work_id", "n_works"),
    *("share", "n_variants"),
)


def most_cited_works(
    corpus: Corpus, *, scope: Scope = "global", top: int = 100, as_of: AsOf = None
) -> Result:
    """List the works of the corpus that are cited most, by all or by each other.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``link_references`` for local citations.
    scope : {"global", "local"}
        What they are ordered by: citations that the database counts, or works of the corpus
        that cite them.
    top : int
        So many works at most; works that are cited as often as the last are left out by
        their other count and their order in the corpus, and counted in the manifest as
        ``n_tied_left_out``.
    as_of : int, str or None
        A year or a date; works published later are left out, and do not cite. None is the
        last year of the corpus. Global citations are those of the day of the export, whatever
        `as_of` is.

    Returns
    -------
    Result
        Columns ``rank`` (works of as many citations share the best), ``work_id``,
        ``first_author``, ``publication_year``, ``source``, ``title``, ``doi``,
        ``global_citations`` (None where the database gives none), ``local_citations`` and
        ``citations_per_year`` (those of `scope`, by the years from that of publication to
        that of `as_of`, both counted; None without a year). Works without a count do not
        count for ``global``; the manifest has ``n_cited`` (works cited at all) and
        ``n_citations``.

    Raises
    ------
    UnknownNameError
        If there is no such scope.
    OptionError
        If `top` is below 1.

    References
    ----------
    .. [1] Garfield, E., Sher, I. H. & Torpie, R. J. (1964). The Use of Citation Data in Writing
       the History of Science. Institute for Scientific Information (local citations).

    Examples
    --------
    >>> nb.most_cited_works(corpus, scope="local", top=10).frame  # doctest: +SKIP
    """
    if scope not in _SCOPES:
        raise UnknownNameError("scope of citations", scope, _SCOPES)
    if top < 1:
        raise OptionError(f"top is {top}; it must be 1 or more")
    corpus, year = until(corpus, as_of)
    everywhere, inside = cited_works(corpus, "global"), cited_works(corpus, "local")
    counts, others = everywhere.citations, inside.citations
    if scope == "local":
        counts, others = others, counts
    order = np.lexsort((inside.work_id, -np.nan_to_num(others), -np.nan_to_num(counts, nan=-1.0)))
    order = order[~np.isnan(counts[order])]
    chosen = order[:top]
    shown = _shown(corpus, inside.work_id[chosen].tolist())
    ages = (np.nan if year is None else year) - inside.year + 1
    rows = [
        (
            *(int(rank), *shown[int(inside.work_id[index])]),
            *(_whole(everywhere.citations[index]), _whole(inside.citations[index])),
            float(counts[index] / ages[index]) if ages[index] > 0 else None,
        )
        for rank, index in zip(_ranks(counts[chosen]), chosen, strict=True)
    ]
    last = counts[chosen[-1]] if len(chosen) else np.nan
    manifest: dict[str, object] = {
        "measure": "most cited works",
        "scope": scope,
        "top": top,
        "as_of": year,
        "n_cited": int((counts > 0).sum()),
        "n_citations": int(np.nansum(counts)),
        "n_tied_left_out": int((counts[order[top:]] == last).sum()),
        "n_without": int(np.isnan(counts).sum()),
        "reason": "works without citation count",
        "reference": "Garfield, E., Sher, I. H. & Torpie, R. J. (1964). The Use of Citation Data"
        " in Writing the History of Science. Institute for Scientific Information.",
    }
    if scope == "local" and "link_references" not in corpus.steps:
        manifest["warning"] = "references are not linked to works; call link_references first"
    return Result(_WORK_COLUMNS, rows, manifest)


def most_cited_references(
    corpus: Corpus,
    *,
    top: int = 100,
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """List the references that most works of the corpus cite.

    Parameters
    ----------
    corpus : Corpus
        The corpus. After ``link_references`` all printed forms of a cited work count
        together; before, each form by itself. References without year, DOI and title
        ("NO TITLE CAPTURED") name no work and are left out; the manifest counts them.
    top : int
        So many references at most; the manifest has ``n_tied_left_out``.
    like : {"bibliometrix"}, optional
        Count all references as printed, each time that they are printed, as bibliometrix does.
    as_of : int, str or None
        A year or a date; works published later do not cite. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``rank`` (references cited as often share the best), ``reference`` (the first
        of its printed forms in the alphabet), ``publication_year``, ``doi``, ``work_id`` (where
        it is a work of the corpus), ``cited_work_id``, ``n_works`` (works that cite it),
        ``share`` (of the works with references) and ``n_variants`` (printed forms). The
        manifest has ``n_references``, how many different ones there are.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    OptionError
        If `top` is below 1.

    Examples
    --------
    >>> nb.most_cited_references(corpus, top=10).frame  # doctest: +SKIP
    """
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if top < 1:
        raise OptionError(f"top is {top}; it must be 1 or more")
    corpus, year = until(corpus, as_of)
    key, where = _identity(corpus, like)
    chosen, n_tied = _most_cited(corpus, key, where, top=top, times=like is not None)
    shown = {row[0]: row[1:] for row in _printed(corpus, key, where, [own for own, _ in chosen])}
    citing = corpus.sql("SELECT COUNT(DISTINCT citing_work_id) FROM cited_references")[0][0]
    ranks = _ranks(np.array([n for _, n in chosen], dtype=np.float64))
    rows = [
        (int(rank), *shown[own][:5], n, n / citing, shown[own][5])
        for rank, (own, n) in zip(ranks, chosen, strict=True)
    ]
    manifest: dict[str, object] = {
        "measure": "most cited references",
        "identity": "printed" if key == "raw" else "linked",
        "like": like,
        "top": top,
        "as_of": year,
        "n_references": count_references(corpus, like=like),
        "n_tied_left_out": n_tied,
        "n_without": 0 if like else corpus.sql(_NAMELESS)[0][0],
        "reason": "printed references without year, DOI and title",
    }
    return Result(_REFERENCE_COLUMNS, rows, manifest)


def _most_cited(
    corpus: Corpus, key: str, where: str, *, top: int, times: bool
) -> tuple[list[tuple[Any, int]], int]:
    """Return the references cited most with their numbers, and how many more tie with the last.

    Counting different works for each of ten million references takes long. A reference is
    printed at least as often as works cite it, so that they are counted only for those printed
    often enough.
    """
    printed = (
        f"SELECT {key} AS own, COUNT(*) AS n FROM cited_references WHERE {where} GROUP BY {key}"
    )
    often = corpus.sql(f"SELECT n FROM ({printed}) printed ORDER BY n DESC LIMIT {top}")
    if not often:
        return [], 0
    count = "COUNT(*)" if times else "COUNT(DISTINCT citing_work_id)"
    least = often[-1][0]
    while True:
        found = corpus.sql(
            f"SELECT {key} AS own, {count} AS n FROM cited_references WHERE {where} AND {key} IN"
            f" (SELECT own FROM ({printed}) printed WHERE n >= ?) GROUP BY {key}"
            " ORDER BY n DESC, own",
            (least,),
        )
        last = found[:top][-1][1]
        if last >= least:
            break
        least = last  # one printed less often may be cited by as many works
    n_tied = sum(n == last for _, n in found[top:])
    return [(own, int(n)) for own, n in found[:top]], n_tied


def _printed(corpus: Corpus, key: str, where: str, owns: list[Any]) -> list[tuple[Any, ...]]:
    """Return how some references are printed."""
    if not owns:
        return []
    marks = ", ".join("?" * len(owns))
    return corpus.sql(
        f"SELECT {key}, MIN(raw), MIN(publication_year), MIN(doi), MIN(work_id),"
        f" MIN(cited_work_id), COUNT(DISTINCT raw) FROM cited_references WHERE {where}"
        f" AND {key} IN ({marks}) GROUP BY {key}",
        owns,
    )


def count_references(corpus: Corpus, *, like: Literal["bibliometrix"] | None = None) -> int:
    """Count the different references that the works cite.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    like : {"bibliometrix"}, optional
        As for ``most_cited_references``.

    Returns
    -------
    int
    """
    key, where = _identity(corpus, like)
    query = f"SELECT COUNT(DISTINCT {key}) FROM cited_references WHERE {where}"
    return int(corpus.sql(query)[0][0])


def _identity(corpus: Corpus, like: str | None) -> tuple[str, str]:
    """Return what tells references apart, and which count."""
    if like is not None:
        return "raw", "citing_work_id IS NOT NULL AND raw IS NOT NULL"
    key = "cited_work_id" if "link_references" in corpus.steps else "raw"
    return key, f"citing_work_id IS NOT NULL AND {key} IS NOT NULL AND {_NAMED}"


def _shown(corpus: Corpus, ids: list[int]) -> dict[int, tuple[Any, ...]]:
    """Return what is shown of some works: id, first author, year, source, title, DOI."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = corpus.sql(
        "SELECT w.work_id, COALESCE(a.author, a.literal, a.family || ', ' || a.given, a.family),"
        " w.publication_year, COALESCE(s.display_name, w.source_raw), w.title, w.doi FROM works w"
        " LEFT JOIN authorships a ON a.work_id = w.work_id AND a.role = 'author'"
        " AND a.position = 1 LEFT JOIN sources s ON s.source_id = w.source_id"
        f" WHERE w.work_id IN ({marks})",
        ids,
    )
    return {int(row[0]): row for row in rows}


def _ranks(descending: FloatArray) -> IntArray:
    """Rank values that fall; equal ones share the best rank."""
    ranks: IntArray = np.searchsorted(-descending, -descending, side="left") + 1
    return ranks


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
