"""Themes: clusters of terms that stand together, found for thematic maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cluster_sizes import clusters_of, numbered
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.weights import SIMILARITIES, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network

__all__ = ["LIKE", "check_like", "theme_network"]

LIKE = ("bibliometrix",)
"""Conventions of others that thematic maps can follow."""

_OURS: dict[str, Any] = {
    "similarity": "equivalence",
    "method": "leiden",
    "min_occurrences": 2,
    "min_size": 2,
}
_PER_THOUSAND = 5
_NO_SIMILARITY = "linlog-modularity"


def theme_network(  # noqa: PLR0913  options of the method, all by keyword
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
    like: str | None = None,
    as_of: AsOf = None,
) -> Network:
    """Find themes: clusters of terms that stand together in works.

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
        How a link is set against the occurrences of its ends; see ``weigh``. When not given:
        equivalence, as in SciMAT.
    method : {"leiden", "louvain"}, optional
        How modularity on the similarities is made large; see ``cluster``. When not given:
        leiden.
    resolution : float
        Above 0; higher makes more and smaller themes.
    min_size : int, optional
        Terms that a theme has; terms of smaller clusters are in no theme, which is number 0.
        When not given: 2.
    seed : int
        Seed of the search.
    years : pair of int, optional
        First and last year of the works that count.
    like : {"bibliometrix"}, optional
        Association strength, but louvain on the counts; terms without a link are left out,
        and terms of fewer works than `min_occurrences` only after the search (when not given:
        5 per thousand works, at least 2); a theme may have one term.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Network
        With ``similarity`` per edge and ``cluster`` per node, 0 for no theme;
        ``cluster_terms(net, by="central")`` lists the terms of each theme. Without a term
        that is frequent enough it has no node.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range.

    References
    ----------
    .. [1] Cobo, M. J. et al. (2011). An approach for detecting, quantifying, and visualizing
       the evolution of a research field. Journal of Informetrics 5(1), 146-166.
       https://doi.org/10.1016/j.joi.2010.10.002

    Examples
    --------
    >>> net = theme_network(corpus, of="index_keywords")  # doctest: +SKIP
    """
    check_like(like)
    given = {
        "similarity": similarity,
        "method": method,
        "min_occurrences": min_occurrences,
        "min_size": min_size,
    }
    part, last = until(corpus, as_of)
    usual = _like_bibliometrix(len(part)) if like else _OURS
    chosen: dict[str, Any] = {
        name: usual[name] if value is None else value for name, value in given.items()
    }
    _check(chosen["similarity"], n_terms)
    least = 1 if like else chosen["min_occurrences"]
    net = cooccurrence_network(part, of=of, min_occurrences=least, years=years)
    n_all = net.n_nodes
    if n_terms is not None and n_all > n_terms:
        net = net.top(n_terms, by="occurrences")
    if like:
        net = net.subnetwork(net.degree > 0)
    net = cluster(
        weigh(net, similarity=chosen["similarity"]),
        method=chosen["method"],
        quality="modularity",
        weights="weight" if like else "similarity",
        resolution=resolution,
        min_size=chosen["min_size"],
        merge_small=False,
        seed=seed,
    )
    if like:
        net = net.subnetwork(net.node_columns["occurrences"] >= chosen["min_occurrences"])
        net = net.with_nodes(cluster=_numbered_anew(net))
    told = {"of": of, "n_terms": n_terms, "resolution": resolution, "seed": seed, "years": years}
    entry = {**told, **chosen, "like": like, "as_of": last, "n_frequent_enough": n_all}
    return net.with_manifest(themes=entry)


def check_like(like: str | None) -> None:
    """Refuse a convention that there is not.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    """
    if like is not None and like not in LIKE:
        raise UnknownNameError("like", like, LIKE)


def _check(similarity: str, n_terms: int | None) -> None:
    """Refuse options that make no sense."""
    known = tuple(name for name in SIMILARITIES if name != _NO_SIMILARITY)
    if similarity not in known:
        raise UnknownNameError("similarity", similarity, known)
    if n_terms is not None and n_terms < 1:
        raise OptionError(f"n_terms is {n_terms}; it must be 1 or more")


def _numbered_anew(net: Network) -> NDArray[np.int64]:
    """Count the themes that are left from 1; terms of none stay in none."""
    numbers = clusters_of(net)
    kept = np.flatnonzero(numbers)
    numbers[kept] = numbered(numbers[kept], [net.labels[i] for i in kept.tolist()])
    return numbers


def _like_bibliometrix(n_works: int) -> dict[str, Any]:
    """Return what bibliometrix takes where nothing is given."""
    least = max(2, int(np.floor(_PER_THOUSAND * n_works / 1000)))
    return {
        "similarity": "association-strength",
        "method": "louvain",
        "min_occurrences": least,
        "min_size": 1,
    }
