"""Direct citation: an edge from each citing work, author, source or place to the cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.incidence import (
    describe_works,
    incidence_of,
    mean_years,
    works_of_years,
)
from nqp_biblio.networks.joining import Method, align_owners
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.traces import CitationTrace
from nqp_biblio.networks.units import OWNERS, owners_of_works

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence, Years
    from nqp_biblio.networks.pairs_task import Edges

    IntArray = NDArray[np.int64]

__all__ = ["citation_network"]

_UNITS = ("works", *OWNERS)
_REFERENCE = (
    "Garfield, E., Sher, I. H. & Torpie, R. J. (1964). The use of citation data in writing the"
    " history of science. Institute for Scientific Information."
)


def citation_network(
    corpus: Corpus,
    *,
    of: str = "works",
    min_weight: float = 0.0,
    author_identity: str = "resolved",
    years: Years | None = None,
    self_loops: bool = False,
) -> Network:
    """Join each work with the works of the corpus that it cites.

    Parameters
    ----------
    corpus : Corpus
        The corpus; cited references count where they are linked to a work of it.
    of : {"works", "authors", "sources", "institutions", "countries"}
        What a node is; institutions and countries need ``find_places``.
    min_weight : float
        Lighter edges are left out.
    author_identity : str
        When two names are one author, as in ``coauthorship_network``.
    years : pair of int, optional
        First and last year of publication of the citing works; nodes are then those of the
        citing works of these years and of the works that they cite.
    self_loops : bool
        Whether citations of a node by itself are edges. Else they are left out; the manifest
        counts them.

    Returns
    -------
    Network
        Directed from citing to cited, of all works (authors, …), isolated ones too. The
        weight is the number of pairs of a citing and a cited work; a work has
        ``publication_year``, other nodes ``works`` and ``mean_year``; all have
        ``local_citations`` and ``local_references`` (weights that come in and go out).

    Raises
    ------
    UnknownNameError
        If an option is none of the known.

    References
    ----------
    .. [1] Garfield, E., Sher, I. H. & Torpie, R. J. (1964). The use of citation data in
       writing the history of science. Institute for Scientific Information.

    Examples
    --------
    >>> net = citation_network(corpus, of="sources")  # doctest: +SKIP
    """
    from scipy import sparse

    if of not in _UNITS:
        raise UnknownNameError("unit of citation", of, _UNITS)
    ids, work_labels, work_years = describe_works(corpus)
    links, part = _links_of_years(corpus, ids, years)
    owners = _owners(corpus, of, ids[part], author_identity)
    node_ids, labels = ids[part], tuple(work_labels[i] for i in part.tolist())
    if owners is None:
        columns: dict[str, NDArray[Any]] = {"publication_year": work_years[part]}
        owned = sparse.csr_array(sparse.eye_array(len(ids), format="csr"))[:, part]
    else:
        columns = {"works": owners.occurrences, "mean_year": mean_years(corpus, owners)}
        owned, node_ids, labels = align_owners(ids, owners), owners.ids, owners.labels
    edges, n_own = _edges(owned.T @ links @ owned, min_weight, self_loops=self_loops)
    source, target, weight = edges
    for name, ends in (("local_citations", target), ("local_references", source)):
        columns[name] = np.bincount(ends, weight, minlength=len(node_ids)).astype(np.int64)
    method = Method(
        kind="citation",
        of=of,
        rule="an edge runs from the citing to the cited; its weight is the number of pairs of"
        " a citing and a cited work",
        reference=_REFERENCE,
        parameters={
            "of": of,
            "min_weight": min_weight,
            "author_identity": author_identity,
            "years": years,
            "self_loops": self_loops,
        },
        notes={} if self_loops else {"self_citations_left_out": n_own},
    )
    counts = {"works": len(part), "nodes": len(node_ids), "edges": len(weight)}
    return Network(
        kind="citation",
        of=of,
        directed=True,
        ids=node_ids,
        labels=labels,
        source=source,
        target=target,
        weight=weight,
        manifest=method.manifest(counts),
        node_columns=columns,
        corpus=corpus,
        incidence=owned,
        trace=CitationTrace(corpus, ids, owned, owners),
    )


def _owners(corpus: Corpus, of: str, works: IntArray, author_identity: str) -> Incidence | None:
    """Return what some works belong to, none where nodes are works."""
    if of == "works":
        return None
    found = incidence_of(corpus, owners_of_works(corpus, of, author_identity=author_identity))
    own = found.keep_sets(np.isin(found.work_id, works))
    return own.keep_items(own.occurrences > 0)


def _edges(matrix: Any, min_weight: float, *, self_loops: bool) -> tuple[Edges, int]:  # noqa: ANN401  of scipy
    """Return the edges of a matrix in order, and the sum of its diagonal."""
    matrix = matrix.tocsr()
    matrix.sort_indices()
    found = matrix.tocoo()
    itself = found.row == found.col
    kept = (found.data >= min_weight) & (found.data > 0)
    if not self_loops:
        kept &= ~itself
    source, target = found.row[kept].astype(np.int64), found.col[kept].astype(np.int64)
    edges = source, target, found.data[kept]
    return edges, int(found.data[itself].sum())


def _links_of_years(
    corpus: Corpus, ids: IntArray, years: Years | None
) -> tuple[sparse.csr_array, IntArray]:
    """Return which work of some years cites which, and the works that take part."""
    from scipy import sparse

    citing = np.ones(len(ids))
    if years is not None:
        citing = np.isin(ids, works_of_years(corpus, years)).astype(np.float64)
    links = sparse.csr_array(sparse.diags_array(citing) @ _links(corpus, ids))
    return links, np.flatnonzero((citing > 0) | (links.sum(axis=0) > 0))


def _links(corpus: Corpus, ids: IntArray) -> sparse.csr_array:
    """Return which work cites which."""
    from scipy import sparse

    pairs = corpus.columns(
        "SELECT DISTINCT citing_work_id, work_id FROM cited_references"
        " WHERE citing_work_id IS NOT NULL AND work_id IS NOT NULL ORDER BY 1, 2"
    )
    citing, cited = (
        np.searchsorted(ids, np.asarray(pairs[name], dtype=np.int64))
        for name in ("citing_work_id", "work_id")
    )
    return sparse.csr_array((np.ones(len(citing)), (citing, cited)), shape=(len(ids), len(ids)))
