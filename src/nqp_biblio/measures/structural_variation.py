"""Structural variation: how much each new work changes what was cited together before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.centrality_paths import shortest_paths
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.sliced import check_slices, dated_items, merge_slices

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.sliced import DatedItems
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Pairs = NDArray[np.int64]

__all__ = ["structural_variation"]

_COLUMNS = (
    *("work_id", "title", "publication_year", "cited_by_count", "references", "new_links"),
    *("new_links_between", "modularity_change", "cluster_linkage", "cluster_linkage_change"),
    "centrality_divergence",
)
_NOTHING = 1e-6
_ROUNDING = 1e-12
_MOST_WORK = 300_000_000
_RULE = (
    "a work adds the pairs of its references that the network of the years before has as nodes"
    " and not as links; modularity_change is 100 (Q - Q') / Q, cluster_linkage the new links"
    " between clusters over the number of clusters, cluster_linkage_change that in percent of"
    " the links there were, centrality_divergence the sum of p ln(p / q) over the nodes, p and q"
    " being their shares of betweenness before and after"
)
_CHEN = (
    "Chen, C. (2012). Predictive effects of structural variation on citation counts. Journal of"
    " the American Society for Information Science and Technology 63(3), 431-449."
    " https://doi.org/10.1002/asi.21694"
)


def structural_variation(
    corpus: Corpus,
    *,
    years: tuple[int, int] | None = None,
    window: int = 5,
    k: float = 25.0,
    n_pivots: int | None = None,
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Say of each work how it changes the network of what was cited together before.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    years : pair of int, optional
        First and last year of the works that are measured; when not given, the last year of
        the corpus, or that of `as_of`.
    window : int
        Years before that of the work whose works make the baseline; 1 or more.
    k : float
        Scale of the modified g-index by which references are chosen in each year of the
        baseline; see ``sliced_network``.
    n_pivots : int, optional
        Nodes from which the shortest paths are followed for the divergence, the same ones
        before and after. When not given: all of them where works times nodes times links of
        a year are at most 300,000,000, else as many as that allows, chosen by `seed`; the
        manifest says so.
    seed : int
        Seed of the clusters and of the choice of pivots.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Result
        A row per work that cites a reference of its baseline, by modularity change, largest
        first: ``work_id``, ``title``, ``publication_year``, ``cited_by_count``,
        ``references`` (its references among the nodes), ``new_links``,
        ``new_links_between`` (clusters), and the three measures of Chen [1]_:

        - ``modularity_change``: 100 (Q - Q') / Q, in percent of the modularity Q of the
          baseline, where its clusters stay and the work's links are added; None where Q is 0.
        - ``cluster_linkage``: growth of the number of links between clusters, over the number
          of clusters; ``cluster_linkage_change`` the same in percent, None where there was no
          such link.
        - ``centrality_divergence``: Kullback-Leibler divergence of the betweenness of the
          nodes after from that before, in nats. Betweenness of 0 counts as 0.000001; both
          are divided by their sums, which makes them the distributions that a divergence
          needs.

        Links count once, as in [1]_, however often two references are cited together. Works
        that add no link have 0 everywhere.

    Raises
    ------
    OptionError
        If an option is out of range.

    References
    ----------
    .. [1] Chen, C. (2012). Predictive effects of structural variation on citation counts.
       JASIST 63(3), 431-449. https://doi.org/10.1002/asi.21694

    Examples
    --------
    >>> structural_variation(corpus, years=(2018, 2020)).frame  # doctest: +SKIP
    """
    check_slices(1, k)
    _check(years, window, n_pivots)
    corpus, year = until(corpus, as_of)
    found = dated_items(corpus, "references")
    rows: dict[int, list[Any]] = {}
    told = []
    for one in _years(years, year):
        before = merge_slices(
            corpus, found.between(one - window, one - 1), width=1, k=k, as_of=one - 1
        )
        base = _Baseline.of(before, seed)
        works = _new_links(base, found.between(one, one))
        n_new = sum(len(new) > 0 for _, _, new in works)
        paths = _Paths.of(base, n_works=n_new, n_pivots=n_pivots, seed=seed)
        for work, n_references, new in works:
            rows[work] = [n_references, len(new), *base.changes(new), paths.divergence(new)]
        told.append({"year": one, "works": len(works)} | base.told | paths.told)
    manifest: dict[str, object] = {
        "measure": "structural variation",
        "window": window,
        "k": k,
        "seed": seed,
        "rule": _RULE,
        "as_of": year,
        "baselines": told,
        "n_without": found.n_undated,
        "reason": "works without a year of publication",
        "reference": _CHEN,
    }
    if not rows:
        manifest["warning"] = "no work of these years cites what was cited in the years before"
    return Result(_COLUMNS, _described(corpus, rows), manifest)


@dataclass(frozen=True)
class _Baseline:
    """The network of the years before, with clusters, each link counted once."""

    net: Network
    clusters: IntArray
    links: set[tuple[int, int]]
    degree: FloatArray
    inside: float

    @classmethod
    def of(cls, net: Network, seed: int) -> _Baseline:
        """Find the clusters of a network whose links count once."""
        once = cluster(replace(net, weight=np.ones(net.n_edges)), quality="modularity", seed=seed)
        clusters = once.node_columns["cluster"] - 1
        links = set(zip(net.source.tolist(), net.target.tolist(), strict=True))
        degree = np.bincount(clusters, net.degree, minlength=int(clusters.max(initial=-1)) + 1)
        inside = float((clusters[net.source] == clusters[net.target]).sum())
        return cls(net, clusters, links, degree.astype(np.float64), inside)

    @property
    def told(self) -> dict[str, Any]:
        """What the manifest says of it."""
        nothing = np.empty((0, 2), dtype=np.int64)
        counts = {"nodes": self.net.n_nodes, "links": self.net.n_edges}
        return counts | {"clusters": len(self.degree), "modularity": self.modularity(nothing)}

    def modularity(self, new: Pairs) -> float | None:
        """Return the modularity with some links added; None where there is no link."""
        total = self.net.n_edges + len(new)
        if not total:
            return None
        ends = self.clusters[new]
        inside = self.inside + float((ends[:, 0] == ends[:, 1]).sum())
        degree = self.degree + np.bincount(ends.ravel(), minlength=len(self.degree))
        return inside / total - float(((degree / (2 * total)) ** 2).sum())

    def changes(self, new: Pairs) -> tuple[int, float | None, float, float | None]:
        """Return links between clusters, and the changes of modularity and linkage."""
        if not len(new):
            return 0, 0.0, 0.0, 0.0
        before, after = self.modularity(new[:0]) or 0.0, self.modularity(new) or 0.0
        ends = self.clusters[new]
        between = int((ends[:, 0] != ends[:, 1]).sum())
        change = 100 * (before - after) / before if abs(before) > _ROUNDING else None
        outside = self.net.n_edges - self.inside
        linkage = between / len(self.degree)
        return between, change, linkage, 100 * between / outside if outside else None


def _new_links(base: _Baseline, found: DatedItems) -> list[tuple[int, int, Pairs]]:
    """Return the works that cite nodes, how many, and the pairs of them that are no link."""
    ids = base.net.ids
    matrix = found.incidence.matrix[:, np.searchsorted(found.incidence.ids, ids)]
    works = []
    for row, work in enumerate(found.incidence.work_id.tolist()):
        nodes = np.sort(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]).tolist()
        pairs = [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1 :]]
        new = [pair for pair in pairs if pair not in base.links]
        if nodes:
            works.append((work, len(nodes), np.array(new, dtype=np.int64).reshape(-1, 2)))
    return works


@dataclass(frozen=True)
class _Paths:
    """Betweenness of a baseline, from the same nodes before and after."""

    base: _Baseline
    sources: IntArray
    before: FloatArray

    @classmethod
    def of(cls, base: _Baseline, *, n_works: int, n_pivots: int | None, seed: int) -> _Paths:
        """Choose the nodes from which paths are followed."""
        n_nodes = base.net.n_nodes
        cost = max(n_works * base.net.n_edges, 1)
        wanted = max(_MOST_WORK // cost, 1) if n_pivots is None else n_pivots
        sources = np.arange(n_nodes)
        if wanted < n_nodes:
            chosen = np.random.default_rng(seed).choice(n_nodes, wanted, replace=False)
            sources = np.sort(chosen)
        nothing = np.empty((0, 2), dtype=np.int64)
        return cls(base, sources, _between(base.net, sources, nothing))

    @property
    def told(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"pivots": len(self.sources), "exact": len(self.sources) == self.base.net.n_nodes}

    def divergence(self, new: Pairs) -> float:
        """Return the divergence of the betweenness when some links are added."""
        if not len(new):
            return 0.0
        before, after = _shares(self.before), _shares(_between(self.base.net, self.sources, new))
        return max(float((before * np.log(before / after)).sum()), 0.0)


def _between(net: Network, sources: IntArray, new: Pairs) -> FloatArray:
    """Return the betweenness of each node, 0 to 1, with some links added."""
    pairs = (net.n_nodes - 1) * (net.n_nodes - 2)
    if not net.n_edges or pairs <= 0:
        return np.zeros(net.n_nodes)
    matrix = _matrix(net, new)
    found = shortest_paths(matrix, sources, is_weighted=False).between
    return found * (net.n_nodes / len(sources)) / pairs


def _matrix(net: Network, new: Pairs) -> sparse.csr_array:
    """Return the links both ways."""
    from scipy import sparse

    one = np.concatenate([net.source, new[:, 0]])
    other = np.concatenate([net.target, new[:, 1]])
    cells = np.concatenate([one, other]), np.concatenate([other, one])
    return sparse.csr_array((np.ones(len(cells[0])), cells), shape=(net.n_nodes, net.n_nodes))


def _shares(values: FloatArray) -> FloatArray:
    """Return the share of each node, none of which is 0."""
    above = np.where(values > 0, values, _NOTHING)
    shares: FloatArray = above / above.sum()
    return shares


def _described(corpus: Corpus, rows: dict[int, list[Any]]) -> list[tuple[Any, ...]]:
    """Say what works these are, those that change most first."""
    if not rows:
        return []
    wanted = ", ".join(map(str, sorted(rows)))
    works = corpus.sql(
        "SELECT work_id, title, publication_year, cited_by_count FROM works"
        f" WHERE work_id IN ({wanted}) ORDER BY work_id"
    )
    found = [(*work, *rows[work[0]]) for work in works]
    change = _COLUMNS.index("modularity_change")
    linkage = change + 1

    def rank(row: tuple[Any, ...]) -> tuple[float, float, int]:
        """Order by change, then linkage, then work."""
        known = -np.inf if row[change] is None else row[change]
        return -known, -row[linkage], row[0]

    return sorted(found, key=rank)


def _years(years: tuple[int, int] | None, last: int | None) -> range:
    """Return the years whose works are measured."""
    if years is not None:
        return range(years[0], years[1] + 1)
    return range(0) if last is None else range(last, last + 1)


def _check(years: tuple[int, int] | None, window: int, n_pivots: int | None) -> None:
    """Refuse options out of their range."""
    if years is not None and years[1] < years[0]:
        raise OptionError(f"years is {years}; the last year must not be before the first")
    if window < 1:
        raise OptionError(f"window is {window}; it must be 1 or more")
    if n_pivots is not None and n_pivots < 1:
        raise OptionError(f"n_pivots is {n_pivots}; it must be 1 or more")
