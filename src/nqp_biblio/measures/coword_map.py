"""What a factorial map of terms is made of: the table of works by terms, its axes and clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.factors import (
    Factors,
    benzecri,
    classical_scaling,
    correspondence,
    greenacre_total,
    multiple_correspondence,
)
from nqp_biblio.measures.periods import terms_of, with_terms
from nqp_biblio.measures.point_clusters import CLUSTERINGS, NUMBER_RULES, point_clusters
from nqp_biblio.measures.thematic_network import check_like
from nqp_biblio.networks.weights import SIMILARITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["METHODS", "CowordMap", "Drawing", "coword_map"]

METHODS = {
    "mca": "Greenacre, M. & Blasius, J. (eds.) (2006). Multiple Correspondence Analysis and"
    " Related Methods. Chapman & Hall/CRC. https://doi.org/10.1201/9781420011319",
    "ca": "Greenacre, M. J. (1984). Theory and Applications of Correspondence Analysis. Academic"
    " Press.",
    "mds": "Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method. Psychometrika"
    " 17(4), 401-419. https://doi.org/10.1007/BF02288916",
}
"""Ways to draw a map, and their papers."""

_RULES = {
    "mca": "multiple correspondence analysis of works by terms, each term a variable of two"
    " categories; principal coordinates of the category of having it",
    "ca": "correspondence analysis of the table of works by terms; principal coordinates",
    "mds": "classical scaling of the distances of terms",
}
_AT_MOST_1 = ("jaccard", "cosine", "equivalence", "inclusion")
_N_AXES = 2
_MOST_LIKE_BIBLIOMETRIX = 5


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a map is drawn: the options of ``coword_factors``."""

    of: str
    method: str
    n_terms: int | None
    min_occurrences: int
    similarity: str | None
    as_of: AsOf
    clustering: str | None = None
    n_clusters: int | None = None
    max_clusters: int | None = None
    seed: int = 0
    like: str | None = None


@dataclass(frozen=True, slots=True)
class CowordMap:
    """Terms on a plane, with all axes.

    Attributes
    ----------
    corpus : Corpus
        The works that count.
    labels : tuple of str
        The terms.
    occurrences : array of shape (n_terms,)
        Works that have each.
    work_id : array of shape (n_works,)
        Works that have any of them.
    table : csr_array of shape (n_works, n_terms)
        One where the work has the term.
    factors : Factors
        Columns are the terms, rows the works.
    axes : dict of str to array
        Columns of one value per axis: ``inertia``, ``share``, ….
    points : array of shape (n_terms, 2)
        The first two axes; 0 where there is no such axis.
    cluster : array of shape (n_terms,)
        From 1, the largest first.
    manifest : dict
        How all that was found.
    """

    corpus: Corpus
    labels: tuple[str, ...]
    occurrences: IntArray
    work_id: IntArray
    table: sparse.csr_array
    factors: Factors
    axes: dict[str, FloatArray]
    points: FloatArray
    cluster: IntArray
    manifest: dict[str, object]


def coword_map(corpus: Corpus, asked: Drawing) -> CowordMap:
    """Find the axes of a map of terms, and bring near terms together.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    asked : Drawing
        How.

    Returns
    -------
    CowordMap

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or a similarity does not go with the method.
    """
    _check(asked)
    part, last = until(corpus, asked.as_of)
    found = terms_of(with_terms(part, asked.of), asked.of)
    table, chosen, has_any, left = _table(found, asked)
    factors = _factors(table, asked)
    points = _plane(factors.columns, len(chosen))
    labels = tuple(found.labels[i] for i in chosen.tolist())
    cluster, told = _clusters(points, labels, asked)
    manifest = {**_told(asked, last), **left, **told}
    if asked.method == "mds":
        manifest["distance"] = _distance_rule(asked)
        manifest["n_negative"] = factors.n_negative
    if not len(chosen):
        manifest["warning"] = "no term is in enough works, and in not all of them"
    axes = _axes(factors, len(chosen), asked.method)
    return CowordMap(
        corpus=part,
        labels=labels,
        occurrences=found.occurrences[chosen],
        work_id=found.work_id[has_any],
        table=table,
        factors=factors,
        axes=axes,
        points=points,
        cluster=cluster,
        manifest=manifest,
    )


def _check(asked: Drawing) -> None:
    """Refuse options that there are not."""
    if asked.method not in METHODS:
        raise UnknownNameError("method", asked.method, METHODS)
    check_like(asked.like)
    for name in ("n_terms", "min_occurrences"):
        value = getattr(asked, name)
        if value is not None and value < 1:
            raise OptionError(f"{name} is {value}; it must be 1 or more")
    if asked.similarity is not None:
        if asked.method != "mds":
            raise OptionError(f"similarity goes with method 'mds', not with {asked.method!r}")
        if asked.similarity not in _AT_MOST_1:
            raise UnknownNameError("similarity", asked.similarity, _AT_MOST_1)


def _told(asked: Drawing, last: int | None) -> dict[str, object]:
    """Return what a manifest says of the options."""
    return {
        "rule": _RULES[asked.method],
        "method": asked.method,
        "of": asked.of,
        "n_terms": asked.n_terms,
        "min_occurrences": asked.min_occurrences,
        "like": asked.like,
        "as_of": last,
        "reference": METHODS[asked.method],
    }


def _table(
    found: Incidence, asked: Drawing
) -> tuple[sparse.csr_array, IntArray, NDArray[np.bool_], dict[str, object]]:
    """Return works by terms, which of each there are in it, and what is left out."""
    chosen, left = _chosen(found.occurrences, len(found.work_id), asked)
    table = found.matrix[:, chosen]
    has_any = np.diff(table.indptr) > 0
    table = table[np.flatnonzero(has_any)]
    if asked.method == "mca":
        # a term of all works that are left parts nothing, and would have no variance
        share = np.asarray(table.sum(axis=0)).ravel()
        varies = np.flatnonzero(share < table.shape[0])
        left["n_in_all_works"] = len(chosen) - len(varies)
        chosen, table = chosen[varies], table[:, varies]
    left["n_works"] = int(has_any.sum())
    left["n_without"] = int((~has_any).sum())
    left["reason"] = "works whose terms are all left out"
    return table, chosen, has_any, left


def _chosen(
    occurrences: IntArray, n_works: int, asked: Drawing
) -> tuple[IntArray, dict[str, object]]:
    """Return the terms that are frequent enough, in order of the table, and what is left out."""
    order = np.lexsort((np.arange(len(occurrences)), -occurrences))
    enough = order[occurrences[order] >= asked.min_occurrences]
    kept = np.sort(enough[: asked.n_terms])
    told: dict[str, object] = {
        "n_works_with_terms": n_works,
        "n_too_rare": len(order) - len(enough),
        "n_beyond_n_terms": len(enough) - len(kept),
    }
    return kept, told


def _factors(table: sparse.csr_array, asked: Drawing) -> Factors:
    """Return the axes of a table."""
    if not table.shape[1]:
        none = np.zeros((0, 0))
        return Factors(np.zeros(0), 0.0, none, np.zeros((table.shape[0], 0)), none, none, none)
    ways: dict[str, Callable[[], Factors]] = {
        "ca": lambda: correspondence(table, n_row_axes=_N_AXES),
        "mca": lambda: multiple_correspondence(table, n_row_axes=_N_AXES),
        "mds": lambda: classical_scaling(_distances(table, asked)),
    }
    return ways[asked.method]()


def _distances(table: sparse.csr_array, asked: Drawing) -> FloatArray:
    """Return the distance of each two terms."""
    together = (table.T @ table).toarray()
    sizes = np.diag(together)
    name = "association-strength" if asked.like else asked.similarity or "jaccard"
    likeness = SIMILARITIES[name][1](together, sizes[:, None], sizes[None, :])
    far = np.maximum(1 - likeness, 0.0)
    if not asked.like:
        far = np.sqrt(far)
    np.fill_diagonal(far, 0.0)
    return np.asarray(far, dtype=np.float64)


def _distance_rule(asked: Drawing) -> str:
    """Say what the distance of two terms is."""
    if asked.like:
        return "1 - association strength"
    return f"root of 1 - {asked.similarity or 'jaccard'}"


def _plane(columns: FloatArray, n: int) -> FloatArray:
    """Return the first two axes; 0 where there is none."""
    points = np.zeros((n, _N_AXES))
    shown = min(_N_AXES, columns.shape[1])
    points[:, :shown] = columns[:, :shown]
    return points


def _clusters(
    points: FloatArray, labels: tuple[str, ...], asked: Drawing
) -> tuple[IntArray, dict[str, Any]]:
    """Bring near terms together, and say how."""
    from nqp_biblio.measures.cluster_sizes import numbered

    like = asked.like is not None
    clustering = asked.clustering or ("average" if like else "ward")
    rule = "height" if like else "silhouette"
    most = asked.max_clusters or (_MOST_LIKE_BIBLIOMETRIX if like else 8)
    if not len(points):
        return np.zeros(0, dtype=np.int64), {"n_clusters": 0}
    found = point_clusters(
        points,
        clustering=clustering,
        n_clusters=asked.n_clusters,
        max_clusters=most,
        number_rule=rule,
        seed=asked.seed,
    )
    told = {
        "clustering": clustering,
        "clustering_reference": CLUSTERINGS[clustering],
        "number_rule": "given" if asked.n_clusters else NUMBER_RULES[rule],
        "n_clusters": int(found.max()) + 1,
        "max_clusters": most,
        "seed": asked.seed,
    }
    return numbered(found, labels), told


def _axes(factors: Factors, n_terms: int, method: str) -> dict[str, FloatArray]:
    """Return what is told of each axis."""
    inertia = factors.inertia
    share = inertia / factors.total if factors.total > 0 else inertia
    told = {"inertia": inertia, "share": share, "cumulative_share": np.cumsum(share)}
    if method == "mca":
        adjusted = benzecri(inertia, n_terms)
        total = float(adjusted.sum())
        whole = greenacre_total(inertia, n_terms)
        told["adjusted_inertia"] = adjusted
        told["share_benzecri"] = adjusted / total if total > 0 else np.full(len(adjusted), np.nan)
        told["share_greenacre"] = adjusted / whole if whole > 0 else np.full(len(adjusted), np.nan)
    return told
