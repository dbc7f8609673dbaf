"""Thematic map: how central and how dense each theme is, after Callon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.citations import cited_works
from nqp_biblio.measures.cluster_labels import cluster_terms
from nqp_biblio.measures.cluster_sizes import clusters_of
from nqp_biblio.measures.cluster_works import has_works, works_of_nodes
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.thematic_network import check_like, theme_network
from nqp_biblio.networks.weights import SIMILARITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["COLUMNS", "callon", "callon_map", "thematic_map"]

COLUMNS = (
    "theme",
    "label",
    "n_terms",
    "occurrences",
    "centrality",
    "density",
    "centrality_rank",
    "density_rank",
    "quadrant",
    "n_works",
    "mean_citations",
    "h",
)
"""Columns of a thematic map."""

# whether a theme is central, and whether it is dense
_QUADRANTS = {
    (True, True): "motor",
    (False, True): "niche",
    (False, False): "emerging or declining",
    (True, False): "basic",
}
_AXES = ("rank", "value")
_SPLITS: dict[str, Callable[[FloatArray], Any]] = {"median": np.median, "mean": np.mean}
_LABEL_TERMS = 3
_REFERENCE = (
    "Callon, M., Courtial, J. P. & Laville, F. (1991). Co-word analysis as a tool for describing"
    " the network of interactions between basic and technological research: The case of polymer"
    " chemistry. Scientometrics 22(1), 155-205. https://doi.org/10.1007/BF02019280"
)
_RULES = {
    None: "centrality: 10 times the sum of the links to other themes, each link counted for both;"
    " density: 100 times the sum of the links inside by the number of terms; no link of a term"
    " to itself",
    "bibliometrix": "centrality: sum of the links to other themes, each counted for the theme of"
    " its more frequent end alone; density: 100 times the sum of the links inside, with that of"
    " each term to itself, by the number of terms",
}
_DIFFERS = (
    "the search of clusters has other random numbers; labels go by links inside the theme, not by"
    " PageRank; works belong to a theme by its terms, not by a probability"
)


def thematic_map(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    n_terms: int | None = 250,
    min_occurrences: int | None = None,
    similarity: str | None = None,
    method: str | None = None,
    resolution: float = 1.0,
    min_size: int | None = None,
    seed: int = 0,
    years: Years | None = None,
    axes: str = "rank",
    split: str = "median",
    terms_per_work: int = 1,
    like: str | None = None,
    as_of: AsOf = None,
) -> Result:
    """Find themes among terms, and say how central and how dense each is.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is; see ``cooccurrence_network``.
    n_terms : int, optional
        The most frequent terms that are kept, of equals the first by name; None is all.
    min_occurrences : int, optional
        Works that a term must be in. When not given: 2.
    similarity : {"equivalence", "association-strength", "cosine", "jaccard", "inclusion", \
"fractionalisation"}, optional
        How a link is set against the occurrences of its ends. When not given: equivalence, as
        in SciMAT.
    method : {"leiden", "louvain"}, optional
        How modularity on the similarities is made large. When not given: leiden.
    resolution : float
        Above 0; higher makes more and smaller themes.
    min_size : int, optional
        Terms that a theme has; terms of smaller clusters are in no theme. When not given: 2.
    seed : int
        Seed of the search.
    years : pair of int, optional
        First and last year of the works that count.
    axes : {"rank", "value"}
        Whether themes are parted by their ranks or by their values.
    split : {"median", "mean"}
        Where each axis is parted. A theme at the split is on the high side.
    terms_per_work : int
        Terms of the theme that a work must have to belong to it; 2 gives SciMAT's core works.
    like : {"bibliometrix"}, optional
        As bibliometrix counts: each link to another theme for one of the two alone, and with
        the link of a term to itself in the density; see ``theme_network`` for the clusters.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        As ``callon_map`` gives it.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range.

    References
    ----------
    .. [1] Callon, M., Courtial, J. P. & Laville, F. (1991). Co-word analysis as a tool for
       describing the network of interactions between basic and technological research.
       Scientometrics 22(1), 155-205. https://doi.org/10.1007/BF02019280
    .. [2] Cobo, M. J. et al. (2011). An approach for detecting, quantifying, and visualizing
       the evolution of a research field. Journal of Informetrics 5(1), 146-166.
       https://doi.org/10.1016/j.joi.2010.10.002

    Examples
    --------
    >>> thematic_map(corpus, of="index_keywords").frame  # doctest: +SKIP
    """
    net = theme_network(
        corpus,
        of=of,
        n_terms=n_terms,
        min_occurrences=min_occurrences,
        similarity=similarity,
        method=method,
        resolution=resolution,
        min_size=min_size,
        seed=seed,
        years=years,
        like=like,
        as_of=as_of,
    )
    return callon_map(net, axes=axes, split=split, terms_per_work=terms_per_work, like=like)


def callon_map(
    net: Network,
    *,
    axes: str = "rank",
    split: str = "median",
    terms_per_work: int = 1,
    like: str | None = None,
) -> Result:
    """Say how central and how dense the clusters of a network are.

    Parameters
    ----------
    net : Network
        A network with clusters and a similarity, as ``theme_network`` gives, or ``weigh`` and
        ``cluster``. Nodes of cluster 0 are left out, with their links.
    axes : {"rank", "value"}
        Whether themes are parted by their ranks or by their values.
    split : {"median", "mean"}
        Where each axis is parted. A theme at the split is on the high side.
    terms_per_work : int
        Terms of the theme that a work must have to belong to it.
    like : {"bibliometrix"}, optional
        See ``thematic_map``.

    Returns
    -------
    Result
        Per theme: ``theme`` (number of the cluster), ``label`` (its three most linked terms),
        ``n_terms``, ``occurrences`` (sum over its terms), ``centrality`` and ``density``
        (no unit), ``centrality_rank`` and ``density_rank`` (1 is the lowest, equals share
        their mean), ``quadrant`` (motor: central and dense; niche: dense alone; basic: central
        alone; emerging or declining: neither), ``n_works``, ``mean_citations`` of those whose
        citations are known, and their ``h``. The quadrant is missing where all themes have one
        centrality or one density, since then none is high. Works are missing where none are
        known behind the network.

    Raises
    ------
    UnknownNameError
        If `axes`, `split` or `like` is none of the known.
    OptionError
        If there are no clusters or no similarity, or `terms_per_work` is below 1.

    Examples
    --------
    >>> callon_map(cluster(weigh(net), weights="similarity")).frame  # doctest: +SKIP
    """
    _check(axes, split, terms_per_work)
    centrality, density = callon(net, like=like)
    numbers = clusters_of(net)
    n_terms = np.bincount(numbers, minlength=len(centrality) + 1)[1:]
    if not n_terms.all():
        raise OptionError("a number of a cluster is left out; they must run from 1 on")
    sizes = net.node_columns.get("occurrences", np.full(net.n_nodes, np.nan))
    ranks = (_ranks(centrality), _ranks(density))
    columns: dict[str, Any] = {
        "theme": np.arange(1, len(centrality) + 1),
        "label": _labels(net, len(centrality)),
        "n_terms": n_terms,
        "occurrences": np.bincount(numbers, sizes, minlength=len(centrality) + 1)[1:],
        "centrality": centrality,
        "density": density,
        "centrality_rank": ranks[0],
        "density_rank": ranks[1],
        "quadrant": _quadrants(ranks if axes == "rank" else (centrality, density), split),
    }
    columns |= _works(net, numbers, terms_per_work)
    manifest: dict[str, object] = {
        "measure": "thematic map",
        "rule": _RULES[like],
        "quadrants": f"parted at the {split} of each {axes}; at the split is high",
        "axes": axes,
        "split": split,
        "terms_per_work": terms_per_work,
        "like": like,
        "similarity": net.manifest["similarity"],
        "themes": net.manifest.get("themes", {}),
        "as_of": net.manifest.get("themes", {}).get("as_of"),
        "reference": _REFERENCE,
        "n_terms": int((numbers > 0).sum()),
        "n_without": int((numbers == 0).sum()),
        "reason": "terms in no theme",
    }
    if like:
        manifest["differs"] = _DIFFERS
    if not len(centrality):
        manifest["warning"] = "no terms stand together in works often enough to make a theme"
    return Result.of_columns(columns, manifest)


def callon(net: Network, *, like: str | None = None) -> tuple[FloatArray, FloatArray]:
    """Return Callon's centrality and density of each cluster.

    Parameters
    ----------
    net : Network
        A network with clusters and a similarity.
    like : {"bibliometrix"}, optional
        Whether to count as bibliometrix; see ``thematic_map``.

    Returns
    -------
    centrality, density : array of shape (n_clusters,)
        From cluster 1 on. Each link between clusters counts for both; links of a node to
        itself, and to nodes of cluster 0, do not count.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    OptionError
        If there are no clusters or no similarity.
    """
    check_like(like)
    if "similarity" not in net.edge_columns:
        raise OptionError("this network has no similarity yet; weigh(net) gives it")
    numbers = clusters_of(net)
    n_bins = int(numbers.max(initial=0)) + 1
    first, second = numbers[net.source], numbers[net.target]
    value = net.edge_columns["similarity"].astype(np.float64)
    counts = (first > 0) & (second > 0) & (net.source != net.target)
    inside = counts & (first == second)
    across = counts & (first != second)
    n_terms = np.bincount(numbers, minlength=n_bins)
    internal = np.bincount(first[inside], value[inside], minlength=n_bins).astype(np.float64)
    external = np.zeros(n_bins)
    if like:
        owner = numbers[_first_by_frequency(net)]
        external += np.bincount(owner[across], value[across], minlength=n_bins)
        internal += np.bincount(numbers, _to_itself(net), minlength=n_bins)
    else:
        for ends in (first, second):
            external += 10 * np.bincount(ends[across], value[across], minlength=n_bins)
    density: FloatArray = 100 * internal / np.maximum(n_terms, 1)
    return external[1:], density[1:]


def _check(axes: str, split: str, terms_per_work: int) -> None:
    """Refuse options that there are not."""
    if axes not in _AXES:
        raise UnknownNameError("axes", axes, _AXES)
    if split not in _SPLITS:
        raise UnknownNameError("split", split, _SPLITS)
    if terms_per_work < 1:
        raise OptionError(f"terms_per_work is {terms_per_work}; it must be 1 or more")


def _occurrences(net: Network) -> FloatArray:
    """Return the occurrences of each node, or what else its similarity went by."""
    if "occurrences" not in net.node_columns:
        raise OptionError("this network has no occurrences, which like='bibliometrix' needs")
    return net.node_columns["occurrences"].astype(np.float64)


def _first_by_frequency(net: Network) -> IntArray:
    """Return the end of each edge that stands first by occurrences, then by name."""
    sizes = _occurrences(net)
    order = sorted(range(net.n_nodes), key=lambda i: (-sizes[i], net.labels[i]))
    place = np.empty(net.n_nodes, dtype=np.int64)
    place[order] = np.arange(net.n_nodes)
    found: IntArray = np.where(place[net.source] < place[net.target], net.source, net.target)
    return found


def _to_itself(net: Network) -> FloatArray:
    """Return the similarity of each node to itself, which is in as many works as it is."""
    sizes = _occurrences(net)
    formula = SIMILARITIES[net.manifest["similarity"]["name"]][1]
    return np.asarray(formula(sizes, sizes, sizes), dtype=np.float64)


def _labels(net: Network, n_themes: int) -> list[str]:
    """Name each theme by its most linked terms."""
    found = cluster_terms(net, by="central", n=_LABEL_TERMS)
    words: dict[int, list[str]] = {}
    for row in found.rows:
        words.setdefault(row[0], []).append(row[2])
    return [", ".join(words.get(number, [])) for number in range(1, n_themes + 1)]


def _ranks(values: FloatArray) -> FloatArray:
    """Rank from 1, the lowest; equals share the mean of their ranks."""
    from scipy import stats

    # sums of the same links in another order differ in their last digits
    return np.asarray(stats.rankdata(np.round(values, 9)), dtype=np.float64)


def _quadrants(axes: tuple[FloatArray, FloatArray], split: str) -> list[str | None]:
    """Name the quadrant of each theme; none where an axis does not part them."""
    if any(np.ptp(np.round(values, 9)) == 0 for values in axes if len(values)):
        return [None] * len(axes[0])
    high = [values >= _SPLITS[split](values) - 1e-12 for values in axes if len(values)]
    return [_QUADRANTS[bool(c), bool(d)] for c, d in zip(*high, strict=True)] if high else []


def _works(net: Network, numbers: IntArray, terms_per_work: int) -> dict[str, list[Any]]:
    """Count the works of each theme and their citations."""
    from scipy import sparse

    n_bins = int(numbers.max(initial=0)) + 1
    names = ("n_works", "mean_citations", "h")
    if net.corpus is None or not has_works(net):
        return {name: [None] * (n_bins - 1) for name in names}
    works, owned = works_of_nodes(net)
    cited = cited_works(net.corpus)
    cells = owned.tocoo()
    row = np.searchsorted(cited.work_id, works)
    pair = (row[cells.row], numbers[cells.col])
    counts = sparse.csc_array(
        ((cells.data > 0).astype(np.int64), pair), shape=(len(cited.work_id), n_bins)
    )
    counts.sum_duplicates()
    told: list[tuple[int, float | None, int | None]] = []
    for number in range(1, n_bins):
        span = slice(counts.indptr[number], counts.indptr[number + 1])
        mine = counts.indices[span][counts.data[span] >= terms_per_work]
        known = cited.citations[mine]
        known = np.sort(known[~np.isnan(known)])[::-1]
        h = int((known >= np.arange(1, len(known) + 1)).sum())
        figures = (float(known.mean()), h) if len(known) else (None, None)
        told.append((len(mine), *figures))
    return {name: [row[i] for row in told] for i, name in enumerate(names)}
