"""Bibliographic coupling: works, authors or sources joined by the references that both cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.identity import describe_references
from nqp_biblio.networks.incidence import (
    authors_of_works,
    cited_unit,
    incidence_of,
    sources_of_works,
)
from nqp_biblio.networks.joining import Method, join_by_items

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["coupling_network"]

_UNITS = ("works", "authors", "sources")
_REFERENCE = (
    "Kessler, M. M. (1963). Bibliographic coupling between scientific papers. American"
    " Documentation 14(1), 10-25. https://doi.org/10.1002/asi.5090140103"
)


def coupling_network(
    corpus: Corpus,
    *,
    of: str = "works",
    identity: str = "resolved",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    author_identity: str = "resolved",
) -> Network:
    """Join works by the references that both cite.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"works", "authors", "sources"}
        What a node is; authors and sources are joined by each reference that works of both
        cite, counted once.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one; a reference that is a work of the corpus is that
        work under every rule.
    min_occurrences : int
        References that a node must cite, at least.
    counting : {"full", "fractional"}
        Full: each reference counts 1 for each pair. Fractional: one that n nodes cite counts
        1 / (n - 1), so that much-cited references do not outweigh the others.
    min_weight : float
        Lighter edges are left out.
    author_identity : str
        When two names are one author, as in ``coauthorship_network``.

    Returns
    -------
    Network
        Of the nodes that cite something, with ``occurrences`` (distinct references) per
        node. The manifest says how many strings the rule joined, and how many keys joined
        strings with different DOIs.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.

    References
    ----------
    .. [1] Kessler, M. M. (1963). Bibliographic coupling between scientific papers. American
       Documentation 14(1), 10-25. https://doi.org/10.1002/asi.5090140103

    Examples
    --------
    >>> net = coupling_network(corpus, counting="fractional", min_weight=2)  # doctest: +SKIP
    """
    if of not in _UNITS:
        raise UnknownNameError("unit of coupling", of, _UNITS)
    owners = None
    if of != "works":
        unit = authors_of_works(author_identity) if of == "authors" else sources_of_works()
        owners = incidence_of(corpus, unit)
    method = Method(
        kind="coupling",
        of=of,
        rule=f"two {of} are joined by every reference that both cite",
        reference=_REFERENCE,
        parameters={
            "of": of,
            "identity": identity,
            "min_occurrences": min_occurrences,
            "counting": counting,
            "min_weight": min_weight,
            "author_identity": author_identity,
        },
        notes={"identity": describe_references(corpus, identity)},
        counting=counting,
        min_occurrences=min_occurrences,
        min_weight=min_weight,
    )
    found = incidence_of(corpus, cited_unit("references", identity=identity))
    return join_by_items(corpus, found, method, owners=owners)
