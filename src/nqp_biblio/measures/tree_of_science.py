"""The Tree of Science: roots, trunk and leaves of a field, from who cites whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.centrality import centrality
from nqp_biblio.measures.cited_items import cited_items, item_labels
from nqp_biblio.measures.result import Result
from nqp_biblio.networks.incidence import describe_works
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.cited_items import CitedItems

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["tree_of_science"]

_COLUMNS = (
    *("part", "rank", "work_id", "label", "publication_year", "citations", "references"),
    "betweenness",
)
_PARTS = {
    "root": "cite nothing here and are cited most",
    "trunk": "stand on the largest share of the shortest paths along citations",
    "leaf": "are not cited and cite most",
}
_RULE = (
    "a work of the corpus, or one that it cites, is a node; works cited once that cite nothing"
    " are left out, then all but the largest connected part"
)
_ROBLEDO = (
    "Robledo, S., Osorio, G. A. & Lopez, C. (2014). Networking en pequena empresa: una revision"
    " bibliografica utilizando la teoria de grafos. Revista Vinculos 11(2), 6-16."
)


def tree_of_science(
    corpus: Corpus,
    *,
    n: int = 10,
    identity: str = "resolved",
    n_pivots: int | None = None,
    as_of: AsOf = None,
) -> Result:
    """Find the roots, the trunk and the leaves of a field.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    n : int
        Works of each part, 1 or more.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one work, as in ``cocitation_network``.
    n_pivots : int, optional
        Works from which shortest paths are followed; see ``centrality``.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Result
        Columns ``part``, ``rank``, ``work_id`` (None outside the corpus), ``label``,
        ``publication_year`` (None where not known), ``citations`` and ``references`` within
        what is left, and ``betweenness``. The rule [1]_: nodes are the works of the corpus
        and all that they cite, with an arc from citing to cited. References to works outside
        that print no year are left out, since a string without a year seldom means one work;
        the manifest counts them. Nodes cited once that cite
        nothing are left out, then all but the largest connected part. Of the rest *roots*
        cite nothing and are cited most, *leaves* are not cited and cite most, and the *trunk*
        has the largest betweenness, above 0. Of equals the older stands first, then the one
        that was read first; the manifest counts those that tie with the last one and are left
        out. Works outside the corpus have no references here, so that a root may just be a
        work whose references are not known.

    Raises
    ------
    UnknownNameError
        If there is no such identity.
    OptionError
        If `n` or `n_pivots` is below 1.

    References
    ----------
    .. [1] Robledo, S., Osorio, G. A. & López, C. (2014). Networking en pequeña empresa: una
       revisión bibliográfica utilizando la teoría de grafos. Revista Vínculos 11(2), 6-16.

    Examples
    --------
    >>> tree_of_science(corpus, n=10).frame  # doctest: +SKIP
    """
    if n < 1:
        raise OptionError(f"n is {n}; it must be 1 or more")
    corpus, year = until(corpus, as_of)
    items = cited_items(corpus, identity)
    graph = _graph(items)
    net = centrality(_pruned(graph), ("betweenness",), n_pivots=n_pivots)
    rows, tied = _parts(net, graph, n)
    named = _named(corpus, items, graph, rows=rows)
    manifest: dict[str, object] = {
        "measure": "tree of science",
        "n": n,
        "identity": identity,
        "as_of": year,
        "rule": _RULE + "; " + "; ".join(f"{part}: {rule}" for part, rule in _PARTS.items()),
        "nodes": len(graph.year),
        "nodes_left": net.n_nodes,
        "n_tied_left_out": tied,
        "n_without": graph.n_unnamed,
        "reason": "references to works outside the corpus that print no year",
        "centrality": net.manifest["centrality"],
        "reference": _ROBLEDO,
    }
    if not net.n_edges:
        manifest["warning"] = "no two works here cite the same one, so that nothing is connected"
    return Result(_COLUMNS, named, manifest)


@dataclass(frozen=True, slots=True)
class _Graph:
    """Works of the corpus, then those that only are cited, and who cites whom."""

    citing: IntArray
    cited: IntArray
    year: FloatArray
    n_works: int
    outside: IntArray
    n_unnamed: int


def _graph(items: CitedItems) -> _Graph:
    """Number all works, and drop what cites itself."""
    n_works = len(items.work_id)
    outside = np.flatnonzero(items.item_work < 0)
    node = items.item_work.astype(np.int64)
    node[outside] = n_works + np.arange(len(outside))
    years = items.item_year[outside].astype(np.float64)
    year = np.concatenate([items.year, np.where(years > 0, years, np.nan)])
    citing, cited = items.citing.astype(np.int64), node[items.item]
    is_named = (cited < n_works) | ~np.isnan(year[cited])
    kept = (citing >= 0) & (citing != cited) & is_named
    return _Graph(citing[kept], cited[kept], year, n_works, outside, int((~is_named).sum()))


def _pruned(graph: _Graph) -> Network:
    """Leave out what is cited once and cites nothing, then all but the largest part."""
    n_nodes = len(graph.year)
    citations = np.bincount(graph.cited, minlength=n_nodes)
    references = np.bincount(graph.citing, minlength=n_nodes)
    kept = (citations != 1) | (references > 0)
    order = np.lexsort((graph.cited, graph.citing))
    net = Network(
        kind="citation",
        of="works",
        directed=True,
        ids=np.arange(n_nodes),
        labels=tuple(map(str, range(n_nodes))),
        source=graph.citing[order],
        target=graph.cited[order],
        weight=np.ones(len(order)),
    )
    return net.subnetwork(kept).largest_component()


def _parts(net: Network, graph: _Graph, n: int) -> tuple[list[list[Any]], dict[str, int]]:
    """Choose the nodes of each part; return rows with the node as third value, and ties."""
    citations = np.bincount(net.target, minlength=net.n_nodes)
    references = np.bincount(net.source, minlength=net.n_nodes)
    between = net.node_columns["betweenness"]
    year = np.nan_to_num(graph.year[net.ids], nan=np.inf)
    scores: dict[str, tuple[BoolArray, NDArray[Any]]] = {
        "root": ((references == 0) & (citations > 0), citations),
        "trunk": (between > 0, between),
        "leaf": ((citations == 0) & (references > 0), references),
    }
    rows, tied = [], {}
    for part, (fits, score) in scores.items():
        able = np.flatnonzero(fits)
        order = able[np.lexsort((able, year[able], -score[able]))]
        chosen, rest = order[:n], order[n:]
        tied[part] = int((score[rest] == score[chosen[-1]]).sum()) if len(chosen) else 0
        for rank, i in enumerate(chosen.tolist(), 1):
            counts = int(citations[i]), int(references[i]), float(between[i])
            rows.append([part, rank, int(net.ids[i]), *counts])
    return rows, tied


def _named(
    corpus: Corpus, items: CitedItems, graph: _Graph, *, rows: list[list[Any]]
) -> list[tuple[Any, ...]]:
    """Say what work each node is."""
    nodes = [row[2] for row in rows]
    beyond = [node for node in nodes if node >= graph.n_works]
    shown = item_labels(corpus, items, graph.outside[np.array(beyond, np.int64) - graph.n_works])
    labels = dict(zip(beyond, shown, strict=True))
    _, names, _ = describe_works(corpus)
    found = []
    for part, rank, node, *counts in rows:
        inside = node < graph.n_works
        work = int(items.work_id[node]) if inside else None
        year = graph.year[node]
        known = None if np.isnan(year) else int(year)
        label = names[node] if inside else labels[node]
        found.append((part, rank, work, label, known, *counts))
    return found
