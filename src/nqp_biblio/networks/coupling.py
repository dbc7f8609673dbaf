"""Bibliographic coupling: works, or what they belong to, joined by what both cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.identity import describe_references
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import Limits, Method, join_by_items
from nqp_biblio.networks.units import OWNERS, cited_unit, owners_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["coupling_network"]

_UNITS = ("works", *OWNERS)
_REFERENCE = (
    "Kessler, M. M. (1963). Bibliographic coupling between scientific papers. American"
    " Documentation 14(1), 10-25. https://doi.org/10.1002/asi.5090140103"
)


def coupling_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "works",
    identity: str = "resolved",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    author_identity: str = "resolved",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
) -> Network:
    """Join works, or what they belong to, by the references that both cite.

    Parameters
    ----------
    corpus : Corpus
        The corpus; institutions and countries need ``find_places``.
    of : {"works", "authors", "sources", "institutions", "countries"}
        What a node is; all but works are joined by each reference that works of both cite,
        counted once.
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
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works that cite more references are left out, as if they were not there.
    hub_cap : int, optional
        References that more nodes cite join none of them; they still count as occurrences.
        The manifest says how many references and pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the references that it cites.

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
        unit = owners_of_works(corpus, of, author_identity=author_identity)
        owners = incidence_of(corpus, unit, years=years)
    limits = Limits(
        min_occurrences=min_occurrences,
        counting=counting,
        min_weight=min_weight,
        years=years,
        max_items_per_work=max_items_per_work,
        hub_cap=hub_cap,
        self_loops=self_loops,
    )
    method = Method(
        kind="coupling",
        of=of,
        rule=f"two {of} are joined by every reference that both cite",
        reference=_REFERENCE,
        parameters={
            "of": of,
            "identity": identity,
            "author_identity": author_identity,
        }
        | {**limits},
        notes={"identity": describe_references(corpus, identity)},
        **limits,
    )
    found = incidence_of(corpus, cited_unit("references", identity=identity), years=years)
    return join_by_items(corpus, found, method, owners=owners)
