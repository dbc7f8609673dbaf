"""Direct citation: an edge from each citing work, author or source to the one it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.incidence import (
    authors_of_works,
    describe_works,
    incidence_of,
    mean_years,
    sources_of_works,
    unique_labels,
)
from nqp_biblio.networks.joining import Method, align_owners
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.traces import CitationTrace

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["citation_network"]

_UNITS = ("works", "authors", "sources")
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
) -> Network:
    """Join each work with the works of the corpus that it cites.

    Parameters
    ----------
    corpus : Corpus
        The corpus; cited references count where they are linked to a work of it.
    of : {"works", "authors", "sources"}
        What a node is.
    min_weight : float
        Lighter edges are left out.
    author_identity : str
        When two names are one author, as in ``coauthorship_network``.

    Returns
    -------
    Network
        Directed from citing to cited, of all works (authors, sources), isolated ones too.
        The weight is the number of pairs of a citing and a cited work; a work has
        ``publication_year``, an author or source ``works`` and ``mean_year``; all have
        ``local_citations`` and ``local_references`` (weights that come in and go out).
        Citations of a work, author or source by itself are left out and counted in the
        manifest.

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
    ids, work_labels, years = describe_works(corpus)
    owned, node_ids, labels, columns = _owners(corpus, of, ids, author_identity)
    if of == "works":
        labels = work_labels
        columns = {"publication_year": years}
    links = sparse.csr_array(owned.T @ _links(corpus, ids) @ owned).tocoo()
    itself = links.row == links.col
    kept = ~itself & (links.data >= min_weight) & (links.data > 0)
    source, target = links.row[kept].astype(np.int64), links.col[kept].astype(np.int64)
    order = np.lexsort((target, source))
    source, target, weight = source[order], target[order], links.data[kept][order]
    for name, ends in (("local_citations", target), ("local_references", source)):
        columns[name] = np.bincount(ends, weight, minlength=len(node_ids)).astype(np.int64)
    method = Method(
        kind="citation",
        of=of,
        rule="an edge runs from the citing to the cited; its weight is the number of pairs of"
        " a citing and a cited work",
        reference=_REFERENCE,
        parameters={"of": of, "min_weight": min_weight, "author_identity": author_identity},
        notes={"self_citations_left_out": int(links.data[itself].sum())},
    )
    counts = {"works": len(ids), "nodes": len(node_ids), "edges": len(weight)}
    return Network(
        kind="citation",
        of=of,
        directed=True,
        ids=node_ids,
        labels=tuple(unique_labels(labels)),
        source=source,
        target=target,
        weight=weight,
        manifest=method.manifest(counts),
        node_columns=columns,
        corpus=corpus,
        incidence=owned,
        trace=CitationTrace(corpus, ids, owned),
    )


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


def _owners(
    corpus: Corpus, of: str, ids: IntArray, author_identity: str
) -> tuple[sparse.csr_array, IntArray, list[str], dict[str, NDArray[Any]]]:
    """Return who owns each work, with id, label and columns of the owners."""
    from scipy import sparse

    if of == "works":
        return sparse.csr_array(sparse.eye_array(len(ids), format="csr")), ids, [], {}
    unit = authors_of_works(author_identity) if of == "authors" else sources_of_works()
    found = incidence_of(corpus, unit)
    numbers = np.arange(1, len(found.keys) + 1, dtype=np.int64)
    columns = {"works": found.occurrences, "mean_year": mean_years(corpus, found)}
    return align_owners(ids, found), numbers, list(found.labels), columns
