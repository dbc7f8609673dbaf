"""Co-authorship: authors, institutions or countries joined by the works of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.identity import AUTHOR_RULES
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import Limits, Method, join_by_sets
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET
from nqp_biblio.networks.printed_units import countries_as_printed
from nqp_biblio.networks.units import owners_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine

__all__ = ["coauthorship_network"]

_UNITS = ("authors", "institutions", "countries")
_IDENTITY_LIKE = {"vosviewer": "lower-cased", "bibliometrix": "printed"}
_VOSVIEWER_AUTHORS = 25
_REFERENCE = (
    "Newman, M. E. J. (2001). The structure of scientific collaboration networks. PNAS 98(2),"
    " 404-409. https://doi.org/10.1073/pnas.98.2.404"
)


def coauthorship_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "authors",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    identity: str = "resolved",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
    like: Literal["vosviewer", "bibliometrix"] | None = None,
) -> Network:
    """Join authors, institutions or countries by the works of both.

    Parameters
    ----------
    corpus : Corpus
        The corpus; institutions and countries need ``find_places``.
    of : {"authors", "institutions", "countries"}
        What a node is.
    min_occurrences : int
        Works that a node must have, at least.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work of n authors counts
        1 / (n - 1), so that the links of one author in it add up to 1.
    min_weight : float
        Lighter edges are left out.
    identity : {"resolved", "surname-initials", "surname-initial", "printed", "lower-cased"}
        When two names are one author; resolved takes the author that ``normalise`` or
        ``disambiguate_authors`` found, where it did, else family name and initials.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works of more authors (institutions, countries) are left out, as if they were not
        there.
    hub_cap : int, optional
        Works with more nodes than this join none of them; they still count as occurrences.
        The manifest says how many works and pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the works that have it.
    top_links : int, optional
        Edges that are kept of each node, the heaviest, of equal ones those to the first
        nodes; an edge stays if one of its ends keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted: chosen by their number, or forced. The network is the same;
        the manifest says which, and why.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take.
    like : {"vosviewer", "bibliometrix"}, optional
        Set identity to lower-cased and max_items_per_work, where not given, to 25, as
        VOSviewer does with files of Web of Science; or take authors as printed, and countries
        as bibliometrix reads them off addresses (Taiwan is China, Northern Ireland Ireland).

    Returns
    -------
    Network
        With ``occurrences`` (works) and ``mean_year`` (of publication) per node.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If a threshold is too small to mean anything, places are not known, or `like` does
        not reach so far.

    References
    ----------
    .. [1] Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing
       bibliometric networks: A comparison between full and fractional counting. Journal of
       Informetrics 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006

    Examples
    --------
    >>> net = coauthorship_network(corpus, counting="fractional")  # doctest: +SKIP
    """
    if of not in _UNITS:
        raise UnknownNameError("unit of co-authorship", of, _UNITS)
    _check_like(of, like)
    if like == "vosviewer" and max_items_per_work is None:
        max_items_per_work = _VOSVIEWER_AUTHORS
    identity = _IDENTITY_LIKE.get(like or "", identity)
    if (like, of) == ("bibliometrix", "countries"):
        unit = countries_as_printed(corpus)
    else:
        unit = owners_of_works(corpus, of, author_identity=identity)
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
        kind="coauthorship",
        of=of,
        rule=f"two {of} are joined by every work that both "
        + ("wrote" if of == "authors" else "have a part in"),
        reference=_REFERENCE,
        parameters={
            "of": of,
            "identity": identity,
            "like": like,
        }
        | {**limits},
        notes={"identity": {"rule": identity, "meaning": AUTHOR_RULES[identity]}},
        **limits,
    )
    return join_by_sets(corpus, incidence_of(corpus, unit, years=years), method)


def _check_like(of: str, like: str | None) -> None:
    """Refuse a convention that there is not, or that does not reach so far."""
    if like is not None and like not in _IDENTITY_LIKE:
        raise UnknownNameError("like", like, _IDENTITY_LIKE)
    if (like, of) == ("bibliometrix", "institutions"):
        raise OptionError("like='bibliometrix' knows authors and countries only")
