"""The works behind clusters, and the terms of these works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.cotopic import with_topics
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.text_terms import TEXT_TERMS, with_text_terms
from nqp_biblio.networks.traces import CitationTrace, SharedItemsTrace, SharedSetsTrace
from nqp_biblio.networks.units import terms_of_works

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = [
    "TERM_KINDS",
    "TermCounts",
    "cluster_of_works",
    "has_works",
    "term_counts",
    "usual_terms",
    "works_of_nodes",
]

TERM_KINDS = ("topics", "author_keywords", "index_keywords", "keywords", *TEXT_TERMS)
"""What terms of works can be."""

_STORED = {
    "topic": "topics",
    "author_keyword": "author_keywords",
    "index_keyword": "index_keywords",
}


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many works of each cluster each term stands; one entry per pair that occurs.

    Attributes
    ----------
    cluster, term : array of int
        Cluster and index of the term of each entry.
    n : array of float
        Works of the cluster that have the term.
    labels : tuple of str
        The terms.
    n_of_term, n_of_cluster : array of float
        Works of any cluster that have each term; works of each cluster, from 0, which has none.
    """

    cluster: IntArray
    term: IntArray
    n: FloatArray
    labels: tuple[str, ...]
    n_of_term: FloatArray
    n_of_cluster: FloatArray


def has_works(net: Network) -> bool:
    """Whether works are known behind the nodes of a network."""
    return net.corpus is not None and net.trace is not None


def usual_terms(corpus: Corpus) -> str | None:
    """Return the first kind of term that a corpus has: topics, author keywords, index keywords."""
    there = {row[0] for row in corpus.sql("SELECT DISTINCT kind FROM terms WHERE term IS NOT NULL")}
    return next((name for kind, name in _STORED.items() if kind in there), None)


def cluster_of_works(net: Network, numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Return the works behind clusters, in order, and the one cluster that each belongs to.

    A work belongs to the cluster that has most of its nodes, of equals to the first in
    number. A work without a node in a cluster is left out.
    """
    from scipy import sparse

    works, owned = works_of_nodes(net)
    distinct, row = np.unique(works, return_inverse=True)
    cells = owned.tocoo()
    is_in = (numbers[cells.col] > 0) & (cells.data > 0)
    pair = (row[cells.row[is_in]], numbers[cells.col[is_in]])
    shape = (len(distinct), int(numbers.max(initial=0)) + 1)
    counts = sparse.csr_array((np.ones(len(pair[0])), pair), shape=shape).tocoo()
    counts.sum_duplicates()
    order = np.lexsort((counts.col, -counts.data, counts.row))
    rows, first = np.unique(counts.row[order], return_index=True)
    return distinct[rows], counts.col[order][first].astype(np.int64)


def term_counts(net: Network, numbers: IntArray, terms: str) -> TermCounts:
    """Count the terms of the works behind each cluster.

    Raises
    ------
    UnknownNameError
        If there is no such kind of term.
    OptionError
        If no works are known behind the network.
    """
    from scipy import sparse

    if terms not in TERM_KINDS:
        raise UnknownNameError("kind of term", terms, TERM_KINDS)
    if net.corpus is None or not has_works(net):
        raise OptionError("no works are known behind this network; by='central' needs none")
    works, clusters = cluster_of_works(net, numbers)
    found = incidence_of(_with_terms(net.corpus, terms), terms_of_works(terms))
    _, here, there = np.intersect1d(works, found.work_id, return_indices=True)
    n_clusters = int(numbers.max(initial=0)) + 1
    shape = (n_clusters, len(found.work_id))
    choose = sparse.csr_array((np.ones(len(here)), (clusters[here], there)), shape=shape)
    counts = (choose @ found.matrix).tocoo()
    order = np.lexsort((counts.col, counts.row))
    n: FloatArray = counts.data[order].astype(np.float64)
    term = counts.col[order].astype(np.int64)
    n_of_term = np.bincount(term, n, minlength=len(found.labels))
    return TermCounts(
        counts.row[order].astype(np.int64),
        term,
        n,
        found.labels,
        n_of_term.astype(np.float64),
        np.bincount(clusters, minlength=n_clusters).astype(np.float64),
    )


def _with_terms(corpus: Corpus, terms: str) -> Corpus:
    """Find the terms that are found, not read."""
    if terms in TEXT_TERMS:
        return with_text_terms(corpus, terms)
    return with_topics(corpus) if terms == "topics" else corpus


def works_of_nodes(net: Network) -> tuple[IntArray, sparse.csr_array]:
    """Return works, and which of them have which nodes; a work can have more rows."""
    trace: Any = net.trace
    kept: IntArray | None = None
    while hasattr(trace, "kept"):  # of a part of the nodes
        kept = trace.kept if kept is None else trace.kept[kept]
        trace = trace.trace
    if isinstance(trace, SharedSetsTrace):
        works, owned = trace.found.work_id, trace.found.matrix
    elif isinstance(trace, SharedItemsTrace):
        works, owned = trace.found.work_id, trace.owned
    elif isinstance(trace, CitationTrace):
        works, owned = trace.ids, trace.owned
    else:
        raise OptionError("no works are known behind this network; by='central' needs none")
    return works, owned if kept is None else owned[:, kept]
