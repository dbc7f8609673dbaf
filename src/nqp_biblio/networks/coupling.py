"""Bibliographic coupling: works, or what they belong to, joined by what both cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.identity import describe_references
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import Limits, Method, join_by_items
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET
from nqp_biblio.networks.printed_units import cited_as_printed
from nqp_biblio.networks.units import OWNERS, cited_unit, owners_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine

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
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
    like: Literal["bibliometrix"] | None = None,
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
    top_links : int, optional
        Edges that are kept of each node, the heaviest, of equal ones those to the first
        nodes; an edge stays if one of its ends keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted: chosen by their number, or forced. The network is the same;
        the manifest says which, and why.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take.
    like : {"bibliometrix"}, optional
        Two references of more than 10 characters are one when printed the same up to volume
        or DOI, as in bibliometrix; what is known of the cited works is not used. For works
        only.

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
    OptionError
        If `like` does not reach so far.

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
    if like:
        _check_like(of, like)
        identity = "printed"
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
        top_links=top_links,
        engine=engine,
        memory_budget=memory_budget,
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
            "like": like,
        }
        | {**limits},
        notes={"identity": describe_references(corpus, identity)},
        **limits,
    )
    cited = cited_as_printed("references") if like else cited_unit("references", identity=identity)
    found = incidence_of(corpus, cited, years=years)
    return join_by_items(corpus, found, method, owners=owners)


def _check_like(of: str, like: str) -> None:
    """Refuse a convention that there is not, or that does not reach so far."""
    if like != "bibliometrix":
        raise UnknownNameError("like", like, ["bibliometrix"])
    if of != "works":
        raise OptionError("like='bibliometrix' knows the coupling of works only")
