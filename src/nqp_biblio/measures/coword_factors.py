"""Factorial maps of terms: coordinates and clusters of terms and of works, and the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.coword_map import CowordMap, Drawing, coword_map
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["coword_axes", "coword_factors", "coword_works"]

_FLOAT = "COALESCE(CAST({0} AS DOUBLE), CAST('NaN' AS DOUBLE)) AS {0}"
_PLANE = 2


def coword_factors(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    method: str = "mca",
    n_terms: int | None = 250,
    min_occurrences: int = 2,
    similarity: str | None = None,
    clustering: str | None = None,
    n_clusters: int | None = None,
    max_clusters: int | None = None,
    seed: int = 0,
    like: str | None = None,
    as_of: AsOf = None,
) -> Result:
    """Place terms on a map by the works that have them, and bring near ones together.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    method : {"mca", "ca", "mds"}
        Multiple correspondence analysis [1]_, correspondence analysis [2]_, or classical
        scaling of distances [3]_.
    n_terms : int, optional
        The most frequent terms that are kept, of equals the first by name; None is all. Cost
        grows with their cube.
    min_occurrences : int
        Works that a term must be in.
    similarity : {"jaccard", "cosine", "equivalence", "inclusion"}, optional
        Of ``mds``: the distance of two terms is the root of 1 less it. When not given:
        jaccard, whose distances a space can hold.
    clustering : {"ward", "average", "k-means"}, optional
        How terms are brought together on the first two axes. When not given: ward.
    n_clusters : int, optional
        How many clusters. When not given: that of the largest mean silhouette.
    max_clusters : int, optional
        The most clusters where `n_clusters` is not given. When not given: 8.
    seed : int
        Seed of the starts of k-means.
    like : {"bibliometrix"}, optional
        Mean distance between clusters, cut at the largest step of their heights, 5 at most;
        ``mds`` goes by 1 less association strength.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        By cluster, then contribution: ``term``, ``occurrences``, ``dim_1`` and ``dim_2``
        (coordinates; 0 where there is no such axis), ``contribution`` (share of the inertia
        of both axes that is due to it, 0 to 1; with ``mca`` as "has it"), ``quality`` (share
        of its own inertia that both axes show, 0 to 1) and ``cluster`` (from 1, the largest
        first).

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or `similarity` is given with another method.

    References
    ----------
    .. [1] Greenacre, M. & Blasius, J. (eds.) (2006). Multiple Correspondence Analysis and
       Related Methods. Chapman & Hall/CRC. https://doi.org/10.1201/9781420011319
    .. [2] Greenacre, M. J. (1984). Theory and Applications of Correspondence Analysis.
       Academic Press.
    .. [3] Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method.
       Psychometrika 17(4), 401-419. https://doi.org/10.1007/BF02288916

    Examples
    --------
    >>> coword_factors(corpus, method="ca").frame  # doctest: +SKIP
    """
    drawn = coword_map(
        corpus,
        Drawing(
            of=of,
            method=method,
            n_terms=n_terms,
            min_occurrences=min_occurrences,
            similarity=similarity,
            as_of=as_of,
            clustering=clustering,
            n_clusters=n_clusters,
            max_clusters=max_clusters,
            seed=seed,
            like=like,
        ),
    )
    factors = drawn.factors
    contribution = _on_plane(factors.contribution, factors.inertia)
    quality = factors.quality[:, :_PLANE].sum(axis=1)
    order = np.lexsort((np.arange(len(quality)), -contribution.round(9), drawn.cluster))
    columns: dict[str, Any] = {
        "term": [drawn.labels[i] for i in order.tolist()],
        "occurrences": drawn.occurrences[order],
        "dim_1": drawn.points[order, 0],
        "dim_2": drawn.points[order, 1],
        "contribution": contribution[order],
        "quality": quality[order],
        "cluster": drawn.cluster[order],
    }
    return Result.of_columns(columns, {"measure": "factors of terms", **drawn.manifest})


def coword_works(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    method: str = "mca",
    n_terms: int | None = 250,
    min_occurrences: int = 2,
    clustering: str | None = None,
    n_clusters: int | None = None,
    max_clusters: int | None = None,
    top: int | None = 10,
    seed: int = 0,
    like: str | None = None,
    as_of: AsOf = None,
) -> Result:
    """List the works that contribute most to a map of terms, and the most cited, by cluster.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    method : {"mca", "ca"}
        How the map is made; see ``coword_factors``. Scaling places no works.
    n_terms : int, optional
        The most frequent terms that are kept; None is all.
    min_occurrences : int
        Works that a term must be in.
    clustering : {"ward", "average", "k-means"}, optional
        How terms are brought together. When not given: ward.
    n_clusters : int, optional
        How many clusters. When not given: that of the largest mean silhouette.
    max_clusters : int, optional
        The most clusters where `n_clusters` is not given. When not given: 8.
    top : int, optional
        Works of each cluster that are listed, of the most contributing and of the most cited
        alike; None is all.
    seed : int
        Seed of the starts of k-means.
    like : {"bibliometrix"}, optional
        See ``coword_factors``.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        By cluster, then contribution: ``work_id``, ``title``, ``publication_year``,
        ``cited_by_count``, ``dim_1`` and ``dim_2``, ``contribution`` (share of the inertia of
        both axes, 0 to 1), ``cluster`` (that of most of its terms, of equals that whose mean
        is nearest; like bibliometrix always the nearest), ``rank_by_contribution`` and
        ``rank_by_citations`` within it (missing where the citations are). Of equals the
        first in the corpus is first.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or `method` is ``mds``.

    Examples
    --------
    >>> coword_works(corpus, top=5).frame  # doctest: +SKIP
    """
    if method == "mds":
        raise OptionError("scaling places terms alone; method='mca' or 'ca' places works too")
    if top is not None and top < 1:
        raise OptionError(f"top is {top}; it must be 1 or more")
    drawn = coword_map(
        corpus,
        Drawing(
            of=of,
            method=method,
            n_terms=n_terms,
            min_occurrences=min_occurrences,
            similarity=None,
            as_of=as_of,
            clustering=clustering,
            n_clusters=n_clusters,
            max_clusters=max_clusters,
            seed=seed,
            like=like,
        ),
    )
    manifest = {"measure": "works on a map of terms", "top": top, **drawn.manifest}
    return Result.of_columns(_works(drawn, top), manifest)


def coword_axes(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    method: str = "mca",
    n_terms: int | None = 250,
    min_occurrences: int = 2,
    similarity: str | None = None,
    like: str | None = None,
    as_of: AsOf = None,
) -> Result:
    """List the axes of a map of terms, and how much each shows.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    method : {"mca", "ca", "mds"}
        How the map is made; see ``coword_factors``.
    n_terms : int, optional
        The most frequent terms that are kept; None is all.
    min_occurrences : int
        Works that a term must be in.
    similarity : {"jaccard", "cosine", "equivalence", "inclusion"}, optional
        Of ``mds``; see ``coword_factors``.
    like : {"bibliometrix"}, optional
        See ``coword_factors``.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        ``axis`` (from 1), ``inertia`` (eigenvalue; with ``mca`` of the indicator matrix, that of
        the Burt matrix is its square), ``share`` and ``cumulative_share`` of all (0 to 1);
        with ``mca`` also ``adjusted_inertia`` [1]_, which is 0 at an inertia of the mean or
        less, ``share_benzecri``, its share of those above, and ``share_greenacre`` [2]_, which
        is less and does not overstate.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or `similarity` is given with another method.

    References
    ----------
    .. [1] Benzécri, J.-P. (1979). Sur le calcul des taux d'inertie dans l'analyse d'un
       questionnaire. Les cahiers de l'analyse des données 4(3), 377-378.
    .. [2] Greenacre, M. & Blasius, J. (eds.) (2006). Multiple Correspondence Analysis and
       Related Methods. Chapman & Hall/CRC. https://doi.org/10.1201/9781420011319

    Examples
    --------
    >>> coword_axes(corpus).rows[:2]  # doctest: +SKIP
    """
    drawn = coword_map(
        corpus,
        Drawing(
            of=of,
            method=method,
            n_terms=n_terms,
            min_occurrences=min_occurrences,
            similarity=similarity,
            as_of=as_of,
            n_clusters=1,
            like=like,
        ),
    )
    columns = {"axis": np.arange(1, len(drawn.factors.inertia) + 1), **drawn.axes}
    aside = ("clustering", "clustering_reference", "number_rule", "n_clusters", "max_clusters")
    told = {name: value for name, value in drawn.manifest.items() if name not in (*aside, "seed")}
    return Result.of_columns(columns, {"measure": "axes of a map of terms", **told})


def _on_plane(contribution: FloatArray, inertia: FloatArray) -> FloatArray:
    """Return the share of the inertia of the first two axes that is due to each."""
    shown = inertia[:_PLANE]
    total = float(shown.sum())
    parts = contribution[:, :_PLANE] @ shown
    return np.asarray(parts / total if total > 0 else parts, dtype=np.float64)


def _works(drawn: CowordMap, top: int | None) -> dict[str, Any]:
    """Return the works of each cluster that rank first."""
    told = drawn.corpus.columns(
        f"SELECT work_id, {_FLOAT.format('publication_year')},"
        f" {_FLOAT.format('cited_by_count')} FROM works ORDER BY work_id"
    )
    row = np.searchsorted(np.asarray(told["work_id"], dtype=np.int64), drawn.work_id)
    citations = np.asarray(told["cited_by_count"], dtype=np.float64)[row]
    points = np.zeros((len(row), _PLANE))
    shown = min(_PLANE, drawn.factors.rows.shape[1])
    points[:, :shown] = drawn.factors.rows[:, :shown]
    contribution = np.zeros(len(row))
    if shown:
        contribution = _on_plane(drawn.factors.row_contribution, drawn.factors.inertia)
    cluster = _cluster_of_works(points, drawn)
    by_contribution = _ranks(cluster, contribution.round(12))
    by_citations = _ranks(cluster, citations)
    is_kept = cluster > 0  # no work is in a cluster where there is none
    if top is not None:
        is_kept &= (by_contribution <= top) | (by_citations <= top)
    kept = np.flatnonzero(is_kept)
    kept = kept[np.lexsort((by_contribution[kept], cluster[kept]))]
    return {
        "work_id": drawn.work_id[kept],
        "title": _titles(drawn.corpus, drawn.work_id[kept]),
        "publication_year": _whole(np.asarray(told["publication_year"], dtype=float)[row][kept]),
        "cited_by_count": _whole(citations[kept]),
        "dim_1": points[kept, 0],
        "dim_2": points[kept, 1],
        "contribution": contribution[kept],
        "cluster": cluster[kept],
        "rank_by_contribution": _whole(by_contribution[kept]),
        "rank_by_citations": _whole(by_citations[kept]),
    }


def _cluster_of_works(points: FloatArray, drawn: CowordMap) -> IntArray:
    """Return the cluster of most terms of each work, of equals the nearest, then the first."""
    n_clusters = int(drawn.cluster.max(initial=0))
    best = np.full((2, len(points)), np.inf)
    found = np.zeros(len(points), dtype=np.int64)
    for number in range(1, n_clusters + 1):
        is_in = drawn.cluster == number
        centre = drawn.points[is_in].mean(axis=0)
        far = ((points - centre) ** 2).sum(axis=1).round(12)
        fewer = np.zeros(len(points))
        if drawn.manifest["like"] is None:
            fewer = -(drawn.table @ is_in.astype(np.float64))
        better = (fewer < best[0]) | ((fewer == best[0]) & (far < best[1]))
        found[better] = number
        best[:, better] = fewer[better], far[better]
    return found


def _ranks(cluster: IntArray, values: FloatArray) -> FloatArray:
    """Rank from 1, the highest, within each cluster; nan where the value is."""
    ranks = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.lexsort((known, -values[known], cluster[known]))]
    sizes = np.bincount(cluster[order])
    starts = np.cumsum(sizes) - sizes
    ranks[order] = np.arange(len(order)) - starts[cluster[order]] + 1
    return ranks


def _titles(corpus: Corpus, works: IntArray) -> list[str | None]:
    """Return titles in order of the works."""
    wanted = set(works.tolist())
    if not wanted:
        return []
    told = ", ".join(map(str, sorted(wanted)))
    rows = corpus.sql(f"SELECT work_id, title FROM works WHERE work_id IN ({told}) ORDER BY 1")
    titles: dict[int, str | None] = dict(rows)
    return [titles[work] for work in works.tolist()]


def _whole(values: FloatArray) -> list[int | None]:
    """Return whole numbers; nan is None."""
    return [None if np.isnan(value) else int(value) for value in values.tolist()]
