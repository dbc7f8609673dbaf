"""Names of clusters: by the terms of the works behind them, or by their central nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_sizes import clusters_of
from nqp_biblio.measures.cluster_works import has_works, term_counts, usual_terms
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.measures.cluster_works import TermCounts
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Row = tuple[Any, ...]

__all__ = ["cluster_terms", "label_clusters", "usual_labels"]

_LABEL_TERMS = 3
_RULES = {
    "tf-idf": "n (ln((1 + K) / (1 + K_t)) + 1): works of the cluster with the term, K clusters of"
    " which K_t have it",
    "log-likelihood": "2 sum O ln(O / E) over the works with and without the term, in and out of"
    " the cluster; terms that are rarer in it than elsewhere are left out",
    "frequency": "works of the cluster with the term",
    "central": "sum of the weights of a node inside its cluster",
}
_REFERENCES = {
    "tf-idf": "Salton, G. & Buckley, C. (1988). Term-weighting approaches in automatic text"
    " retrieval. Information Processing & Management 24(5), 513-523."
    " https://doi.org/10.1016/0306-4573(88)90021-0",
    "log-likelihood": "Dunning, T. (1993). Accurate methods for the statistics of surprise and"
    " coincidence. Computational Linguistics 19(1), 61-74. https://aclanthology.org/J93-1003/",
}


def label_clusters(
    net: Network, *, by: str = "log-likelihood", terms: str | None = None, n: int = _LABEL_TERMS
) -> Network:
    """Name each cluster.

    Parameters
    ----------
    net : Network
        A network with clusters.
    by : {"log-likelihood", "tf-idf", "frequency", "central"}
        What a name is made of; see ``cluster_terms``.
    terms : str, optional
        Kind of term; see ``cluster_terms``.
    n : int
        How many terms make a name, at most.

    Returns
    -------
    Network
        With the names in the manifest under ``clustering``, ``labels`` (of levels under
        ``cluster_levels`` too), and how they were found under ``labelling``. A cluster whose
        works have no such term is named by its central nodes.

    Raises
    ------
    UnknownNameError
        If `by` or `terms` is none of the known.
    OptionError
        If there are no clusters, or no works are known behind the network.

    Examples
    --------
    >>> net = label_clusters(net, by="tf-idf", terms="author_keywords")  # doctest: +SKIP
    """
    found = cluster_terms(net, by=by, terms=terms, n=n)
    told = {name: value for name, value in found.manifest.items() if name != "measure"}
    kind = str(told.get("terms", ""))

    def named(entry: dict[str, Any], column: str) -> dict[str, Any]:
        """Put the names of the clusters in a column into their entry."""
        numbers = clusters_of(net, column)
        names = _joined(_central(net, numbers), n) | _joined(_rows(net, numbers, by, kind), n)
        return entry | {"labels": names}

    clustering = named(net.manifest.get("clustering", {}), "cluster")
    levels = [named(entry, entry["column"]) for entry in net.manifest.get("cluster_levels", [])]
    made = net.with_manifest(clustering=clustering, labelling=told)
    return made.with_manifest(cluster_levels=levels) if levels else made


def cluster_terms(
    net: Network, *, by: str = "log-likelihood", terms: str | None = None, n: int = 10
) -> Result:
    """Return the terms that tell most about each cluster.

    Parameters
    ----------
    net : Network
        A network with clusters. A work belongs to the cluster that has most of its nodes (of
        equals to the first in number), so that each work counts once.
    by : {"log-likelihood", "tf-idf", "frequency", "central"}
        How terms are ranked:

        - ``log-likelihood``: how surprising it is that so many works of the cluster have the
          term, given how many others have it [1]_;
        - ``tf-idf``: works of the cluster that have it, times the rarity of the term among
          clusters, each of which is a document [2]_;
        - ``frequency``: works of the cluster that have it;
        - ``central``: the nodes themselves, by the sum of their weights inside the cluster.
    terms : {"topics", "author_keywords", "index_keywords", "keywords", "title_terms", \
"abstract_terms", "text_terms"}, optional
        Kind of term. When not given: the first of topics, author keywords and index keywords
        that the corpus has, else title terms.
    n : int
        Terms per cluster, at most.

    Returns
    -------
    Result
        ``cluster``, ``rank``, ``term``, ``score``, ``p_value``, ``works`` (of the cluster, with
        the term) and ``all_works`` (of any cluster). The p value is that of chi-squared with
        one degree of freedom for ``log-likelihood``, not corrected for the number of terms,
        and missing otherwise.

    Raises
    ------
    UnknownNameError
        If `by` or `terms` is none of the known.
    OptionError
        If there are no clusters, `n` is below 1, or no works are known behind the network.

    References
    ----------
    .. [1] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19(1), 61-74. https://aclanthology.org/J93-1003/
    .. [2] Salton, G. & Buckley, C. (1988). Term-weighting approaches in automatic text
       retrieval. Information Processing & Management 24(5), 513-523.
       https://doi.org/10.1016/0306-4573(88)90021-0

    Examples
    --------
    >>> cluster_terms(net, by="log-likelihood").frame  # doctest: +SKIP
    """
    if by not in _RULES:
        raise UnknownNameError("way to label", by, _RULES)
    if n < 1:
        raise OptionError(f"n is {n}; it must be 1 or more")
    numbers = clusters_of(net)
    told: dict[str, object] = {"measure": "cluster_terms", "by": by, "n": n, "rule": _RULES[by]}
    if by != "central":
        found = None if net.corpus is None else usual_terms(net.corpus)
        terms = told["terms"] = terms or found or "title_terms"
    if by in _REFERENCES:
        told["reference"] = _REFERENCES[by]
    columns = ("cluster", "rank", "term", "score", "p_value", "works", "all_works")
    rows = [row for row in _rows(net, numbers, by, terms or "") if row[1] <= n]
    return Result(columns, rows, told)


def usual_labels(net: Network, numbers: IntArray) -> dict[str, str]:
    """Name each cluster by its central nodes; of works, which have no terms, by theirs."""
    names = _joined(_central(net, numbers), _LABEL_TERMS)
    if net.of == "works" and net.corpus is not None and has_works(net):
        terms = usual_terms(net.corpus)
        if terms is not None:
            names |= _joined(_rows(net, numbers, "tf-idf", terms), _LABEL_TERMS)
    return names


def _rows(net: Network, numbers: IntArray, by: str, terms: str) -> list[Row]:
    """Return all terms of each cluster, the best first."""
    if by == "central":
        return _central(net, numbers)
    return _ranked(term_counts(net, numbers, terms), by)


def _joined(rows: list[Row], n: int) -> dict[str, str]:
    """Join the first terms of each cluster to a name."""
    words: dict[int, list[str]] = {}
    for row in rows:
        if row[1] <= n:
            words.setdefault(row[0], []).append(row[2])
    return {str(number): ", ".join(words[number]) for number in sorted(words)}


def _central(net: Network, numbers: IntArray) -> list[Row]:
    """Return the nodes of each cluster, those with the strongest links inside it first."""
    is_inside = numbers[net.source] == numbers[net.target]
    strength = np.zeros(net.n_nodes)
    for ends in (net.source, net.target):
        strength += np.bincount(ends[is_inside], net.weight[is_inside], minlength=net.n_nodes)
    sizes = net.node_columns.get("occurrences", np.zeros(net.n_nodes))
    nodes = np.flatnonzero(numbers > 0).tolist()
    nodes.sort(key=lambda i: (numbers[i], -strength[i], -sizes[i], net.labels[i]))
    ranks = _ranks(numbers[nodes])
    return [
        (int(numbers[i]), rank, net.labels[i], float(strength[i]), None, None, None)
        for i, rank in zip(nodes, ranks, strict=True)
    ]


def _ranked(counts: TermCounts, by: str) -> list[Row]:
    """Return the terms of each cluster in order of their scores."""
    scores, p_values = _SCORES[by](counts)
    entries = [i for i, score in enumerate(scores.tolist()) if score > 0]
    entries.sort(
        key=lambda i: (
            counts.cluster[i],
            -scores[i],
            -counts.n[i],
            counts.labels[counts.term[i]],
        )
    )
    return [
        (
            int(counts.cluster[i]),
            rank,
            counts.labels[counts.term[i]],
            float(scores[i]),
            None if p_values is None else float(p_values[i]),
            int(counts.n[i]),
            int(counts.n_of_term[counts.term[i]]),
        )
        for i, rank in zip(entries, _ranks(counts.cluster[entries]), strict=True)
    ]


def _ranks(cluster: IntArray) -> list[int]:
    """Count from 1 within each cluster; those of one cluster stand together."""
    begins = np.flatnonzero(np.diff(cluster, prepend=-1))
    sizes = np.diff(np.append(begins, len(cluster)))
    ranks: list[int] = (np.arange(len(cluster)) - np.repeat(begins, sizes) + 1).tolist()
    return ranks


def _by_frequency(counts: TermCounts) -> tuple[FloatArray, None]:
    return counts.n, None


def _by_tf_idf(counts: TermCounts) -> tuple[FloatArray, None]:
    n_clusters = int((counts.n_of_cluster > 0).sum())
    n_with = np.bincount(counts.term, minlength=len(counts.labels))
    rarity = np.log((1 + n_clusters) / (1 + n_with)) + 1
    return counts.n * rarity[counts.term], None


def _by_log_likelihood(counts: TermCounts) -> tuple[FloatArray, FloatArray]:
    from scipy import special

    total = float(counts.n_of_cluster.sum())
    in_cluster, with_term = counts.n_of_cluster[counts.cluster], counts.n_of_term[counts.term]
    score = np.zeros(len(counts.n))
    for rows, columns, seen in (
        (in_cluster, with_term, counts.n),
        (in_cluster, total - with_term, in_cluster - counts.n),
        (total - in_cluster, with_term, with_term - counts.n),
        (
            total - in_cluster,
            total - with_term,
            total - in_cluster - with_term + counts.n,
        ),
    ):
        expected = rows * columns / total
        score += 2 * special.xlogy(seen, np.where(seen > 0, seen / np.maximum(expected, 1e-300), 1))
    is_more = counts.n * total > in_cluster * with_term
    score = np.where(is_more, np.maximum(score, 0.0), 0.0)
    return score, np.asarray(special.chdtrc(1.0, score), dtype=np.float64)


_SCORES: dict[str, Callable[[TermCounts], tuple[FloatArray, FloatArray | None]]] = {
    "tf-idf": _by_tf_idf,
    "log-likelihood": _by_log_likelihood,
    "frequency": _by_frequency,
}
