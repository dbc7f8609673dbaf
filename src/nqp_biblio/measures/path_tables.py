"""Main path, historiograph and CiteSpace's network as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.measures.citespace import citespace_network
from nqp_biblio.measures.historiograph import historiograph
from nqp_biblio.measures.main_path import main_path
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.networks.network import Network

__all__ = ["citespace_nodes", "historiograph_works", "main_path_citations"]


def main_path_citations(
    corpus: Corpus,
    *,
    search: str = "key-route",
    weight: str = "spc",
    n_routes: int = 10,
    cycles: str = "preprint",
    as_of: AsOf = None,
) -> Result:
    """List the citations on the main path through the citations between works.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    search : {"local", "local-backward", "global", "key-route", "key-route-global"}
        How the path is found; see ``main_path``.
    weight : {"spc", "splc", "spnp", "nppc"}
        What a citation weighs; see ``traversal_weights``.
    n_routes : int
        Heaviest citations to begin with, for the key routes.
    cycles : {"preprint", "drop"}
        What becomes of works that cite each other; see ``without_cycles``.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Result
        Columns ``citing_work_id``, ``citing``, ``citing_year``, the same of the cited work,
        ``weight`` and ``log10_weight``, the latest citing work first; works without a year
        stand at the end.

    Raises
    ------
    UnknownNameError
        If there is no such search, weight or way with cycles.
    OptionError
        If no work cites another, or `n_routes` is below 1.

    Examples
    --------
    >>> main_path_citations(corpus, search="global").frame  # doctest: +SKIP
    """
    net = main_path(
        corpus, search=search, weight=weight, n_routes=n_routes, cycles=cycles, as_of=as_of
    )
    year, labels = net.node_columns["publication_year"], np.array(net.labels, dtype=object)
    known = np.nan_to_num(year, nan=-np.inf)
    order = np.lexsort((net.target, net.source, -known[net.target], -known[net.source]))
    columns: dict[str, NDArray[Any]] = {}
    for name, ends in (("citing", net.source[order]), ("cited", net.target[order])):
        columns[f"{name}_work_id"] = net.ids[ends]
        columns[name] = labels[ends]
        columns[f"{name}_year"] = _whole(year[ends])
    columns["weight"] = net.edge_columns[weight][order]
    columns["log10_weight"] = net.edge_columns[f"log10_{weight}"][order]
    return Result.of_columns(columns, {"measure": "main path"} | net.manifest["main_path"])


def historiograph_works(
    corpus: Corpus,
    *,
    n: int = 30,
    by: Literal["local", "global"] = "local",
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """List the works of a historiograph, those that the corpus cites most.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    n : int
        Number of works, 1 or more; those with as many citations as the last are listed too.
    by : {"local", "global"}
        Citations that choose and order them; see ``historiograph``.
    like : {"bibliometrix"}, optional
        Find local citations as bibliometrix does; see ``historiograph``.
    as_of : int, str or None
        Works published later are left out, and do not count as citing.

    Returns
    -------
    Result
        Columns ``work_id``, ``label``, ``publication_year``, ``local_citations``,
        ``local_references`` and ``cited_by_count``, the most cited first, of equals the
        first in the corpus.

    Raises
    ------
    UnknownNameError
        If `by` or `like` is none of the known.
    OptionError
        If `n` is below 1, or no work has such citations.

    Examples
    --------
    >>> historiograph_works(corpus, n=20).frame  # doctest: +SKIP
    """
    net = historiograph(corpus, n=n, by=by, like=like, as_of=as_of)
    names = ("publication_year", "local_citations", "local_references", "cited_by_count")
    columns = {"work_id": net.ids, "label": np.array(net.labels, dtype=object)}
    columns |= {name: net.node_columns[name] for name in names}
    score = columns["local_citations" if by == "local" else "cited_by_count"].astype(np.float64)
    columns |= {name: _whole(columns[name]) for name in ("publication_year", "cited_by_count")}
    told = {"measure": "historiograph"} | net.manifest["historiograph"]
    return Result.of_columns(_ordered(columns, -score), told)


def citespace_nodes(
    corpus: Corpus,
    *,
    of: str = "references",
    width: int = 1,
    k: float = 25.0,
    label_by: str = "log-likelihood",
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """List the nodes of CiteSpace's network by sigma, with burst, betweenness and cluster.

    Parameters
    ----------
    corpus : Corpus
        The corpus; references best after ``link_references``.
    of : str
        What a node is; see ``sliced_network``.
    width : int
        Years of a slice.
    k : float
        Scale of the modified g-index by which nodes are chosen in each slice.
    label_by : {"log-likelihood", "tf-idf", "frequency", "central"}
        How clusters are named; see ``label_clusters``.
    seed : int
        Seed of the clusters.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Result
        Columns ``label``, ``works``, ``slices``, ``first_year``, ``betweenness``, ``burst``,
        ``burst_start``, ``burst_end``, ``sigma``, ``cluster``, ``cluster_label`` and
        ``silhouette``, the highest sigma first; see ``citespace_network``.

    Raises
    ------
    UnknownNameError
        If `of` or `label_by` is none of the known.
    OptionError
        If `width` or `k` is out of range, or the step that finds the items was not done.

    Examples
    --------
    >>> citespace_nodes(corpus, k=10).frame  # doctest: +SKIP
    """
    net = citespace_network(
        corpus, of=of, width=width, k=k, label_by=label_by, seed=seed, as_of=as_of
    )
    names = "works slices first_year betweenness burst burst_start burst_end sigma cluster"
    columns = {"label": np.array(net.labels, dtype=object)}
    columns |= {name: net.node_columns[name] for name in names.split()}
    columns |= {name: _whole(columns[name]) for name in ("first_year", "burst_start", "burst_end")}
    columns["cluster_label"] = _cluster_labels(net)
    columns["silhouette"] = net.node_columns["silhouette"]
    order = -net.node_columns["sigma"]
    return Result.of_columns(_ordered(columns, order, -columns["works"]), _told(net))


def _whole(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers; None where there is none."""
    found = [None if np.isnan(value) else int(value) for value in values.tolist()]
    return np.array(found, dtype=object)


def _cluster_labels(net: Network) -> NDArray[Any]:
    """Return the name of the cluster of each node."""
    labels = net.manifest["clustering"]["labels"]
    names = [labels.get(str(number)) for number in net.node_columns["cluster"].tolist()]
    return np.array(names, dtype=object)


def _told(net: Network) -> dict[str, object]:
    """Return what a manifest says of CiteSpace's network."""
    parts = ("parameters", "rule", "slices", "works_without_year", "as_of", "sigma", "citespace")
    return {"measure": "CiteSpace's network"} | {name: net.manifest[name] for name in parts}


def _ordered(columns: dict[str, NDArray[Any]], *keys: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Order rows by some keys, the first of them first, of equals as they are."""
    order = np.lexsort(tuple(reversed(keys)))
    return {name: values[order] for name, values in columns.items()}
